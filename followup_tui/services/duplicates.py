"""Who is in the database twice: same e-mail, same phone, near name and company; and who was said to be two people."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from rapidfuzz import fuzz

from followup_tui.domain.likeness import firm_words, initials_fit, meeting_keys, name_words
from followup_tui.errors import FollowupError, UsageError
from followup_tui.records import dataclass
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.recording import stored
from followup_tui.services.views import WhoView
from followup_tui.services.views.merging import PairView
from followup_tui.storage import alike

Progress = Callable[[int, int], bool]
"""Gets how many of how many were looked at and returns False to cancel."""
NEAR_NAME = 86
"""Ours: how alike (0–100) two names of one company must be."""
NEAR_FIRM = 85
"""Ours: how alike two company names must be, their legal forms aside."""
IN_PASSING = 20_000
"""Ours: how many new people an import compares without being asked."""
_CROWD = 12
"""People who share one key: in a larger crowd only neighbours by name are compared."""
_WINDOW = 3
_DESK = 3
"""Ours: more people with one number, and other names, share a desk or a switchboard."""
_STRIDE = 2000
Pair = tuple[str, str]


@dataclass(slots=True)
class _Found:
    score: int
    reasons: list[str]


class _One(NamedTuple):
    """Somebody as the scan sees them."""

    words: tuple[str, ...]
    firm: str
    name: str
    """The words as one text."""
    brief: bool
    """Whether a word is an initial only."""


def _one(name: str, firm: str) -> _One:
    words = name_words(name)
    return _One(words, firm_words(firm) if firm else "", " ".join(words), any(len(word) == 1 for word in words))


class DuplicateService:
    """Looking for people who are there twice."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def scan(self, progress: Progress | None = None, among: Collection[str] | None = None) -> list[PairView]:
        """Return the pairs that look like one person, the surest first; FollowupError when it was cancelled.

        `among`: only pairs with one of these. Pairs said to be two people are left out.
        """
        with self._context.database.reading() as connection:
            everybody = {
                key: _one(name, firm)
                for key, (name, _, firm) in ((key, text.partition("\n")) for key, text in alike.everybody(connection))
            }
            shared = list(alike.shared(connection))
            apart = alike.apart(connection)
        found = _pairs(everybody, shared, progress)
        wanted = {
            pair: one
            for pair, one in found.items()
            if pair not in apart and (among is None or pair[0] in among or pair[1] in among)
        }
        return self._views(wanted)

    def similar(self, change: int) -> int | None:
        """Return how many of the people a change made (an import) look like somebody else who is here.

        None when there are too many to look at in passing.
        """
        with self._context.database.reading() as connection:
            looked = alike.made_by(connection, change)
        if not 0 < len(looked) <= IN_PASSING:
            return None if looked else 0
        return len({key for pair in self.scan(among=looked) for key in (pair.a.id, pair.b.id) if key in looked})

    def apart(self, a: str, b: str) -> Changes:
        """Remember that two prospects are two people: the scan won't ask again; UsageError for one and the same."""
        if a == b:
            raise UsageError("that is one prospect, not two", "name two prospects")
        with self._context.working("Keep apart") as work:
            names = [stored(work.connection, key).name for key in (a, b)]
            work.name = f"Keep apart {names[0]} · {names[1]}"
            first, second = sorted((a, b))
            known = work.execute("SELECT 1 FROM apart WHERE first_id = ? AND second_id = ?", (first, second))
            if known.fetchone() is None:
                work.insert("apart", {"first_id": first, "second_id": second})
                work.remember_prospects((a, b))
        return changes_of(work)

    def _views(self, found: dict[Pair, _Found]) -> list[PairView]:
        """Return the pairs as views; a is the one with the longer history."""
        ids = sorted({key for pair in found for key in pair})
        with self._context.database.reading() as connection:
            home = self._context.config.zone
            who, weight = dict[str, WhoView](), dict[str, tuple[int, int, str, str]]()
            for key, name, company, zone, touches, in_play, since in alike.who(connection, ids):
                who[key] = WhoView(key, name, company, zone or home)
                weight[key] = (-touches, -in_play, since, key)
        views: list[PairView] = []
        for pair, one in found.items():
            if pair[0] in who and pair[1] in who:
                a, b = sorted(pair, key=weight.__getitem__)
                views.append(PairView(who[a], who[b], one.score, tuple(one.reasons)))
        return sorted(views, key=lambda pair: (-pair.score, pair.a.name.casefold(), pair.a.id, pair.b.id))


