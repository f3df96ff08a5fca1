"""The cadences' editor on real services: every change tried out, saved as a version, people asked (domain §5)."""

from __future__ import annotations

from pathlib import Path

from followup_tui.bootstrap import Services
from followup_tui.domain.cadence import Repeat
from followup_tui.tui.cadence_terms import read_channels, read_rotation, rotation_text, shares
from tests.factories import add, log
from tests.tui.driving import press, running, shown, toasts

STEADY = [*["j"] * 7]
"""Down to Steady in the list."""


def gaps(services: Services, name: str = "Steady") -> list[str]:
    """Return the days of the newest version's steps."""
    return [step.split()[0] for view in services.cadences.versions(name)[:1] for step in view.steps]


async def test_a_changed_gap_is_tried_out_at_once_and_saved_as_a_version(services: Services) -> None:
    """The dry run beside the steps follows each key; ctrl+s makes version 2 and u takes it back."""
    async with running(services) as (app, pilot):
        await press(app, pilot, "3", *STEADY, "E", "j", *["+"] * 3)
        assert "+5 d" in shown(app)
        assert "Sat 28 Nov      email 2 of 6" in shown(app)
        assert gaps(services)[1] == "3"
        await press(app, pilot, "ctrl+s")
        assert gaps(services)[1] == "6"
        assert "Saved Steady, version 2 · u undo" in toasts(app)[-1]
        await press(app, pilot, "u")
        assert gaps(services)[1] == "3"


async def test_a_step_is_a_form_and_mistakes_keep_what_was_typed(services: Services) -> None:
    """An unknown channel and a gap that is none are named under the form; nothing is lost, nothing saved."""
    async with running(services) as (app, pilot):
        await press(app, pilot, "3", *STEADY, "enter", "j", "enter")
        await press(app, pilot, "backspace", *"[/]", "ctrl+s")
        assert "the gap: “[/]” is no number" in shown(app)
        await press(app, pilot, *["backspace"] * 3, "4", "down", "end", *", pigeon", "ctrl+s")
        assert "unknown channel “pigeon”" in shown(app)
        assert "email, pigeon" in shown(app)
        await press(app, pilot, *["backspace"] * 6, *"text", "down", "right", "down", "right", "ctrl+s", "ctrl+s")
    step = services.cadences.text("Steady")
    assert 'channels = ["email", "text"]' in step
    assert 'companion = "in person"' in step
    assert 'anchor = "from start"' in step


async def test_steps_are_added_moved_and_removed(services: Services) -> None:
    """a, J, K and d work on the step under the cursor; esc asks before it throws changes away."""
    async with running(services) as (app, pilot):
        await press(app, pilot, "3", *STEADY, "E", "a", "backspace", "9", "ctrl+s")
        assert "7 of 7 steps without value" in shown(app)
        await press(app, pilot, "J", "K", "d", "d", "escape")
        assert "esc again throws the changes away" in shown(app)
        await press(app, pilot, "escape")
        assert len(gaps(services)) == 6
        await press(app, pilot, "E", "j", "d", "ctrl+s")
    assert gaps(services) == ["1", "5", "12", "26", "56"]


async def test_what_comes_after_is_a_form_too(services: Services) -> None:
    """The last line holds the rule; a repetition keeps what its steps had."""
    async with running(services) as (app, pilot):
        await press(app, pilot, "3", *STEADY, "E", "G", "enter")
        assert "in turn" in shown(app)
        await press(app, pilot, "down", "backspace", "backspace", *"x", "ctrl+s")
        assert "every: “x” is no number" in shown(app)
        await press(app, pilot, "backspace", *"45", "ctrl+s", "G", "enter", "right", "ctrl+s", "ctrl+s")
    assert 'then = "ask"' in services.cadences.text("Steady")


async def test_those_on_an_older_version_are_asked_about(services: Services) -> None:
    """After a save the table shows step and date before and after; esc keeps, m migrates, one undo."""
    who = add(services, "Ann [/] Lee").id
    log(services, who)
    before = services.prospects.get(who).next_touch.date
    async with running(services) as (app, pilot):
        await press(app, pilot, "3", *STEADY, "E", "j", *["+"] * 3, "ctrl+s")
        assert "Ann [/] Lee" in shown(app)
        assert "Wed 25 Nov → Sat 28 Nov" in shown(app)
        await press(app, pilot, "escape")
        assert services.prospects.get(who).next_touch.date == before
        await press(app, pilot, "m", "m")
        assert "Migrated 1 prospect" in toasts(app)[-1]
        assert services.prospects.get(who).next_touch.date.isoformat() == "2026-11-28"
        await press(app, pilot, "m")
        assert "Everybody on Steady" in toasts(app)[-1]
        await press(app, pilot, "u")
        assert services.prospects.get(who).next_touch.date == before


async def test_copy_export_import_and_retire(services: Services, tmp_path: Path) -> None:
    """A cadence leaves as a file and comes back as one; a refused name stands there to be corrected."""
    file = tmp_path / "mine.toml"
    async with running(services) as (app, pilot):
        await press(app, pilot, "3", "c", *["backspace"] * 30, *"steady", "enter")
        assert "there is a cadence “Steady” already" in toasts(app)[-1]
        assert "steady" in shown(app)
        await press(app, pilot, *" two", "enter")
        assert "Copied Busy executive to steady two" in toasts(app)[-1]
        await press(app, pilot, "x", *["backspace"] * 30, *str(file), "enter")
        assert file.exists()
        file.write_text(file.read_text().replace("Busy executive", "Slow [/b]"))
        await press(app, pilot, "x", *["backspace"] * 30, *str(file), "enter")
        assert "mine.toml is there already: once more replaces it" in toasts(app)[-1]
        assert "Slow" in file.read_text()
        await press(app, pilot, "escape", "i", *str(file), "enter")
        assert "Slow [/b], version 1, is there" in toasts(app)[-1]
        await press(app, pilot, "D", "y")
        assert "Retired Busy executive" in toasts(app)[-1]
    assert "Busy executive" not in [view.name for view in services.cadences.list()]


def test_terms_read_back_what_they_write() -> None:
    """Channels and rotations survive being shown and typed again, whatever their steps hold besides."""
    assert read_channels("in person, p") == ("in person", "phone")
    assert read_channels("in person") == ("in person",)
    assert read_channels("p e") == ("phone", "email")
    rotation = read_rotation("a e+t m *g", ())
    assert rotation_text(rotation) == "a e+t m *g"
    assert read_rotation("e+t a", rotation) == (rotation[1], rotation[0])
    assert shares(("1 p+e", "3 p")) == "phone 67 % · email 33 %"
    assert isinstance(Repeat(rotation), Repeat)
