"""Which columns the table of prospects has, in which order, how wide, and by which it is sorted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any

from followup_tui.records import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its names and widths where there is little room and where there is much."""

    short: str
    name: str
    narrow: int
    wide: int
    right: bool = False
    most: int = 0
    """Cells it may grow to; 0: it keeps its width."""


COLUMNS: dict[str, Column] = {
    "name": Column("name", "name", 16, 20, most=34),
    "company": Column("company", "company", 12, 20, most=40),
    "relation": Column("relation", "relation", 8, 14),
    "next": Column("next", "next", 18, 26),
    "attempts": Column("att", "attempts", 3, 8, right=True),
    "last": Column("last touch", "last touch", 10, 11, right=True),
    "phone": Column("phone", "phone", 18, 18),
    "email": Column("email", "email", 24, 24, most=40),
}
NARROWEST, WIDEST = 3, 60


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What the user chose; stored as JSON."""

    columns: tuple[str, ...] = tuple(COLUMNS)
    widths: Mapping[str, int] = field(default_factory=dict)
    """Only those the user set."""
    order: str = "name"
    backwards: bool = False

    def sorted_by(self, column: str) -> Arrangement:
        """Return it sorted by a column; by the same one again: the other way round."""
        return replace(self, order=column, backwards=column == self.order and not self.backwards)

    def toggled(self, column: str) -> Arrangement:
        """Return it with a column more or less; the name stays."""
        if column in self.columns:
            kept = tuple(one for one in self.columns if one != column or one == "name")
            return replace(self, columns=kept)
        return replace(self, columns=(*self.columns, column))

    def shifted(self, column: str, by: int) -> Arrangement:
        """Return it with a column further left (-1) or right (1)."""
        if column not in self.columns:
            return self
        names = list(self.columns)
        place = names.index(column)
        names.insert(max(0, min(len(names) - 1, place + by)), names.pop(place))
        return replace(self, columns=tuple(names))

    def resized(self, column: str, by: int) -> Arrangement:
        """Return it with a column wider or narrower."""
        now = self.widths.get(column, COLUMNS[column].wide)
        return replace(self, widths={**self.widths, column: max(NARROWEST, min(WIDEST, now + by))})

    def fitted(self, room: int, narrow: bool) -> list[tuple[str, int]]:
        """Return the columns that fit and their widths; those behind give way, the room left goes to those that grow.

        A cell stands between two columns.
        """
        fitted: list[tuple[str, int]] = []
        left = room
        for name in self.columns:
            column = COLUMNS[name]
            width = self.widths.get(name, column.narrow if narrow else column.wide)
            if fitted and width + 1 > left:
                break
            fitted.append((name, min(width, left)))
            left -= width + 1
        sizes = dict(fitted)
        growing = [name for name in sizes if COLUMNS[name].most and name not in self.widths]
        for _ in range(max(0, left)):
            name = min(growing, key=lambda one: sizes[one], default="")
            if not name:
                break
            sizes[name] += 1
            if sizes[name] >= COLUMNS[name].most:
                growing.remove(name)
        return list(sizes.items())

    def stored(self) -> str:
        """Return it as it is stored."""
        said: dict[str, Any] = {"columns": self.columns, "widths": dict(self.widths)}
        return json.dumps(said | {"order": self.order, "backwards": self.backwards})


def arranged(text: str) -> Arrangement:
    """Return what was stored; what is not understood, as of another version, is as at first."""
    try:
        said = json.loads(text or "{}")
        columns = tuple(dict.fromkeys(name for name in said.get("columns", COLUMNS) if name in COLUMNS))
        widths = {name: int(width) for name, width in said.get("widths", {}).items() if name in COLUMNS}
        order = said.get("order", "name")
        return Arrangement(
            columns if "name" in columns else ("name", *columns),
            {name: max(NARROWEST, min(WIDEST, width)) for name, width in widths.items()},
            order if order in COLUMNS else "name",
            bool(said.get("backwards")),
        )
    except (ValueError, TypeError, AttributeError):
        return Arrangement()
