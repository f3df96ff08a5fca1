"""Themes: all five load, can be read by people, and a broken file never stops the app."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.color import Color
from textual.theme import Theme
from textual.widgets import DataTable, Footer, Input, Label

from followup_tui.tui.themes import COLOURS, ROLES, VARIABLE_DEFAULTS, load_themes, read_theme, theme_folders
from followup_tui.tui.widgets.header import Header
from followup_tui.tui.widgets.paint import PAINT, Painter
from tests.tui.driving import press, running
from tests.tui.fake_services import fake_services

SHIPPED, PROBLEMS = load_themes(theme_folders())
THEMES = {theme.name: theme for theme in SHIPPED}
MEASURED = [name for name in THEMES if name != "terminal"]
TEXT_ROLES = [
    *ROLES,
    "text-muted",
    "foreground",
    "accent",
    "warning",
    "error",
    "success",
    "footer-key-foreground",
]
HARBOUR = theme_folders()[0].joinpath("harbour.toml").read_text(encoding="utf-8")


def luminance(colour: Color) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [part / 255 for part in (colour.r, colour.g, colour.b)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2 between two colours, 1 to 21."""
    light, dark = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colours_of(name: str) -> dict[str, str]:
    """Return every colour of a theme as the style sheets will see it."""
    return THEMES[name].to_color_system().generate() | THEMES[name].variables


def test_all_five_load() -> None:
    """The five themes promised to users are there and without fault."""
    assert set(THEMES) >= {"harbour", "paper", "high-contrast", "mono", "terminal"}
    assert PROBLEMS == []


@pytest.mark.parametrize("name", THEMES)
def test_each_theme_gives_every_role(name: str) -> None:
    """No role of the product falls back to another theme's colour."""
    assert set(ROLES) <= set(THEMES[name].variables)


@pytest.mark.parametrize("ground", ["background", "surface", "panel"])
@pytest.mark.parametrize("name", MEASURED)
def test_text_can_be_read(name: str, ground: str) -> None:
    """Every role that is text reaches WCAG AA (4.5, and 7 in high contrast) on every ground.

    `terminal` can't be measured: its colours are the terminal's own.
    """
    colours, floor = colours_of(name), 7.0 if name == "high-contrast" else 4.5
    weak = {role: contrast(colours[role], colours[ground]) for role in TEXT_ROLES}
    assert {role: ratio for role, ratio in weak.items() if ratio < floor} == {}


PAIRS = ["block-cursor", "block-cursor-blurred", "input-selection"]


@pytest.mark.parametrize("name", MEASURED)
def test_text_under_the_cursor_can_be_read(name: str) -> None:
    """The row under the cursor and a selection keep their text readable; `terminal` can't be measured."""
    colours = colours_of(name)
    for pair in PAIRS:
        assert contrast(colours[f"{pair}-foreground"], colours[f"{pair}-background"]) >= 4.5, pair


@pytest.mark.parametrize("name", MEASURED)
def test_what_is_next_stands_out_most(name: str) -> None:
    """What is next has the strongest contrast of all roles; in `terminal` weight alone can say it."""
    colours = colours_of(name)
    strength = {role: contrast(colours[role], colours["background"]) for role in (*ROLES, "foreground")}
    assert max(strength, key=lambda role: strength[role]) == "next"


def test_the_terminals_own_colours_stay() -> None:
    """`terminal` names only ANSI colours, and never white or black as text, for the ground may be either."""
    theme = THEMES["terminal"]
    values = [getattr(theme, key) for key in COLOURS] + list(theme.variables.values())
    assert [value for value in values if not value.startswith("ansi_") and value != "bold"] == []
    assert not {theme.variables[role] for role in ROLES} & {"ansi_white", "ansi_black", "ansi_bright_white"}


