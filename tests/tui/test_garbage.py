"""Garbage: it is collected behind a frame, and as a whole while nobody types."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace

import pytest

from followup_tui.tui import garbage
from followup_tui.tui.garbage import OFTEN, REST, SEVERAL, SOME, WORTH, Garbage
from tests.tui.driving import press, running
from tests.tui.fake_services import fake_services


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
    collector = Garbage()
    collector.look(REST / 2)
    assert done == []
    collector.look(REST)
    collector.look(REST)
    assert done == ["collect", "freeze", "collect"]


def test_it_leaves_little_alone(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """An app nobody uses does not collect every other second."""
    monkeypatch.setattr(gc, "get_count", lambda: (700, WORTH - 1, 0))
    Garbage().look(3600)
    assert done == []


def test_the_young_are_collected_behind_a_frame(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Not before it is out, not for little, once for several frames, and never behind a key: then behind its frame."""
    collector, rested, later = Garbage(), [1.0], list[Callable[[], None]]()
    loop = SimpleNamespace(call_later=lambda seconds, do, *words: later.append(partial(do, *words)))
    monkeypatch.setattr(asyncio, "get_running_loop", lambda: loop)

    def painted(*new: int) -> list[object]:
        done.clear()
        for number in new:
            monkeypatch.setattr(gc, "get_count", lambda number=number: (number, SEVERAL - 1, 0))
            collector.frame_painted(lambda: rested[0])
        assert done == []
        while later:
            later.pop()()
        return list(done)

    assert painted(SOME) == []  # the first picture is not up yet
    collector.begin()
    assert painted(SOME - 1) == []
    assert painted(SOME, SOME, SOME) == [0]
    rested[0] = 0.0
    assert painted(SOME) == []
    rested[0] = 1.0
    monkeypatch.setattr(garbage, "SEVERAL", SEVERAL - 1)
    assert painted(SOME) == [1]
    monkeypatch.setattr(garbage, "LONG", 0)
    assert painted(SOME) == [2], "nobody ever pauses, and it is time for all"


async def test_every_frame_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is painted tells the collector, which knows when the last one was typed."""
    told: list[float] = []
    async with running(fake_services()) as (app, pilot):
        monkeypatch.setattr(app.garbage, "frame_painted", lambda rested: told.append(rested()))
        await press(app, pilot, "j")
    assert told
    assert max(told) < 60
