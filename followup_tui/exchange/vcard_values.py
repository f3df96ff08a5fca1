"""What a vCard property says: its parameters in every spelling, its text out of every encoding."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import field

from followup_tui.exchange.encodings import mend
from followup_tui.exchange.vcard_lines import VALUE_LIMIT, Property
from followup_tui.records import dataclass

_CHARSET = re.compile(
    r"utf-?(?:8|16(?:le|be)?|32)|us-?ascii|ascii|iso-?8859-?\d+|latin-?\d|(?:windows|cp)-?\d+|koi8-?[ru]|shift[_-]?jis|sjis"
    r"|euc-?(?:jp|kr|cn)|gb(?:k|2312|18030)|big5|macintosh|mac-?roman|iso-2022-(?:jp|kr)",
    re.I,
)
"""The charsets a card may name; others, such as punycode, are no way to write a name."""
_LATIN = re.compile(r"(?:iso-?8859|windows|cp|us-?ascii|ascii|latin)", re.I)
"""Charsets named by habit on cards in UTF-8: their letters hardly ever make valid UTF-8."""
_CUSTOM = re.compile(r"X-CUSTOM\((?:CHARSET=([^,)]*),)?(?:ENCODING=([^,)]*),)?(.*)\)", re.I)
"""A label in Samsung's way: `TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=42=C3=BC=72=6F)`."""
_HEAD_LIMIT = 1 << 16
_PARAMETER = re.compile(r'(?:[^;"]+|"[^"]*"?)+')
_ITEM = re.compile(r'(?:[^,"]+|"[^"]*"?)+')
_STRAY = re.compile("[\udc80-\udcff]")
_CARET = re.compile(r"\^(.)")
_ESCAPE = re.compile(r"\\(.)", re.S)
_ENCODINGS = {"BASE64", "B", "QUOTED-PRINTABLE", "7BIT", "8BIT"}
_NOISE = {
    "cell",
    "mobile",
    "iphone",
    "mobil",
    "handy",
    "fax",
    "internet",
    "pref",
    "voice",
    "x400",
    "text",
    "video",
    "msg",
    "dom",
    "intl",
    "postal",
    "parcel",
    "isdn",
    "pcs",
}
"""Types that are no label: the kinds of numbers, and what no one needs to read."""
_APPLE = re.compile(r"_\$!<(.*)>!\$_")


@dataclass(slots=True)
class Parameters:
    """The parameters of one property."""

    values: dict[str, list[str]] = field(default_factory=dict)
    types: list[str] = field(default_factory=list)
    """Lower case, in order, bare ones too: home, work, cell, fax …"""

    def first(self, name: str) -> str:
        """Return the first value of a parameter."""
        return next(iter(self.values.get(name, ())), "")

    def label(self) -> str:
        """Return the word that tells this one from others of its kind."""
        return next((word for word in self.types if word not in _NOISE and not word.startswith("pref=")), "")


def parameters(prop: Property) -> Parameters:
    """Read the parameters of a property."""
    found = Parameters()
    for part in _PARAMETER.findall(decoded(prop.head[:_HEAD_LIMIT], ""))[1:]:
        if custom := _CUSTOM.fullmatch(part.strip()):
            found.types.append(_custom_label(custom))
            continue
        name, equals, text = part.partition("=")
        name = name.strip().upper()
        if not equals:
            name, text = ("ENCODING" if name in _ENCODINGS else "TYPE"), name
        items = [_plain(item) for item in _ITEM.findall(text)]
        if name == "TYPE":
            found.types += [word.strip().lower() for item in items for word in item.split(",") if word.strip()]
        found.values.setdefault(name, []).extend(items)
    return found


def _custom_label(found: re.Match[str]) -> str:
    raw = found[3].encode()
    return decoded(binascii.a2b_qp(raw) if found[2] else raw, found[1] or "").strip().lower()


def _plain(item: str) -> str:
    item = item.strip().replace('"', "")
    if "^" in item:
        item = _CARET.sub(lambda found: {"n": "\n", "'": '"', "^": "^"}.get(found[1], found[0]), item)
    return item


def text_of(prop: Property, about: Parameters, fallback: str) -> str | None:
    """Return the value as text, escapes still in it; None when it is a picture, a key or another block of bytes."""
    encoding = about.first("ENCODING").upper()
    raw = prop.value
    if encoding == "QUOTED-PRINTABLE":
        raw = binascii.a2b_qp(raw)
    elif encoding in ("BASE64", "B"):
        return None if prop.size > VALUE_LIMIT else _unpacked(raw)
    elif raw[:5].lower() == b"data:":
        return None
    charset = about.first("CHARSET")
    if charset and _CHARSET.fullmatch(charset):
        try:
            return raw.decode("utf-8" if _LATIN.match(charset) and _is_utf8(raw) else charset)
        except (LookupError, ValueError):
            pass
    return decoded(raw, fallback)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def decoded(raw: bytes, fallback: str) -> str:
    """Return bytes as UTF-8 when most of them are (a cut-off letter is mended), else in the encoding of the file."""
    text = raw.decode("utf-8", "surrogateescape")
    if text.isascii():
        return text
    stray = len(_STRAY.findall(text))
    if stray * 2 <= sum(char > "\x7f" for char in text):
        return mend(text) if stray else text
    try:
        return raw.decode(fallback or "cp1252")
    except (LookupError, ValueError):
        return raw.decode("cp1252", "replace")


def _unpacked(raw: bytes) -> str | None:
    """Return text that was packed as base64, as some programs do with notes."""
    try:
        data = binascii.a2b_base64(raw)
        text = data.decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    return text if data and not any(char < " " and char not in "\t\r\n" for char in text) else None


def parts(text: str, mark: str, old: bool) -> list[str]:
    """Return the unescaped parts between marks (`;` or `,`) that are not escaped themselves."""
    return [plain(part, old) for part in _split(text, mark)]


def _split(text: str, mark: str) -> Iterator[str]:
    begin = at = 0
    while (found := text.find(mark, at)) >= 0:
        slashes = 0
        while found - slashes > begin and text[found - slashes - 1] == "\\":
            slashes += 1
        at = found + 1
        if slashes % 2 == 0:
            yield text[begin:found]
            begin = at
    yield text[begin:]


def plain(text: str, old: bool) -> str:
    """Return text without its escapes; in 2.1 a backslash before a letter is a backslash."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: _meant(found[1], old), text)


def _meant(char: str, old: bool) -> str:
    if char in "nN" and not old:
        return "\n"
    return char if char in ",;:'\"\\" else f"\\{char}"


def label_of(text: str) -> str:
    """Return a label as people read it: Apple writes `_$!<Anniversary>!$_`."""
    found = _APPLE.fullmatch(text.strip())
    return found[1] if found else text.strip()
