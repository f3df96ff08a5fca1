"""What a reader makes of a file: drafts of people and the reasons for what it could not take."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from followup_tui.records import dataclass

NOTHING: Mapping[str, str] = MappingProxyType({})


class DetailDraft(NamedTuple):
    """One way to reach somebody, with the key under which the same detail is found again."""

    kind: str
    """phone · mobile · fax · email · address"""
    value: str
    """As written, cleaned."""
    key: str
    """E.164 for phones (digits only without a country), e-mail in lower case, address casefolded and squeezed."""
    label: str = ""
    """work, home, … when the file says so."""
    bad: str = ""
    """Why the detail does not work; empty when nothing speaks against it."""


class Draft(NamedTuple):
    """One person as a file describes them: clean text, nothing looked up, nothing guessed.

    A tuple, for a large file makes a million: a frozen dataclass takes three times as long to make.
    """

    line: int
    """1-based physical line at which the row starts."""
    name: str
    company: str = ""
    title: str = ""
    details: tuple[DetailDraft, ...] = ()
    why: str = ""
    benefit: str = ""
    source: str = ""
    birthday: str = ""
    """ISO date, or `--MM-DD` when the year is not known."""
    zone: str = ""
    """IANA name."""
    tags: tuple[str, ...] = ()
    star: bool = False
    note: str = ""
    relation: str = ""
    """A relation of the product, only when a column says it in so many words."""
    cadence: str = ""
    extra: Mapping[str, str] = NOTHING
    """Columns with no field of their own, by header; cells that could not be read stay here too."""
    not_by: tuple[str, ...] = ()
    """Channels the person asked not to be contacted on."""
    own: str = ""
    """The id the person has in the database the file is an export of; empty for files of other programs."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something in a row that was not taken, and what to do about it."""

    line: int
    """1-based physical line at which the row starts."""
    field: str
    """The field that was left out; empty when the whole row was."""
    why: str
    """One phrase: what is wrong and what to do."""
