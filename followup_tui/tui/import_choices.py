"""What the user chose about an import before it is done; where each column goes, and everything beside that."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import Any

from followup_tui.records import dataclass
from followup_tui.services.views import ImportView
from followup_tui.tui.widgets.column_list import FIELDS

ENCODINGS = ("", "utf-8", "cp1252", "utf-16", "cp1250", "cp1251", "mac_roman", "cp437", "shift_jis", "gb18030")
DELIMITERS = ("", ",", ";", "\t", "|")
PER_DAY = 20
"""How many start on a working day when one begins to count."""


@dataclass(slots=True)
class Choices:
    """All of it; empty texts leave a thing to what is recognised."""

    columns: dict[str, str] = field(default_factory=dict)
    """Column → field, of all files, as shown."""
    samples: dict[str, tuple[str, ...]] = field(default_factory=dict)
    changed: bool = False
    """Whether a column was put elsewhere by hand."""
    encoding: str = ""
    delimiter: str = ""
    cadence: str = ""
    per_day: int | None = None
    tags: tuple[str, ...] = ()
    all_or_nothing: bool = False
    known_only: bool = False
    """Of touches, only those of people who are here."""
    has_touches: bool = False
    """Whether one of the files is a history of touches."""

    def learn(self, view: ImportView) -> None:
        """Take the columns from a look at the files."""
        self.has_touches = any(file.source.endswith("activities") for file in view.files)
        people = [file for file in view.files if not file.source.endswith("activities")]
        self.columns = {name: place for file in people for name, place in file.columns.items()}
        self.samples = {name: some for file in view.files for name, some in file.samples.items()}

    def put(self, column: str, place: str) -> None:
        """Put one column into a field."""
        self.columns[column] = place
        self.changed = True

    def turn(self, column: str, by: int) -> None:
        """Put a column into the next field, or the one before."""
        now = self.columns.get(column, "")
        at = FIELDS.index(now) if now in FIELDS else 0
        self.put(column, FIELDS[(at + by) % len(FIELDS)])

    def count(self, by: int) -> None:
        """Let more or fewer start on one working day."""
        self.per_day = max(1, (self.per_day or PER_DAY) + by)

    def read_again(self) -> None:
        """Forget where columns go: under another separator there are others."""
        self.columns, self.samples, self.changed = {}, {}, False

    def wishes(self, dry: bool) -> dict[str, Any]:
        """Return the arguments of an import."""
        return {
            "placed": dict(self.columns) if self.changed else None,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "cadence": self.cadence or None,
            "per_day": self.per_day if self.cadence else None,
            "tags": self.tags,
            "all_or_nothing": self.all_or_nothing and not dry,
            "known_only": self.known_only,
        }

    def words(self) -> str:
        """Return the line that shows everything but the columns."""
        parts = [f"c cadence {self.cadence or '–'}"]
        if self.cadence:
            parts.append(f"+ - {self.per_day or PER_DAY} a day")
        parts.append(f"t tags {', '.join(self.tags) or '–'}")
        parts.append("r nobody when a row is refused" if self.all_or_nothing else "r the rest when a row is refused")
        if self.has_touches:
            parts.append("k only who is here" if self.known_only else "k new people come too")
        return " · ".join(parts)


def files_of(typed: str) -> list[Path]:
    """Return the files a path means: itself, or all that fit when it has * or ? in it."""
    path = Path(typed.strip()).expanduser()
    if path.exists() or not any(mark in path.name for mark in "*?"):
        return [path]
    try:
        found = sorted(file for file in path.parent.glob(path.name) if file.is_file())
    except (OSError, ValueError):
        found = []
    return found or [path]


def after(values: tuple[str, ...], now: str) -> str:
    """Return the value behind the one that is set."""
    return values[(values.index(now) + 1) % len(values)] if now in values else values[0]
