"""Memory is handed back in passing."""

from __future__ import annotations

import pytest

from followup_tui.tui import giving_back
from followup_tui.tui.giving_back import GivingBack


def test_memory_is_handed_back_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not after every read: once in so many seconds."""
    now, given = [100.0], list[float]()
    monkeypatch.setattr(giving_back.time, "monotonic", lambda: now[0])
    giving = GivingBack(lambda: given.append(now[0]))
    for moment in (100.0, 110.0, 120.0, 121.0, 139.0, 140.5):
        now[0] = moment
        giving.now_and_then()
    assert given == [120.0, 140.5]


def test_every_system_has_its_way() -> None:
    """Where the C library has no such function nothing happens; where it has, it comes back."""
    giving_back._malloc_trim()()
