"""The door to the screen: exact widths, and no text of a user's is ever markup."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from followup_tui.tui.text import cells, content, fit, safe_title

TRICKY = st.text(st.sampled_from("ab 日本👨👩👧\u200d\u200c❤\ufe0f🇩🇪e\u0301\u0308ש👍🏽\t\x1bกำ"), max_size=12)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Ann", 5, "Ann  "),
        ("Ann Lee", 7, "Ann Lee"),
        ("Ann Lee", 5, "Ann …"),
        ("Ann Lee", 1, "…"),
        ("Ann Lee", 0, ""),
        ("Ann Lee", -3, ""),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日 …"),
        ("日本語", 6, "日本語"),
        ("Zoe\u0308 L", 6, "Zoe\u0308 L "),
        ("", 3, "   "),
    ],
)
def test_text_fits_exactly(text: str, width: int, shown: str) -> None:
    """Short text is padded and long text is cut with an ellipsis, counted in cells."""
    assert fit(text, width) == shown


def test_an_ascii_ellipsis_can_be_used() -> None:
    """With ASCII symbols the mark of a cut is two dots, and it too has to fit."""
    assert fit("Ann Lee", 5, "..") == "Ann.."
    assert cell_len(fit("Ann Lee", 1, "..")) == 1


@given(st.one_of(st.text(), TRICKY), st.integers(0, 30))
def test_any_text_takes_exactly_its_width(text: str, width: int) -> None:
    """Wide, joined and combining characters never push a column out of line."""
    assert cell_len(fit(text, width)) == width


@pytest.mark.parametrize("text", ["ACME [Inc]", "[/b]", "[/]", "[@click=app.quit]x[/]", "$next [b]", "\\["])
def test_user_text_is_never_markup(text: str) -> None:
    """Brackets in a name are shown as they were typed, in one style or none."""
    assert content(text).plain == text
    assert content(text, "bold").plain == text
    assert content(text).spans == []


def test_content_is_cleaned() -> None:
    """What is drawn has passed the cleaning, and keeps its lines when asked."""
    assert content("a\x1b[31m\nb").plain == "a·[31m b"
    assert content("a\nb", one_line=False).plain == "a\nb"


def test_cells_are_counted_after_cleaning() -> None:
    """The width asked for is the width that will be drawn."""
    assert cells("日\u200b本\x1b") == 5


def test_a_title_is_short_and_plain() -> None:
    """The terminal's title holds no sequences and has a limit."""
    assert safe_title("12 left\x07") == "12 left·"
    assert len(safe_title("x" * 500)) == 80


def test_the_door_opens_without_textual() -> None:
    """The command line cleans text without paying for Textual."""
    code = "import sys; from followup_tui.tui.text import fit; fit('日本', 3); sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
