"""The table of prospects, driven by keys: pages, filter, marks, verbs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from followup_tui.errors import PhraseError
from followup_tui.services.views import ProspectRow
from followup_tui.tui.app import FollowupApp
from followup_tui.tui.screens.prospect import ProspectScreen
from followup_tui.tui.widgets.prospect_table import PAGE, Marks, ProspectTable
from tests.tui.driving import lines, matches_snapshot, press, running, settle, shown, toasts
from tests.tui.fake_services import FakeServices, fake_services, hostile


def many(number: int) -> FakeServices:
    """Return services whose table has so many rows; each page is made when it is asked for."""
    services = fake_services()
    row = services.prospects.rows()[0]
    asked: list[int] = []

    def rows(filter: str = "", *, limit: int = PAGE, offset: int = 0) -> list[ProspectRow]:
        asked.append(offset)
        return [replace(row, id=f"n{n}", name=f"Person {n}") for n in range(offset, min(number, offset + limit))]

    services.prospects.rows = rows  # type: ignore[method-assign]
    services.prospects.count = lambda filter="": number  # type: ignore[method-assign]
    services.asked = asked  # type: ignore[attr-defined]
    return services


def table_of(app: FollowupApp) -> ProspectTable:
    return app.screen.query_one(ProspectTable)


async def typing(app: FollowupApp, pilot: Pilot[int], *keys: str) -> None:
    """Press keys as fast as they come, then wait once."""
    await pilot.press(*keys)
    await settle(app, pilot)


async def until(app: FollowupApp, pilot: Pilot[int], true: Callable[[], bool]) -> None:
    """Wait for something that comes a moment after the last key: the filter is tried when nobody types."""
    for _ in range(200):
        if true():
            return
        await pilot.pause(0.01)
    raise AssertionError(shown(app))


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_whole_screen(size: tuple[int, int]) -> None:
    """Who, where it stands, what is next; a mark and a star in columns of their own; the card below."""
    async with running(fake_services(), size) as (app, pilot):
        await press(app, pilot, "2", "j", "space")
        matches_snapshot(app, f"prospects_{size[0]}x{size[1]}")


async def test_a_hundred_thousand_people_are_read_a_page_at_a_time() -> None:
    """Going to the end reads the last page, not all of them; no more than ten pages are ever held."""
    services = many(100_000)
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "G")
        assert "Person 99999" in shown(app)
        assert set(services.asked) <= {0, 99_800}  # type: ignore[attr-defined]
        await press(app, pilot, "g")
        for _ in range(12):
            table_of(app).move_to(table_of(app).cursor + 4 * PAGE)
            await settle(app, pilot)
        assert table_of(app).current is not None
        assert len(table_of(app)._pages) <= 10


async def test_a_cursor_key_reads_nothing_and_draws_two_lines() -> None:
    """Moving within a page asks no service and lays nothing out."""
    services = many(100_000)
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "j")
        asked, drawn = len(services.asked), []  # type: ignore[attr-defined, var-annotated]
        original = table_of(app).draw_row
        table_of(app).draw_row = lambda row, canvas: (drawn.append(row), original(row, canvas))[1]  # type: ignore[func-returns-value,method-assign]
        await press(app, pilot, "j", "j")
        assert table_of(app).cursor == 3
        assert len(services.asked) == asked  # type: ignore[attr-defined]
        assert set(drawn) <= {1, 2, 3}


async def test_filters_as_one_types_and_esc_leaves() -> None:
    """The rows follow the words; esc leaves the line, a second esc shows everybody."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "2")
        await typing(app, pilot, "slash", *"frey")
        await until(app, pilot, lambda: "1 prospect" in shown(app))
        assert "Freya Holm" in shown(app)
        assert app.current_mode == "prospects"
        await press(app, pilot, "escape")
        assert app.focused is table_of(app)
        await press(app, pilot, "escape")
        await until(app, pilot, lambda: "31 prospects" in shown(app))


