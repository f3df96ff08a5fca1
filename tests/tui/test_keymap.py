"""The user's own keys: what can't work is said in one line, and the default stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.binding import Binding

from followup_tui.tui.keymap import KnownBinding, normal_key, validate_keymap

KNOWN = {
    one.id: one
    for one in [
        KnownBinding("app.quit", "q", "everywhere", "Quit"),
        KnownBinding("app.help", "question_mark", "everywhere", "Help"),
        KnownBinding("app.palette", "colon,ctrl+p", "everywhere", "Palette"),
        KnownBinding("today.log", "l,enter", "today", "Log"),
        KnownBinding("today.skip", "x", "today", "Skip"),
        KnownBinding("today.replan", "r", "today", "Re-plan"),
        KnownBinding("log.later", "plus,equals_sign", "log", "A day later"),
        KnownBinding("log.same", "x", "log", "No change"),
        KnownBinding("list.next", "j,down", "list", "Next"),
    ]
}


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("l", "l"),
        ("L", "L"),
        ("1", "1"),
        ("?", "?"),
        ("question_mark", "?"),
        ("+", "+"),
        ("plus", "+"),
        ("plus_sign", "+"),
        ("-", "-"),
        ("minus", "-"),
        ("/", "/"),
        ("slash", "/"),
        (".", "."),
        ("full_stop", "."),
        ("<", "<"),
        (",", "comma"),
        ("comma", "comma"),
        (" ", "space"),
        ("space", "space"),
        ("ö", "ö"),
        ("ctrl+p", "ctrl+p"),
        ("Ctrl+P", "ctrl+p"),
        ("control+p", "ctrl+p"),
        ("shift+ctrl+left", "ctrl+shift+left"),
        ("shift+a", "A"),
        ("shift+tab", "shift+tab"),
        ("ctrl++", "ctrl+plus"),
        ("ctrl+@", "ctrl+at"),
        ("ctrl+i", "tab"),
        ("ctrl+m", "enter"),
        ("ctrl+[", "escape"),
        ("alt+x", "alt+x"),
        ("esc", "escape"),
        ("Escape", "escape"),
        ("return", "enter"),
        ("PgDn", "pagedown"),
        ("del", "delete"),
        ("F5", "f5"),
        ("up", "up"),
    ],
)
def test_a_key_has_one_name(said: str, key: str) -> None:
    """However a key is written, it is compared and bound under one name."""
    assert normal_key(said) == key


@pytest.mark.parametrize(
    "said", ["", "ll", "f99", "cmd+x", "ctrl+", "+a", "ctrl+nonsense", "shift+1", "\x1b", "ctrl+ctrlp", "a b"]
)
def test_nonsense_is_no_key(said: str) -> None:
    """What no terminal sends is not taken for a key."""
    assert normal_key(said) is None


def test_good_entries_pass() -> None:
    """Entries that work become Textual's keymap without a word."""
    entries = {"today.log": "l, Return", "app.help": "h", "today.skip": "K", "log.later": "ctrl+Up"}
    keymap, problems = validate_keymap(entries, KNOWN)
    assert problems == []
    assert keymap == {"today.log": "l,enter", "app.help": "h", "today.skip": "K", "log.later": "ctrl+up"}


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"today.lgo": "l"}, ["no command “today.lgo”", "did you mean “today.log”?"]),
        ({"nothing.like.it": "l"}, ["no command “nothing.like.it”"]),
        ({"today.log": "banana"}, ["“banana” is not a key", "today.log", "keeps l,enter"]),
        ({"today.log": "l,banana"}, ["“banana” is not a key"]),
        ({"today.log": ""}, ["no key is given"]),
        ({"today.log": "l,,"}, ["no key is given"]),
        ({"today.log": 5}, ["“5” is not a key"]),
        ({"today.log": "x"}, ["“x” for today.log is already today.skip (Skip)", "keeps l,enter"]),
        ({"today.log": "q"}, ["“q” for today.log is already app.quit (Quit)"]),
        ({"app.quit": "j"}, ["“j” for app.quit is already list.next (Next)"]),
        ({"today.log": "?"}, ["“?” for today.log is already app.help"]),
        ({"today.log": "Ctrl+P"}, ["“ctrl+p” for today.log is already app.palette"]),
        ({"app.quit": "ctrl+m"}, ["“enter” for app.quit is already today.log"]),
        ({"today.log": "\x1b[31m"}, ["is not a key"]),
    ],
)
def test_a_bad_entry_is_dropped_and_told(entries: dict[str, str], words: list[str]) -> None:
    """An unknown id, a nonsense key and a clash are each one plain line, and the default stays."""
    keymap, problems = validate_keymap(entries, KNOWN)
    assert keymap == {}
    assert len(problems) == 1
    assert problems[0].isprintable()
    assert all(word in problems[0] for word in words), problems[0]


