"""Our own complete export as it is read back: prospects with their journals, and what the journals refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import Any

from followup_tui.exchange.drafts import Rejection
from followup_tui.records import dataclass

FORMAT = "followup"
VERSION = 1
LIBRARY = ("value_items", "templates")
"""Lists that stand beside the people."""


@dataclass(frozen=True, slots=True)
class Whole:
    """One prospect with everything, as the file has it: nothing in it is checked yet."""

    line: int
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Complete:
    """What a complete export holds."""

    cadences: object
    """Every cadence version, as written; unchecked."""
    rules: object
    """The rules the journals refer to; unchecked."""
    wholes: Callable[[], Iterator[Whole | Rejection]]
    """Reads the prospects one by one."""
    library: Mapping[str, object] = field(default_factory=dict)
    """Lists of rows to keep beside people, by `LIBRARY`; unchecked, missing in older files."""
