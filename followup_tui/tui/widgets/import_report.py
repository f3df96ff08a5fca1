"""What an import would do with a file, in lines; and how far it is."""

from __future__ import annotations

from textwrap import wrap

from textual.content import Content

from followup_tui.services.views import FileReportView
from followup_tui.tui.text import clean, content
from followup_tui.tui.wording import count

_REJECTED = 4
"""Rejected rows shown; the rest is counted."""
_WIDTH = 66
"""Characters of a refusal in one line."""
_DELIMITERS = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar", "": "–"}


def report(file: FileReportView) -> list[Content]:
    """Return the report of one file: how it was read, what would happen, who is in it, what is refused and why."""
    how = f"{file.format}, {file.encoding}" + (
        f", between fields: {_DELIMITERS.get(file.delimiter, file.delimiter)}" if file.delimiter else ""
    )
    lines = [
        _line("read as", how),
        _line("rows", f"{file.rows:,}"),
        _line("would", f"create {file.created:,} · update {file.updated:,} · skip {file.skipped:,}", "bold $next"),
    ]
    if file.sample:
        lines.append(_line("first", ", ".join(clean(name) for name in file.sample[:6])))
    if file.columns:
        known = [f"{clean(column)} → {clean(field)}" for column, field in file.columns.items()]
        lines.append(_line("columns", " · ".join(known[:8]) + (" …" if len(known) > 8 else "")))
    if file.rejected:
        lines.append(_line("refused", count(len(file.rejected), "row or field", "rows or fields"), "$overdue"))
        for row in file.rejected[:_REJECTED]:
            words = f"line {row.line:,}: {row.field}: {row.why}" if row.field else f"line {row.line:,}: {row.why}"
            lines += [_line("", part) for part in wrap(clean(words), _WIDTH, subsequent_indent="  ")]
        if len(file.rejected) > _REJECTED:
            lines.append(_line("", f"and {len(file.rejected) - _REJECTED:,} more"))
    return lines


def _line(label: str, text: str, style: str = "") -> Content:
    return Content.assemble(content(f"{label:<9}", "$muted"), content(text, style))


def progress_line(done: int, total: int, seconds: float, symbols: str, width: int = 30) -> str:
    """Return bar, count, rate and time left: `▮▮▮▯▯ 1,200 of 4,000 · 900 a second · 3 s left`."""
    full, empty = ("#", ".") if symbols == "ascii" else ("▮", "▯")
    filled = min(width, width * done // total) if total else 0
    words = f"{full * filled}{empty * (width - filled)} {done:,} of {total:,}"
    if seconds > 0.5 and done:
        rate = done / seconds
        words += f" · {rate:,.0f} a second · {max(0, total - done) / rate:,.0f} s left"
    return words
