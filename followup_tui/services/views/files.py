"""Files coming in, and what is checked or counted."""

from __future__ import annotations

from dataclasses import field

from followup_tui.records import dataclass


@dataclass(frozen=True, slots=True)
class CoachView:
    """One rule of the coach."""

    id: str
    line: str
    source: str
    dismissed: int = 0
    """How often it was put away."""
    shown: int = 0
    """How often it spoke until the next touch was logged, or until it was put away."""


@dataclass(frozen=True, slots=True)
class ReasonView:
    """A reason given for passing or ending, and how often."""

    reason: str
    n: int
    of: dict[str, int]
    """What it was given for: skip, close, answer, reel, definite no."""


@dataclass(frozen=True, slots=True)
class RejectedView:
    """One row, or one field of a row, that could not be taken."""

    line: int
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class FileReportView:
    """What an import did, or would do, with one file."""

    file: str
    format: str
    """The reader that took it, as `--format` names it: csv, xlsx, vcard, json."""
    encoding: str
    delimiter: str
    rows: int
    created: int
    updated: int
    skipped: int
    rejected: tuple[RejectedView, ...]
    columns: dict[str, str] = field(default_factory=dict)
    """Column → field, as mapped."""
    sample: tuple[str, ...] = ()
    """Names of the first people."""
    sheet: str = ""
    """The sheet of a workbook that was read; empty for other files."""
    samples: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Column → its first values; a dry run has them."""
    recalled: bool = False
    """Whether the columns went where they went for the last file with the same header row."""
    completed: tuple[str, ...] = ()
    """Names of the first people who were there already and got something."""
    known: tuple[str, ...] = ()
    """Names of the first people with nothing new."""
    touches: dict[str, int] = field(default_factory=dict)
    """Channel → touches taken over, of a file of activities."""
    doubled: int = 0
    """Touches that were there already."""
    source: str = ""
    """The program whose export it is, as google-new or pipedrive-activities; empty when it could be anybody's."""


@dataclass(frozen=True, slots=True)
class ImportView:
    """An import over one or several files: one change, one undo."""

    files: tuple[FileReportView, ...]
    dry_run: bool
    undo: str
    enrolled: int = 0
    cadence: str | None = None
    similar: int | None = None
    """How many of the new people look like somebody who is here; None: not looked at."""
    looked_at: int | None = None
    """Rows of each file that a dry run looked at, when there are more; None: all were."""


@dataclass(frozen=True, slots=True)
class CheckView:
    """One check of doctor."""

    name: str
    ok: bool
    detail: str