def test_the_same_key_may_serve_two_scopes() -> None:
    """A key used on another screen is free here."""
    assert validate_keymap({"today.log": "plus"}, KNOWN) == ({"today.log": "+"}, [])


def test_two_commands_may_swap_keys() -> None:
    """A key that its owner gave up is free."""
    keymap, problems = validate_keymap({"today.skip": "r", "today.replan": "x"}, KNOWN)
    assert (keymap, problems) == ({"today.skip": "r", "today.replan": "x"}, [])


def test_two_entries_for_one_key_keep_the_first() -> None:
    """Of two entries that ask for the same key, the first is kept and the second told."""
    keymap, problems = validate_keymap({"today.skip": "z", "today.replan": "z"}, KNOWN)
    assert keymap == {"today.skip": "z"}
    assert len(problems) == 1
    assert "today.replan" in problems[0]


def test_a_dropped_entry_takes_back_its_key() -> None:
    """When an entry falls, the one that counted on its key falls too, so that nothing clashes in the end."""
    keymap, problems = validate_keymap({"today.skip": "r", "today.replan": "l"}, KNOWN)
    assert keymap == {}
    assert len(problems) == 2


def test_what_the_defaults_share_is_meant() -> None:
    """A key that two commands share by default is not held against the user who writes it down again."""
    known = {**KNOWN, "today.open": KnownBinding("today.open", "enter", "today", "Open")}
    assert validate_keymap({"today.log": "enter"}, known) == ({"today.log": "enter"}, [])


KEYS = st.sampled_from(["l", "x", "r", "q", "?", "+", "ctrl+p", "enter", "j", "z", "Z", "banana", "", "l,x"])


@given(st.dictionaries(st.sampled_from([*KNOWN, "no.such"]), KEYS))
def test_the_result_never_clashes(entries: dict[str, str]) -> None:
    """Whatever is configured, every entry is either used or told, and what is used passes a second check."""
    keymap, problems = validate_keymap(entries, KNOWN)
    assert len(keymap) + len(problems) == len(entries)
    assert validate_keymap(keymap, KNOWN) == (keymap, [])


class Pressed(App[None]):
    """One command that counts how often it ran."""

    BINDINGS = [Binding("l", "count", "Log", id="today.log")]
    count = 0

    def action_count(self) -> None:
        self.count += 1


@pytest.mark.parametrize(
    ("said", "pressed"),
    [
        ("?", "question_mark"),
        ("plus", "plus"),
        ("Ctrl+G", "ctrl+g"),
        (",", "comma"),
        ("shift+z", "Z"),
        ("<", "less_than_sign"),
    ],
)
async def test_textual_understands_the_keymap(said: str, pressed: str) -> None:
    """A validated key, pressed in the running app, runs the command, and the old key no longer does."""
    keymap, problems = validate_keymap({"today.log": said}, {"today.log": KNOWN["today.log"]})
    assert problems == []
    app = Pressed()
    async with app.run_test() as pilot:
        app.set_keymap(keymap)
        await pilot.press(pressed, "l")
        assert app.count == 1
