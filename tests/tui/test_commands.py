"""One declaration a command: footer, help and palette show the same, and the keys are the ones promised."""

from __future__ import annotations

from collections import Counter

from followup_tui.config import Config
from followup_tui.domain.model import Outcome
from followup_tui.tui import bindings, dialog_bindings
from followup_tui.tui.screens.prospect import ProspectScreen
from followup_tui.tui.screens.today import TodayScreen
from tests.tui.driving import lines, press, running, settle, shown, toasts
from tests.tui.fake_services import fake_services

PROMISED = {
    "app.today": "1",
    "app.prospects": "2",
    "app.cadences": "3",
    "app.find": "/",
    "app.palette": ":,ctrl+p",
    "app.undo": "u",
    "app.redo": "U",
    "app.add": "a",
    "app.help": "?",
    "app.quit": "q",
    "app.back": "escape",
    "today.log": "l,enter",
    "today.open": "o",
    "today.snooze": "s",
    "today.move": "m",
    "today.skip": "x",
    "today.copy": "c",
    "today.why": "i",
    "today.plan": "r",
    "today.next": "n",
    "today.previous": "p",
    "today.later": "right",
    "today.earlier": "left",
    "today.edit": "E",
    "log.note": "tab",
    "log.value": "v",
    "log.channel": "c",
    "log.later": "+,=",
    "log.earlier": "-",
    "log.when": ".",
    "log.past": "<",
    "log.inbound": "I",
}
"""Interface §3: keys are contracts."""


def test_keys_are_contracts() -> None:
    """The keys of the interface are bound to the commands of the interface."""
    known = bindings.known_commands()
    assert {id: known[id].key for id in PROMISED} == PROMISED


def test_ids_are_unique_and_described() -> None:
    """Every command has an id of its own, a description, and a sentence for help."""
    every = [command for commands in bindings.places().values() for command in commands]
    assert [id for id, times in Counter(command.id for command in every).items() if times > 1] == []
    assert all(command.id and command.description and command.tooltip for command in every)


def test_every_outcome_has_its_key() -> None:
    """The log's outcome keys are those of the domain; the dash of no-show, on no keyboard, is N."""
    keys = {command.description: command.key for command in dialog_bindings.outcomes()}
    assert keys == {o.value: "N" if o is Outcome.NO_SHOW else o.key for o in Outcome}


async def test_help_names_every_key_of_the_screen() -> None:
    """`?` lists the screen's own commands, then those that work everywhere; not what can't be done now."""
    offered = {"today.hint"}
    async with running(fake_services(), (100, 60)) as (app, pilot):
        await press(app, pilot, "?")
        text = shown(app)
        for command in bindings.TODAY:
            assert (command.tooltip in text) == (command.id not in offered)
        await press(app, pilot, "escape")
        assert isinstance(app.screen, TodayScreen)


async def test_help_in_a_dialog_is_about_the_dialog() -> None:
    """In the log `?` shows the log's keys and none of the app's."""
    async with running(fake_services(), (100, 60)) as (app, pilot):
        await press(app, pilot, "l", "?")
        assert "Write a note before logging" in shown(app)
        assert "Leave Followup" not in shown(app)


async def test_the_palette_runs_what_is_typed() -> None:
    """A few letters and enter run the command on the screen where the palette was opened."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, ":", *"pass this", "enter")
        assert "skip" in services.calls


async def test_the_palette_opens_people_and_shows_lists() -> None:
    """Names typed into the palette find prospects and smart lists behind the commands."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "colon", *"freya")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, ProspectScreen)
        await press(app, pilot, "escape", "colon", *"nurtur")
        await press(app, pilot, "enter")
        assert app.current_mode == "prospects"
        assert "relation:nurture" in shown(app)


async def test_keys_typed_before_the_palettes_field_is_there() -> None:
    """Letters typed right behind `:` land in its field."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await pilot.press(":", *"hide", "enter")
        await settle(app, pilot)
        assert "snooze" in services.calls


async def test_the_users_own_keys() -> None:
    """A key of the config replaces ours, in the footer too."""
    config = Config(zone="Europe/Berlin", keys={"today.skip": "y"})
    services = fake_services(config=config)
    async with running(services) as (app, pilot):
        assert " y skip" in lines(app)[-1]
        await press(app, pilot, "x")
        assert "skip" not in services.calls
        await press(app, pilot, "y")
        assert "skip" in services.calls


async def test_themes_go_round() -> None:
    """ctrl+t shows the next of our themes, and every one draws."""
    async with running(fake_services()) as (app, pilot):
        seen = {app.theme}
        for _ in range(5):
            await press(app, pilot, "ctrl+t")
            seen.add(app.theme)
            assert "Ines Rocha" in shown(app)
        assert {"harbour", "paper", "high-contrast", "mono", "terminal"} <= seen


async def test_a_decision_that_asks_for_a_reason() -> None:
    """A choice may ask for more; the words go with the answer, and esc goes back to the question."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "j", "j", "enter", "c", "escape")
        assert "How does it go on?" in shown(app)
        await press(app, pilot, "c", *"too pushy", "enter")
        assert "answer close too pushy" in services.calls
        assert "u undo" in toasts(app)[-1]


async def test_a_decision_that_asks_when() -> None:
    """Own date asks for one date."""
    services = fake_services()
    services.state.decisions["p011"] = "what next"
    async with running(services) as (app, pilot):
        await press(app, pilot, "j", "j", "enter", "d", *"+7d", "enter")
        assert "answer own date 2026-11-30" in services.calls


async def test_enter_takes_the_highlighted_answer() -> None:
    """Arrows highlight, enter takes: the preselected one only when it is pressed."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "j", "j", "enter", "down", "enter")
        assert "answer keep going" in services.calls
