"""What the lines of measures are drawn with: signs, columns, bars, intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from followup_tui.records import dataclass
from followup_tui.tui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from followup_tui.services.views.measures import MeasureView


class Signs(NamedTuple):
    """One cell each."""

    full: str
    reach: str
    value: str
    over: str
    free: str
    kept: str
    partly: str
    missed: str
    touched: str
    rule: str


UNICODE = Signs("━", "─", "●", "▓", "─", "█", "▒", "░", "·", "─")
ASCII = Signs("#", "-", "o", "!", ".", "#", "+", "-", ".", "-")


class Columns(NamedTuple):
    """Cells of the columns at a width."""

    label: int
    bar: int

    @classmethod
    def at(cls, width: int) -> Columns:
        """Return the columns for a line of so many cells."""
        label = 27 if width < 100 else 38
        return cls(label, max(8, min(48, width - label - 10 - 34)))


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `measure` is what the pane below tells more about, None where nothing can be chosen."""

    measure: MeasureView | None = None

    def draw(self, canvas: Canvas, signs: Signs) -> None:
        """Draw it; a plain line is blank."""


def amount(value: float | None, unit: str) -> str:
    """Return a value in its unit: `31 %`, `2.4`, `1,200`."""
    if value is None:
        return "–"
    if unit == "share":
        return f"{value * 100:.0f} %"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def percents(low: float, high: float) -> str:
    """Return an interval: `10–21 %`."""
    return f"{low * 100:.0f}–{high * 100:.0f} %"


def draw_bar(canvas: Canvas, cells: int, signs: Signs, value: float, most: float, role: str) -> None:
    """Draw a bar of `value` where `most` fills the cells; none without a scale."""
    begin = canvas.at
    if most > 0:
        canvas.write(signs.full * max(round(value * cells / most), int(value > 0)), role)
    canvas.skip_to(begin + cells + 1)


def draw_interval(
    canvas: Canvas, cells: int, signs: Signs, value: float, bounds: tuple[float, float], enough: bool, most: float
) -> None:
    """Draw a rate as a dot on the line of its interval; nothing when there are too few."""
    begin = canvas.at
    if enough and most > 0:
        low, dot, high = (min(cells - 1, int(part * cells / most)) for part in (bounds[0], value, bounds[1]))
        canvas.skip_to(begin + min(low, dot)).write(signs.reach * (dot - min(low, dot)), "high")
        canvas.write(signs.value, "accent").write(signs.reach * (high - dot), "high")
    canvas.skip_to(begin + cells + 1)
