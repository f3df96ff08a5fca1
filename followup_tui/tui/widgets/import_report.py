"""What an import would do with a file, in lines; and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap

from textual.content import Content

from followup_tui.services.views import FileReportView, RejectedView
from followup_tui.tui.text import cells, clean, content, fit
from followup_tui.tui.wording import count

EVERY = 0.25
"""Seconds between two looks at how far something is: more often nobody can read it."""
_NAMED = 5
_REJECTED = 3
"""Rejected rows shown; the rest is counted."""
_WIDTH, _WIDEST = 66, 100
"""Characters of a line behind its label: where there is little room, and at most."""
LINES = 10
"""Lines of a report that stands above a list of columns."""
_LABEL = 9
"""Cells of what stands before a line."""
_NAME = 40
"""Cells of a name behind the first."""
_DELIMITERS = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar", "": "–"}


def report(
    file: FileReportView, named: bool = False, looked_at: int | None = None, *, room: int = 0, most: int = 0
) -> list[Content]:
    """Return the report of one file: how it was read, what would happen, who is in it, what is refused and why.

    The columns stand in a list of their own; `named` puts the file's name before the rest. `looked_at`: how many rows
    all this is said of, when there are more. `room`: cells of a line; `most`: lines there may be, 0 for any number.
    """
    width = min(_WIDEST, max(_WIDTH, room - _LABEL))
    parts = [file.format, file.source, file.encoding, f"sheet {file.sheet}" if file.sheet else ""]
    if file.delimiter:
        parts.append(f"{_DELIMITERS.get(file.delimiter, file.delimiter)} between cells")
    how = ", ".join(filter(None, parts))
    how += f" · {count(file.rows, 'row')}" if looked_at is None or file.rows < looked_at else " · counting the rows …"
    lines = [_line("file", Path(file.file).name, "bold")] if named else []
    lines.append(_line("read as", how + (" · columns as the last time" if file.recalled else "")))
    would = f"create {file.created:,} · update {file.updated:,} · skip {file.skipped:,}"
    of = f" · of the first {looked_at:,} rows" if looked_at is not None and file.rows >= looked_at else ""
    lines.append(_line("would", f"{would} · refuse {len(file.rejected):,}{of}", "bold $next"))
    for label, names, number in (
        ("create", file.sample, file.created),
        ("update", file.completed, file.updated),
        ("known", file.known, file.skipped),
    ):
        if names:
            lines.append(_line(label, _listed(names[:_NAMED], number, width)))
    if file.touches or file.doubled:
        said = " · ".join(f"{channel} {number:,}" for channel, number in file.touches.items()) or "none new"
        lines.append(_line("touches", said + (f" · {file.doubled:,} known" if file.doubled else "")))
    return lines + _refused(file.rejected, width, max(2, most - len(lines)) if most else _REJECTED * LINES)


def _refused(rows: Sequence[RejectedView], width: int, most: int) -> list[Content]:
    """Return the first refusals, each whole with what to do about it, and how many more there are, in so many lines."""
    lines: list[str] = []
    told = 0
    for row in rows[:_REJECTED]:
        words = f"line {row.line:,}: {row.field}: {row.why}" if row.field else f"line {row.line:,}: {row.why}"
        parts = wrap(clean(words), width)
        free = most - len(lines) - (len(rows) > told + 1)
        if len(parts) > free:
            if told:
                break
            parts = [*parts[: free - 1], fit(" ".join(parts[free - 1 :]), width)]
        lines += parts
        told += 1
    said = [_line("" if number else "refused", text, "$overdue") for number, text in enumerate(lines)]
    return [*said, _line("", f"and {len(rows) - told:,} more")] if len(rows) > told else said


def _listed(names: Sequence[str], number: int, width: int) -> str:
    """Return the names of the first of so many people, as many as go into a line."""
    said = fit(names[0], width - 2).rstrip()
    for told, name in enumerate(names[1:], 1):
        longer = f"{said}, {fit(name, _NAME).rstrip()}"
        if cells(longer) > width - 2:
            return f"{said} …" if told < number else said
        said = longer
    return f"{said} …" if number > len(names) else said


def _line(label: str, text: str, style: str = "") -> Content:
    return Content.assemble(content(f"{label:<{_LABEL}}", "$muted"), content(text, style))


def progress_line(done: int, total: int, seconds: float, symbols: str, width: int = 30) -> str:
    """Return bar, count, rate and time left: `▮▮▮▯▯ 1,200 of 4,000 · 900 a second · 3 s left`."""
    full, empty = ("#", ".") if symbols == "ascii" else ("▮", "▯")
    filled = min(width, width * done // total) if total else 0
    words = f"{full * filled}{empty * (width - filled)} {done:,} of {total:,}"
    if seconds > 0.5 and done:
        rate = done / seconds
        words += f" · {rate:,.0f} a second · {max(0, total - done) / rate:,.0f} s left"
    return words
