"""Touches and steps ahead in words."""

from __future__ import annotations

from datetime import date

from textual.content import Content

from followup_tui.services.views import AheadView, ReferredView, TouchView
from followup_tui.tui import wording
from followup_tui.tui.text import content


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


def selected_words(
    touch: TouchView | None, ahead: AheadView | None, named: ReferredView | None, today: date, steps_total: int | None
) -> Content:
    """Return the selected line in full: facts in the first line, the note below."""
    if touch is not None:
        lines = [content(touch_head(touch), "$muted")]
        if touch.promise:
            lines.append(content(promise_words(touch, today), "$overdue" if touch.kept is False else "$fixed"))
        if touch.value:
            lines.append(content(f"value: {touch.value}", "$value"))
        if touch.note:
            lines.append(content(touch.note, one_line=False))
        if touch.reason:
            lines.append(content(touch.reason, "$muted"))
    elif named is not None:
        lines = [content(f"{wording.day_and_distance(named.on, today)} · a referral", "$muted")]
        lines.append(content(f"{named.prospect.name} · enter opens"))
    elif ahead is not None:
        lines = [content(ahead_head(ahead, steps_total, today), "$muted"), content(ahead.reason)]
    else:
        lines = [content("Nothing happened yet, nothing is planned: l logs a touch, C starts a cadence", "$muted")]
    return Content("\n").join(lines)
