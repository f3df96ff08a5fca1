"""Bars made of cells: momentum, attempts, the day's progress. Nothing is told by colour alone."""

from __future__ import annotations

from typing import NamedTuple

from followup_tui.tui.widgets.paint import Piece


class Glyphs(NamedTuple):
    """The signs of one alphabet, each one cell."""

    full: str
    low: str
    on: str
    off: str
    here: str
    then: str
    done: str
    star: str
    closed: str
    ask: str
    rule: str
    arrow: str
    value: str
    beside: str


UNICODE = Glyphs("━", "─", "▮", "▯", "▌", "›", "✓", "★", "☾", "?", "─", "→", "◇", "└")
ASCII = Glyphs("#", ".", "#", ".", ">", "-", "x", "*", "!", "?", "-", ">", "o", "+")


def glyphs(symbols: str) -> Glyphs:
    """Return the signs for `unicode` or `ascii`."""
    return ASCII if symbols == "ascii" else UNICODE


def momentum_role(momentum: float) -> str:
    """Return the role of a momentum from 0 to 1: high, mid or low."""
    return "high" if momentum >= 0.8 else "mid" if momentum >= 0.5 else "low"


def momentum_bar(momentum: float, width: int, signs: Glyphs) -> list[Piece]:
    """Return the bar of a momentum from 0 to 1; a full one stands back, only what is being lost has colour."""
    filled = max(0, min(width, round(momentum * width)))
    if momentum < 1 and filled == width:
        filled -= 1
    role = "faint" if momentum >= 1 else momentum_role(momentum)
    return [(signs.full * filled, role), (signs.low * (width - filled), "faint")]


def steps_bar(done: int, total: int, signs: Glyphs, width: int = 12) -> list[Piece]:
    """Return `▮▮▮▮▯▯▯▯` for so many of so many, at most `width` cells."""
    if total <= 0:
        return []
    cells = min(total, width)
    filled = max(0, min(cells, round(done * cells / total)))
    if done and not filled:
        filled = 1
    return [(signs.on * filled, "accent" if done >= total else "high"), (signs.off * (cells - filled), "muted")]
