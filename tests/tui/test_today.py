"""Today: what is shown, what stays where it is, and what each key does."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta

import pytest

from followup_tui.config import Config
from followup_tui.services.views import ProspectDraft
from followup_tui.tui import everywhere
from followup_tui.tui.screens.today import TodayScreen
from followup_tui.tui.widgets.queue import Queue
from tests.tui.driving import lines, matches_snapshot, press, running, settle, shown, toasts
from tests.tui.fake_services import fake_services

BERLIN = Config(zone="Europe/Berlin")


def selected(app: object) -> str:
    """Return the name under the cursor."""
    entry = app.screen.query_one(Queue).entry  # type: ignore[attr-defined]
    return entry.prospect.name if entry else ""


def names(app: object) -> list[str]:
    """Return the names of all rows, in order."""
    return [row.prospect.name for row in app.screen.query_one(Queue).arrangement.rows]  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_the_whole_screen(size: tuple[int, int]) -> None:
    """Every width shows the same order of importance: now, decisions, the current block, what comes."""
    async with running(fake_services(), size) as (app, _):
        matches_snapshot(app, f"today_{size[0]}x{size[1]}")


async def test_ascii_symbols() -> None:
    """With `symbols = "ascii"` the queue uses nothing beyond ASCII but the people's own names and the frames."""
    async with running(fake_services(config=Config(zone="Europe/Berlin", symbols="ascii"))) as (app, _):
        assert not set("▌✓★▇▁☏✉▮▯☾→") & set(shown(app))


async def test_answers_come_first_and_the_first_is_selected() -> None:
    """Answers ignore blocks and stand first, now (domain §12)."""
    async with running(fake_services()) as (app, _):
        assert selected(app) == "Ines Rocha"
        assert names(app)[:5] == ["Ines Rocha", "Jonas Weber", "Kira Volkova", "Liam O'Dell", "Ann Lee"]


async def test_a_worked_row_stays_in_its_place() -> None:
    """After a log the row stays where it stood, marked with its outcome, and the next open slot is selected."""
    async with running(fake_services()) as (app, pilot):
        before = names(app)
        await press(app, pilot, "j", "j", "j", "j", "l", "2")
        assert names(app) == before
        assert any("✓" in line and "Ann Lee" in line and "left voicemail" in line for line in lines(app))
        assert selected(app) == "Bo Chan"


async def test_undo_brings_the_row_back_under_the_cursor() -> None:
    """Undo restores the slot in its place and selects it."""
    async with running(fake_services()) as (app, pilot):
        before = names(app)
        await press(app, pilot, "l", "4", "u")
        assert names(app) == before
        assert selected(app) == "Ines Rocha"
        assert any("Undone: Sent · Ines Rocha" in toast for toast in toasts(app))


async def test_two_keys_typed_at_once_log_the_touch() -> None:
    """An outcome typed before the dialog has drawn or its preview arrived is not lost."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await pilot.press("l", "4", "l", "4")
        await settle(app, pilot)
        logs = [call for call in services.calls if call.startswith("log ")]
        assert logs == ["log email sent", "log email sent"]
        assert [id for id, *_ in services.state.done] == ["p009", "p010"]


async def test_enter_on_a_decision_opens_its_choices() -> None:
    """A decision is answered from the queue; the preselected choice is never taken by itself."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "j", "j", "enter")
        assert "12 attempts without an answer" in shown(app)
        assert not [call for call in services.calls if call.startswith("answer")]
        await press(app, pilot, "k")
        assert "answer keep going" in services.calls
        assert "Kira Volkova" not in names(app)


async def test_skip_snooze_and_move() -> None:
    """Each of the verbs runs at once, says what happened, and names undo."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "x")
        assert "Skipped · Ines Rocha" in toasts(app)[-1]
        assert "u undo" in toasts(app)[-1]
        await press(app, pilot, "s")
        assert "Snoozed for an hour · Jonas Weber" in toasts(app)[-1]
        await press(app, pilot, "n", "n", "m", *"+3d", "enter")
        assert "move 2026-11-26" in services.calls


async def test_copy_takes_the_detail_of_the_channel() -> None:
    """`c` copies the number for a call and the address for an e-mail, and shows what it copied."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "c")
        assert app.clipboard == "ines@porto.example"
        await press(app, pilot, "j", "j", "j", "j", "c")
        assert app.clipboard == "+49 30 901820"
        assert toasts(app)[-1] == "Copied +49 30 901820 · c again shows it"


