"""The form that adds and changes a prospect: keys, errors that lose nothing, only what differs is saved."""

from __future__ import annotations

import pytest
from textual import events
from textual.pilot import Pilot

from followup_tui.errors import UsageError
from followup_tui.services.views import ProspectDraft
from followup_tui.tui.app import FollowupApp
from followup_tui.tui.screens.prospect_dialog import AddDialog, EditDialog
from tests.tui.driving import lines, matches_snapshot, running, settle, shown, toasts
from tests.tui.fake_services import FakeServices, fake_services


async def typing(app: FollowupApp, pilot: Pilot[int], *keys: str) -> None:
    """Press keys as fast as they come, then wait once."""
    await pilot.press(*keys)
    await settle(app, pilot)


def drafts_of(services: FakeServices) -> list[ProspectDraft]:
    """Note the drafts that `add` and `edit` get."""
    seen: list[ProspectDraft] = []
    add, edit = services.prospects.add, services.prospects.edit
    services.prospects.add = lambda draft: (seen.append(draft), add(draft))[1]  # type: ignore[func-returns-value,method-assign]
    services.prospects.edit = lambda id, draft: (seen.append(draft), edit(id, draft))[1]  # type: ignore[func-returns-value,method-assign]
    return seen


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_whole_form(size: tuple[int, int]) -> None:
    """Everything fits without scrolling, also at 80×24."""
    async with running(fake_services(), size) as (app, pilot):
        await typing(app, pilot, "a", *"Zed")
        assert "Save" in shown(app)
        matches_snapshot(app, f"add_{size[0]}x{size[1]}")


async def test_a_name_and_enters_add_somebody() -> None:
    """Enter goes on and saves in the last field; what was left blank is not sent."""
    services = fake_services()
    seen = drafts_of(services)
    async with running(services) as (app, pilot):
        await typing(app, pilot, "a", *"Zed", "enter", *"Zoo", *["enter"] * 11)
        assert seen == [ProspectDraft(name="Zed", company="Zoo")]
        assert not isinstance(app.screen, AddDialog)
        assert "Added Zed" in toasts(app)[-1]
        assert "u undo" in toasts(app)[-1]


async def test_choices_turn_with_the_arrows() -> None:
    """Relation and inbound are chosen, not typed; tags are words."""
    services = fake_services()
    seen = drafts_of(services)
    async with running(services) as (app, pilot):
        await typing(app, pilot, "a", *"Zed", *["down"] * 9, "right", "down", "right", "down", *"roof big", "ctrl+s")
        assert seen == [ProspectDraft(name="Zed", relation="engaged", inbound=True, tags=("roof", "big"))]


async def test_keys_typed_behind_a_are_the_name() -> None:
    """The form opens under the fingers of a fast typist."""
    async with running(fake_services()) as (app, pilot):
        await pilot.press("a", *"Quick Zed")
        await settle(app, pilot)
        assert isinstance(app.screen, AddDialog)
        assert app.screen.values()["name"] == "Quick Zed"


async def test_an_error_is_shown_and_nothing_typed_is_lost() -> None:
    """The service's words stand under the form; the next save works."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await typing(app, pilot, "a", *"Zed")
        services.fail_with = UsageError("phone “12” is too short", "write it with its country: +49 …")
        await typing(app, pilot, "ctrl+s")
        assert "phone “12” is too short" in shown(app)
        assert app.screen.values()["name"] == "Zed"  # type: ignore[attr-defined]
        services.fail_with = None
        await typing(app, pilot, "ctrl+s")
        assert "Added Zed" in toasts(app)[-1]


async def test_a_name_is_needed() -> None:
    """Without one nothing is sent, and the field is shown."""
    services = fake_services()
    async with running(services) as (app, pilot):
        await typing(app, pilot, "a", "tab", *"Zoo", "ctrl+s")
        assert "needs a name" in shown(app)
        assert app.focused is app.screen.query_one("#name")
        assert "add" not in services.calls


async def test_esc_asks_before_typed_text_is_thrown_away() -> None:
    """An untouched form closes at once, a typed one at the second esc."""
    async with running(fake_services()) as (app, pilot):
        await typing(app, pilot, "a", "escape")
        assert not isinstance(app.screen, AddDialog)
        await typing(app, pilot, "a", "Z", "escape")
        assert "Not saved" in shown(app)
        await typing(app, pilot, "e", "escape", "escape")
        assert not isinstance(app.screen, AddDialog)


async def test_printable_keys_never_fire_while_typing() -> None:
    """q, u, 1, / and : are letters in a field."""
    async with running(fake_services()) as (app, pilot):
        await typing(app, pilot, "a", *"qu1/:?")
        assert app.screen.values()["name"] == "qu1/:?"  # type: ignore[attr-defined]


async def test_what_is_pasted_is_cleaned() -> None:
    """Escapes in a paste never stand in a field."""
    from textual.events import Paste

    async with running(fake_services()) as (app, pilot):
        await typing(app, pilot, "a")
        app.screen.query_one("#name").post_message(Paste("Ev\x1b]52;c;aGk=\x07il\x00\u202e"))
        await settle(app, pilot)
        assert "\x1b" not in app.screen.values()["name"]  # type: ignore[attr-defined]
        assert app.screen.values()["name"].startswith("Ev")  # type: ignore[attr-defined]


async def test_edit_is_filled_in_and_saves_only_what_differs() -> None:
    """An untouched form saves nothing; one changed field sends one field."""
    services = fake_services()
    seen = drafts_of(services)
    async with running(services) as (app, pilot):
        app.edit_prospect("p001")
        await settle(app, pilot)
        assert isinstance(app.screen, EditDialog)
        assert "Edit · Ann Lee" in shown(app)
        assert not any("relation" in line and "‹" in line for line in lines(app))
        await typing(app, pilot, "ctrl+s")
        assert seen == []
        app.edit_prospect("p001")
        await settle(app, pilot)
        await typing(app, pilot, "end", *"-Young", "ctrl+s")
        assert seen == [ProspectDraft(name="Ann Lee-Young")]
        assert "Changed name" in toasts(app)[-1]


async def test_keys_typed_in_one_go_land_in_their_fields() -> None:
    """What is typed right behind enter, before the screen could follow, stands in the next field."""
    services = fake_services()
    seen = drafts_of(services)
    async with running(services) as (app, pilot):
        await typing(app, pilot, "a")
        for key in (*"Zed", "enter", *"Zoo"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settle(app, pilot)
        await typing(app, pilot, "ctrl+s")
        assert seen == [ProspectDraft(name="Zed", company="Zoo")]
