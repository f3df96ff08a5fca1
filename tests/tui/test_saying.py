"""Compose, value library, templates, dialling, by keys alone on real services (domain §8, interface §3)."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import pytest

from followup_tui.bootstrap import Services
from followup_tui.config import Commands, Me
from followup_tui.services.views import TemplateDraft, ValueDraft
from followup_tui.tui.reaching import reaches_clipboard
from followup_tui.tui.screens.compose import ComposeDialog
from followup_tui.tui.widgets.writing import Writing
from tests.factories import CONFIG, add, log, open_at
from tests.tui.driving import lines, press, running, settle, shown, toasts
from tests.tui.test_today import names

FACTS = {"company": "Acme", "why": "asked for a quote", "benefit": "a dry roof"}
RECORDER = "import json,sys,pathlib;pathlib.Path(sys.argv[1]).write_text(json.dumps(sys.argv[2:]))"


@pytest.fixture
def got(tmp_path):
    """The file in which the mail program and the dialler write what they were given."""
    return tmp_path / "got.json"


@pytest.fixture
def services(services: Services, path, clock, tmp_path, got, monkeypatch) -> Services:
    """Services with programs that write down what they get."""
    script = tmp_path / "program.py"
    script.write_text(RECORDER)
    line = f"{sys.executable} {script} {got}"
    commands = Commands(dial=f"{line} tel:{{phone}}", compose=f"{line} {{mailto}}", open=f"{line} {{link}}")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("TERM", "xterm-256color")
    made = open_at(path, clock, replace(CONFIG, commands=commands, me=Me("Sam", "+49 30 123456", "sam@example.com")))
    made.__dict__["backups"] = services.backups
    return made


async def test_one_key_sends_and_logs_as_one_step(services: Services, got) -> None:
    """`e`, then enter: the mail program has the words, the touch names its template, one undo takes it back (§8)."""
    who = add(services, "Dr. Ann Lee", **FACTS).id
    async with running(services) as (app, pilot):
        await press(app, pilot, "e")
        assert "Hello Ann," in shown(app)
        assert "everything is filled" in shown(app)
        await press(app, pilot, "enter")
        assert not isinstance(app.screen, ComposeDialog)
        link = json.loads(got.read_text())[0]
        assert link.startswith("mailto:ann@acme.example?subject=Ann%2C%20a%20quarter")
        assert "Sent · Dr. Ann Lee" in toasts(app)[-1]
        touch = services.prospects.timeline(who).timeline[-1]
        assert (touch.channel, touch.outcome, touch.template) == ("email", "sent", "A time this week")
        await press(app, pilot, "u")
    assert services.prospects.get(who).touches == 0


async def test_nothing_goes_out_with_a_place_left(services: Services, got, tmp_path) -> None:
    """Whichever way it is sent, a place left unfilled refuses it in one line; `e` stands on each in turn (§8)."""
    who = add(services, "Ann Lee", benefit="a dry roof").id
    services.templates.add(TemplateDraft("Gaps", subject="For {company}", body="Hello,\nit is {why}, {benefit}?"))
    async with running(services) as (app, pilot):
        await press(app, pilot, "e")
        await press(app, pilot, str(app.screen._message.templates.index("Gaps") + 1))
        for key in ("enter", "c", "m", "w"):
            await press(app, pilot, key)
            assert "Not filled: {company} {why} · nothing was sent or logged · e fills" in shown(app)
        assert services.prospects.get(who).touches == 0
        assert not got.exists()
        await press(app, pilot, "e", *"Acme", "enter", "e", *"new", "escape")
        assert app.screen.query_one(Writing).text == "Hello,\nit is new, a dry roof?"
        await press(app, pilot, "enter")
    assert "For%20Acme" in json.loads(got.read_text())[0]


async def test_the_companion_is_written_under_its_row(services: Services, got) -> None:
    """After the call, `e` on the row beneath writes the e-mail beside it, logged as its companion (§4)."""
    who = add(services, "Ann Lee", **FACTS).id
    async with running(services) as (app, pilot):
        await press(app, pilot, "l", "2", "j", "e")
        assert "beside the call" in shown(app)
        await press(app, pilot, "enter")
        assert names(app) == ["Ann Lee", "Ann Lee"]
    assert services.prospects.timeline(who).timeline[-1].companion_of is not None


async def test_typed_words_are_words(services: Services, got) -> None:
    """In the words no key is a command; esc leaves them, esc again the dialog, and they are kept (§3, R25)."""
    add(services, "Ann Lee", **FACTS)
    async with running(services) as (app, pilot):
        await press(app, pilot, "e", "e", *"quL1c?", "enter", "x")
        assert isinstance(app.screen, ComposeDialog)
        assert app.screen.query_one(Writing).text.startswith("quL1c?\nx")
        await press(app, pilot, "escape")
        assert app.focused is None
        await press(app, pilot, "escape")
        assert "kept" in toasts(app)[-1]
        assert list(app.drafts) == [f"compose {services.prospects.resolve('Ann')}"]
        await press(app, pilot, "e")
        assert app.screen.query_one(Writing).text.startswith("quL1c?\nx")
        await press(app, pilot, "e", "ctrl+s")
        assert not app.drafts
    assert "quL1c" in json.loads(got.read_text())[0]


async def test_a_template_never_eats_what_was_typed(services: Services) -> None:
    """Another template takes the place of changed words only at the second press."""
    add(services, "Ann Lee", **FACTS)
    async with running(services) as (app, pilot):
        await press(app, pilot, "e", "e", "z", "escape", "3")
        assert "Your words would go" in shown(app)
        assert app.screen.query_one(Writing).text.startswith("z")
        await press(app, pilot, "3")
        assert "most firms put this off" in shown(app)
        assert "24 Nov at 09:00" in shown(app)
        assert not app.drafts


async def test_the_linter_speaks_while_one_types(services: Services) -> None:
    """A deflection is named as soon as it is written, with its source (S2)."""
    add(services, "Ann Lee", **FACTS)
    async with running(services) as (app, pilot):
        await press(app, pilot, "e", "e", *"I know you are busy.")
        assert "“I know you are busy” gives them a way out" in shown(app)
        assert "(S2)" in shown(app)


async def test_a_failing_program_logs_nothing(services: Services, path, clock) -> None:
    """One clear line, the words still there, nothing logged (issue 5)."""
    who = add(services, "Ann Lee", **FACTS).id
    services.config = services._context.config = replace(
        services.config, commands=Commands("no-such {phone}", "no-such {mailto}")
    )
    async with running(services) as (app, pilot):
        await press(app, pilot, "e", "enter")
        assert "no-such could not be started" in shown(app)
        assert isinstance(app.screen, ComposeDialog)
        await press(app, pilot, "escape", "d")
        assert "no-such could not be started" in toasts(app)[-1]
    assert services.prospects.get(who).touches == 0


async def test_letters_and_texts_go_their_own_way(services: Services, tmp_path) -> None:
    """A letter is a private file, a text is copied; both are logged in the same motion (§8)."""
    who = add(services, "Ann Lee", address="1 Main St, Berlin", mobile="+49 171 123456", **FACTS).id
    async with running(services) as (app, pilot):
        await press(app, pilot, "e", "C")
        assert "· text to +49 171 123456" in shown(app)
        await press(app, pilot, "enter")
        assert app.clipboard.startswith("Hello Ann, Sam here.")
        await press(app, pilot, "e", "w")
    files = list((tmp_path / "data").rglob("*.txt"))
    assert [file.name for file in files] == ["2026-11-23-ann-lee.txt"]
    assert files[0].stat().st_mode & 0o777 == 0o600
    assert files[0].read_text().startswith("Ann Lee\nAcme\n1 Main St\nBerlin\n\n23 November 2026")
    assert [touch.channel for touch in services.prospects.timeline(who).timeline] == ["text", "mail"]


async def test_one_key_takes_what_they_never_got(services: Services) -> None:
    """`v` in the log lists what they never got first; keys typed at once are kept; free words are allowed (§8)."""
    who = add(services, "Ann Lee").id
    services.library.add(ValueDraft("Checklist"))
    services.library.add(ValueDraft("Press cutting"))
    log(services, who, "sent", "email", value="Press cutting")
    async with running(services) as (app, pilot):
        await press(app, pilot, "/", *"ann", "enter")
        await pilot.press("l", "v", "1", "4")
        await settle(app, pilot)
        assert services.prospects.timeline(who).timeline[-1].value == "Checklist"
        await press(app, pilot, "l", "v", "v", *"a 1 idea", "enter", "4")
        assert services.prospects.timeline(who).timeline[-1].value == "a 1 idea"


async def test_the_card_proposes(services: Services) -> None:
    """Today's card names an item this person never got (screens.md)."""
    add(services, "Ann Lee")
    services.library.add(ValueDraft("Checklist [/]"))
    async with running(services) as (app, _):
        assert any("◇ Checklist [/] (not given yet)" in line for line in lines(app))


