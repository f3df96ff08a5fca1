"""How the bytes of a text file become characters: found before reading, said in the report, never a crash."""

from __future__ import annotations

import codecs
import io
import re
from pathlib import Path

from followup_tui.errors import UsageError
from followup_tui.records import dataclass

_CHUNK = 1 << 18
_SAMPLE = 1 << 16
_FIRST = 24
"""Bytes that show UTF-16 by themselves: `BEGIN:VCARD`, `First Name,L`."""
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PLAIN_UNITS = tuple(
    {f"{mark}".encode(codec) for mark in " ,;|@.0123456789\t\r\n"} for codec in ("utf-16-le", "utf-16-be")
)
"""Marks that texts of all alphabets have, as two bytes."""
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_PLAUSIBLE = [
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r", "iso8859_5"),
    *(
        "shift_jis",
        "euc_jp",
        "gb18030",
        "big5",
        "euc_kr",
        "cp949",
        "cp437",
        "cp850",
        "cp866",
        "mac_roman",
        "mac_cyrillic",
    ),
]
_WESTERN = ("cp1252", "mac_roman", "cp850", "cp1250")
"""How such texts are written in one byte a letter: the first of those that fit equally is taken."""
_LETTERS = frozenset(
    "äöüßÄÖÜéèêëàâáãåæçñóòôõøíìîïúùûýœðþÉÈÊËÀÂÁÃÅÆÇÑÓÒÔÕØÍÎÚÝŒÐÞšžŠŽºªąćęłńśźżĄĆĘŁŃŚŹŻěčřůťďňĚČŘŮŤĎŇőűŐŰ"
)
_SIGNS = frozenset("€–—‘’“”„«»°·¡¿§©®™²³½£…´\u00a0")
_SINGLE = ("utf-8", "cp12", "koi8", "iso8859", "mac-", "mac_", "cp4", "cp8")
_STRAY = re.compile("[\udc80-\udcff]")
_PASTED = 5
"""One letter of UTF-8 among so many others is no accident: in Windows-1252 it would be `Ã¼`, `â€™`."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec and what it does with bytes it can't read."""

    name: str
    """The codec's name, as the report shows it."""
    errors: str = "surrogateescape"
    """`surrogateescape` keeps such bytes for `mend`; wide and multi-byte codecs can't, and use `replace`."""

    skip: int = 0
    """Bytes before the text that the codec would stumble over."""

    def open(self, path: Path) -> io.TextIOWrapper:
        """Open a file as text, line ends as they are."""
        file = path.open("rb")
        file.seek(self.skip)
        return io.TextIOWrapper(file, encoding=self.name, errors=self.errors, newline="")

    def damaged(self, line: str) -> bool:
        """Return whether a decoded line holds bytes this codec could not read."""
        if self.errors == "replace":
            return "\ufffd" in line
        return not line.isascii() and _STRAY.search(line) is not None


def named(name: str) -> Encoding:
    """Return the encoding the user asks for; UsageError when there is none of this name for text."""
    try:
        b"ab".decode(name, "replace")
    except (LookupError, ValueError):
        raise UsageError(f"no encoding called {name}", "as utf-8, cp1252, utf-16, mac_roman") from None
    codec = codecs.lookup(name).name
    return Encoding(codec, "surrogateescape" if codec.startswith(_SINGLE) else "replace")


def mend(line: str) -> str:
    """Read the stray bytes of a line as Windows-1252, the usual culprit when two encodings were pasted together."""
    return _STRAY.sub(lambda stray: bytes([ord(stray[0]) - 0xDC00]).decode("cp1252", "replace"), line)


