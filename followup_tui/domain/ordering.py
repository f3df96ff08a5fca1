"""The order of the queue, and why a touch stands where it stands, from one function (domain §12)."""

from __future__ import annotations

from followup_tui.domain.momentum import lost_by_tomorrow
from followup_tui.records import dataclass

STEP_WEIGHT = 0.1
"""Ours: the first step is worth as much as a fresh day's momentum; later ones less."""
STAR = 0.05


@dataclass(frozen=True, slots=True)
class Rank:
    """A score with its reasons."""

    score: float
    reasons: tuple[str, ...]


def rank(overdue: int, step: int | None, star: bool) -> Rank:
    """Return the score: momentum lost if not done today + step weight (earlier steps more) + ★."""
    lost = lost_by_tomorrow(overdue)
    reasons = [f"{lost * 100:.0f} % momentum is lost if it is not done today"]
    score = lost
    if step is not None:
        score += STEP_WEIGHT / step
        reasons.append(f"step {step}: earlier steps go first" if step <= 3 else f"step {step}")
    if star:
        score += STAR
        reasons.append("★ starred")
    if overdue:
        reasons.append(f"{overdue} day{'s' if overdue > 1 else ''} overdue")
    return Rank(score, tuple(reasons))
