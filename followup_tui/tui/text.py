"""The only door by which a user's text reaches the screen: cleaned, never markup, cut to cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from followup_tui.domain.cleaning import clean, clean_stored

if TYPE_CHECKING:
    from textual.content import Content

__all__ = ["cells", "clean", "clean_stored", "content", "fit", "safe_title", "without_markup"]

TITLE_LENGTH = 80


def content(text: object, style: str = "", *, one_line: bool = True) -> Content:
    """Return text as Content in one style ("bold $next"): brackets in it stay brackets."""
    from textual.content import Content

    return Content.styled(clean(text, one_line=one_line), style)


def without_markup(text: str) -> str:
    """Return the words of Textual's own messages, which are written with markup; never for a user's text."""
    from textual.content import Content

    return Content.from_markup(text).plain


def cells(text: object) -> int:
    """Return how many terminal cells the cleaned text takes."""
    return cell_len(clean(text))


def fit(text: object, width: int, ellipsis: str = "…") -> str:
    """Return the cleaned text cut, with `ellipsis`, or padded with spaces to exactly `width` terminal cells."""
    line = clean(text)
    taken = len(line) if line.isascii() else cell_len(line)
    if taken <= width:
        return line + " " * (width - taken)
    if width <= 0:
        return ""
    room = width - cell_len(ellipsis)
    if room < 0:
        return set_cell_size(line, width)
    kept = line[:room] if line.isascii() else set_cell_size(line, room)
    return kept + ellipsis


def safe_title(text: object, length: int = TITLE_LENGTH) -> str:
    """Return text for the terminal's title bar: cleaned, trimmed and at most `length` characters long."""
    line = clean(text).strip()
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
