"""Dates, channels and next touches as people say them: plain text, cleaned where it is drawn."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from followup_tui.domain.channels import BY_NAME

if TYPE_CHECKING:
    from followup_tui.services.views import NextTouchView

VERBS = {"phone": "call", "in person": "visit"}
"""What a step on the channel is called, where it is not the channel's own name."""


@lru_cache(maxsize=512)
def day(on: date, today: date) -> str:
    """Return `today`, `tomorrow`, `Mon 30 Nov`, with the year when it is another one."""
    if on == today:
        return "today"
    if (on - today).days == 1:
        return "tomorrow"
    return f"{on:%a} {on.day} {on:%b}" + (
        f" {on.year}" if on.year != today.year and abs((on - today).days) > 180 else ""
    )


def day_and_distance(on: date, today: date) -> str:
    """Return `Mon 30 Nov, in 7 days`."""
    days = (on - today).days
    if abs(days) <= 1:
        return "yesterday" if days == -1 else day(on, today)
    return f"{day(on, today)}, " + (f"in {days} days" if days > 0 else f"{-days} days ago")


def full_day(on: date, today: date) -> str:
    """Return `Tue 24 Nov · tomorrow`, `Mon 30 Nov · in 7 days`: what a phrase was understood as."""
    days = (on - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    far = near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")
    year = f" {on.year}" if on.year != today.year else ""
    return f"{on:%a} {on.day} {on:%b}{year} · {far}"


def clock(at: datetime | time) -> str:
    """Return HH:MM."""
    return f"{at:%H:%M}"


def span(minutes: int) -> str:
    """Return `48 min`, `1 h 48`, `2 h`."""
    hours, rest = divmod(max(0, minutes), 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def count(number: int, one: str, many: str = "") -> str:
    """Return `1 touch`, `2 touches`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@lru_cache(maxsize=64)
def channel_mark(channel: str | None, symbols: str) -> str:
    """Return the single-cell symbol of a channel, or its letter in ASCII; a question mark for none."""
    known = BY_NAME.get(channel or "")
    if known is None:
        return "?"
    return known.letter if symbols == "ascii" else known.symbol


@lru_cache(maxsize=512)
def step(channel: str | None, number: int | None, total: int | None, kind: str = "step") -> str:
    """Return what a touch is: `call 5 of 6`, `promise`, `answer`."""
    verb = VERBS.get(channel or "", channel or "")
    if kind in ("step", "") and number is not None:
        return f"{verb} {number} of {total}" if total and number <= total else f"{verb} {number}"
    if kind == "promise":
        return f"promised {verb}".strip()
    if kind == "own":
        return f"{verb}, own date" if verb else "own date"
    return kind


def when_next(touch: NextTouchView, today: date) -> str:
    """Return when a next touch is to be made: its day and time, `due now` when that day has passed.

    A promise keeps its date, whatever happens to its channel: a late one comes first today, it doesn't lie behind.
    """
    if touch.date < today:
        return "due now"
    return day(touch.date, today) + (f" {clock(touch.time)}" if touch.time else "")


def next_touch(touch: NextTouchView | None, today: date, total: int | None = None) -> str:
    """Return `Wed 23 Dec mail 6 of 6`, or what stands in its place."""
    if touch is None:
        return "no next touch"
    if touch.kind == "decision":
        return f"{when_next(touch, today)} a decision"
    what = step(touch.channel, touch.step, total, touch.kind) if touch.channel else f"{touch.kind}, detail missing"
    return f"{when_next(touch, today)} {what}"
