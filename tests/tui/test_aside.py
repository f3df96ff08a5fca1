"""Leaving never waits for something that is only read."""

from __future__ import annotations

import asyncio
import threading

import pytest

from followup_tui.tui.aside import MOST, Aside


async def until_idle(aside: Aside) -> None:
    while aside.busy:  # noqa: ASYNC110 – threads set no event of this loop
        await asyncio.sleep(0.001)


async def test_leaving_waits_for_nobody_who_reads() -> None:
    """Work that goes on is no reason to wait: its thread ends with the program, and nobody hears of its answer."""
    aside, go_on, whose = Aside(), threading.Event(), list[threading.Thread]()

    def work() -> None:
        whose.append(threading.current_thread())
        go_on.wait(10)

    asked = asyncio.ensure_future(aside.run(work))
    while not whose:  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    assert aside.busy
    assert whose[0].daemon
    asked.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await asked
    await until_idle(aside)


async def test_answers_and_errors_come_back() -> None:
    """What the work returns or raises is the caller's."""
    aside = Aside()
    assert await aside.run(lambda: 3) == 3
    with pytest.raises(ZeroDivisionError):
        await aside.run(lambda: 1 // 0)


async def test_threads_are_used_again() -> None:
    """Each thread keeps a connection to the database: one after the other takes one, many at once take a few."""
    aside, threads = Aside(), set[int]()

    def work() -> None:
        threads.add(threading.get_ident())

    for _ in range(30):
        await aside.run(work)
        await until_idle(aside)
    assert len(threads) == 1
    await asyncio.gather(*(aside.run(work) for _ in range(50)))
    await until_idle(aside)
    assert len(threads) <= MOST


async def test_what_was_left_behind_holds_its_line() -> None:
    """Work whose caller was cancelled goes on: its line is vacant when it has ended, another line at once."""
    aside, begun, go_on = Aside(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        go_on.wait(10)

    asked = asyncio.ensure_future(aside.run(work, "count"))
    while not begun.is_set():  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    asked.cancel()
    await aside.vacant("plan")
    waits = asyncio.ensure_future(aside.vacant("count"))
    await asyncio.sleep(0.01)
    assert not waits.done()
    go_on.set()
    await asyncio.wait_for(waits, 5)


async def test_the_thread_that_worked_last_works_next() -> None:
    """However many were needed at once, one after the other is done by one: each remembers what it has read."""
    aside, threads = Aside(), list[int]()

    def work() -> None:
        threads.append(threading.get_ident())

    meeting = threading.Barrier(3)
    await asyncio.gather(*(aside.run(meeting.wait) for _ in range(3)))
    await until_idle(aside)
    for _ in range(10):
        await aside.run(work)
        await until_idle(aside)
    assert len(set(threads)) == 1
