"""Properties of vCards: what is written comes back, nothing breaks out, nothing breaks the reader."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from followup_tui.domain.channels import CHANNELS
from followup_tui.domain.cleaning import clean_stored
from followup_tui.errors import FollowupError
from followup_tui.exchange.details import address_key, phone_key
from followup_tui.exchange.drafts import DetailDraft, Draft
from followup_tui.exchange.rows import SYSTEM_GROUPS
from followup_tui.exchange.vcard_writing import card, escaped, folded
from tests.exchange.cards import ALL, PHOTO
from tests.exchange.files import read

HOSTILE = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('\r\n\u2028\u2029\x85\x0b\x0c\x1c,;:\\"=^ \t'),
    max_size=30,
)
ONE = HOSTILE.map(clean_stored).filter(bool)
MANY = HOSTILE.map(lambda text: clean_stored(text, multiline=True)).filter(bool)
NUMBERS = st.integers(10**9, 10**12).map(lambda digits: f"+49 {digits}")
LABELS = st.sampled_from(["", "home", "work"]) | ONE.map(lambda text: f"x{text}")
DETAILS = st.one_of(
    st.builds(lambda kind, text, label: DetailDraft(kind, text, phone_key(text), label),
              st.sampled_from(["phone", "mobile", "fax"]), NUMBERS, LABELS),
    st.builds(lambda n, label: DetailDraft("email", n, n, label), st.integers(0).map("p{}@x.example".format), LABELS),
    st.builds(lambda text, label: DetailDraft("address", text, address_key(text), label),
              ONE.map(lambda text: clean_stored(f"a{text}")), LABELS),
)  # fmt: skip
PEOPLE = st.builds(
    Draft,
    line=st.just(1),
    name=ONE,
    company=ONE | st.just(""),
    title=ONE | st.just(""),
    details=st.lists(DETAILS, max_size=4, unique_by=lambda detail: detail.key).map(tuple),
    why=ONE | st.just(""),
    benefit=ONE | st.just(""),
    source=ONE | st.just(""),
    birthday=st.sampled_from(["", "1980-02-29", "--02-29"]),
    zone=st.sampled_from(["", "Europe/Berlin"]),
    tags=st.lists(ONE.filter(lambda tag: tag.casefold() not in SYSTEM_GROUPS), max_size=3, unique=True).map(tuple),
    star=st.booleans(),
    note=MANY | st.just(""),
    relation=st.sampled_from(["pool", "closed", "do not contact"]),
    cadence=st.just(""),
    extra=st.dictionaries(ONE, MANY, max_size=3),
    not_by=st.sets(st.sampled_from([channel.name for channel in CHANNELS]), max_size=3).map(tuple),
    own=st.just(""),
)


def back(text: str | bytes) -> list[Draft]:
    with tempfile.TemporaryDirectory() as folder:
        got = read(Path(folder), text)
    assert got.rejections == []
    return got.drafts


@settings(deadline=None, max_examples=300)
@given(st.lists(PEOPLE, min_size=1, max_size=3))
def test_what_is_written_comes_back(people: list[Draft]) -> None:
    """Every field, detail, label, tag and extra survives the way out and in, whatever characters it has."""
    assert [draft._replace(line=1) for draft in back("".join(map(card, people)))] == people


@settings(deadline=None, max_examples=200)
@given(PEOPLE)
def test_nothing_breaks_out(person: Draft) -> None:
    """The count of properties is that of harmless texts, by every idea of what ends a line."""
    tame = person._replace(
        name="n", note=person.note and "n", company=person.company and "c", title=person.title and "t",
        why=person.why and "w", benefit=person.benefit and "b", source=person.source and "s",
        extra={str(number): "x" for number, _ in enumerate(person.extra)}, tags=("t",) * bool(person.tags),
        details=tuple(d._replace(value="v", label=d.label and (d.label if d.label in ("home", "work") else "x"))
                      for d in person.details),
    )  # fmt: skip

    def count(text: str) -> int:
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        return sum(not line.startswith(" ") for line in text.splitlines())

    assert count(card(person)) == count(card(tame))


@given(st.text(max_size=200))
@example("\u2028\u2029\x85\r\n\x1c")
def test_folding_loses_nothing(text: str) -> None:
    """Folded lines put together again are the line, and no letter is cut."""
    line = escaped(text)
    assert folded(line).removesuffix("\r\n").replace("\r\n ", "") == line
    assert not re.search("[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", line)


def survives(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            got = read(Path(folder), content, region="DE", format="vcard")
        except FollowupError:
            return
    last = content.count(b"\n") + content.count(b"\r") + 1
    assert all(1 <= item.line <= last for item in (*got.drafts, *got.rejections))
    assert all(draft.name for draft in got.drafts)
    assert got.reading.rows >= len(got.drafts)


SNIPPETS = [
    *(b"BEGIN:VCARD", b"END:VCARD", b"\r\n", b"\n", b"\r", b" ", b"=", b"=\r\n", b";", b":", b'"', b"\\", b",", b"^n"),
    *(b"AGENT:", b"PHOTO;ENCODING=b:", b"NOTE;ENCODING=QUOTED-PRINTABLE:", b"\xff\xfe", b"\0", b"CHARSET=utf-16;"),
    *(b"VERSION:2.1", b"item1.", b"X-ABLabel:", b"TEL:", b"BDAY:", b"\xc3", PHOTO.encode()),
]


@settings(deadline=None, max_examples=400)
@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 40), st.sampled_from(SNIPPETS) | st.binary(max_size=4))))
def test_mutated_cards_end_well(edits: list[tuple[int, int, bytes]]) -> None:
    """Cards with anything cut out or put in are read, or refused, and every line number lies in the file."""
    content = bytearray(ALL.encode())
    for at, length, text in edits:
        content[at % (len(content) + 1) : at % (len(content) + 1) + length] = text
    survives(bytes(content))


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(SNIPPETS) | st.binary(max_size=6), max_size=60).map(b"".join))
def test_any_bytes_end_well(soup: bytes) -> None:
    """Whatever stands in a card, reading ends."""
    survives(b"BEGIN:VCARD\nFN:Ann\n" + soup)


NAMES = ["FN", "N", "ORG", "TITLE", "ROLE", "TEL", "EMAIL", "ADR", "LABEL", "BDAY", "NOTE", "URL", "CATEGORIES", "TZ"]
NAMES += ["KIND", "X-ANY", "GEO", "UID", "REV", "NICKNAME", "AGENT", "IMPP", "item1.TEL", "item1.X-ABDATE", "no colon"]


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(["", ";HOME", ";TYPE=work", ";VALUE=text"])), max_size=12
    ),
    st.sampled_from(["2.1", "3.0", "4.0"]),
)
def test_no_line_is_lost(lines: list[tuple[str, str]], version: str) -> None:
    """Whatever the properties are, the word each one holds is somewhere in the draft afterwards."""
    words = [f"word{number}x" for number, _ in enumerate(lines)]
    text = "".join(
        f"{name} {word}\n" if name == "no colon" else f"{name}{about}:{word}\n"
        for (name, about), word in zip(lines, words, strict=True)
    )
    with tempfile.TemporaryDirectory() as folder:
        got = read(Path(folder), f"BEGIN:VCARD\nVERSION:{version}\nFN:Ann\n{text}END:VCARD\n")
    said = repr(got.only)
    assert [word for word in words if word not in said] == []