def detect(path: Path) -> Encoding:
    """Find a file's encoding: mark, NUL pattern, UTF-8, then a guess among the likely ones, then Windows-1252.

    The whole file is looked through once in chunks: a sample alone misjudges files whose first accent comes late.
    """
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
        for bom, name in _BOMS:
            if head.startswith(bom):
                if name == "utf-16" and (longer := wide(head[2:])).startswith("utf-32"):
                    return Encoding(longer, "replace", 2)  # the short mark before the long form: some programs do that
                if name == "utf-16" and len(head) > _FIRST and 0 not in head:
                    return Encoding("utf-8", "surrogateescape", 2)  # no blank, comma or line end: the mark lies
                return Encoding(name, "surrogateescape" if name == "utf-8-sig" else "replace")
        if unmarked := wide(head):
            return Encoding(unmarked, "replace")
        file.seek(0)
        good = bad = 0
        evidence = b""
        decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        while chunk := file.read(_CHUNK):
            text = decoder.decode(chunk)
            if text.isascii():
                continue
            high = len(text) - len(text.encode("ascii", "ignore"))
            stray = len(_STRAY.findall(text)) if not _is_utf8(text) else 0
            if stray and not bad:
                evidence = _around(chunk)
            good, bad = good + high - stray, bad + stray
    if not bad or good > bad:
        return Encoding("utf-8")
    found = _guess(evidence)
    # Letters of UTF-8 among Windows-1252: two texts pasted together. As UTF-8 with stray bytes mended both are right.
    return Encoding("utf-8") if found.name == "cp1252" and good * _PASTED >= bad else found


def _is_utf8(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def wide(head: bytes) -> str:
    """Return the UTF-16 or UTF-32 codec whose NUL pattern the bytes show, or an empty string."""
    if len(head) >= 8:
        whole = head[: len(head) // 4 * 4]
        if not any(whole[2::4]) and not any(whole[3::4]) and all(whole[0::4]):
            return "utf-32-le"
        if not any(whole[0::4]) and not any(whole[1::4]) and all(whole[3::4]):
            return "utf-32-be"
    if len(head) < 4:
        return ""
    even, odd, half = head[0::2].count(0), head[1::2].count(0), len(head) // 2
    if odd * 10 >= half * 7 and even * 10 < half:
        return "utf-16-le"
    if even * 10 >= half * 7 and odd * 10 < half:
        return "utf-16-be"
    # A plain header before a text in Chinese: the first letters tell, the whole does not; or only its marks are plain.
    return (wide(head[:_FIRST]) if len(head) > _FIRST else "") or _by_marks(head, even + odd)


def _by_marks(head: bytes, zeros: int) -> str:
    """Return the UTF-16 codec of a text in another alphabet: its NULs stand beside spaces, commas and line ends."""
    units = [head[at : at + 2] for at in range(0, len(head) - 1, 2)]
    little, big = (sum(unit in marks for unit in units) for marks in _PLAIN_UNITS)
    if zeros and max(little, big) * 10 >= zeros * 8:
        return "utf-16-le" if little > big else "utf-16-be"
    return ""


def _western_letters(evidence: bytes, codec: str) -> int:
    """Return how many of the accents make sense: Western letters and signs where such stand, the others taken off."""
    text = evidence.decode(codec, "replace")
    score = 0
    for at, char in enumerate(text):
        if char > "\x7f":
            before, after = text[at - 1 : at], text[at + 1 : at + 2]
            if char.isalpha():
                sound = char in _LETTERS and not (char.isupper() and before.islower())
            else:
                sound = char in _SIGNS and (char in "’·" or not (before.isalpha() and after.isalpha()))
            score += 1 if sound else -1
    return score


def _around(chunk: bytes) -> bytes:
    first = _HIGH_RUN.search(chunk)
    start = max(first.start() - 256, 0) if first else 0
    return chunk[start : start + (1 << 14)]


def _guess(evidence: bytes) -> Encoding:
    runs = [len(run) for run in _HIGH_RUN.findall(evidence)]
    if sum(length >= 3 for length in runs) * 2 < len(runs):
        # Accents standing alone between plain letters: a Western language, and a guesser does worse than this rule.
        return Encoding(max(_WESTERN, key=lambda codec: _western_letters(evidence, codec)))
    from charset_normalizer import from_bytes

    best = from_bytes(evidence, cp_isolation=_PLAUSIBLE).best()
    if best is None:
        return Encoding("cp1252")
    return Encoding(best.encoding, "surrogateescape" if best.encoding.startswith(_SINGLE) else "replace")
