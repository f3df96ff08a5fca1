"""What the user wants of an import, and what is remembered of it for the next file of the same shape."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

from followup_tui.errors import FollowupError
from followup_tui.exchange.columns import CHOICES
from followup_tui.exchange.drafts import Rejection
from followup_tui.exchange.reading import Options
from followup_tui.records import dataclass
from followup_tui.storage import settings
from followup_tui.storage.unit_of_work import UnitOfWork

_KEY = "mapping:"


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to read the files of one import, and what to do with their people."""

    format: str = "auto"
    mapping: Mapping[str, str] | None = None
    """Field → column."""
    placed: Mapping[str, str] | None = None
    """Column → field."""
    encoding: str = ""
    delimiter: str = ""
    tags: tuple[str, ...] = ()
    """For everybody who comes."""
    cadence: str | None = None
    all_or_nothing: bool = False
    known_only: bool = False
    """Of touches, only those of people who are here."""

    def options(self, region: str, recall: Callable[[Sequence[str]], Mapping[str, str]]) -> Options:
        """Return what a reader has to know."""
        return Options(
            self.mapping or {}, region.strip().upper(), self.placed or {}, recall, self.encoding, self.delimiter
        )


def refusal(file: str, found: Rejection) -> FollowupError:
    """Return why nothing of the files is taken."""
    where = f"line {found.line}, {found.field}" if found.field else f"line {found.line}"
    return FollowupError(
        f"{file}: {where}: {found.why}", "nothing was imported; mend the file, or let the other rows in"
    )


def _key(header: Sequence[str]) -> str:
    """Return the key of a header row: the same for the next file of the same program."""
    return _KEY + sha256("\x1f".join(header).encode("utf-8", "replace")).hexdigest()[:24]


def remember(work: UnitOfWork, columns: Mapping[str, str]) -> None:
    """Keep where the columns of a file went."""
    settings.write(work, _key(list(columns)), json.dumps(dict(columns), ensure_ascii=False))


def recalled(work: UnitOfWork, header: Sequence[str]) -> dict[str, str]:
    """Return where the columns of such a file went the last time; empty when there was none."""
    text = settings.read(work.connection, _key(header))
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    known = found.items() if isinstance(found, dict) else ()
    return {str(column): str(field) for column, field in known if field in CHOICES}
