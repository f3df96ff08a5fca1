"""The page of measures as lines, each drawn to the width there is: bars, intervals, a year of days, weeks ahead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from followup_tui.records import dataclass
from followup_tui.tui import wording
from followup_tui.tui.insight_drawing import Columns, Line, Signs, amount, draw_bar, draw_interval, percents
from followup_tui.tui.insight_year import year_lines
from followup_tui.tui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from followup_tui.domain.source_numbers import SourceNumber
    from followup_tui.services.views.measures import GroupView, MeasureView, SectionView

SHOWN = 15
"""Parts shown of a measure; `followup stats --json` has them all."""


@dataclass(frozen=True, slots=True)
class Title(Line):
    """The name of a section; `waits` while it is counted."""

    text: str = ""
    waits: bool = False

    def draw(self, canvas: Canvas, signs: Signs) -> None:
        """Draw the name and a rule to the end."""
        canvas.skip_to(1).write(self.text, "next").write(" ")
        if self.waits:
            canvas.write("counting …", "muted")
        else:
            canvas.write(signs.rule * (canvas.room - 1), "faint")


@dataclass(frozen=True, slots=True)
class Main(Line):
    """A measure: its value, beside a bar when the sources give numbers to compare, how many, and whose measure."""

    most: float = 0.0

    def draw(self, canvas: Canvas, signs: Signs) -> None:
        """Draw title, value, bar, n and source; or what will be here."""
        one = self.measure
        if one is None:
            return
        columns = Columns.at(canvas.room)
        canvas.skip_to(1).cell(one.title, columns.label - 1, "strong")
        if one.value is None:
            canvas.cell("–", 8, "muted", right=True).write(f"n = 0 · {one.source} · ", "muted").write(
                one.empty, "muted"
            )
            return
        canvas.cell(amount(one.value, one.unit), 8, "strong", right=True)
        if one.low is not None and one.high is not None:
            draw_interval(canvas, columns.bar, signs, one.value, (one.low, one.high), one.enough, self.most)
        else:
            draw_bar(canvas, columns.bar, signs, one.value, self.most, "accent")
        canvas.write(f"n = {one.n:,} {one.of}" if one.enough else f"n = {one.n:,} · too few to judge", "text")
        canvas.write(f" · {one.source}", "muted")


@dataclass(frozen=True, slots=True)
class Beside(Line):
    """A number of a source, under the user's own."""

    said: SourceNumber | None = None
    most: float = 0.0

    def draw(self, canvas: Canvas, signs: Signs) -> None:
        """Draw words, value, bar and source."""
        if self.said is None or self.measure is None:
            return
        columns, value = Columns.at(canvas.room), self.said.value
        canvas.skip_to(3).cell(self.said.words, columns.label - 3, "muted")
        canvas.cell("" if value is None else amount(value, self.measure.unit), 8, "muted", right=True)
        draw_bar(canvas, columns.bar, signs, value or 0.0, self.most, "muted")
        canvas.write(self.said.source, "muted")


@dataclass(frozen=True, slots=True)
class Part(Line):
    """A channel, a step, a reason …"""

    part: GroupView | None = None
    most: float = 0.0

    def draw(self, canvas: Canvas, signs: Signs) -> None:
        """Draw name, value, bar or interval, and how many."""
        one, columns = self.part, Columns.at(canvas.room)
        if one is None:
            return
        canvas.skip_to(3).cell(one.name, columns.label - 3, "text" if one.enough else "muted")
        canvas.cell(amount(one.value, "share"), 8, "text" if one.enough else "muted", right=True)
        if one.low is None or one.high is None:
            draw_bar(canvas, columns.bar, signs, one.value or 0.0, self.most, "high")
            canvas.write(f"n = {one.n:,}", "muted")
            return
        draw_interval(canvas, columns.bar, signs, one.value or 0.0, (one.low, one.high), one.enough, self.most)
        canvas.cell(f"n = {one.n:,}", 12, "muted")
        canvas.write(
            percents(one.low, one.high) if one.enough else "too few to judge", "text" if one.enough else "muted"
        )


@dataclass(frozen=True, slots=True)
class WeekAhead(Line):
    """A week against its blocks."""

    part: GroupView | None = None
    most: float = 0.0

    def draw(self, canvas: Canvas, signs: Signs) -> None:
        """Draw the work, what is left of the blocks, and what is too much."""
        one, columns = self.part, Columns.at(canvas.room)
        if one is None:
            return
        day, minutes, room = date.fromisoformat(one.name), one.value or 0.0, one.of or 0.0
        canvas.skip_to(3).cell(f"week from {day.day} {day:%b}", columns.label - 3)
        canvas.cell(amount(minutes / room, "share") if room else "–", 8, "text", right=True)
        begin, most = canvas.at, self.most or 1.0
        fits, all_, blocks = (round(part * columns.bar / most) for part in (min(minutes, room), minutes, room))
        canvas.write(signs.full * fits, "high").write(signs.over * (all_ - fits), "overdue")
        canvas.write(signs.free * (blocks - all_), "faint").skip_to(begin + columns.bar + 1)
        canvas.write(f"n = {one.n:,} · ", "muted").write(wording.span(round(minutes)), "text")
        canvas.write(f" of {wording.span(round(room))}", "muted")


def lines_of(sections: Mapping[str, SectionView], titles: Mapping[str, str]) -> list[Line]:
    """Return the page: the sections in their order, those still counted as their names alone."""
    found: list[Line] = []
    for name, title in titles.items():
        if found:
            found.append(Line())
        section = sections.get(name)
        found.append(Title(None, title, section is None))
        for measure in section.measures if section is not None else ():
            found += _measure(measure)
    return found


def _measure(measure: MeasureView) -> Iterator[Line]:
    if measure.value is None:
        yield Main(measure)
        if measure.name == "days_kept" and any(one.n for one in measure.groups):
            yield from year_lines(measure)
        return
    if measure.name == "load_ahead":
        yield Main(measure, 1.0)
        most = max((max(one.value or 0.0, one.of or 0.0) for one in measure.groups), default=0.0)
        yield from (WeekAhead(measure, one, most) for one in measure.groups)
        return
    top = max(
        (one.high if one.high is not None and one.enough else one.value or 0.0 for one in measure.groups), default=0
    )
    own = [measure.value, *(one.value or 0.0 for one in measure.references), measure.high or 0.0]
    most = max(own) if measure.references else max(top, measure.high or 0.0)
    if not measure.references and measure.low is None:
        most = 0.0
    yield Main(measure, most)
    yield from (Beside(measure, one, most) for one in measure.references)
    if measure.name == "days_kept":
        yield from year_lines(measure)
        return
    top = max(
        (one.high if one.high is not None and one.enough else one.value or 0.0 for one in measure.groups), default=0
    )
    yield from (Part(measure, one, top) for one in measure.groups[:SHOWN])
    if len(measure.groups) > SHOWN:
        more = len(measure.groups) - SHOWN
        yield Note(measure, f"and {more} more: followup stats --json has them")


@dataclass(frozen=True, slots=True)
class Note(Line):
    """Words under a measure."""

    text: str = ""

    def draw(self, canvas: Canvas, signs: Signs) -> None:
        """Draw them."""
        canvas.skip_to(3).write(self.text, "muted")


def chosen(lines: Iterable[Line]) -> list[int]:
    """Return the lines a cursor can stand on."""
    return [place for place, line in enumerate(lines) if line.measure is not None]