BROKEN = [
    ("[colours", "not valid TOML"),
    (HARBOUR.replace('primary = "#5fb3c4"\n', ""), "“primary” is missing"),
    (HARBOUR.replace('overdue = "#ffb870"\n', ""), "“overdue” is missing"),
    (HARBOUR.replace('next = "#fff6e3"', 'next = "brightish"'), "“brightish” is not a colour, at “next”"),
    (HARBOUR.replace('next = "#fff6e3"', "next = 7"), "“next” must be text"),
    (HARBOUR.replace('primary = "#5fb3c4"', 'primary = "#5fb3"0'), "not valid TOML"),
    (HARBOUR.replace("dark = true", 'dark = "yes"'), "“dark” must be true or false"),
    (HARBOUR.replace('name = "harbour"', 'name = "[b]"'), "“name” must be"),
    (HARBOUR.replace('name = "harbour"', ""), "“name” must be"),
    (HARBOUR.replace("dark = true", "dank = true"), "unknown key “dank”"),
    (HARBOUR + 'nonesuch = "#ffffff"\n', "unknown variable “nonesuch”"),
    (HARBOUR + 'link-style = "wavy"\n', "“wavy” is not a text style"),
    (HARBOUR + 'link-color = "wavy 50%"\n', "“wavy” is not a colour"),
    ('name = "x"', "section [colours] is missing"),
    ("", "“name” must be"),
]


@pytest.mark.parametrize(("text", "why"), BROKEN)
def test_a_broken_file_is_skipped_and_named(tmp_path: Path, text: str, why: str) -> None:
    """A theme with a fault is left out, named in one line with the fault, and the others stay."""
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    themes, problems = load_themes([*theme_folders(), tmp_path])
    assert len(themes) == len(SHIPPED)
    assert len(problems) == 1
    assert problems[0].startswith("Theme mine.toml is skipped: ")
    assert why in problems[0]
    assert problems[0].isprintable()


def test_unreadable_files_are_skipped(tmp_path: Path) -> None:
    """Bytes that are no text, a folder named like a theme and control characters in a name are each one plain line."""
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "b.toml").mkdir()
    (tmp_path / "c\x1b[31m.toml").write_text("x", encoding="utf-8")
    themes, problems = load_themes([tmp_path, tmp_path / "nowhere"])
    assert themes == []
    assert len(problems) == 3
    assert all(problem.isprintable() for problem in problems)


def test_the_users_theme_wins(tmp_path: Path) -> None:
    """A theme of the user's under our name replaces ours; more variables of Textual's and channels are welcome."""
    (tmp_path / "themes").mkdir()
    text = HARBOUR.replace('next = "#fff6e3"', 'next = "#ffffff"')
    extra = 'channel-phone = "red"\nlink-color = "auto 60%"\nlink-style = "bold not underline"\n'
    (tmp_path / "themes" / "own.toml").write_text(text + extra, encoding="utf-8")
    themes, problems = load_themes(theme_folders(tmp_path))
    assert problems == []
    assert next(theme for theme in themes if theme.name == "harbour").variables["next"] == "#ffffff"


def test_the_defaults_are_harbours() -> None:
    """A foreign theme without our roles shows them as harbour does."""
    assert {key: read_theme(HARBOUR).variables[key] for key in ROLES} == ROLES


class Swatches(App[None]):
    """Every role on screen, so that the style sheet has to parse under each theme."""

    CSS = "\n".join(f"#{role} {{ color: ${role}; background: $panel; border: round $border; }}" for role in ROLES)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return VARIABLE_DEFAULTS

    def compose(self) -> ComposeResult:
        for role in ROLES:
            yield Label(role, id=role)
        yield Input()
        yield DataTable[str]()
        yield Footer()


async def test_every_theme_runs() -> None:
    """Each of our themes, one of Textual's without our roles and a bare ANSI one, can be shown while the app runs."""
    app = Swatches()
    for theme in SHIPPED:
        app.register_theme(theme)
    app.register_theme(Theme("bare", primary="ansi_blue", background="ansi_default", ansi=True))
    async with app.run_test() as pilot:
        for name in [*THEMES, "nord", "textual-light", "bare"]:
            app.theme = name
            await pilot.pause()
            shown = app.query_one("#next").styles.color
            role = THEMES[name].variables["next"] if name in THEMES else ROLES["next"]
            assert shown == Color.parse(role), name


def test_a_theme_is_a_plain_theme() -> None:
    """What is loaded can be handed to App.register_theme as it is."""
    assert all(isinstance(theme, Theme) for theme in SHIPPED)


async def test_roles_are_matched_once_and_follow_the_theme() -> None:
    """The app alone holds the roles' styles, so a widget that draws costs no twenty rules; a new theme reaches it."""
    async with running(fake_services()) as (app, pilot):
        header = app.screen.query_one(Header)
        assert not any(painter._get_component_classes() & PAINT for painter in app.screen.query(Painter))
        before = header.role("overdue")
        await press(app, pilot, "ctrl+t")
        assert header.role("overdue") != before
