"""followup today: the plan as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli import words
from followup_tui.cli.command import offer
from followup_tui.cli.output import Paint
from followup_tui.cli.session import Session
from followup_tui.cli.table import line, rows

if TYPE_CHECKING:
    from datetime import date

    from followup_tui.services.views import BlockView, DecisionView, LeftOverView, SlotView, TodayView


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "today", today)


def today(
    session: Session,
    date: Annotated[str | None, typer.Option("--date", metavar="WHEN", help="Another day.")] = None,
) -> None:
    """Print the plan of the day, and what is left over and why."""
    day = session.when(date).date if date else None
    view = session.services.today.plan(day)
    view = replace(view, totals=replace(view.totals, streak=session.services.days.streak().days))
    session.show(view, _plan(view, session.today, session.paint))


def _plan(view: TodayView, now: date, paint: Paint) -> Iterator[str]:
    """Return the plan as lines."""
    head = words.day(view.date, now)
    yield f"{paint.bold(head)} · {line(view.zone)} · {words.clock(view.now)}"
    if not view.totals.prospects:
        yield "Nobody is here yet: followup add NAME, followup import FILE, or followup demo to look around."
        return
    yield paint.dim(_totals(view))
    if view.decisions:
        yield from _section(paint, f"{words.count(len(view.decisions), 'decision')}", _decisions(view.decisions))
    if view.promises:
        yield from _section(paint, "Promises", _slots(view.promises))
    empty = False
    for block in view.blocks:
        if block.slots or not empty:
            yield ""
        yield paint.bold(_block(block)) if block.slots else paint.dim(_block(block))
        yield from _slots(block.slots)
        empty = not block.slots
    if view.standing:
        yield paint.dim(f"The standing order would draw {view.standing} from the pool: followup standing")
    if view.confirms:
        yield from _section(paint, "Meetings to confirm", _slots(view.confirms))
    if view.companions:
        yield from _section(paint, "Companions, until the day's end", _slots(view.companions))
    if view.left_over:
        yield from _section(paint, "Left over", _left_over(view.left_over))
    if view.done:
        yield from _section(paint, "Done", _slots(view.done))


def _totals(view: TodayView) -> str:
    """Return the day in numbers."""
    totals = view.totals
    parts = [f"{totals.due} due", f"{totals.planned} planned", f"{totals.done} done", f"{totals.left_over} left over"]
    if totals.overdue:
        parts.append(f"{totals.overdue} overdue")
    if totals.at_risk:
        parts.append(f"momentum at risk {totals.at_risk:.1f}")
    streak = [f"streak {totals.streak}"] if totals.streak else []
    return ", ".join([*parts, f"{totals.tomorrow} tomorrow", *streak])


def _section(paint: Paint, title: str, lines: Sequence[str]) -> Iterator[str]:
    """Return a title with its lines after an empty one."""
    yield ""
    yield paint.bold(title)
    yield from lines


def _block(block: BlockView) -> str:
    """Return the title of a block: `Calls 09:00–11:00 · phone · 45 of 120 min`."""
    channels = ", ".join(block.channels) or "any channel"
    span = f"{words.clock(block.start)}–{words.clock(block.end)}"
    done = f", {block.done} done" if block.done else ""
    minutes = f"{block.planned_minutes} of {block.capacity_minutes} min" if block.slots else "nothing planned"
    return f"{line(block.name)} {span} · {channels} · {minutes}{done}"


def _slots(slots: Sequence[SlotView]) -> list[str]:
    """Return slots as aligned lines."""
    return rows([_slot(slot) for slot in slots])


def _slot(slot: SlotView) -> tuple[str, ...]:
    """Return one slot: clock, channel, person, what it is, lateness, momentum, their clock, what became of it."""
    clock = words.clock(slot.start)
    what = {"step": words.step(slot.step, slot.steps_total), "touch": ""}.get(slot.kind, slot.kind)
    if slot.time and slot.time != clock:
        what = f"{what}, told {slot.time}"
    late = f"{words.count(slot.overdue_days, 'day')} late" if slot.overdue_days else ""
    kept = words.percent(slot.momentum) if slot.overdue_days else ""
    theirs = f"{slot.local_time} there" if slot.local_time and slot.local_time != clock else ""
    return (
        clock,
        slot.channel + (f" + {slot.companion}" if slot.companion else ""),
        slot.prospect.name + (" *" if slot.star else ""),
        slot.prospect.company,
        what,
        late,
        kept,
        theirs + ("" if slot.zone_confirmed or not theirs else "~"),
        f"done: {slot.done}" if slot.done else "",
    )


def _decisions(decisions: Sequence[DecisionView]) -> list[str]:
    """Return the questions with their choices, the offered one first."""
    return rows(
        [
            (one.prospect.name, one.prospect.company, f"{one.text} {' | '.join(c.choice for c in one.choices)}")
            for one in decisions
        ]
    )


def _left_over(left: Sequence[LeftOverView]) -> list[str]:
    """Return what does not fit, with why."""
    return rows([(one.prospect.name, one.prospect.company, one.channel or "", one.reason) for one in left])
