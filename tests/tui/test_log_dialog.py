"""The log: what each outcome would do is shown first; one key saves; nothing typed is lost."""

from __future__ import annotations

import pytest

from followup_tui.errors import DatabaseBusy
from followup_tui.tui.screens.log_dialog import LogDialog
from followup_tui.tui.screens.today import TodayScreen
from tests.tui.driving import lines, matches_snapshot, press, running, settle, shown, toasts
from tests.tui.fake_services import fake_services


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_whole_dialog(size: tuple[int, int]) -> None:
    """Outcomes that suit the channel stand first, each with its date, its step and what is left."""
    async with running(fake_services(), size) as (app, pilot):
        await press(app, pilot, "j", "j", "j", "j", "l")
        matches_snapshot(app, f"log_{size[0]}x{size[1]}")


async def test_one_key_logs_and_says_so() -> None:
    """The toast names the outcome, the prospect, the next touch and undo."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "j", "j", "j", "j", "l", "2")
        assert isinstance(app.screen, TodayScreen)
        assert toasts(app)[-1].startswith("Left voicemail · Ann Lee → Wed 23 Dec mail 6 of 12\nu undo")
        assert "log phone left voicemail" in services.calls


async def test_note_and_value_before_the_outcome() -> None:
    """Printable keys in a field are text; enter or tab gives the keys back to the dialog."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "l", "tab", *"4w", "enter", "v", *"x1", "tab", "4")
        touch = services.state.touches["p009"][-1]
        assert (touch.note, touch.value, touch.outcome) == ("4w", "x1", "sent")


async def test_a_key_right_behind_enter_reaches_the_dialog() -> None:
    """Typed without a pause, the outcome after the note's enter is not taken for a part of the note."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await pilot.press("l", "tab", *"hello", "enter", "4")
        await settle(app, pilot)
        touch = services.state.touches["p009"][-1]
        assert (touch.note, touch.outcome) == ("hello", "sent")


async def test_shift_and_channel_change_the_preview() -> None:
    """`+` and `c` ask for the preview anew, and what was set is said."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "l", "+", "+", "-")
        assert "1 day later" in shown(app)
        assert "Thu 24 Dec" in shown(app)
        await press(app, pilot, "c")
        assert services.calls.count("preview") == 5
        assert "Log · Ines Rocha · gift" in shown(app)


async def test_a_promise_asks_when() -> None:
    """`6` asks for one date and time, shows what was understood, and saves on enter."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "j", "j", "j", "j", "l", "6", *"tue 3pm")
        assert "Tue 24 Nov · tomorrow · 15:00" in shown(app)
        await press(app, pilot, "enter")
        assert "log phone call back" in services.calls
        touch = services.state.people["p001"].next_touch
        assert touch is not None
        assert f"{touch.date} {touch.time}" == "2026-11-24 15:00:00"


async def test_a_phrase_nobody_understands_is_never_guessed() -> None:
    """An unknown phrase is an error on screen, and enter saves nothing."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "l", ".", *"soonish", "enter")
        assert "not understood" in shown(app)
        await press(app, pilot, "escape", "escape")
        assert isinstance(app.screen, TodayScreen)


async def test_backdating_looks_back() -> None:
    """`<` takes a time that has passed, and the dialog says it."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "l", "less_than_sign", *"yesterday 3pm", "enter")
        assert "it happened Sun 22 Nov 15:00" in shown(app)
        await press(app, pilot, "4")
        assert services.state.touches["p009"][-1].at.isoformat() == "2026-11-22T15:00:00+01:00"


async def test_do_not_contact_asks_once_more() -> None:
    """The one hard confirmation: nothing is saved on n, it is on y."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "l", "D", "n")
        assert isinstance(app.screen, LogDialog)
        await press(app, pilot, "D", "y")
        assert "log email do not contact" in services.calls


async def test_in_the_toasts_time_a_note_and_a_sentiment_can_be_added() -> None:
    """`tab` and `)` amend what was just logged; without a toast they do nothing."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, ")")
        assert not [call for call in services.calls if call.startswith("amend")]
        await press(app, pilot, "l", "4", ")", "tab", *"liked it", "enter")
        touch = services.state.touches["p009"][-1]
        assert (touch.sentiment, touch.note) == ("good", "liked it")


async def test_a_note_survives_a_log_that_failed() -> None:
    """When saving fails the row is as it was, the error is shown, and the note is there again."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "l", "tab", *"keep me", "enter")
        services.fail_with = DatabaseBusy("The database is busy", "try again")
        await press(app, pilot, "4")
        assert toasts(app)[-1] == "The database is busy – try again"
        services.fail_with = None
        await press(app, pilot, "l")
        assert "keep me" in shown(app)
        assert any("Ines Rocha" in line and "now" in line for line in lines(app))


async def test_only_its_own_keys() -> None:
    """In a dialog the app's keys do nothing: q types no goodbye, 1 goes nowhere."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "l", "q", "u", "a")
        assert isinstance(app.screen, LogDialog)
        assert "undo" not in services.calls
