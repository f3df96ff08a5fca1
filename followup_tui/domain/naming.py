"""How a person is addressed: the first name out of a whole one, as people write them in address books."""

from __future__ import annotations

import re

_TITLES = """
dr prof professor mr mrs ms mx miss sir dame lady lord rev reverend herr frau monsieur madame mme mlle sra srta señor
señora doña dott dottssa sig sigra drs dipling
"""
_POINTED = "m fr hon capt col ing med phil jur rer nat mag univ hc habil doc mudr ir sr dipl"
"""Titles only with their point: Phil and Nat are names."""
_DEGREES = "jr sr phd md esq mba cpa msc bsc ma ba ii iii iv"
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[\"“”„][^\"“”„]*[\"“”]")
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?)+|[^\W\d_]", re.UNICODE)


def first_name(name: str) -> str:
    """Return the name to put behind “Hello”: `Dr. Ann Lee` and `LEE, Ann` give Ann.

    A title with nothing but a surname stays whole (`Mr. Lee`); initials give way to a name that is written out.
    """
    plain = " ".join(_ASIDE.sub(" ", name).split())
    before, comma, after = plain.partition(",")
    if comma:
        plain = after if any(_bare(word) not in _DEGREES.split() for word in _names(after)) else before
    words = _names(plain)
    titled = len(words) < len(plain.split()) and not comma
    if not words:
        return plain
    if len(words) == 1:
        return plain if titled and _is_title(plain.split()[0]) else _written(words[0])
    given = next((word for word in words[:-1] if not _INITIAL.fullmatch(word)), "")
    return _written(given) if given else " ".join(words)


def _names(text: str) -> list[str]:
    """Return the words that are names, without titles in front and degrees behind."""
    words = text.split()
    while words and _is_title(words[0]):
        words.pop(0)
    while len(words) > 1 and _bare(words[-1]) in _DEGREES.split():
        words.pop()
    return [word.strip(",;") for word in words]


def _is_title(word: str) -> bool:
    bare = _bare(word)
    return bare in _TITLES.split() or (word.endswith(".") and bare in _POINTED.split())


def _bare(word: str) -> str:
    return word.replace(".", "").replace("-", "").strip(",;").casefold()


def _written(word: str) -> str:
    """Return a name in capitals as it is spoken; two letters may be initials and stay."""
    return word.title() if len(word) > 2 and word.isupper() and word.isascii() else word
