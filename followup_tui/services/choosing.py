"""Words of a draft that stand for one of a few: goal, phase and pace, by name or a clear beginning."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_tui.domain.phases import ADVICE
from followup_tui.domain.tuning import RISKS
from followup_tui.errors import UsageError

_GAP = re.compile("[0-9]{1,3}")


def chosen_goal(text: str) -> str:
    """Return the goal meant; empty: none. UsageError names them."""
    return _one(text, RISKS, "goal")


def chosen_phase(text: str) -> str:
    """Return the CARR phase meant; empty or `auto`: as the attempts suggest. UsageError names them."""
    return "" if text.strip().casefold() == "auto" else _one(text, ADVICE, "phase")


def chosen_pace(text: str) -> str:
    """Return a pace: normal, gentle, or own gaps as `+3 +7 +14`; UsageError otherwise."""
    pace = " ".join(text.split()).casefold()
    gaps = pace.replace("+", " ").split()
    if pace in ("normal", "gentle") or (gaps and all(_GAP.fullmatch(gap) and 0 < int(gap) <= 365 for gap in gaps)):
        return pace
    raise UsageError(f"unknown pace “{text}”", "use normal, gentle, or gaps in days as +3 +7 +14")


def _one(text: str, known: Iterable[str], what: str) -> str:
    wanted = " ".join(text.split()).casefold()
    if not wanted:
        return ""
    found = [name for name in known if name.startswith(wanted)]
    if len(found) != 1:
        raise UsageError(f"unknown {what} “{text}”", "use " + " or ".join(known))
    return found[0]
