"""followup forecast: the workload ahead against what the blocks hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli import words
from followup_tui.cli.command import offer
from followup_tui.cli.session import Session
from followup_tui.cli.table import line, rows
from followup_tui.cli.waiting import Waiting

if TYPE_CHECKING:
    from datetime import date

    from followup_tui.services.views.planning import ForecastView, WeekLoadView

_BAR = 20
"""Cells of a full week's bar."""


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "forecast", forecast)


def forecast(
    session: Session,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=26, help="How many weeks ahead.")] = 8,
    what_if: Annotated[int, typer.Option("--what-if", min=0, max=1000, help="So many people more …")] = 0,
    cadence: Annotated[str | None, typer.Option("--cadence", metavar="CADENCE", help="… on this cadence.")] = None,
    per_day: Annotated[int | None, typer.Option("--per-day", min=1, help="How many of them a working day.")] = None,
) -> None:
    """Print the work of the weeks ahead against your blocks, if every touch is made on its day and nobody answers."""
    with Waiting() as waiting:
        view = session.services.forecast.forecast(
            weeks, what_if=what_if, cadence=cadence, per_day=per_day, progress=waiting.of("days")
        )
    session.show(view, _lines(view, session.today))


def _lines(view: ForecastView, today: date) -> Iterator[str]:
    imagined = f", and {view.what_if} more on {line(view.cadence)}, {view.per_day} a day" if view.what_if else ""
    yield f"{words.count(view.prospects, 'prospect')} in play{imagined}; {view.overdue} touches wait since before today"
    table: list[tuple[str, ...]] = [("from", "touches", "hours", "of", "over", "", "")]
    table += [_week(week, today) for week in view.weeks]
    yield from rows(table, widest=40)
    if view.full_on is None:
        yield "Every day has room."
    else:
        yield f"The first day with more than its blocks take: {words.day(view.full_on, today)}"


def _week(week: WeekLoadView, today: date) -> tuple[str, ...]:
    share = week.minutes / week.capacity_minutes if week.capacity_minutes else float(week.minutes > 0)
    asked = words.count(week.decisions, "decision") if week.decisions else ""
    return (
        words.short_day(week.start, today),
        f"{week.touches}" + (f" ({week.extra} more)" if week.extra else ""),
        _hours(week.minutes),
        _hours(week.capacity_minutes),
        _hours(week.over_minutes) if week.over_minutes else "",
        "#" * min(_BAR, round(share * _BAR)) + "." * max(0, _BAR - round(share * _BAR)),
        asked,
    )


def _hours(minutes: int) -> str:
    """Return minutes as hours: `7:05`."""
    return f"{minutes // 60}:{minutes % 60:02d}"