async def test_enter_takes_the_filter_at_once() -> None:
    """Nobody waits for the pause between keys."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "2")
        await typing(app, pilot, "slash", *"frey", "enter")
        assert "1 prospect" in shown(app)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, ProspectScreen)


async def test_keys_right_behind_the_filter_are_the_tables() -> None:
    """Slash, words, enter, enter, typed in one go, open the first found; a letter behind enter is no filter."""
    async with running(fake_services()) as (app, pilot):
        await typing(app, pilot, "2", "slash", *"frey", "enter", "enter")
        assert isinstance(app.screen, ProspectScreen)
        assert "Freya Holm" in shown(app)
        await typing(app, pilot, "escape", "slash", *"frey", "enter", "j", "V")
        assert app.screen.query_one("#words").value == "freyfrey"  # type: ignore[attr-defined]


async def test_a_bad_filter_is_marked_at_its_column_and_the_rows_stay() -> None:
    """The ^ stands under the word that is wrong."""
    services = fake_services()
    count = services.prospects.count

    def picky(filter: str = "") -> int:
        if filter:
            raise PhraseError("a date is missing", "due<=today", column=len(filter) + 1)
        return count(filter)

    services.prospects.count = picky  # type: ignore[method-assign]
    async with running(services) as (app, pilot):
        await press(app, pilot, "2")
        await typing(app, pilot, "slash", *"ann", "space", *"due<", "enter")
        words, told = lines(app)[1], lines(app)[2]
        assert told.index("^") == words.index("due<") + len("due<")
        assert "a date is missing" in told
        assert "Bo Chan" in shown(app)


async def test_verbs_act_on_the_marked_else_on_the_one_under_the_cursor() -> None:
    """Marks first; without any, the row under the cursor."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "space", "space", "asterisk")
        stars = [p.id for p in services.state.people.values() if p.star]
        assert {"p001", "p002"} <= set(stars)
        assert "2 prospects" in toasts(app)[-1]


async def test_v_marks_everybody_found_and_enrols_them() -> None:
    """All means all the filter finds, also those no page was read of; exceptions can be taken out."""
    services = many(1_000)
    seen: list[int] = []
    services.cadences.enrol = lambda ids, cadence, **_: (seen.append(len(ids)), services._enrol(["p001"], cadence))[1]
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "V", "space")
        assert "999 marked" in shown(app)
        await press(app, pilot, "C")
        assert "999 prospects" in shown(app)
        await press(app, pilot, "j", "enter")
        assert seen == [999]
        assert "Enrolled in Steady" in toasts(app)[-1]


async def test_a_click_selects_and_a_double_click_opens() -> None:
    """The row under the pointer, not the one beside it; the heading is no row."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "2")
        row = next(y for y, line in enumerate(lines(app)) if "Cy Diaz" in line)
        await pilot.click(offset=(20, row))
        await settle(app, pilot)
        assert table_of(app).current.name == "Cy Diaz"  # type: ignore[union-attr]
        await pilot.click(offset=(20, 4))
        assert table_of(app).cursor == 2
        await pilot.click(offset=(20, row + 1), times=2)
        await settle(app, pilot)
        assert isinstance(app.screen, ProspectScreen)
        assert "Dora Nyström" in shown(app)


async def test_marks_are_some_or_all_but_some() -> None:
    """Marking all again marks nobody."""
    marks = Marks()
    marks.toggle("a")
    assert ("a" in marks, "b" in marks, marks.number(9)) == (True, False, 1)
    marks.toggle_all()
    marks.toggle("a")
    assert ("a" in marks, "b" in marks, marks.number(9)) == (False, True, 8)
    marks.toggle_all()
    assert marks.number(9) == 9
    marks.toggle_all()
    assert marks.number(9) == 0


async def test_what_others_change_shows_without_losing_the_place() -> None:
    """After a change the rows are fresh; cursor and marks are where they were."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "j", "space", "j")
        services.state.people["p001"] = replace(services.state.people["p001"], name="Anna Lee-Young")
        app.changes.publish(None)
        await settle(app, pilot)
        assert "Anna Lee-Young" in shown(app)
        assert (table_of(app).cursor, "p002" in table_of(app).marks) == (3, True)


async def test_nobody_stored_says_what_to_do() -> None:
    """An empty table is a state with its keys."""
    async with running(fake_services([])) as (app, pilot):
        await press(app, pilot, "2")
        assert "a adds one" in shown(app)
        await press(app, pilot, "enter", "space", "V", "C", "asterisk", "l", "E", "c", "G")
        assert app.is_running


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize(
    "keys", [(), ("j", "space"), ("C",), ("E",), ("slash", "left_square_bracket", "slash"), ("c",)]
)
async def test_hostile_text_stays_text(size: tuple[int, int], keys: tuple[str, ...]) -> None:
    """Markup, escapes and stacked accents are drawn cleaned, and every line keeps its width."""
    async with running(hostile(), size) as (app, pilot):
        await press(app, pilot, "2", *keys)
        assert app.is_running
        assert "\x1b" not in shown(app)
        assert "‮" not in shown(app)
        assert all(strip.cell_length == size[0] for strip in app.screen._compositor.render_strips())