async def test_why_here() -> None:
    """`i` shows the reasons the plan gave."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "i")
        assert "earlier steps first" in shown(app)
        await press(app, pilot, "escape")
        assert isinstance(app.screen, TodayScreen)


async def test_other_days() -> None:
    """Left and right show the plan of another day, and the header says so."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "right")
        assert "the plan of Tue 24 Nov" in lines(app)[0]
        assert names(app) == ["Zoë Blanc"]
        await press(app, pilot, "left")
        assert "Ines Rocha" in names(app)


async def test_next_and_previous_open_slot() -> None:
    """`n` and `p` pass over what is done and what is left over."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "l", "4", "j", "p", "p")
        assert selected(app) == "Jonas Weber"


async def test_first_run() -> None:
    """Nobody stored: the screen says how to begin, and the keys work there."""
    services = fake_services([])
    async with running(services) as (app, pilot):
        matches_snapshot(app, "first_run_120x36")
        await pilot.press("d")
        assert app.return_value == 1000


async def test_nothing_due() -> None:
    """An empty day says what tomorrow holds."""
    services = fake_services([])
    services.prospects.add(ProspectDraft(name="Zed"))
    for id in list(services.state.people):
        services.log.move(id, services.local_today() + timedelta(days=1))
    async with running(services) as (app, _):
        assert "Nothing is due" in shown(app)
        assert "Tomorrow holds" in shown(app)


async def test_undo_leaves_another_windows_changes_alone() -> None:
    """What another window did meanwhile is named and left alone; history undoes it."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await asyncio.to_thread(services.log.skip, "p009")
        await press(app, pilot, "u")
        assert "was done in another window" in toasts(app)[-1]


async def test_undo_reaches_back_over_a_restart() -> None:
    """What was done before this start is undone and done again like what was done since."""
    services = fake_services()
    services.log.skip("p009")
    async with running(services) as (app, pilot):
        await press(app, pilot, "u")
        assert "Undone: Skip" in toasts(app)[-1]
        await press(app, pilot, "U", "x", "u")
        assert "Undone: Skip · Jonas Weber" in toasts(app)[-1]
        await press(app, pilot, "U")
        assert "Done again: Skip · Jonas Weber" in toasts(app)[-1]


async def test_another_process_writes() -> None:
    """A change by another process is shown after the next look, without a key."""
    services = fake_services()
    async with running(services) as (app, pilot):
        app.ops.poll()
        await settle(app, pilot)
        await asyncio.to_thread(services.log.skip, "p009")
        services.outside_version += 1
        app.ops.poll()
        await settle(app, pilot)
        assert "Ines Rocha" not in names(app)


async def test_the_cursor_moves_nothing_else() -> None:
    """A cursor key neither scrolls a list that fits nor lays anything out."""
    async with running(fake_services()) as (app, pilot):
        queue = app.screen.query_one(Queue)
        before = (queue.scroll_offset, names(app))
        await press(app, pilot, "j", "j", "k")
        assert (queue.scroll_offset, names(app)) == before


async def test_quit_waits_for_what_is_being_saved() -> None:
    """A log followed by q at once is saved."""
    services = fake_services()
    async with running(services) as (_, pilot):
        await pilot.press("l", "4", "q")
        await pilot.pause()
    assert "log email sent" in services.calls


async def test_an_undo_that_takes_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """While a change to thousands is taken back the screen says what is going on, and then what was done."""
    monkeypatch.setattr(everywhere, "LONG", 0.01)
    services = fake_services()
    go_on = threading.Event()
    undo = services.undo.undo

    def slow() -> object:
        assert go_on.wait(10)
        return undo()

    async with running(services) as (app, pilot):
        await press(app, pilot, "x")
        monkeypatch.setattr(services.undo, "undo", slow)
        await pilot.press("u")
        async with asyncio.timeout(10):
            while "Taking it back …" not in toasts(app):
                await pilot.pause()
        assert not any("Undone" in toast for toast in toasts(app))
        go_on.set()
        await app.ops.settled()
        await pilot.pause()
        assert "Undone: Skip" in toasts(app)[-1]
