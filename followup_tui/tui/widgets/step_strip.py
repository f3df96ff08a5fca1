"""A cadence on a calendar: its steps in order, the gaps to scale, channel letters beneath."""

from __future__ import annotations

from collections.abc import Sequence

from followup_tui.tui.text import cells

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def step_parts(step: str) -> tuple[int, str]:
    """Return day and letters of `7 p+e`; `now` is day 1."""
    day, _, letters = step.partition(" ")
    return (int(day) if day.isdecimal() else 1), letters


def step_strip(steps: Sequence[str], width: int, symbols: str = "unicode") -> tuple[str, str, str]:
    """Return three lines of at most `width` cells: `①─②──③────④`, the letters, the days.

    A step stands where its day is on the scale, but never closer to the one before than their letters and days need;
    what does not fit is left out behind an ellipsis.
    """
    rule = "-" if symbols == "ascii" else "─"
    parts = [step_parts(step) for step in steps]
    if not parts:
        return "", "", ""
    labels = [(_number(place, symbols), letters, f"d{day}") for place, (day, letters) in enumerate(parts, 1)]
    sizes = [max(cells(text) for text in label) + 1 for label in labels]
    span = max(1, parts[-1][0] - parts[0][0])
    scale = max(0, width - sizes[-1]) / span
    lines, at = ["", "", ""], 0
    for place, ((day, _), label) in enumerate(zip(parts, labels, strict=True)):
        rest = sum(sizes[place:])
        wanted = round((day - parts[0][0]) * scale)
        at = max(at, min(wanted, width - rest))
        if at + sizes[place] > width + 1:
            return tuple(text[: width - 1] + "…" if n == 0 else text for n, text in enumerate(lines))  # type: ignore[return-value]
        for row, text in enumerate(label):
            fill = (rule if row == 0 and place else " ") * (at - cells(lines[row]))
            lines[row] += fill + text
        at += sizes[place]
    return lines[0], lines[1], lines[2]


def _number(place: int, symbols: str) -> str:
    return _CIRCLED[place - 1] if symbols != "ascii" and place <= len(_CIRCLED) else str(place)
