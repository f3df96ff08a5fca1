"""Touches and steps ahead in words."""

from __future__ import annotations

from datetime import date

from followup_tui.services.views import AheadView, TouchView
from followup_tui.tui import wording


def ahead_label(ahead: AheadView, steps_total: int | None) -> str:
    """Return `call 5 of 6`, `promise call 09:30`, `meeting 14:00`, `call 1 of 6 + email`."""
    words = wording.step(ahead.channel, ahead.step, steps_total, ahead.kind)
    if ahead.time:
        words += f" {wording.clock(ahead.time)}"
    if ahead.channel is None and ahead.kind == "step":
        words = f"{words.strip()} · blocked: a detail is missing"
    return f"{words} + {ahead.companion}" if ahead.companion else words


def touch_head(touch: TouchView) -> str:
    """Return the facts of a touch in one line: when, how, what, which step."""
    parts = [f"{touch.at:%a} {touch.at.day} {touch.at:%b %Y}, {touch.at:%H:%M}", touch.channel, touch.outcome]
    if touch.direction == "inbound":
        parts.append("they came to us")
    if touch.step:
        parts.append(f"step {touch.step}" + (f" of {touch.cadence}" if touch.cadence else ""))
    if touch.companion_of:
        parts.append("companion")
    if touch.sentiment:
        parts.append(f"felt {touch.sentiment}")
    if touch.template:
        parts.append(f"template {touch.template}")
    return " · ".join(parts)


def promise_words(touch: TouchView, today: date) -> str:
    """Return what was told and what became of it: `promised Tue 24 Nov 10:00: kept`; empty when nothing was."""
    if not touch.promise:
        return ""
    on, _, at = touch.promise.partition("T")
    what = "meeting" if touch.outcome == "meeting set" else "promised"
    said = f"{what} {wording.day(date.fromisoformat(on), today)}" + (f" {at}" if at else "")
    return said if touch.kept is None else f"{said}: {'kept' if touch.kept else 'missed'}"


def ahead_head(ahead: AheadView, steps_total: int | None, today: date) -> str:
    """Return the facts of a step ahead in one line."""
    return f"{wording.day_and_distance(ahead.date, today)} · {ahead_label(ahead, steps_total)}"
