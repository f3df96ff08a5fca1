"""A file being read: what it was taken for, and its people one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from followup_tui.errors import FollowupError
from followup_tui.exchange.activities import TouchDraft
from followup_tui.exchange.drafts import Draft, Rejection
from followup_tui.exchange.whole import Complete, Whole
from followup_tui.records import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What the user said about how to read a file."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    """Field → column, as in `--map FIELD=COLUMN`."""
    default_region: str = ""
    """ISO country for phone numbers written without a country code; empty when unknown."""
    placed: Mapping[str, str] = field(default_factory=dict)
    """Column (its unique name) → field, `extra` to keep it beside the person, empty to leave it out."""
    recall: Callable[[Sequence[str]], Mapping[str, str]] | None = None
    """Asked for `placed` once the columns are known: what was chosen for such a file before."""
    encoding: str = ""
    """A codec; empty: recognised."""
    delimiter: str = ""
    """What separates cells; empty: recognised."""


class Reading:
    """An opened file: iterating yields drafts and rejections as they are read, so that memory stays flat.

    Iterating again reads the file again and starts the counts anew.
    """

    def __init__(
        self,
        path: Path,
        *,
        format: str,
        produce: Callable[[], Iterator[Draft | Rejection]],
        encoding: str = "",
        delimiter: str = "",
        columns: Mapping[str, str] | None = None,
        sheet: str = "",
        complete: Complete | None = None,
        samples: Callable[[], Mapping[str, Sequence[str]]] | None = None,
        recalled: bool = False,
        touches: Callable[[str], Iterator[TouchDraft | Rejection]] | None = None,
    ) -> None:
        self.path = path
        self.file = path.name
        self.format = format
        """google-new · google-old · outlook · outlook.com · linkedin · hubspot · … · table · vcard · followup"""
        self.encoding = encoding
        self.delimiter = delimiter
        self.sheet = sheet
        """The sheet of a workbook that was taken; empty when there are none."""
        self.columns: Mapping[str, str] = columns or {}
        """Header → field, for the preview; `extra` is kept beside the person, empty is left out."""
        self.complete = complete
        """Prospects with their journals, when the file is a complete export of ours; there are no drafts then."""
        self.samples = samples or dict
        """Reads the first values of each column, for the preview."""
        self.reader = ""
        """The reader that opened it, as `--format` names it."""
        self.recalled = recalled
        """Whether columns go where they went the last time."""
        self._touches = touches
        self.rows = 0
        """Rows with anything in them, so far."""
        self.drafts = 0
        self.rejected = 0
        """Rejections so far: whole rows and single fields."""
        self._produce = produce

    def __iter__(self) -> Iterator[Draft | Rejection]:
        """Yield each person and each rejection in the order of the file; FollowupError when it can't be read on."""
        self.rows = self.drafts = self.rejected = 0
        try:
            for item in self._produce():
                if isinstance(item, Draft):
                    self.rows += 1
                    self.drafts += 1
                else:
                    self.rejected += 1
                    self.rows += not item.field
                yield item
        except OSError as error:
            raise unreadable(self.path, error) from error

    @property
    def is_history(self) -> bool:
        """Whether the file holds touches rather than people."""
        return self._touches is not None

    def touches(self, zone: str) -> Iterator[TouchDraft | Rejection]:
        """Yield each touch of a file of activities; `zone` is the user's, for times without one."""
        self.rows = self.rejected = line = 0
        try:
            for item in self._touches(zone) if self._touches else ():
                self.rows += item.line != line  # a meeting with three people is one row
                line = item.line
                self.rejected += isinstance(item, Rejection)
                yield item
        except OSError as error:
            raise unreadable(self.path, error) from error

    def wholes(self) -> Iterator[Whole | Rejection]:
        """Yield each prospect of a complete export, and what is none; FollowupError when it can't be read on."""
        self.rows = self.rejected = 0
        try:
            for item in self.complete.wholes() if self.complete else ():
                self.rows += 1
                self.rejected += isinstance(item, Rejection)
                yield item
        except OSError as error:
            raise unreadable(self.path, error) from error


def unreadable(path: Path, error: OSError) -> FollowupError:
    """Return the one line for a file that the system will not give us."""
    reasons = {
        FileNotFoundError: "there is no such file",
        IsADirectoryError: "this is a folder, not a file",
        PermissionError: "not allowed to read it",
    }
    why = next((words for kind, words in reasons.items() if isinstance(error, kind)), error.strerror or "can't be read")
    return FollowupError(f"{path.name or path}: {why}", "check the path")
