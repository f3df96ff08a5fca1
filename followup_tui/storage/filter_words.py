"""What words of a filter find: folded text in columns, details, tags and cadences, always as parameters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, Select, and_, cast, exists, func, or_, select, table, union_all
from sqlalchemy import column as sql_column

from followup_tui.domain.folding import number_digits
from followup_tui.language.filter_fields import NONE
from followup_tui.language.filters import Term
from followup_tui.storage.ready_filters import FOLDED
from followup_tui.storage.tables import Base

Condition = ColumnElement[bool]
prospect = Base.metadata.tables["prospect"].c
detail = Base.metadata.tables["detail"].c
named = Base.metadata.tables["detail"].alias("named").c
tag = Base.metadata.tables["tag"].c
cadence = Base.metadata.tables["cadence"].c
standing = Base.metadata.tables["standing"].c
journal = Base.metadata.tables["journal"].c
finding = Base.metadata.tables["finding"].c
_NUMBERS = {"phone": ("phone", "mobile"), "mobile": ("mobile",), "fax": ("fax",)}
INSIDE = 3
"""Letters from which on words are looked for inside others."""
_PHONES = ("phone", "mobile", "fax")


def escaped(words: str) -> str:
    """Return words in which the marks of LIKE mean themselves."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def like(column: ColumnElement[str], words: str, *, whole: bool, start: bool = False) -> Condition:
    """Return whether a column contains, is, or starts with, the folded words, case and accents aside."""
    pattern = escaped(words) if whole else f"{'' if start else '%'}{escaped(words)}%"
    unfolded = func.length(column) != func.length(cast(column, LargeBinary))
    if " " in words:
        unfolded = or_(unfolded, func.instr(column, "\n") > 0)
    return or_(
        column.like(pattern, escape="\\"),
        and_(unfolded, getattr(func, FOLDED)(column).like(pattern, escape="\\")),
    )


def words_found(words: str) -> Condition:
    """Return whether words begin with these in name, company, notes, reasons, e-mails and addresses, or tags do.

    Several words stand side by side, as typed. From three letters on they may stand inside a word of name or company;
    what the index of words doesn't part, as Chinese, from one on. Phone numbers go by their digits.
    """
    number = standing.prospect_id
    by_rowid = union_all(_indexed("found_name", words), _indexed("found_about", words))
    owners = [
        select(finding.prospect_id).where(finding.id.in_(by_rowid)),
        select(detail.prospect_id).where(detail.id.in_(_indexed("found_detail", words))),
        select(journal.prospect_id).where(journal.id.in_(_indexed("found_note", words))),
        select(tag.prospect_id).where(like(tag.tag, words, whole=False, start=True)),
    ]
    if len(words) >= INSIDE or not words.isascii() or not any(map(str.isalnum, words)):
        owners.append(select(prospect.id).where(prospect.search.like(f"%{escaped(words)}%", escape="\\")))
    if _is_number(words, 4):
        owners.append(_owners_of_number(number_digits(words) or words))
    return number.in_(union_all(*owners))


def _owners_of_number(digits: str) -> Select[Any]:
    """Return whose phone, mobile or fax has these digits; the index of the keys is enough to know."""
    kinds = or_(*(named.kind == kind for kind in _PHONES))
    return select(detail.prospect_id).where(
        detail.id.in_(select(named.id).where(and_(kinds, named.key.like(f"%{escaped(digits)}%", escape="\\"))))
    )


def phrase(words: str) -> str:
    """Return words as a question to the index: side by side, the last one may go on."""
    return '"' + words.replace('"', '""') + '" *'


def _indexed(index: str, words: str) -> Select[Any]:
    """Return the rows of one index of words that hold these."""
    words_of = table(index, sql_column("rowid"), sql_column(index))
    return select(words_of.c.rowid).where(words_of.c[index].op("MATCH")(phrase(words)))


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
        return ~exists().where(tag.prospect_id == standing.prospect_id)
    return standing.prospect_id.in_(select(tag.prospect_id).where(like(tag.tag, term.value, whole=True)))


def has_detail(kinds: Iterable[str], *, good: bool = True) -> Condition:
    """Return whether there is a detail of these kinds; a good one is not marked bad."""
    wanted = [detail.prospect_id == standing.prospect_id, or_(*(detail.kind == kind for kind in kinds))]
    return exists().where(*wanted, detail.bad.is_(False)) if good else exists().where(*wanted)


def _in_details(kinds: Iterable[str], words: str, *, whole: bool, numbers: bool) -> Condition:
    """Return whether details of these kinds contain, or are, the words; phone numbers go by their digits."""
    return standing.prospect_id.in_(_owners_of(kinds, words, whole=whole, numbers=numbers))


def _owners_of(kinds: Iterable[str], words: str, *, whole: bool, numbers: bool) -> Select[Any]:
    """Return whose details of these kinds hold the words."""
    of_kind = or_(*(detail.kind == kind for kind in kinds))
    found = like(detail.value, words, whole=whole)
    digits = number_digits(words)
    if numbers and digits:
        found = or_(found, detail.key.like(f"%{digits}" if whole else f"%{digits}%"))
    return select(detail.prospect_id).where(and_(of_kind, found))


def _is_number(words: str, least: int) -> bool:
    """Return whether words are a phone number, or a part of one."""
    return sum(char.isdigit() for char in words) >= least and not any(char.isalpha() for char in words)
