"""Leaving never waits for something that is only read."""

from __future__ import annotations

import asyncio
import threading

import pytest

from followup_tui.tui.aside import Aside


async def test_leaving_waits_for_nobody_who_reads() -> None:
    """Work that goes on is no reason to wait: its thread ends with the program, and nobody hears of its answer."""
    aside, go_on = Aside(), threading.Event()
    asked = asyncio.ensure_future(aside.run(lambda: go_on.wait(10)))
    await asyncio.sleep(0)
    thread = next(one for one in threading.enumerate() if one.name == "aside")
    assert aside.busy
    assert thread.daemon
    asked.cancel()
    go_on.set()
    thread.join(10)
    with pytest.raises(asyncio.CancelledError):
        await asked
    assert not aside.busy


async def test_answers_and_errors_come_back() -> None:
    """What the work returns or raises is the caller's."""
    aside = Aside()
    assert await aside.run(lambda: 3) == 3
    with pytest.raises(ZeroDivisionError):
        await aside.run(lambda: 1 // 0)
