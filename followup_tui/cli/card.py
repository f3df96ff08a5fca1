"""One prospect as text: header, timeline, steps ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from followup_tui.cli import words
from followup_tui.cli.output import Paint
from followup_tui.cli.table import line, rows

if TYPE_CHECKING:
    from followup_tui.services.views import AheadView, ProspectView, TimelineView, TouchView


def card(view: TimelineView, today: date, paint: Paint, older: int = 0) -> Iterator[str]:
    """Return the prospect, what happened, and what comes; so many older touches are left out."""
    prospect = view.prospect
    star = " *" if prospect.star else ""
    title = f" · {line(prospect.title)}" if prospect.title else ""
    yield f"{paint.bold(words.person(prospect) + star)}{title} {paint.dim(prospect.id)}"
    yield from rows([(label, text) for label, text in _facts(view, today) if text])
    yield ""
    yield paint.bold("Timeline") + (paint.dim(f", without {older:,} older; --all shows them") if older else "")
    yield from rows([_touch(touch, today) for touch in view.timeline]) or [paint.dim("  no touch yet")]
    if view.ahead:
        yield ""
        yield paint.bold("Ahead") + paint.dim(", if every touch is made on its day")
        yield from rows([ahead_row(step, today) for step in view.ahead])


def _facts(view: TimelineView, today: date) -> Iterator[tuple[str, str]]:
    """Return what is known, label and text."""
    prospect = view.prospect
    yield "relation", ", ".join(_standing(prospect, today))
    yield "next", "" if prospect.paused else words.next_touch(prospect.next_touch, today, prospect.steps_total)
    if view.details:
        for detail in view.details:
            label = f" ({line(detail.label)})" if detail.label else ""
            yield detail.kind, f"{line(detail.value)}{label}{' – bad' if detail.bad else ''}"
    else:
        for kind in ("phone", "mobile", "email", "fax", "address"):
            bad = " – bad" if kind in prospect.bad_details else ""
            yield kind, f"{getattr(prospect, kind)}{bad}" if getattr(prospect, kind) else ""
    yield "zone", f"{prospect.zone}{'' if prospect.zone_confirmed else ' ~'}"
    for field in ("why", "benefit", "goal", "source", "birthday", "note"):
        yield field, getattr(prospect, field)
    yield "coach", prospect.coach or ""
    yield "consent", _consent(prospect, today)
    yield "referred by", prospect.referrer
    named = (f"{line(one.prospect.name)} ({words.short_day(one.on, today)})" for one in view.referrals)
    yield "referred", ", ".join(named)
    if view.promises:
        yield "promises", f"{view.promises.kept} of {view.promises.n} kept"
    yield "tags", ", ".join(prospect.tags)
    yield from prospect.extra.items()


def _consent(prospect: ProspectView, today: date) -> str:
    """Return the answer to the permission question with its date, channel and words."""
    if prospect.consent is None or prospect.consent_on is None:
        return ""
    by = f" by {prospect.consent_channel}" if prospect.consent_channel else ""
    said = f": “{line(prospect.consent_words)}”" if prospect.consent_words else ""
    return f"{'yes' if prospect.consent else 'no'}, {words.short_day(prospect.consent_on, today)}{by}{said}"


def _standing(prospect: ProspectView, today: date) -> Iterator[str]:
    """Return where the relationship stands, in a few words."""
    yield prospect.relation
    if prospect.cadence:
        at = words.step(prospect.step, prospect.steps_total)
        yield f"{line(prospect.cadence)} {at}".strip()
    limit = f" of {prospect.attempts_limit}" if prospect.attempts_limit else ""
    yield f"{prospect.attempts}{limit} {'attempt' if prospect.attempts == 1 and not limit else 'attempts'}"
    yield words.count(prospect.touches, "touch", "touches")
    if prospect.overdue_days:
        yield f"{words.count(prospect.overdue_days, 'day')} late, momentum {words.percent(prospect.momentum)}"
    yield prospect.phase
    if prospect.paused:
        yield f"paused until {words.day(prospect.paused_until, today)}" if prospect.paused_until else "paused, open"
    if prospect.stopped_channels:
        yield f"not by {', '.join(prospect.stopped_channels)}"
    if prospect.reel_back:
        yield "two bad ones running: followup reel gives room"
    if prospect.referral_slots:
        yield words.count(prospect.referral_slots, "referral slot")


def _touch(touch: TouchView, today: date) -> tuple[str, ...]:
    """Return one touch as cells, with the id that `touch edit` takes."""
    when = f"{words.short_day(touch.at.date(), today)} {words.clock(touch.at)}"
    extras = [
        touch.note and f"“{touch.note}”",
        touch.value and f"gave: {touch.value}",
        touch.sentiment or "",
        touch.reason,
        touch.promise and f"told: {touch.promise}",
    ]
    way = "from" if touch.direction == "inbound" else "to"
    said = " · ".join(line(extra) for extra in extras if extra)
    return (f"#{touch.id}", when, way, touch.channel, touch.outcome, said)


def ahead_row(step: AheadView, today: date) -> tuple[str, ...]:
    """Return one step to come as cells."""
    channel = (step.channel or "") + (f" + {step.companion}" if step.companion else "")
    number = words.step(step.step, None) if step.kind == "step" else step.kind
    return (words.day(step.date, today, step.time), channel, number, step.reason)
