"""The day's plan of the fake services: the default blocks, first fit, the true reasons for what is left over."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_tui.domain.channels import BY_NAME
from followup_tui.services.views import (
    BlockView,
    LeftOverView,
    ProspectView,
    SlotView,
    TodayView,
    TotalsView,
    WhoView,
)
from tests.tui.fake_log import decision

if TYPE_CHECKING:
    from tests.tui.fake_services import FakeServices

BLOCKS = (
    ("Answer", "08:30", "09:00", ()),
    ("Calls", "09:00", "11:00", ("phone",)),
    ("Write", "11:00", "12:00", ("email", "text", "article", "fax")),
    ("Visits", "14:00", "16:00", ("in person",)),
    ("Calls", "16:00", "17:00", ("phone",)),
    ("Post", "17:00", "17:20", ("mail", "gift")),
)


def _who(person: ProspectView) -> WhoView:
    return WhoView(person.id, person.name, person.company, person.zone)


def slot(person: ProspectView, start: datetime, channel: str, done: str | None = None) -> SlotView:
    """Return the slot of a prospect at a time."""
    touch = person.next_touch
    local = start.astimezone(ZoneInfo(person.zone))
    at = f"{touch.time:%H:%M}" if touch and touch.time else None
    return SlotView(
        start, _who(person), channel, touch.step if touch and not done else person.step, person.steps_total,
        touch.date if touch else start.date(), person.overdue_days, person.momentum, person.phase, f"{local:%H:%M}",
        None, (f"{person.overdue_days} days over: 10 % momentum lost a day (S2)", "earlier steps first", "window open"),
        touch.kind if touch else "step", BY_NAME[channel].minutes, bool(touch and touch.fixed), person.star,
        person.zone_confirmed, person.cadence, done, 8 <= local.hour < 21, at,
    )  # fmt: skip


def plan(services: FakeServices, day: date) -> TodayView:
    """Return the plan of a day: today's with what is done, another day's with what falls on it."""
    state, now = services.state, services.now()
    today = now.date()
    zone = now.tzinfo
    spans = [
        (
            name,
            datetime.fromisoformat(f"{day}T{a}").replace(tzinfo=zone),
            datetime.fromisoformat(f"{day}T{b}").replace(tzinfo=zone),
            ch,
        )
        for name, a, b, ch in BLOCKS
    ]
    cursors = [max(start, now) if day == today else start for _, start, _, _ in spans]
    slots: list[list[SlotView]] = [[] for _ in spans]
    left: list[LeftOverView] = []
    answers: list[SlotView] = []
    promises: list[SlotView] = []
    for person in state.people.values():
        touch = person.next_touch
        if touch is None or person.id in state.hidden or touch.kind == "decision":
            continue
        if touch.date != day and not (day == today and touch.date < today):
            continue
        if touch.channel is None:
            left.append(LeftOverView(_who(person), None, "detail missing", touch.date, touch.kind))
        elif touch.kind == "answer":
            answers.append(slot(person, now, touch.channel))
        elif touch.time is not None:
            at = datetime.combine(day, touch.time, zone)
            inside = next((n for n, (_, a, b, ch) in enumerate(spans) if a <= at < b and touch.channel in ch), None)
            (promises if inside is None else slots[inside]).append(slot(person, at, touch.channel))
        else:
            fits = [n for n, (_, _, b, ch) in enumerate(spans) if touch.channel in ch and cursors[n] < b]
            if not fits:
                left.append(LeftOverView(_who(person), touch.channel, "no block takes this channel today", touch.date))
                continue
            local = cursors[fits[0]].astimezone(ZoneInfo(person.zone))
            if touch.channel == "phone" and not 8 <= local.hour < 21:
                left.append(
                    LeftOverView(_who(person), touch.channel, "outside their hours (opens at 09:00)", touch.date)
                )
                continue
            slots[fits[0]].append(slot(person, cursors[fits[0]], touch.channel))
            cursors[fits[0]] += timedelta(minutes=BY_NAME[touch.channel].minutes)
    decisions = tuple(decision(services, id) for id in state.decisions) if day == today else ()
    left += [LeftOverView(d.prospect, None, "waiting for a decision", d.since, "decision") for d in decisions]
    done = (
        tuple(slot(state.people[id], now, channel, outcome) for id, channel, outcome in state.done)
        if day == today
        else ()
    )
    blocks = tuple(
        BlockView(
            name, start, end, channels, int((end - start).total_seconds() // 60), sum(s.minutes for s in planned),
            tuple(sorted(planned, key=lambda s: s.start)),
            sum(1 for s in done if start <= now < end and s.channel in channels),
        )
        for (name, start, end, channels), planned in zip(spans, slots, strict=True)
    )  # fmt: skip
    planned = sum(len(s) for s in slots) + len(answers) + len(promises)
    totals = TotalsView(
        planned + len(left), planned, len(done), len(left) - len(decisions), len(decisions),
        sum(1 for p in state.people.values() if p.overdue_days), 1.4, len(state.people), 7,
    )  # fmt: skip
    reasons = Counter(one.reason.split(" (")[0] for one in left if one.kind != "decision")
    return TodayView(
        day, "Europe/Berlin", now, blocks, (*answers, *promises), tuple(left), decisions, totals, done,
        left_by_reason=tuple(reasons.most_common()),
    )  # fmt: skip
