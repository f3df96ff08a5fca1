"""The stories of the demo: forty people one would want to see on the first day, and any number of plausible others."""

from __future__ import annotations

from random import Random

from followup_tui.services.demo_histories import Aim, Story

_TODAY = Aim(0, 0)
_DONE = Aim(0, 0, "entry")
_AHEAD = Aim(1, 1, "ahead")


def _late(days: int) -> Aim:
    return Aim(-days, -days)


def _ago(first: int, last: int) -> Aim:
    return Aim(-last, -first, "entry")


CAST: tuple[Story, ...] = (
    Story("cold", "Cold six", ".+", _TODAY),
    Story("engaged", "Steady", ".+ 5 .", _late(2), star=True),
    Story("cold", "Cold six", ".+ .", _TODAY, "pme"),
    Story("customer", "Customer", "", _TODAY, star=True),
    Story("engaged", "Steady", ".+ . 6/3@15:00", _TODAY, "pma"),
    Story("cold", "Cold six", ".+", _DONE),
    Story("engaged", "Twelve", ".+", _TODAY, "pmea"),
    Story("cold", "Cold six", ".+ . . .+ .!1 .", _ago(0, 1), pool="long"),
    Story("nurture", "Stay in touch", "", _TODAY, "pea", pool="ja"),
    Story("engaged", "Steady", ". 5 8", _ago(0, 1), "pe"),
    Story("cold", "Cold six", ".+ . . .", _late(1), "pe", pool="zh", where="behind"),
    Story("pool", "", "", _ago(9, 9), "pe"),
    Story("engaged", "New inbound", "", _TODAY, "pme", source="website form"),
    Story("engaged", "Steady", ".+ . 9", _ago(0, 2), "pea"),
    Story("customer", "Steady", ". 5 w . . .", _DONE, "pmea", star=True),
    Story("engaged", "Steady", ".+ .", _DONE, "pe"),
    Story("cold", "Referral", "", _late(3), "pe", source="referral", where="behind"),
    Story("engaged", "Steady", ".+ . 7/4@14:00", Aim(1, 2), "pea"),
    Story("cold", "Cold six", ". .", _late(4), "pe", where="anywhere"),
    Story("engaged", "Twelve", ".+ . 5 . .+ .", _late(1), "pmea"),
    Story("engaged", "Steady", ".+ 5 0", _ago(12, 30)),
    Story("nurture", "Stay in touch", ". . 8 . ?resume .", _late(9), "pe", where="anywhere"),
    Story("cold", "Cold six", ".+ b", _TODAY, "p"),
    Story("engaged", "Steady", ".+ . 5 p/24", _ago(4, 9), "pea"),
    Story("cold", "Cold six", ".+ . D", _ago(20, 40), "pe"),
    Story("engaged", "Steady", ".+", _TODAY, "pe", pool="sv"),
    Story("cold", "Cold six", "", Aim(1, 2), "pme", wait=2),
    Story("engaged", "Steady", ".+ . . 8 . ?resume", _DONE, "pe"),
    Story("cold", "Cold six", ". p", _ago(8, 20), "pe", where="anywhere"),
    Story("engaged", "Steady", ". . . 5 .", _TODAY, "pe"),
    Story("engaged", "Steady", ".+ 6/2@11:30", _TODAY, "pe", pace="gentle"),
    Story("customer", "Customer", ". . . .", _late(6), "e", where="anywhere"),
    Story("pool", "", "", _ago(9, 9), ""),
    Story("cold", "Cold six", ".+ . . . . . ?close", _ago(6, 20), "pea"),
    Story("nurture", "Stay in touch", ". . . x .", _AHEAD, "pmea", star=True, pool="fr"),
    Story("engaged", "Busy executive", ". m/2 .", Aim(1, 2), "pea", where="anywhere"),
    Story("cold", "Cold six", ".+ . . .", Aim(1, 1), "pa", pool="de"),
    Story("engaged", "Steady", ". 7/3@10:00 ?no .+ .", Aim(1, 1), "pme"),
    Story("cold", "Cold six", "", Aim(1, 3), "", wait=2),
    Story("nurture", "Stay in touch", ". .", Aim(1, 1), "ea", where="anywhere"),
)
"""In the order in which fewer people take the first; every default block has work."""

