"""The table of prospects, driven by keys: pages, filter, marks, verbs."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from textual import events
from textual.pilot import Pilot

from followup_tui.errors import PhraseError
from followup_tui.services.views import ListingView, ProspectRow
from followup_tui.tui.app import FollowupApp
from followup_tui.tui.screens.prospect import ProspectScreen
from followup_tui.tui.widgets.prospect_table import PAGE, Marks, ProspectTable
from followup_tui.tui.widgets.table_columns import arranged
from tests.tui.driving import lines, matches_snapshot, press, running, settle, shown, toasts, until
from tests.tui.fake_services import FakeServices, fake_services, hostile


def many(number: int) -> FakeServices:
    """Return services whose table has so many rows; each page is made when it is asked for."""
    services = fake_services()
    row = services.prospects.rows()[0]
    asked: list[int] = []

    def rows_of(ids: Sequence[str]) -> list[ProspectRow]:
        asked.append(int(ids[0][1:]) if ids else 0)
        return [replace(row, id=id, name=f"Person {id[1:]}") for id in ids]

    def listing(filter: str = "", order: str = "name", *, backwards: bool = False) -> ListingView:
        return ListingView([f"n{n}" for n in range(number)], services.local_today(), services.at)

    services.prospects.rows_of = rows_of  # type: ignore[method-assign]
    services.prospects.listing = listing  # type: ignore[method-assign]
    services.prospects.count = lambda filter="": number  # type: ignore[method-assign]
    services.asked = asked  # type: ignore[attr-defined]
    return services


def table_of(app: FollowupApp) -> ProspectTable:
    return app.screen.query_one(ProspectTable)


async def typing(app: FollowupApp, pilot: Pilot[int], *keys: str) -> None:
    """Press keys as fast as they come, then wait once."""
    await pilot.press(*keys)
    await settle(app, pilot)


@pytest.mark.parametrize(
    ("kind", "days", "narrow", "wide"),
    [
        ("step", 0, "today", "today"),
        ("step", 2, "Wed 25 Nov", "Wed 25 Nov, in 2 days"),
        ("meeting", 1, "meeting tomorrow", "meeting tomorrow"),
        ("promise", 21, "promise 14 Dec", "promise Mon 14 Dec"),
        ("promise", 300, "Sun 19 Sep 2027", "promise Sun 19 Sep 2027"),
        ("promise", -6, "promise 6 d over", "promise 6 d over"),
        ("promise", -1234, "1,234 d over", "promise 1,234 d over"),
        ("decision", 21, "decision", "decision"),
    ],
)
def test_the_next_touch_is_never_cut(kind: str, days: int, narrow: str, wide: str) -> None:
    """Where there is little room, words that can be spared give way, never the end of one."""
    table = ProspectTable()
    table.today = date(2026, 11, 23)
    row = replace(fake_services().prospects.rows()[0], next_kind=kind, next_date=table.today + timedelta(days))
    assert table.next_touch(row, 16)[0] == narrow
    assert table.next_touch(row, 24)[0] == wide


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
    listing = services.prospects.listing

    def picky(filter: str = "", order: str = "name", *, backwards: bool = False) -> ListingView:
        if filter:
            raise PhraseError("a date is missing", "due<=today", column=len(filter) + 1)
        return listing(filter)

    services.prospects.listing = picky  # type: ignore[method-assign]
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
    preview = services.cadences.enrol_preview
    services.cadences.enrol_preview = lambda ids, cadence, **options: preview(["p001"], cadence, **options)
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
        await pilot.click(offset=(50, row))
        await settle(app, pilot)
        assert table_of(app).current.name == "Cy Diaz"  # type: ignore[union-attr]
        await pilot.click(offset=(50, 4))
        assert table_of(app).cursor == 2
        await pilot.click(offset=(50, row + 1), times=2)
        await settle(app, pilot)
        assert isinstance(app.screen, ProspectScreen)
        assert "Dora Nyström" in shown(app)


async def test_marks_are_some_or_all_but_some() -> None:
    """Marking all again marks nobody."""
    marks = Marks()
    marks.toggle("a")
    assert ("a" in marks, "b" in marks, marks.number(9)) == (True, False, 1)
    marks.toggle_all(9)
    marks.toggle("a")
    assert ("a" in marks, "b" in marks, marks.number(9)) == (False, True, 8)
    marks.toggle_all(9)
    assert marks.number(9) == 9
    marks.toggle_all(9)
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


async def test_lists_show_how_many_they_find_and_fill_the_filter() -> None:
    """The lists stand at the left with live counts; enter shows one, and its filter can be read above."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "L", "j", "enter")
        await until(app, pilot, lambda: "2 prospects" in shown(app))
        assert "relation:nurture" in lines(app)[1]
        assert app.focused is table_of(app)
        assert "Nurture              2" in shown(app)


