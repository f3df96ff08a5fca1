"""Phones, e-mail addresses and postal addresses: taken apart, checked, and given the key they are found by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

_SEPARATORS = {ord(char): None for char in " \t\n\u00a0\u202f\u2009-.()/‐‑‒–—[]\u200e\u200f\u202a\u202c"}
_E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII).fullmatch
_TRUNK_ABROAD = re.compile(
    r"\+(?:7[08]|(?:1|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
    r"|(?:2[1-689]|3[578]|42|5[09]|6[7-9]|8[0357-9]|9[679])\d)(?<!\+39)0)"
).match
"""A trunk prefix behind the code of the country, where it does not belong; Italy's zero is part of the number."""
_TRUNK = r"0([1-9]\d{7,9})"
_NATIONAL = {
    region: (code, re.compile(pattern, re.ASCII).fullmatch)
    for pattern, regions in {
        r"1?([2-9]\d{2}[2-9]\d{6})": {"US": "1", "CA": "1"},
        _TRUNK: {"DE": "49", "AT": "43", "FR": "33", "GB": "44", "NL": "31", "BE": "32", "SE": "46", "IE": "353"},
        r"0([1-9]\d{8})": {"CH": "41"},
        r"([6-9]\d{8})": {"ES": "34"},
        r"([1-9]\d{8})": {"PL": "48", "PT": "351"},
        r"([2-9]\d{7})": {"DK": "45", "NO": "47"},
        r"([6-9]\d{9})": {"IN": "91"},
    }.items()
    for region, code in regions.items()
}
"""How most numbers of a country are written at home: what a whole file of them needs no library for."""
_FLOAT = re.compile(r"\s*\d{6,15}\.0", re.ASCII).fullmatch
"""A number that went through a spreadsheet as a quantity: the point and the nought are no digits of it."""
_ROUNDED = re.compile(r"\s*\+?\d(?:[.,]\d+)?E\+?\d+\s*", re.ASCII | re.I).fullmatch
_EXTENSION = re.compile(r"(?:ext(?:ension)?\.?|x|dw|durchwahl|poste|#|;ext=|,+)\s*(\d{1,8})\s*$", re.I)
_PHONE_PREFIX = re.compile(r"^\s*(?:tel|phone|p|callto|whatsapp|fax):\s*", re.I)
_PHONE_SPLIT = re.compile(r"\s*(?::::|\n|\|)\s*")
is_one_phone = re.compile(r"[+\d ().\-]+", re.ASCII).fullmatch
"""What has no mark in it at all; a table has little else, and this is quicker to ask."""
_PHONE_MARK = re.compile(r"[;|/,:\n]|\b(?:or|oder)\b", re.I).search
_PHONE_MAYBE = re.compile(r"(\s*(?:[/,]|;(?!ext=)|\b(?:or|oder)\b)\s*)", re.I)
_PHONE_DIGITS = 6
"""Digits below which what stands beside a slash is an area code or an ending, not a number of its own."""

_WITH_CODE = range(11, 16)
"""Digits of a number that is taken to name the user's country when it begins like it."""
_LOOSE_MARK = re.compile(r"\s*;(?!ext=)\s*")

_WORD = r"[A-Za-z0-9_%+\-]+"
_LABEL = r"(?!..--)[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"{_WORD}(?:\.{_WORD})*@(?:(?:[A-Za-z0-9]{{1,63}}|{_LABEL})\.)+[A-Za-z]{{2,24}}").fullmatch
"""What most addresses look like: what it takes, the book takes too, and keeps the same way."""
_WORDS = re.compile(r"[^\W_]+").findall
_ASCII_WORDS = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
_BRACKETED = re.compile(r"<\s*(?:mailto:)?([^<>\s]+@[^<>\s]+)\s*>", re.I)
_EMAIL_SPLIT = re.compile(r"\s*(?::::|[;,|\n]|\s/\s|\s(?=\S+@)|/(?=\S+@))\s*")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202c\u2066\u2069"))
"""What web pages leave in an address that is copied from them."""
_MAILTO = re.compile(r"^mailto:", re.I)


def split_phones(cell: str) -> list[str]:
    """Return the numbers of one cell: a slash, semicolon, comma or “or” parts them only between two whole numbers.

    Else the mark belongs to the number: what stands before a slash is often the area code of what stands behind it.
    """
    if is_one_phone(cell) or not _PHONE_MARK(cell):
        return [cell]
    numbers = [number for piece in _PHONE_SPLIT.split(cell) for number in _whole_numbers(piece)]
    return [_PHONE_PREFIX.sub("", number).strip() for number in numbers if number.strip()]


def _whole_numbers(piece: str) -> list[str]:
    """Part a text at its marks; an area code stays with what follows it, an ending with what it ends."""
    first, *rest = _PHONE_MAYBE.split(piece)
    numbers = [first]
    for mark, part in zip(rest[::2], rest[1::2], strict=True):
        is_ending = 0 < _digits_in(part) < _PHONE_DIGITS and not part.startswith(("0", "+", "("))
        if is_ending or _digits_in(numbers[-1]) < _PHONE_DIGITS:
            numbers[-1] += mark + part
        else:
            numbers.append(part)
    return [piece] if 0 < _digits_in(numbers[-1]) < _PHONE_DIGITS else numbers


def _digits_in(text: str) -> int:
    return sum(map(str.isdigit, text))