def _pairs(
    everybody: dict[str, _One], shared: Iterable[tuple[str, str, list[str]]], progress: Progress | None
) -> dict[Pair, _Found]:
    """Return every pair that looks like one person, with its score and reasons."""
    found: dict[Pair, _Found] = {}
    for way, key, owners in shared:
        for pair in _near([key for key in owners if key in everybody], everybody):
            same = _by_detail(way, key, everybody[pair[0]], everybody[pair[1]], len(owners) > _DESK)
            if same is not None:
                _add(found, pair, *same)
    meeting: dict[str, list[str]] = {}
    for number, (key, one) in enumerate(everybody.items()):
        if number % _STRIDE == 0:
            _tell(progress, number // 2, len(everybody))
        for at in meeting_keys(one.words, one.firm):
            meeting.setdefault(at, []).append(key)
    looked = set[Pair]()
    crowds = [crowd for crowd in meeting.values() if len(crowd) > 1]
    for number, crowd in enumerate(crowds):
        if number % _STRIDE == 0:
            _tell(progress, len(everybody) // 2 + number * len(everybody) // (2 * len(crowds)), len(everybody))
        for pair in _near(crowd, everybody):
            if pair in looked:
                continue
            looked.add(pair)
            near = _by_name(everybody[pair[0]], everybody[pair[1]])
            if near is not None:
                _add(found, pair, *near)
    _tell(progress, len(everybody), len(everybody))
    return found


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None and not progress(done, total):
        raise FollowupError("the search for duplicates was cancelled")


def _near(crowd: Sequence[str], everybody: dict[str, _One]) -> Iterator[Pair]:
    """Yield the pairs of a crowd in the order of ids, the smaller first; in a large one only those near by name."""
    if len(crowd) <= _CROWD:
        yield from combinations(crowd, 2)
        return
    for order in (lambda key: (everybody[key].name, key), lambda key: (everybody[key].words[::-1], key)):
        line = sorted(crowd, key=order)
        for place, key in enumerate(line):
            for other in line[place + 1 : place + 1 + _WINDOW]:
                yield min(key, other), max(key, other)


def _add(found: dict[Pair, _Found], pair: Pair, score: int, reason: str) -> None:
    one = found.get(pair)
    if one is None:
        found[pair] = _Found(score, [reason])
    elif reason not in one.reasons:
        one.reasons.append(reason)
        one.score = min(100, max(one.score, score) + 2)


def _by_detail(way: str, key: str, one: _One, other: _One, desk: bool) -> tuple[int, str] | None:
    """Return score and reason of a shared e-mail or phone; None for unlike names at a shared desk."""
    names = 100.0 if one.name == other.name else fuzz.ratio(one.name, other.name)
    said = f"same e-mail {key}" if way == "email" else f"same phone {key}"
    if names >= NEAR_NAME or _brief(one, other):
        return (98 if way == "email" else 96), said
    return None if desk else ((60 if way == "email" else 50) + int(names / 4), f"{said}, other name")


def _by_name(one: _One, other: _One) -> tuple[int, str] | None:
    """Return score and reason of near names and companies; None when they are two people."""
    if one.firm and other.firm:
        brief = _brief(one, other)
        names = 100.0 if one.name == other.name else fuzz.ratio(one.name, other.name, score_cutoff=NEAR_NAME)
        if not names and not brief:
            return None
        firms = 100.0 if one.firm == other.firm else fuzz.token_set_ratio(one.firm, other.firm, score_cutoff=NEAR_FIRM)
        if not firms:
            return None
        if brief:
            return int(72 + firms / 10), "initials fit, same company" if firms == 100 else "initials fit, near company"
        said = "same name" if names == 100 else "near name"
        return int(names * 0.7 + firms * 0.25), f"{said}, {'same' if firms == 100 else 'near'} company"
    if one.name != other.name or len(one.words) < 2:
        return None
    return (78, "same name, no company") if not (one.firm or other.firm) else (74, "same name, one without a company")


def _brief(one: _One, other: _One) -> bool:
    return (one.brief or other.brief) and initials_fit(one.words, other.words)
