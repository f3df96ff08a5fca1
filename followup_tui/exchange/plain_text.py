"""Notes out of other programs: HTML as the text a person would have typed."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_LOOKS_LIKE_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]{2,8}|#\d{1,7});")
_BREAKS = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "ul", "ol", "table"}
_UNSEEN = {"script", "style", "head", "title"}


class _Text(HTMLParser):
    """Collects what can be read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or something nobody sees."""
        self._unseen += tag in _UNSEEN
        if tag in _BREAKS:
            self.pieces.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        """End a line."""
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        if tag in _BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if not self._unseen:
            self.pieces.append(data)


def without_tags(text: str) -> str:
    """Return text without HTML; what is none stays as it is."""
    if not _LOOKS_LIKE_HTML.search(text):
        return text
    parser = _Text()
    parser.feed(text)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
