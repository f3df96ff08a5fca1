"""People as vCards 4.0 (RFC 6350): what every address book reads, and under X-FOLLOWUP-… what only we do.

Kept: name, company, title, every detail with its label and whether it is bad, birthday, confirmed zone, tags, star,
note, why, benefit, source, relation, channels not wanted, and what stood beside the person. Lost: the journal, cadence
and plans, pace, goal, who referred them, a zone that was only suggested, and the id: it is written as UID, but read as
a new person's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_tui.domain.cleaning import clean_stored
from followup_tui.exchange.drafts import DetailDraft, Draft
from followup_tui.exchange.vcard_fields import UID

_WIDTH = 75
"""Bytes of one line, the space of a continuation included."""
_SPECIAL = re.compile(r"[\\,;\n]")
_PROPERTY = {"phone": "TEL", "mobile": "TEL", "fax": "TEL", "email": "EMAIL", "address": "ADR"}
_TYPE = {"phone": "voice", "mobile": "cell", "fax": "fax"}
_PLACES = ("home", "work")


def card(person: Draft, id: str = "") -> str:
    """Return one card; with an id, address books know the person again.

    Whatever the texts hold, they stay inside their properties.
    """
    return "".join(folded(line) for line in _lines(person, id))


def _lines(person: Draft, id: str) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    for name, text in (
        ("UID", UID + id if id else ""),
        ("FN", person.name),
        ("ORG", person.company),
        ("TITLE", person.title),
        ("BDAY", _basic(person.birthday)),
        ("TZ", person.zone),
        ("NOTE", person.note),
        ("X-FOLLOWUP-WHY", person.why),
        ("X-FOLLOWUP-BENEFIT", person.benefit),
        ("X-FOLLOWUP-SOURCE", person.source),
        ("X-FOLLOWUP-RELATION", person.relation),
        ("X-FOLLOWUP-NOT-BY", ", ".join(person.not_by)),
        ("X-FOLLOWUP-STAR", "1" if person.star else ""),
    ):
        if text:
            yield f"{name}:{escaped(text)}"
    for number, detail in enumerate(person.details, 1):
        yield from _detail(detail, number)
    if person.tags:
        yield "CATEGORIES:" + ",".join(map(escaped, person.tags))
    for name, text in person.extra.items():
        yield f"X-FOLLOWUP-EXTRA:{escaped(name)};{escaped(text)}"
    yield "END:VCARD"


def _basic(birthday: str) -> str:
    """Return the date as 4.0 wants it: `19800229`, `--0229`."""
    return birthday[:2] + birthday[2:].replace("-", "")


def _detail(detail: DetailDraft, number: int) -> Iterator[str]:
    types = [_TYPE[detail.kind]] if detail.kind in _TYPE else []
    own = detail.label and detail.label not in _PLACES
    if detail.label and not own:
        types.append(detail.label)
    head = f"i{number}." if own else ""
    head += _PROPERTY[detail.kind] + (f";TYPE={','.join(types)}" if types else "")
    head += ";X-FOLLOWUP-BAD=yes" if detail.bad else ""
    value = escaped(detail.value)
    yield f"{head}:;;{value};;;;" if detail.kind == "address" else f"{head}:{value}"
    if own:
        yield f"i{number}.X-ABLABEL:{escaped(detail.label)}"


def escaped(text: str) -> str:
    """Return text as a value: no mark of the format in it, no line end of any alphabet."""
    return _SPECIAL.sub(
        lambda found: "\\n" if found[0] == "\n" else f"\\{found[0]}", clean_stored(text, multiline=True)
    )


def folded(line: str) -> str:
    """Return a line in pieces of at most 75 bytes, no letter cut."""
    raw = line.encode("utf-8", "replace")
    pieces: list[bytes] = []
    while len(raw) > _WIDTH - bool(pieces):
        end = _WIDTH - bool(pieces)
        while raw[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(raw[:end])
        raw = raw[end:]
    return b"\r\n ".join([*pieces, raw]).decode() + "\r\n"