async def test_lists_come_out_where_there_is_little_room() -> None:
    """At 80 columns the table has the whole width until the lists are asked for."""
    async with running(fake_services(), (80, 24)) as (app, pilot):
        await press(app, pilot, "2")
        assert "Nurture" not in shown(app)
        await press(app, pilot, "L")
        assert "Nurture" in shown(app)
        await press(app, pilot, "escape")
        assert "Nurture" not in shown(app)


async def test_a_filter_is_saved_renamed_moved_and_removed_by_keys() -> None:
    """S names the filter that is shown; the user's own lists are kept by keys, those that ship stay."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "2")
        await typing(app, pilot, "S")
        assert "Type a filter first" in toasts(app)[-1]
        await typing(app, pilot, *"frey", "enter", "S", *"Mine", "enter")  # what is typed now goes into the line
        assert services.lists.saved == [("Mine", "frey")]
        assert "u undo" in toasts(app)[-1]
        services.lists.saved.append(("Other", "ann"))
        app.changes.publish(None)
        await settle(app, pilot)
        await press(app, pilot, "L", "j", "D")
        assert "ships with Followup" in toasts(app)[-1]
        await press(app, pilot, "j", "j", "J")
        assert [name for name, _ in services.lists.saved] == ["Other", "Mine"]
        await press(app, pilot, "N", "s", "enter", "K", "D")
        assert services.lists.saved == [("Other", "ann")]


async def test_columns_are_chosen_sorted_and_remembered() -> None:
    """Hidden, widened and sorted columns are stored once, when the dialog is left."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "O", "j", "space", "enter")
        assert "company" not in lines(app)[4]
        assert "name ▾" not in lines(app)[4]
        stored = arranged(services.lists.arranged)
        assert "company" not in stored.columns
        await press(app, pilot, "O", "j", "enter")
        assert arranged(services.lists.arranged).order != stored.order


@pytest.mark.parametrize(
    ("keys", "ran"),
    [
        (("t", *"roof", "enter"), ("tag", 2, ("roof",))),
        (("X", *"gone", "enter"), ("close", 2, "gone")),
        (("m", *"fri", "enter"), ("move", 2, date(2026, 11, 27))),
        (("P", *"fri", "enter"), ("pause", 2, date(2026, 11, 27))),
    ],
)
async def test_verbs_on_the_marked_say_what_they_did_and_who_was_refused(
    keys: tuple[str, ...], ran: tuple[str, int, object]
) -> None:
    """One step for all; who could not be changed is named with the reason; the marks stay, but not on the closed."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "space", "space", *keys)
        assert services.bulk.ran == [ran]
        assert "Refused 1: Bo Chan – is closed already" in toasts(app)[-1]
        assert "u undo" in toasts(app)[-1]
        assert f"{1 if ran[0] == 'close' else 2} marked" in lines(app)[2]


async def test_many_are_asked_about_once_more() -> None:
    """With more than a handful, the number is said and `y` is needed."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "V", "asterisk")
        assert "Star 31 prospects" in shown(app)
        await press(app, pilot, "n")
        assert services.bulk.ran == []
        await press(app, pilot, "asterisk", "y")
        assert services.bulk.ran == [("star", 31, True)]


async def at_once(app: FollowupApp, *keys: str) -> None:
    """Send keys as a terminal does that has them all in one piece: none waits for the one before."""
    named = {"slash": "/", "colon": ":"}
    for key in keys:
        app.post_message(events.Key(key, named.get(key, key if len(key) == 1 else None)))


