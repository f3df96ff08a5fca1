"""Fictional people of the demo: a name, a firm, reasons and ways to reach them, the same for the same turn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from math import gcd

from followup_tui.domain.folding import fold
from followup_tui.domain.model import Relation
from followup_tui.exchange.details import address_key
from followup_tui.records import dataclass
from followup_tui.services import demo_words as words
from followup_tui.services.demo_dice import Dice
from followup_tui.services.demo_names import POOLS, Pool
from followup_tui.services.demo_places import Place, number_of

_NO_DIGIT = re.compile(r"[^0-9]+")


@dataclass(frozen=True, slots=True)
class Someone:
    """The facts about one fictional person."""

    name: str
    company: str
    title: str
    why: str
    benefit: str
    source: str
    note: str
    birthday: str
    goal: str
    tags: tuple[str, ...]
    details: tuple[tuple[str, str, str], ...]
    """Kind, value, key."""


class People:
    """Invents people one after another; nobody gets a name of the same firm and an address twice."""

    def __init__(self, seed: int) -> None:
        self._random = Dice(seed)
        self._start = self._random.randrange(1000)
        self._turns: Counter[str] = Counter()

    def someone(
        self, place: Place, kinds: Iterable[str], relation: Relation, pool: str = "", source: str = ""
    ) -> Someone:
        """Return a new person of a town who can be reached by details of these kinds."""
        rng = self._random
        chosen = pool or place.pools[self._turn("pool " + place.streets[0]) % len(place.pools)]
        first, last, lap = self._name(chosen)
        names = POOLS[chosen]
        company = rng.choice(names.firms).format(_shown(last))
        mailbox = _mailbox(first, last, lap, company)
        known = relation is not Relation.POOL
        return Someone(
            name=_full(first, last, names),
            company=company,
            title=rng.choice(words.TITLES),
            why=rng.choice(words.WHYS) if known or rng.random() < 0.3 else "",
            benefit=rng.choice(words.BENEFITS) if known else "",
            source=source or rng.choice(words.SOURCES),
            note=rng.choice(words.NOTES) if rng.random() < 0.35 else "",
            birthday=self._birthday() if rng.random() < 0.25 else "",
            goal=rng.choice(words.GOALS) if known and rng.random() < 0.3 else "",
            tags=tuple(sorted(rng.sample(words.TAGS, rng.choice((0, 1, 1, 2, 2, 3))))),
            details=tuple(self._detail(place, kind, mailbox) for kind in kinds),
        )

    def _turn(self, what: str) -> int:
        turn = self._turns[what]
        self._turns[what] = turn + 1
        return turn

    def _name(self, pool: str) -> tuple[str, str, int]:
        """Return the next pair of names of a pool, and how often all pairs had their turn before."""
        names = POOLS[pool]
        pairs, step = _stride(pool)
        lap, turn = divmod(self._turn("name " + pool), pairs)
        row, column = divmod((turn * step + self._start) % pairs, len(names.last))
        return names.first[row], names.last[column], lap

    def _birthday(self) -> str:
        rng = self._random
        day = f"{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        return f"{rng.randint(1955, 2001)}-{day}" if rng.random() < 0.6 else f"--{day}"

    def _detail(self, place: Place, kind: str, mailbox: str) -> tuple[str, str, str]:
        if kind == "email":
            return kind, mailbox, mailbox
        if kind == "address":
            street = self._random.choice(place.streets).replace("#", str(self._random.randint(1, 180)))
            return kind, street, address_key(street)
        templates = place.mobiles if kind == "mobile" else place.lines
        shared = "mobile" if kind == "mobile" else "line"
        number, lap = number_of(templates, self._turn(f"{shared} {templates[0]}") + self._start % 7)
        key = "+" + _NO_DIGIT.sub("", number)
        if not lap or kind == "mobile":
            return kind, number, key
        return kind, f"{number} ext. {lap}", f"{key};ext={lap}"


@cache
def _stride(pool: str) -> tuple[int, int]:
    """Return how many pairs of names a pool has, and a step that comes by each of them once."""
    pairs = len(POOLS[pool].first) * len(POOLS[pool].last)
    return pairs, next(size for size in range(pairs * 5 // 13 + 1, 2 * pairs + 2) if gcd(size, pairs) == 1)


def _shown(name: str) -> str:
    return name.partition("=")[0]


def _full(first: str, last: str, pool: Pool) -> str:
    return f"{_shown(last)} {_shown(first)}" if pool.family_first else f"{_shown(first)} {_shown(last)}"


def _mailbox(first: str, last: str, lap: int, company: str) -> str:
    """Return an address under .example, which no mail ever reaches (RFC 2606)."""
    person = f"{_latin(first)}.{_latin(last)}{lap + 1 if lap else ''}"
    firm = _latin(company.replace(_shown(last), last.partition("=")[2] or last), "-")[:40].strip("-") or "post"
    return f"{person}@{firm}.example"


@lru_cache(maxsize=8192)
def _latin(name: str, between: str = "") -> str:
    """Return the Latin letters of a name in lower case."""
    plain = fold(name.partition("=")[2] or name)
    return between.join("".join(char if char.isascii() and char.isalnum() else " " for char in plain).split())
