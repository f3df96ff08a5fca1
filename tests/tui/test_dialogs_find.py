"""Finding a prospect, choosing a cadence, looking at history and cadences: by keys."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from followup_tui.errors import PhraseError
from followup_tui.services.views import ProspectDraft
from followup_tui.tui.app import FollowupApp
from followup_tui.tui.screens.find_dialog import FindDialog
from followup_tui.tui.screens.history_dialog import HistoryDialog
from followup_tui.tui.screens.prospect import ProspectScreen
from followup_tui.tui.widgets.step_strip import step_strip
from tests.tui.driving import lines, matches_snapshot, press, running, settle, shown, toasts
from tests.tui.fake_services import fake_services, hostile


async def typing(app: FollowupApp, pilot: Pilot[int], *keys: str) -> None:
    """Press keys as fast as they come, then wait once."""
    await pilot.press(*keys)
    await settle(app, pilot)


async def test_find_opens_the_first_found_with_enter() -> None:
    """Slash, a name, enter: the prospect is there, however fast it was typed."""
    async with running(fake_services()) as (app, pilot):
        await pilot.press("slash", *"freya", "enter")
        await settle(app, pilot)
        assert isinstance(app.screen, ProspectScreen)
        assert "Freya Holm" in shown(app)


async def test_find_walks_the_results_while_typing_goes_on() -> None:
    """Down moves in the table, the field keeps the focus."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "slash", "down", "down", "up", "enter")
        assert isinstance(app.screen, ProspectScreen)
        assert app.screen.prospect == "p002"


async def test_find_marks_where_a_filter_is_wrong() -> None:
    """The ^ stands under the column the error names."""
    services = fake_services()

    def wrong(filter: str = "", **_: object) -> list[object]:
        raise PhraseError("relation “col” is none", "cold", column=10)

    async with running(services) as (app, pilot):
        services.prospects.rows = wrong  # type: ignore[assignment,method-assign]
        await typing(app, pilot, "slash", *"relation:col", "enter")
        field = next(line for line in lines(app) if "relation:col" in line)
        told = next(line for line in lines(app) if "^" in line)
        assert told.index("^") == field.index("relation:") + len("relation:")
        assert isinstance(app.screen, FindDialog)
        await press(app, pilot, "escape")
        assert len(app.screen_stack) == 1


async def test_history_offers_and_then_takes_back_down_to_the_chosen_change() -> None:
    """The first enter says how much, the second does it, and redo brings it again."""
    services = fake_services()
    async with running(services) as (app, pilot):
        for who in ("p001", "p002", "p003"):
            app.ops.mutate(lambda s, who=who: s.prospects.star([who], True))
            await settle(app, pilot)
        await press(app, pilot, "H")
        assert isinstance(app.screen, HistoryDialog)
        await press(app, pilot, "j", "enter")
        assert "Take back 2 changes" in shown(app)
        assert "undo" not in services.calls
        await press(app, pilot, "enter")
        assert [p.star for p in list(services.state.people.values())[:2]] == [True, False]
        assert shown(app).count("undone") >= 2
        await press(app, pilot, "g", "enter", "enter")
        assert services.state.people["p003"].star
        await press(app, pilot, "escape")
        assert len(app.screen_stack) == 1


async def test_esc_takes_the_offer_back_first() -> None:
    """No is esc, and the list stays open."""
    services = fake_services()
    async with running(services) as (app, pilot):
        app.ops.mutate(lambda s: s.prospects.star(["p001"], True))
        await settle(app, pilot)
        await press(app, pilot, "H", "enter", "escape")
        assert isinstance(app.screen, HistoryDialog)
        await press(app, pilot, "escape")
        assert len(app.screen_stack) == 1
        assert services.state.people["p001"].star


async def test_enrol_says_what_it_replaces() -> None:
    """The line below the list names the cadence that ends and the one that begins."""
    services = fake_services()
    async with running(services) as (app, pilot):
        app.open_prospect("p001")
        await settle(app, pilot)
        await press(app, pilot, "C")
        assert "ends Steady" in shown(app)
        await press(app, pilot, "enter")
        assert services.state.people["p001"].cadence == "Cold six"
        assert "Enrolled in Cold six: Ann Lee" in toasts(app)[-1]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_cadences(size: tuple[int, int]) -> None:
    """The list, the strip on a calendar and the dates of somebody enrolled today."""
    async with running(fake_services(), size) as (app, pilot):
        await press(app, pilot, "3", "j")
        matches_snapshot(app, f"cadences_{size[0]}x{size[1]}")


@pytest.mark.parametrize("width", [20, 40, 76, 116])
@pytest.mark.parametrize("symbols", ["unicode", "ascii"])
def test_a_strip_keeps_the_order_and_the_width(width: int, symbols: str) -> None:
    """Later steps stand further right, whatever the width, and nothing is wider than it."""
    steps = ("1 p+e", "3 i", "7 p", "14 m", "21 p+t", "28 a", "42 i", "56 p+e", "70 t", "84 g", "98 f", "112 p")
    strip, letters, days = step_strip(steps, width, symbols)
    assert all(len(line) <= width for line in (strip, letters, days))
    assert letters.startswith("p+e")
    assert days.startswith("d1")


def test_a_strip_is_to_scale_where_there_is_room() -> None:
    """A gap twice as long is about twice as wide."""
    strip, _, _ = step_strip(("1 p", "11 p", "31 p", "71 p"), 72)
    places = [strip.index(mark) for mark in "①②③④"]
    assert places == [0, 10, 20 + 9, 68] or (places[3] - places[2]) == pytest.approx(2 * (places[2] - places[1]), abs=2)


@pytest.mark.parametrize("keys", [("slash",), ("slash", *"[/]"), ("H",), ("3",), ("a",), ("ctrl+o",)])
async def test_hostile_text_stays_text(keys: tuple[str, ...]) -> None:
    """No dialog takes names for markup or lets an escape through."""
    services = hostile()
    async with running(services, (80, 24)) as (app, pilot):
        evil = ProspectDraft(name="[@click=app.quit]x[/] \x1b[2J \u202e")
        app.ops.mutate(lambda s: s.prospects.edit("p001", evil))
        await settle(app, pilot)
        await press(app, pilot, *keys)
        assert app.is_running
        assert "\x1b" not in shown(app)
        assert "‮" not in shown(app)
