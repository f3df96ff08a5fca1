"""What was set before the outcome of a log, and how it is said."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from textual.content import Content

from followup_tui.domain.model import Outcome
from followup_tui.records import dataclass
from followup_tui.services.views import LogDraft
from followup_tui.tui import wording
from followup_tui.tui.text import content

if TYPE_CHECKING:
    from followup_tui.services.views import PreviewView


@dataclass(frozen=True, slots=True)
class Setting:
    """What was set before the outcome; the preview is asked with it."""

    channel: str | None
    inbound: bool = False
    shift: int = 0
    until: date | None = None
    until_time: time | None = None
    at: datetime | None = None
    completes: bool | None = None


AT_ONCE = {
    outcome.key: outcome
    for outcome in Outcome
    if not outcome.asks_when and outcome not in (Outcome.DO_NOT_CONTACT, Outcome.SKIP, Outcome.NO_SHOW)
}
"""Outcomes that ask nothing: their key logs before the preview is there, for it changes nothing of them."""


def draft_of(wish: Setting, channel: str, outcome: Outcome, note: str, value: str) -> LogDraft:
    """Return what is to be logged."""
    return LogDraft(
        channel=channel, outcome=outcome, note=note.strip(), value=value.strip(), at=wish.at, inbound=wish.inbound,
        until=wish.until, until_time=wish.until_time, shift=wish.shift, completes=wish.completes,
    )  # fmt: skip


def words_of(wish: Setting, preview: PreviewView, today: date) -> Content:
    """Say what was set: back-dated, inbound, moved days, and whether the step is completed."""
    parts = list[str]()
    if wish.inbound:
        parts.append("they came to us")
    if wish.at is not None:
        parts.append(f"it happened {wording.day(wish.at.date(), today)} {wording.clock(wish.at)}")
    if wish.until is not None:
        at = f" {wording.clock(wish.until_time)}" if wish.until_time else ""
        parts.append(f"next on {wording.day_and_distance(wish.until, today)}{at}")
    if wish.shift:
        parts.append(f"{wording.count(abs(wish.shift), 'day')} {'later' if wish.shift > 0 else 'earlier'}")
    if not preview.completes:
        parts.append("extra touch: the step stays · s completes it")
    elif wish.completes:
        parts.append("completes the step")
    said = content(" · ".join(parts), "$value")
    if not preview.guard:
        return said
    return Content("\n").join([*([said] if parts else []), content(f"! {preview.guard}", "$overdue")])
