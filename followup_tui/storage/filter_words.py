"""What words of a filter find: folded text in columns, details, tags and cadences, always as parameters."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from sqlalchemy import ColumnElement, LargeBinary, and_, cast, exists, func, or_, select

from followup_tui.domain.folding import fold
from followup_tui.language.filter_fields import NONE
from followup_tui.language.filters import Term
from followup_tui.storage.tables import Base

Condition = ColumnElement[bool]
prospect = Base.metadata.tables["prospect"].c
detail = Base.metadata.tables["detail"].c
tag = Base.metadata.tables["tag"].c
cadence = Base.metadata.tables["cadence"].c
standing = Base.metadata.tables["standing"].c
FOLDED = "folded"
"""Our `fold` inside SQLite; asked only about accents and broken lines, because each call leaves SQLite."""
_NUMBERS = {"phone": ("phone", "mobile"), "mobile": ("mobile",), "fax": ("fax",)}
_PHONES = ("phone", "mobile", "fax")


def teach(connection: sqlite3.Connection) -> None:
    """Give a connection the function `folded`."""
    connection.create_function(FOLDED, 1, lambda text: None if text is None else fold(str(text)), deterministic=True)


def escaped(words: str) -> str:
    """Return words in which the marks of LIKE mean themselves."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def like(column: ColumnElement[str], words: str, *, whole: bool) -> Condition:
    """Return whether a column contains, or is, the folded words, case and accents aside."""
    pattern = escaped(words) if whole else f"%{escaped(words)}%"
    unfolded = func.length(column) != func.length(cast(column, LargeBinary))
    if " " in words:
        unfolded = or_(unfolded, func.instr(column, "\n") > 0)
    return or_(
        column.like(pattern, escape="\\"),
        and_(unfolded, getattr(func, FOLDED)(column).like(pattern, escape="\\")),
    )


def words_found(words: str) -> Condition:
    """Return whether free words stand in name, company, details, note or tags."""
    found = [
        prospect.search.like(f"%{escaped(words)}%", escape="\\"),
        and_(prospect.note != "", like(prospect.note, words, whole=False)),
        prospect.id.in_(select(detail.prospect_id).where(like(detail.value, words, whole=False))),
        prospect.id.in_(select(tag.prospect_id).where(like(tag.tag, words, whole=False))),
    ]
    if _is_number(words, 5):
        found.append(_in_details(_PHONES, words, whole=False, numbers=True))
    return or_(*found)


def text_found(term: Term) -> Condition:
    """Return whether a field of words contains (`:`) or is (`=`) the value, or holds nothing (`none`)."""
    name, words = term.field, term.value
    whole = term.operator == "="
    nothing = whole and words == NONE
    if name == "name":
        return prospect.search.like(f"{escaped(words)}\n%" if whole else f"%{escaped(words)}%\n%", escape="\\")
    if name in ("email", "address", *_NUMBERS):
        kinds = _NUMBERS.get(name, (name,))
        numbers = name in _NUMBERS and _is_number(words, 3)
        return ~has_detail(kinds, good=False) if nothing else _in_details(kinds, words, whole=whole, numbers=numbers)
    if name == "cadence":
        named = select(cadence.id).where(like(cadence.name, words, whole=whole))
        enrolled = standing.cadence_id.is_not(None)
        return ~enrolled if nothing else and_(enrolled, standing.cadence_id.in_(named))
    column = prospect[name]
    if nothing:
        return column == ""
    if name == "company":
        ending = escaped(words) if whole else f"%{escaped(words)}%"
        return prospect.search.like(f"%\n{ending}", escape="\\")
    return like(column, words, whole=whole)


def tag_found(term: Term) -> Condition:
    """Return whether the prospect carries the tag."""
    if term.value == NONE:
        return ~exists().where(tag.prospect_id == prospect.id)
    return prospect.id.in_(select(tag.prospect_id).where(like(tag.tag, term.value, whole=True)))


def has_detail(kinds: Iterable[str], *, good: bool = True) -> Condition:
    """Return whether there is a detail of these kinds; a good one is not marked bad."""
    wanted = [detail.prospect_id == prospect.id, or_(*(detail.kind == kind for kind in kinds))]
    return exists().where(*wanted, detail.bad.is_(False)) if good else exists().where(*wanted)


def _in_details(kinds: Iterable[str], words: str, *, whole: bool, numbers: bool) -> Condition:
    """Return whether details of these kinds contain, or are, the words; phone numbers go by their digits."""
    of_kind = or_(*(detail.kind == kind for kind in kinds))
    found = like(detail.value, words, whole=whole)
    digits = "".join(char for char in words if char in "0123456789").lstrip("0")
    if numbers and digits:
        found = or_(found, detail.key.like(f"%{digits}" if whole else f"%{digits}%"))
    return prospect.id.in_(select(detail.prospect_id).where(and_(of_kind, found)))


def _is_number(words: str, least: int) -> bool:
    """Return whether words are a phone number, or a part of one."""
    return sum(char.isdigit() for char in words) >= least and not any(char.isalpha() for char in words)
