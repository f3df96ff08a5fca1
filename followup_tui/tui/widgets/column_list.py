"""The columns of a file, one line each: its name, the field it goes to, its first values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.line_list import LineList

FIELDS = (
    *("name", "first_name", "middle_name", "last_name", "company", "title"),
    *("email", "phone", "mobile", "fax", "address", "street", "street2", "pobox", "zip", "city", "state", "country"),
    *("why", "benefit", "source", "note", "tags", "star", "birthday", "zone", "relation", "do_not_contact"),
    *("do_not_email", "do_not_call", "do_not_text", "do_not_mail", "do_not_fax", "not_by"),
    *("extra", ""),
)
"""What a column can become, in the order the arrows walk through."""
_WORDS = {"extra": "kept beside", "": "left out", "label": "names the kind"}


def field_words(field: str) -> str:
    """Return a field as people read it."""
    return _WORDS.get(field) or field.replace("_", " ")


class ColumnList(LineList):
    """Shows what it was given."""

    def __init__(self, *, id: str | None = None, symbols: str = "unicode") -> None:
        super().__init__(id=id)
        self._names: list[str] = []
        self._columns: dict[str, str] = {}
        self._samples: Mapping[str, Sequence[str]] = {}
        self._arrow = "->" if symbols == "ascii" else "→"

    @property
    def count(self) -> int:
        """Number of columns."""
        return len(self._names)

    @property
    def current(self) -> str | None:
        """The column under the cursor."""
        return self._names[self.cursor] if self._names else None

    def set_columns(self, columns: Mapping[str, str], samples: Mapping[str, Sequence[str]]) -> None:
        """Show columns and where they go; the cursor stays on its place."""
        self._names, self._columns, self._samples = list(columns), dict(columns), samples
        self.show()

    def draw_head(self, canvas: Canvas) -> None:
        """Name the parts."""
        canvas.skip_to(1).cell("column", self._width(canvas), "muted").cell("  field", 16, "muted")
        canvas.write("first values", "muted")

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw one column."""
        name = self._names[row]
        field = self._columns[name]
        canvas.skip_to(1).cell(name, self._width(canvas), "text")
        canvas.cell(f"{self._arrow} {field_words(field)}", 16, "muted" if field in _WORDS else "strong")
        canvas.write(", ".join(self._samples.get(name, ())), "muted")

    def _width(self, canvas: Canvas) -> int:
        return max(14, min(30, canvas.room // 3))


class FieldList(LineList):
    """The fields a column can go to."""

    head_lines = 0

    @property
    def count(self) -> int:
        """Number of fields."""
        return len(FIELDS)

    @property
    def current(self) -> str:
        """The field under the cursor."""
        return FIELDS[self.cursor]

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw one field."""
        canvas.skip_to(1).write(field_words(FIELDS[row]), "muted" if FIELDS[row] in _WORDS else "text")
