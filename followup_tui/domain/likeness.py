"""What two names have in common: nicknames, legal forms, and the keys under which alike people meet (pure).

No pair of people is looked at unless a key brings them together: the work grows with the people, not with their square.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_LEGAL = (
    "gmbh mbh ag kg kgaa ug ohg gbr se co ltd limited llc llp lp inc incorporated corp corporation company plc sa sas "
    "sarl srl spa bv nv ab as oy aps pty pte the und and et y e v group holding holdings international"
)
_FORMS = frozenset(_LEGAL.split())
_CALLED = "mr mrs ms miss dr prof professor herr frau sir dipl ing mag med phd mba jr sr ii iii"
_TITLES = frozenset(_CALLED.split())
_NICKNAMES = {
    nickname: name
    for name, nicknames in {
        "alexander": "alex sandy sascha",
        "andrew": "andy drew",
        "anthony": "tony",
        "benjamin": "ben benny",
        "catherine": "cathy kate katie kathy katherine kathryn",
        "carl": "karl",
        "charles": "charlie chuck",
        "christopher": "chris",
        "daniel": "dan danny",
        "david": "dave",
        "edward": "ed eddie ted",
        "elizabeth": "liz lizzie beth betty eliza",
        "frederick": "fred freddy",
        "gregory": "greg",
        "james": "jim jimmy jamie",
        "jennifer": "jen jenny",
        "johannes": "hannes",
        "john": "jack johnny jon",
        "jonathan": "jonny",
        "joseph": "joe joey sepp",
        "kenneth": "ken kenny",
        "lawrence": "larry",
        "marcus": "markus",
        "margaret": "maggie meg peggy",
        "matthew": "matt",
        "maximilian": "max",
        "michael": "mike mick micky",
        "nicholas": "nick nicky",
        "patricia": "pat patty trish",
        "patrick": "paddy",
        "peter": "pete",
        "philip": "phil phillip philipp filip",
        "rebecca": "becky",
        "richard": "rick ricky dick rich",
        "robert": "bob bobby rob robbie bert",
        "ronald": "ron ronny",
        "samuel": "sam sammy",
        "sophie": "sofie",
        "stefan": "stephan",
        "stephen": "steve steven",
        "susan": "sue susie",
        "theodore": "theo",
        "thomas": "tom tommy",
        "timothy": "tim",
        "victoria": "vicky",
        "walter": "walt",
        "william": "will bill billy willy",
        "zachary": "zach zack",
    }.items()
    for nickname in nicknames.split()
}


@lru_cache(maxsize=65536)
def name_words(folded: str) -> tuple[str, ...]:
    """Return the words of a folded name in one order, nicknames as the name they stand for, titles left out."""
    words = _WORD.findall(folded)
    plain = [word for word in words if word not in _TITLES] or words
    return tuple(sorted(_NICKNAMES.get(word, word) for word in plain))


@lru_cache(maxsize=65536)
def firm_words(folded: str) -> str:
    """Return a folded company without its legal form: `acme roofing gmbh & co. kg` → `acme roofing`."""
    words = _WORD.findall(folded)
    return " ".join(word for word in words if word not in _FORMS) or " ".join(words)


def meeting_keys(words: tuple[str, ...], firm: str) -> list[str]:
    """Return the keys under which somebody meets those who may be the same person.

    The whole name; and, within a firm, the beginning of each of its words: a typo may be anywhere but in all of them.
    """
    keys = ["n " + " ".join(words)] if words else []
    if firm:
        house = firm.partition(" ")[0]
        keys += {f"f {house} {word[:3]}" for word in words if len(word) > 1}
    return keys


def initials_fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names differ in words written as initials only: `j smith`, `john smith`."""
    if len(one) != len(other) or one == other:
        return False
    rest_one = [word for word in one if word not in other]
    rest_other = [word for word in other if word not in one]
    if not rest_one or len(rest_one) == len(one) or len(rest_one) != len(rest_other):
        return False
    return all(
        1 in (len(left), len(right)) and left[0] == right[0]
        for left, right in zip(sorted(rest_one), sorted(rest_other), strict=True)
    )