def slow(services: FakeServices) -> FakeServices:
    """Make a filter take a moment to be answered, as with many people."""
    listing = services.prospects.listing
    held = threading.Event()

    def waiting(filter: str = "", order: str = "name", *, backwards: bool = False) -> ListingView:
        if filter:
            held.wait(0.2)
        return listing(filter, order, backwards=backwards)

    services.prospects.listing = waiting  # type: ignore[method-assign]
    return services


async def test_a_filter_typed_in_one_go_is_saved_under_the_name_typed_behind_it() -> None:
    """S takes what stands in the line; the name reaches the dialog, none of its letters runs as a command."""
    services = slow(fake_services())
    async with running(services) as (app, pilot):
        await at_once(app, "2", "slash", *"frey", "enter", "S", *"XmX", "enter")
        await until(app, pilot, lambda: bool(services.lists.saved))
        await settle(app, pilot)
        assert services.lists.saved == [("XmX", "frey")]
        assert services.bulk.ran == []
        assert app.screen.query_one("#words").value == "frey"  # type: ignore[attr-defined]


async def test_all_marked_right_behind_a_filter_are_those_it_finds() -> None:
    """V waits for whom the new filter finds; the verb behind it never acts on who was there before."""
    services = slow(fake_services())
    seen: list[str] = []
    tag = services.bulk.tag
    services.bulk.tag = lambda ids, *rest: (seen.extend(ids), tag(ids, *rest))[1]  # type: ignore[method-assign]
    async with running(services) as (app, pilot):
        await at_once(app, "2", "slash", *"frey", "enter", "V", "t", *"roof", "enter")
        await until(app, pilot, lambda: bool(services.bulk.ran))
        assert services.bulk.ran == [("tag", 1, ("roof",))]
        assert seen == ["p006"]


async def test_who_is_near_is_shown_as_such() -> None:
    """When nobody is called so, the line says that the rows are only near it."""
    services = fake_services()
    services.prospects.listing = lambda filter="", order="name", *, backwards=False: ListingView(  # type: ignore[method-assign]
        ["p006"] if filter else ["p001", "p006"], services.local_today(), services.at, near=bool(filter)
    )
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "slash", *"freia", "enter")
        assert "nobody is called freia; near it: 1 prospect" in lines(app)[2]
        assert "Freya Holm" in shown(app)


async def test_marks_stay_for_the_next_verb_until_esc() -> None:
    """Two verbs act on the same people; somebody who is gone is no longer marked, and esc takes the marks away."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "space", "space", "space", "t", *"roof", "enter", "asterisk")
        assert [(name, number) for name, number, _ in services.bulk.ran] == [("tag", 3), ("star", 3)]
        del services.state.people["p002"]
        app.changes.publish(None)
        await settle(app, pilot)
        assert "2 marked" in lines(app)[2]
        await press(app, pilot, "escape")
        assert "marked" not in lines(app)[2]


async def test_all_marked_stay_the_same_people() -> None:
    """After a verb on everybody found, one who comes later is not marked; V again marks nobody."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "V", "t", *"roof", "enter")
        assert table_of(app).marks.number(99) == 31
        await press(app, pilot, "V")
        assert "marked" not in lines(app)[2]


async def test_a_long_problem_is_shown_whole() -> None:
    """Where one line is too short the sentence goes on below; the table has its place back afterwards."""
    services = fake_services()
    whole = "“soonish” is no day; write a date as 2026-12-24 or 24.12., a weekday, or a day such as tomorrow or +3d"
    listing = services.prospects.listing

    def picky(filter: str = "", order: str = "name", *, backwards: bool = False) -> ListingView:
        if filter == "due:soonish":
            raise PhraseError(whole, "", column=5)
        return listing(filter)

    services.prospects.listing = picky  # type: ignore[method-assign]
    async with running(services, (80, 24)) as (app, pilot):
        await press(app, pilot, "2")
        before = lines(app)[3]
        await typing(app, pilot, "slash", *"due:soonish", "enter")
        assert whole in " ".join(line.strip() for line in lines(app)[2:5])
        await press(app, pilot, "escape")
        await until(app, pilot, lambda: lines(app)[3] == before)