_KINDS = ("pea", "pea", "pmea", "pe", "pme", "pma", "ea", "pmfea", "pa")
_COMMON = (".", ".", ".", ".", ".", ".", ".+", ".!1", ".!3", "5", "i")
_RARE = ("8 . ?resume", "6/2@11:00", "6/3@15:30", "x", "m/2", "7/4@14:00 ?held ?resume", "7/5@10:30 ?no")
_SHARES = {
    "cold": 20, "engaged": 28, "nurture": 20, "customer": 14, "closed": 8, "pool": 3, "paused": 4, "stopped": 1,
    "blocked": 2,
}  # fmt: skip


def any_story(rng: Random, *, due: bool) -> Story:
    """Return a plausible story of some ten touches; due today or up to nine days ago, or else not due."""
    weights = {name: share for name, share in _SHARES.items() if (name in _DUE if due else name != "blocked")}
    kind = rng.choices(list(weights), list(weights.values()))[0]
    aim = Aim(-(late := rng.choice((0, 0, 0, 0, 1, 1, 2, 3, 4, 6, 9))), -late) if due else _AHEAD
    kinds = rng.choice(_KINDS[:6] if kind in ("cold", "paused") else _KINDS)
    star, where = rng.random() < 0.1, rng.choice(("near", "anywhere"))
    pace = rng.choice(("normal",) * 9 + ("gentle",))
    relation, cadence, acts, ended = _course(rng, kind, due)
    if kind == "blocked":
        kinds = "p"
    days = 700 if due else rng.randint(*_DAYS[kind])
    return Story(relation, cadence, acts, ended or aim, kinds, star, pace, where=where, days=days)


_DAYS = {
    "cold": (1, 150), "engaged": (5, 300), "nurture": (50, 350), "customer": (40, 350), "closed": (230, 230),
    "pool": (60, 190), "paused": (200, 200), "stopped": (60, 190),
}  # fmt: skip
"""How long ago those began who are not due: they are followed until today, or ended about where they should."""
_DUE = ("cold", "engaged", "nurture", "customer", "blocked")


def _course(rng: Random, kind: str, due: bool) -> tuple[str, str, str, Aim | None]:
    """Return relation at the start, cadence, acts and, for those without a next touch, the aim."""
    some = _acts(rng, rng.randint(5, 14) if due else 22)
    later = (3, 12) if due else (14, 14)
    match kind:
        case "cold":
            tries = rng.choice((1, 2, 3, 4, 5, 5, 7, 8, 9)) if due else 11
            start = rng.choice(("Cold six", "Cold six", "Cold six", "Referral", "Busy executive"))
            return "cold", start, " ".join([".+"] + ["."] * (tries - 1)), None
        case "engaged":
            start = rng.choice(("Steady", "Steady", "Steady", "Twelve", "New inbound", "Busy executive"))
            return "engaged", start, f".+ {some}", None
        case "nurture":
            return "engaged", "Steady", f".+ {_acts(rng, 3)} 9 ?yes {_steady(rng, *later)}", None
        case "customer":
            return "engaged", "Steady", f".+ {_acts(rng, 4)} w {_steady(rng, *later)}", None
        case "closed":
            end = rng.choice(("0", "0", "c", "9 ?no"))
            return rng.choice(("cold", "engaged")), "Steady", f".+ {_acts(rng, 9)} {end}", _ago(3, 200)
        case "pool":
            return "pool", "", "", _ago(3, 200)
        case "paused":
            return "engaged", "Steady", f".+ {_acts(rng, 9)} {rng.choice(('p', 'p/60', 'p/90'))}", _ago(2, 40)
        case "stopped":
            return "cold", "Cold six", ".+ . . D", _ago(3, 200)
        case _:
            return "engaged", "Steady", ".+ . 5 . . 5 . . b", None


def _acts(rng: Random, number: int) -> str:
    return " ".join(rng.choice(_RARE if rng.random() < 0.12 else _COMMON) for _ in range(number))


def _steady(rng: Random, least: int, most: int) -> str:
    return " ".join(rng.choice((".", ".", ".", ".+", ".!2")) for _ in range(rng.randint(least, most)))