async def test_the_library_is_kept_by_keys(services: Services, got) -> None:
    """Ideas while it is empty; add, edit, open its link, remove, undo: each by a key (§8)."""
    add(services, "Ann Lee")
    async with running(services) as (app, pilot):
        await press(app, pilot, "v")
        assert "an article their customers would read" in shown(app)
        await press(app, pilot, "a", *"Check", "enter", "right", "enter", *"https://example.com/a", "ctrl+s")
        assert services.library.items()[0].kind == "press"
        await press(app, pilot, "o")
        assert json.loads(got.read_text()) == ["https://example.com/a"]
        await press(app, pilot, "E", *"list", "ctrl+s")
        assert [item.title for item in services.library.items()] == ["Checklist"]
        await press(app, pilot, "D")
        assert services.library.items() == ()
        await press(app, pilot, "u", "escape")
        assert names(app) == ["Ann Lee"]
    assert len(services.library.items()) == 1


async def test_templates_are_written_by_keys(services: Services) -> None:
    """The form names an unknown placeholder with its column and refuses it; enter is a new line (issue 5)."""
    async with running(services) as (app, pilot):
        await press(app, pilot, "T")
        assert "Two times and a PS" in shown(app)
        await press(app, pilot, "a", *"Mine", "enter", "enter", "enter", "enter", *"{what}", "ctrl+s")
        assert "column 1: unknown placeholder {what}" in shown(app)
        assert len(services.templates.list()) == 3
        await press(app, pilot, *["backspace"] * 6, *"Hi", "enter", "ctrl+s")
        assert services.templates.get("Mine").body.startswith("Hi\nHello {first_name}")
        await press(app, pilot, "end", "D", "u")
    assert len(services.templates.list()) == 4


