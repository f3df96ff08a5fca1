"""Text from outside: nothing in it may steer the terminal, and nothing harmless is lost."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.cleaning import MARKS, _is_mark, clean, clean_stored
from followup_tui.domain.suspicious import SUSPECT

ANYTHING = st.text(st.characters(codec=None))

SHOWN = [
    ("Ann Lee", "Ann Lee"),
    ("  two  spaces ", "  two  spaces "),
    ("Zoë Ångström", "Zoë Ångström"),
    ("日本語", "日本語"),
    ("ACME [Inc] [/b]", "ACME [Inc] [/b]"),
    ("\x1b[31mred", "·[31mred"),
    ("\x1b]52;c;eA==\x07", "·]52;c;eA==·"),
    ("a\x00b\x7fc\x9bd", "a·b·c·d"),
    ("a\tb\nc\r\nd\re", "a b c d e"),
    ("a\u2028b\u2029c\x85d", "a b c d"),
    ("user\u202egro.evil", "user·gro.evil"),
    ("a\u2066b\u2069\u200e", "a·b··"),
    ("soft\u00adhyphen\u200b\ufeff", "softhyphen"),
    ("lone \ud800 half", "lone · half"),
    ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    ("می\u200cخواهم", "می\u200cخواهم"),
    ("a\u200d b\u200d", "a b"),
    ("\u200d", ""),
    ("\u200d\u200dab\u200d\u200dc", "ab\u200dc"),
    ("❤️", "❤️"),
    ("e" + "\u0301" * 50 + "x", "e" + "\u0301" * MARKS + "x"),
    ("\ufffe", "·"),
    (None, ""),
    (12, "12"),
]


@pytest.mark.parametrize(("raw", "shown"), SHOWN)
def test_text_is_made_fit_for_a_cell(raw: object, shown: str) -> None:
    """Control and format characters become visible or vanish; letters, emoji and brackets stay as they are."""
    assert clean(raw) == shown


def test_several_lines_stay_lines_when_asked() -> None:
    """A note keeps its line breaks, whatever kind they were, and its tabs become spaces."""
    assert clean("a\r\nb\u2028c\td", one_line=False) == "a\nb\nc    d"


@given(ANYTHING)
def test_nothing_shown_steers_the_terminal(text: str) -> None:
    """Whatever comes in, what is drawn has no control, format, separator or surrogate character, and can be encoded."""
    shown = clean(text)
    assert not [one for one in shown if unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp")]
    assert not [one for one in shown if unicodedata.category(one) == "Cf" and one not in "\u200c\u200d"]
    assert clean(shown) == shown
    shown.encode()


def test_every_format_character_of_unicode_is_known() -> None:
    """No format character slips through because the list of ranges forgot it."""
    every = (chr(number) for number in range(sys.maxunicode + 1))
    assert not [hex(ord(one)) for one in every if unicodedata.category(one) == "Cf" and one in clean(f"a{one} b")]


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("  Ann Lee ", "Ann Lee"),
        ("\x1b[1;31mAnn\x1b[0m", "Ann"),
        ("\x1b]0;title\x07Ann\x1b]52;c;eA==\x1b\\", "Ann"),
        ("Ann\x1b", "Ann"),
        ("\x1b]0;never ended", "0;never ended"),
        ("\x9bHello", "Hello"),
        ("a\x00b", "ab"),
        ("Zoe\u0308", "Zoë"),
        ("a\tb\nc", "a b c"),
        ("\ud800a", "a"),
        ("שלום\u200f", "שלום\u200f"),
    ],
)
def test_stored_text_loses_sequences_and_controls(raw: str, stored: str) -> None:
    """Terminal sequences go whole, control characters singly, accents are composed, ends are trimmed."""
    assert clean_stored(raw) == stored


def test_stored_notes_keep_their_lines() -> None:
    """A note of several lines is kept with plain line breaks."""
    assert clean_stored(" a\r\nb\rc\u2029d\n", multiline=True) == "a\nb\nc\nd"


@given(ANYTHING, st.booleans())
def test_storing_twice_changes_nothing(text: str, multiline: bool) -> None:
    """Stored text, read and stored again, is the same, can be encoded, and is NFC."""
    stored = clean_stored(text, multiline=multiline)
    assert clean_stored(stored, multiline=multiline) == stored
    assert unicodedata.is_normalized("NFC", stored)
    assert "\x00" not in stored
    assert "\x1b" not in stored
    stored.encode()


def test_what_is_printable_needs_no_closer_look() -> None:
    """No suspect character is printable, and no mark is missed, whatever the Python: the short ways are safe."""
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    assert not [one for one in every if one.isprintable() and SUSPECT.match(one)]
    assert not [one for one in every[0x300:] if unicodedata.category(one) in ("Mn", "Me") and not _is_mark(one)]
