"""followup stats: the measures, each with its source and how many it was counted from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli import words
from followup_tui.cli.command import offer
from followup_tui.cli.session import Session
from followup_tui.cli.table import line, rows
from followup_tui.cli.waiting import Waiting
from followup_tui.errors import UsageError

if TYPE_CHECKING:
    from followup_tui.services.views.measures import GroupView, MeasureView, StatsView

_SHOWN = 24
"""Parts of a measure printed; JSON has them all."""


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "stats", stats)


def stats(
    session: Session,
    since: Annotated[
        str | None, typer.Option("--since", metavar="D", help="From this day on: a date, 30d, 90d, 1y, or all.")
    ] = None,
) -> None:
    """Print the measures beside the numbers of the sources, with how many each was counted from."""
    with Waiting() as waiting:
        view = session.services.measures.stats(_day(session, since), progress=waiting.tell)
    session.show(view, _lines(view, session))


def _day(session: Session, text: str | None) -> date | None:
    """Return the first day meant; UsageError for a day to come and for what is no day."""
    from followup_tui.domain.measured_spans import first_day

    said = (text or "all").strip().casefold()
    found = first_day(said, session.today)
    if found is not None or said == "all":
        return found
    day = session.when(said, future=False).date
    if day > session.today:
        raise UsageError(f"--since {line(text)}: {words.day(day, session.today)} is still to come", "name a past day")
    return day


def _lines(view: StatsView, session: Session) -> Iterator[str]:
    today, paint = session.today, session.paint
    yield f"Since {words.short_day(view.since, today)}" if view.since else "Since the first day"
    for measure in view.measures:
        if measure.value is None:
            yield ""
            yield f"{paint.bold(measure.title)}  –  n = 0  ({measure.source})"
            yield paint.dim(f"  nothing yet: {measure.empty}" if measure.empty else "  nothing yet")
            continue
        yield ""
        yield f"{paint.bold(measure.title)}  {_value(measure)}  n = {measure.n:,} {measure.of}  ({measure.source})"
        if measure.note:
            yield paint.dim(f"  {measure.note}")
        for one in measure.references:
            amount = "" if one.value is None else f"{number(one.value, measure.unit)} "
            yield f"  {amount}{line(one.words)} ({one.source})"
        yield from _parts(measure)


def _value(measure: MeasureView) -> str:
    value = number(measure.value, measure.unit)
    if measure.low is None or measure.high is None:
        return value if measure.unit in ("share", "momentum") else f"{value} {measure.unit}"
    return f"{value}, {_interval(measure.low, measure.high)}" if measure.enough else f"{value}, too few to judge"


def _interval(low: float | None, high: float | None) -> str:
    return f"90 % sure: {(low or 0) * 100:.0f}–{(high or 0) * 100:.0f} %"


def _parts(measure: MeasureView) -> list[str]:
    """Return the parts as a table; a year of days is counted by month, for the screen has its map."""
    if measure.name == "days_kept":
        return []
    shown, more = measure.groups[:_SHOWN], len(measure.groups) - _SHOWN
    lines = rows([_part(measure, one) for one in shown], indent="    ", widest=40)
    return [*lines, f"    and {more} more: --json has them"] if more > 0 else lines


def _part(measure: MeasureView, one: GroupView) -> tuple[str, ...]:
    if measure.name == "load_ahead":
        share = f"{(one.value or 0) / one.of * 100:.0f} %" if one.of else "no blocks"
        return one.name, share, f"n = {one.n:,}"
    value = number(one.value, "share")
    if one.low is None:
        return line(one.name), value, f"n = {one.n:,}"
    sure = _interval(one.low, one.high) if one.enough else "too few to judge"
    return line(one.name), value, f"n = {one.n:,}", sure


def number(value: float | None, unit: str) -> str:
    """Return a value in its unit: 31 %, 2.4, 1,200."""
    if value is None:
        return "–"
    if unit == "share":
        return f"{value * 100:.0f} %"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