def phone_key(number: str, region: str = "") -> str:
    """Return the key of a phone number, or an empty string when it is none.

    E.164 when the country is written or `region` (ISO, the user's) makes the number possible, with `;ext=` for an
    extension; else the digits alone, five to twenty of them.
    """
    if key := usual_phone(number):
        return key
    if _FLOAT(number):
        number = number[:-2]
    bare = number.translate(_SEPARATORS)
    if _E164(bare) and "(0)" not in number and not _TRUNK_ABROAD(bare):
        return bare
    plain = bare.isascii() and bare.isdigit()
    if plain and region in _NATIONAL:
        code, home = _NATIONAL[region]
        if found := home(bare):
            return f"+{code}{found[1]}"
    elif plain and not region and not bare.startswith("00"):
        return bare if 5 <= len(bare) <= 20 else ""
    if len(number) > 60:
        return ""
    if ";" in number:
        number = _LOOSE_MARK.sub(" ", number)
    return _international(number, bare, region) or _digits(number)


def usual_phone(number: str) -> str:
    """Return the key of a number as most are written that name their country: a plus, digits and spaces."""
    bare = number.replace(" ", "")
    digits = bare[1:]
    sound = bare[:1] == "+" and 7 <= len(digits) <= 15 and digits.isascii() and digits.isdigit() and digits[0] != "0"
    return bare if sound and not _has_trunk(bare[:5]) else ""


@lru_cache(maxsize=8000)
def _has_trunk(beginning: str) -> bool:
    return _TRUNK_ABROAD(beginning) is not None


def not_a_phone(number: str) -> str:
    """Return why a number is none, and what to do."""
    if _ROUNDED(number):
        return f"a spreadsheet cut this number short: {number.strip()}; make its column text and export it again"
    return f"not a phone number: {number[:40]}; correct it and add it again"


def _international(number: str, bare: str, region: str) -> str:
    abroad = bare.startswith("00") and not region
    if not (bare.startswith(("+", "＋")) or region or abroad):
        return ""
    import phonenumbers

    if not abroad and _has_own_code(bare, str(phonenumbers.country_code_for_region(region))):
        number = f"+{bare}"
    try:
        parsed = phonenumbers.parse(f"+{number.lstrip()[2:]}" if abroad else number, region or None)
    except phonenumbers.NumberParseException:
        return ""
    if not (phonenumbers.is_valid_number(parsed) if abroad else phonenumbers.is_possible_number(parsed)):
        return ""
    key = str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return f"{key};ext={parsed.extension}" if parsed.extension else key


def _has_own_code(bare: str, code: str) -> bool:
    """Whether digits begin with the code of the user's country, its plus lost in a spreadsheet, and are whole with it.

    From eleven digits on: shorter ones may be a number of the country without its zero (Leer's area code is 0491).
    """
    if len(bare) not in _WITH_CODE or not (bare.isascii() and bare.isdigit() and bare.startswith(code)):
        return False
    import phonenumbers

    return phonenumbers.is_valid_number(phonenumbers.parse(f"+{bare}"))


def _digits(number: str) -> str:
    extension = _EXTENSION.search(number)
    main = number[: extension.start()] if extension else number
    if any(char.isalpha() for char in main):
        return ""
    digits = "".join(str(unicodedata.digit(char)) for char in main if char.isdigit())
    if not 5 <= len(digits) <= 20:
        return ""
    plus = "+" if main.lstrip().startswith("+") else ""
    return f"{plus}{digits};ext={extension[1]}" if extension else plus + digits


def split_emails(cell: str) -> Iterable[tuple[str, str]]:
    """Return address and key of each e-mail address in a cell; the key is empty for what is no address."""
    return ((cell, cell.lower()),) if is_usual_email(cell) else _several_emails(cell)


def is_usual_email(address: str) -> bool:
    """Return whether this is one address as most are written: its key is itself in lower case."""
    return len(address) < 255 and _EMAIL(address) is not None and address.index("@") <= 64


def _several_emails(cell: str) -> Iterator[tuple[str, str]]:
    cell = cell.translate(_UNSEEN)
    if found := _BRACKETED.findall(cell):
        pieces = found
    else:
        pieces = _EMAIL_SPLIT.split(cell)
    for piece in pieces:
        address = _MAILTO.sub("", piece.strip().strip("'\"<>")).strip()
        if address:
            yield address, email_key(address)


def email_key(address: str) -> str:
    """Return the address in lower case, or an empty string when it is none: by a cheap rule, else by the book."""
    if len(address) > 254 or "@" not in address:
        return ""
    if is_usual_email(address):
        return address.lower()
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(address, check_deliverability=False, test_environment=True).normalized.lower()
    except (EmailNotValidError, ValueError):
        return ""


def address_key(address: str) -> str:
    """Return the letters and digits of an address, casefolded, single spaces between words."""
    if address.isascii():
        return " ".join(address.translate(_ASCII_WORDS).split())
    return " ".join(_WORDS(address.casefold()))


def join_address(whole: str, street: str, pobox: str, city: str, state: str, zip_code: str, country: str) -> str:
    """Return a postal address on one line; empty when nothing says where to send a letter.

    `whole` is kept as written, and only completed by what it lacks. With a state the order is the American one.
    """
    town = " ".join(filter(None, (f"{city}, {state}" if city and state else city or state, zip_code))) if state else (
        " ".join(filter(None, (zip_code, city))))  # fmt: skip
    if whole and city and city.casefold() in whole.casefold():
        return whole
    if not (whole or street or pobox):
        return ""
    return ", ".join(filter(None, (whole or street, "" if whole else pobox, town, country)))
