"""A year of days as seven lines of weeks: which were kept, and where only touches are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from followup_tui.records import dataclass
from followup_tui.tui.insight_drawing import Line, Signs
from followup_tui.tui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from followup_tui.services.views.measures import GroupView, MeasureView

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Weekday(Line):
    """One day of the week, over a year; an empty name is the line of months."""

    name: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    """What stands there and its role, week by week; a month's name takes several."""

    def draw(self, canvas: Canvas, signs: Signs) -> None:
        """Draw the newest weeks that fit."""
        canvas.skip_to(3).cell(self.name, 4, "muted")
        room = canvas.room - 1
        if self.name:
            for kind, role in self.cells[-room:]:
                canvas.write(getattr(signs, kind) if kind else " ", role)
            return
        canvas.write("".join(letter or " " for letter, _ in self.cells)[-room:], "muted")


@dataclass(frozen=True, slots=True)
class Legend(Line):
    """What the signs of the year mean."""

    def draw(self, canvas: Canvas, signs: Signs) -> None:
        """Draw each sign with its word."""
        canvas.skip_to(8)
        for kind, role, word in (
            ("kept", "high", "kept"), ("partly", "mid", "in part"), ("missed", "low", "missed"),
            ("touched", "muted", "touches, day not looked at"),
        ):  # fmt: skip
            canvas.write(getattr(signs, kind), role).write(f" {word}   ", "muted")


def year_lines(measure: MeasureView) -> Iterator[Line]:
    """Return the year as seven lines of weeks, months above, what the signs mean below."""
    days = {date.fromisoformat(one.name): one for one in measure.groups}
    if not days:
        return
    last = max(days)
    first = last - timedelta(days=364 + (last - timedelta(days=364)).weekday())
    weeks = range((last - first).days // 7 + 1)
    yield Weekday(measure, "", _months([first + timedelta(days=7 * week) for week in weeks]))
    for place, name in enumerate(_WEEKDAYS):
        yield Weekday(measure, name, tuple(_sign(days.get(first + timedelta(days=7 * week + place))) for week in weeks))
    yield Legend(measure)


def _months(mondays: Sequence[date]) -> tuple[tuple[str, str], ...]:
    """Return a letter for each week: the months' names from the week they begin in."""
    letters = [" "] * len(mondays)
    for place, (before, monday) in enumerate(pairwise(mondays), 1):
        if monday.month != before.month and place + 3 <= len(letters):
            letters[place : place + 3] = f"{monday:%b}"[:3].ljust(3)
    return tuple((letter, "muted") for letter in letters)


def _sign(one: GroupView | None) -> tuple[str, str]:
    if one is None:
        return "", "text"
    if not one.enough:
        return ("touched", "muted") if one.n else ("", "text")
    if one.value == 1:
        return "kept", "high"
    return ("partly", "mid") if one.n else ("missed", "low")
