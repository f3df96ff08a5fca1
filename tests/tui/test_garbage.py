"""Garbage: whole collections come while nobody types."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from followup_tui.tui.garbage import OFTEN, REST, WORTH, Garbage


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Collect what the collector is told, with as much garbage as makes it worth its time."""
    calls: list[str] = []
    thresholds = gc.get_threshold()
    for name in ("collect", "freeze", "enable"):
        monkeypatch.setattr(gc, name, lambda name=name: calls.append(name))
    monkeypatch.setattr(gc, "get_count", lambda: (0, WORTH, 0))
    yield calls
    gc.set_threshold(*thresholds)


def test_it_begins_without_what_is_there(done: list[str]) -> None:
    """What the start made is collected once and left out; the young are collected from then on."""
    Garbage().begin()
    assert done == ["collect", "freeze", "enable"]
    assert gc.get_threshold() == OFTEN


def test_it_waits_for_a_pause(done: list[str]) -> None:
    """While keys come nothing is collected; in the first pause what came up later is left out too."""
    garbage = Garbage()
    garbage.look(REST / 2)
    assert done == []
    garbage.look(REST)
    garbage.look(REST)
    assert done == ["collect", "freeze", "collect"]


def test_it_leaves_little_alone(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """An app nobody uses does not collect every other second."""
    monkeypatch.setattr(gc, "get_count", lambda: (700, WORTH - 1, 0))
    Garbage().look(3600)
    assert done == []
