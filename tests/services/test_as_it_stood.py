"""How people stood at an earlier moment."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from followup_tui.services import as_it_stood


def test_nobody_is_asked_about_beyond_what_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day that is not kept after one slot too many tells one journal again, not those of everybody."""
    asked: list[str] = []

    def state(self: Any, key: str, at: datetime) -> object:
        asked.append(key)
        return object()

    monkeypatch.setattr(as_it_stood.AsItStood, "state", state)
    monkeypatch.setattr(as_it_stood, "due_on", lambda state, day: 0)
    then = as_it_stood.AsItStood(None)
    day, at = date(2026, 11, 20), datetime(2026, 11, 21, tzinfo=UTC)
    assert then.waiting((f"p{n}" for n in range(100)), day, at, 2) == 2
    assert asked == ["p0", "p1"]
    assert then.waiting(["a", "b"], day, at, 5) == 2
    assert then.waiting(["a", "b"], day, at, 0) == 0
