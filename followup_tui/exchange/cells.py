"""The cells of one row: cleaned text by column, and a place for what finds no other."""

from __future__ import annotations

import re

from followup_tui.domain.cleaning import clean_stored
from followup_tui.exchange.columns import Plan
from followup_tui.exchange.drafts import Rejection

_ESCAPED = re.compile(r"'(?='*[=+\-@\t\r])")
"""What a spreadsheet-safe export puts before a cell that would be a formula."""
_MULTILINE = {"note", "why", "benefit"}


class Row:
    """One row being read; `extra` and `rejections` fill up on the way."""

    __slots__ = ("cells", "extra", "line", "plain", "plan", "rejections")

    def __init__(self, plan: Plan, line: int, cells: list[str], plain: bool) -> None:
        missing = len(plan.headers) - len(cells)
        self.plan = plan
        self.line = line
        self.plain = plain
        """Whether nothing in the row needs cleaning but spaces at the ends: then that is not asked cell by cell."""
        if plain:
            cells = [cell.strip() for cell in cells]
        self.cells = cells + [""] * missing if missing > 0 else cells
        self.extra: dict[str, str] = {}
        self.rejections: list[Rejection] = []

    def text(self, index: int, multiline: bool = False) -> str:
        """Return a cell as it may be stored."""
        cell = self.cells[index]
        if self.plain or not cell:
            return cell
        if cell[0] == "'" and _ESCAPED.match(cell):
            cell = cell[1:]
        return clean_stored(cell, multiline=multiline)

    def single(self, field: str) -> str:
        """Return the first filled column of a field; what differs in the others is kept beside the person."""
        columns = self.plan.singles.get(field)
        if not columns:
            return ""
        if len(columns) == 1:
            return self.text(columns[0], field in _MULTILINE)
        value = ""
        for index in columns:
            text = self.text(index, field in _MULTILINE)
            if not value:
                value = text
            elif text and text != value:
                self.extra[self.plan.headers[index]] = text
        return value

    def first(self, field: str) -> int:
        """Return the first filled column of a field, or -1."""
        columns = self.plan.singles.get(field)
        return next((i for i in columns if self.text(i)), -1) if columns else -1

    def all(self, field: str) -> list[str]:
        """Return the text of every filled column of a field, lines kept."""
        columns = self.plan.singles.get(field)
        return [text for i in columns if (text := self.text(i, True))] if columns else []

    def reject(self, index: int, field: str, text: str, why: str) -> None:
        """Leave a value out of its field, say why, and keep it beside the person."""
        header = self.plan.headers[index]
        self.extra[header] = f"{self.extra[header]}; {text}" if header in self.extra else text
        self.rejections.append(Rejection(self.line, field, f"{why} (kept under {header})"))

    def keep_extras(self) -> None:
        """Keep every filled column that has no field."""
        cells, headers = self.cells, self.plan.headers
        for index in self.plan.extras:
            if cells[index] and (text := self.text(index, True)):
                self.extra[headers[index]] = text