async def test_templates_are_shown_for_the_selected_prospect(services: Services) -> None:
    """`T` on a prospect previews each template filled for it, slots and all (issue 5)."""
    add(services, "Dr. Ann Lee", **FACTS)
    async with running(services) as (app, pilot):
        await press(app, pilot, "o", "T", "j", "j")
        assert "For Dr. Ann Lee" in shown(app)
        assert "Hello Ann," in shown(app)
        assert "Tue 24 Nov at 09:00" in shown(app)


async def test_d_calls_at_once_or_asks(services: Services, got) -> None:
    """One good number is called at once, the opener shown; several, or the guard, ask first (§5, S1: just call)."""
    who = add(services, "Dr. Ann Lee", **FACTS).id
    async with running(services) as (app, pilot):
        await press(app, pilot, "d")
        assert json.loads(got.read_text()) == ["tel:+4930901820"]
        assert "Hello Ann, Sam here. You told me: asked for a quote." in toasts(app)[-1]
        log(services, who)
        await press(app, pilot, "o", "d")
        assert "one call already in the last 24 hours" in shown(app)
        await press(app, pilot, "c")
        assert app.clipboard == "+49 30 901820"
        await press(app, pilot, "d", "1")
    assert services.prospects.get(who).touches == 1, "dialling logs nothing by itself"


async def test_copy_shows_it_where_the_clipboard_is_out_of_reach(services: Services, monkeypatch) -> None:
    """A second `c`, or a terminal without OSC 52, shows the text to be selected."""
    add(services, "Ann Lee")
    async with running(services) as (app, pilot):
        await press(app, pilot, "c", "c")
        assert "Select and copy" in shown(app)
        monkeypatch.setenv("TERM", "linux")
        await press(app, pilot, "escape", "c")
        assert "Select and copy" in shown(app)
    assert not reaches_clipboard({"TERM_PROGRAM": "Apple_Terminal"})
    assert reaches_clipboard({"TERM": "xterm-256color"})


async def test_nothing_pasted_into_a_message_steers_the_terminal(services: Services) -> None:
    """Escape sequences pasted or edited into the words are cleaned before they are drawn (T2)."""
    from textual.events import Paste

    add(services, "Ann Lee", why="\x1b]52;c;aGk=\x07[/]", benefit="[@click=app.quit]x[/]")
    async with running(services) as (app, pilot):
        await press(app, pilot, "e", "e")
        app.screen.query_one(Writing).post_message(Paste("\x1b]0;evil\x07\x9bx\u202e"))
        await press(app, pilot, "a")
        assert not set("\x1b\x07\x9b\u202e") & set(app.screen.query_one(Writing).text)
        assert not set("\x1b\x07\x9b\u202e") & set(shown(app))
        assert "[@click=app.quit]x[/]" in shown(app)
