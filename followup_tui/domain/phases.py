"""CARR: curiosity, annoyance, resentment, respect (domain §7, S4); thresholds are ours."""

from __future__ import annotations

ADVICE = {
    "curiosity": "say why you call",
    "annoyance": "the average rep stops here, don't",
    "resentment": "be different: a personal note, humour, a picture",
    "respect": "ask for the order",
}


def phase(attempts: int) -> str:
    """Return the phase suggested by unanswered attempts: 0–1, 2–3, 4–5, 6 and more."""
    return ("curiosity", "annoyance", "resentment", "respect")[min(attempts // 2, 3)]
