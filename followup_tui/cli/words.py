"""Views in the words of the command line: days, next touches, touches, people. Everything returned is clean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from followup_tui.cli.table import line
from followup_tui.domain.workdays import day_name
from followup_tui.errors import UsageError

if TYPE_CHECKING:
    from followup_tui.services.views import NextTouchView, ProspectView, TouchView, WhoView


def day(when: date, today: date, at: time | None = None) -> str:
    """Return a day with how far it is: `Mon 30 Nov, in 7 days`, `Mon 30 Nov 14:00, in 7 days`."""
    apart = (when - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(apart)
    far = f"in {apart} days" if apart > 0 else f"{-apart} days ago"
    return f"{short_day(when, today)}{f' {clock(at)}' if at else ''}, {near or far}"


def short_day(when: date, today: date) -> str:
    """Return a day as `Mon 30 Nov`, with its year when it is another."""
    return day_name(when) if when.year == today.year else f"{day_name(when)} {when.year}"


def clock(at: time | datetime) -> str:
    """Return a time of day as `09:05`."""
    return f"{at:%H:%M}"


def next_touch(touch: NextTouchView | None, today: date, steps_total: int | None = None) -> str:
    """Return a next touch: `Wed 23 Dec, in 30 days – mail, step 6 of 6 (+30 after voicemail on Mon 23 Nov)`."""
    if touch is None:
        return "nothing planned"
    when = day(touch.date, today, touch.time)
    what = "a decision" if touch.kind == "decision" else touch.channel or _without_channel(touch.kind)
    parts = [what]
    if touch.kind not in ("step", "decision", what):
        parts.append({"own": "a date of your own"}.get(touch.kind, touch.kind))
    if touch.step is not None and touch.kind == "step":
        parts.append(step(touch.step, steps_total))
    reason = f" ({line(touch.reason)})" if touch.reason else ""
    return f"{when} – {', '.join(parts)}{reason}"


def step(number: int | None, total: int | None) -> str:
    """Return `step 3 of 6`, without a total while the cadence repeats."""
    if number is None:
        return ""
    return f"step {number} of {total}" if total and number <= total else f"step {number}"


def person(who: ProspectView | WhoView) -> str:
    """Return a name with its company: `Ann Lee, Acme Ltd`."""
    return f"{line(who.name)}, {line(who.company)}" if who.company else line(who.name)


def touch_words(touch: TouchView) -> str:
    """Return what a touch was: `phone, left voicemail`."""
    inbound = ", inbound" if touch.direction == "inbound" else ""
    return f"{touch.channel}, {touch.outcome}{inbound}"


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 row`, `1,200 rows`, `no rows`."""
    return f"{number or 'no':,} {one if number == 1 else many or one + 's'}" if number else f"no {many or one + 's'}"


def percent(share: float) -> str:
    """Return a share as `81 %`."""
    return f"{round(share * 100)} %"


def choose(option: str, value: str | None, choices: Sequence[str]) -> str | None:
    """Return the choice a word means, or None when none was given; UsageError naming the choices."""
    if value is None:
        return None
    if value.casefold() in choices:
        return value.casefold()
    raise UsageError(f"{option} “{value}” is not known", f"use one of {', '.join(choices)}")


def _without_channel(kind: str) -> str:
    """Return what stands in the place of the channel when there is none."""
    return kind if kind == "meeting" else "blocked, no detail is good"
