"""Colour themes read from TOML: ours from the wheel or a checkout, the user's own from the config folder."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.color import Color, ColorParseError
from textual.theme import Theme

from followup_tui.domain.cleaning import clean

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

DEFAULT = "harbour"

COLOURS = (
    "primary",
    "secondary",
    "accent",
    "warning",
    "error",
    "success",
    "foreground",
    "background",
    "surface",
    "panel",
)
"""Textual's own colours; a theme file gives every one under [colours]."""

ROLES: dict[str, str] = {
    "next": "#fff6e3",
    "due": "#9fd8e6",
    "overdue": "#ffb870",
    "done": "#93b8ac",
    "fixed": "#c3cbff",
    "value": "#8fe0c2",
    "muted": "#9db2c2",
    "inbound": "#86cdf5",
    "momentum-high": "#7fd9b8",
    "momentum-mid": "#c9cf9a",
    "momentum-low": "#ffb870",
    "block-1": "#86cbe6",
    "block-2": "#94d8c3",
    "block-3": "#bcc3f5",
    "block-4": "#b3d1a6",
    "block-5": "#d0b8ea",
    "block-6": "#adc4d6",
}
"""The product's own roles, as harbour has them; a theme file gives every one under [variables]."""

VARIABLE_DEFAULTS: dict[str, str] = {
    **ROLES,
    "ansi-background": "ansi_default",
    "ansi-foreground": "ansi_default",
    "surface-active": "ansi_default",
    "foreground-disabled": "ansi_default",
}
"""For App.get_theme_variable_defaults: a foreign theme has none of our roles, and Textual 8.2 gives an ANSI theme no
value for the last four, though its own style sheets use them."""

_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
_STYLE_WORDS = {"none", "not", "bold", "b", "italic", "i", "underline", "u", "reverse", "dim", "strike"}
_STRENGTH = re.compile(r"(?P<colour>.+?) +\d{1,3}%")


class ThemeFault(ValueError):
    """What is wrong with one theme file, in a few words."""


def theme_folders(config_folder: Path | None = None) -> list[Traversable]:
    """Return where themes live: ours in the wheel, or beside the package in a checkout; then the user's."""
    above = Path(__file__).resolve().parents
    ours = next((place / "themes" for place in above[1:3] if (place / "themes").is_dir()), None) or _archived()
    return [ours] if config_folder is None else [ours, config_folder / "themes"]


def _archived() -> Traversable:
    """Return where themes are in a package that is no folder; asked last, for it loads the reading of archives."""
    from importlib.resources import files

    return files("followup_tui").joinpath("themes")


def load_themes(folders: Iterable[Traversable]) -> tuple[list[Theme], list[str]]:
    """Return every theme that can be used, and one line for each file that can't.

    A theme in a later folder replaces one of the same name; a folder that isn't there is no problem.
    """
    found: dict[str, Theme] = {}
    problems: list[str] = []
    for folder in folders:
        try:
            paths = sorted(
                (path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name
            )
        except FileNotFoundError:
            continue
        except OSError as error:
            problems.append(clean(f"Themes in {folder.name} can't be read: {error.strerror}"))
            continue
        for path in paths:
            try:
                theme = read_theme(path.read_text(encoding="utf-8"))
            except (OSError, ValueError, RecursionError) as error:
                problems.append(clean(f"Theme {path.name} is skipped: {_reason(error)}"))
            else:
                found[theme.name] = theme
    return list(found.values()), problems


def read_theme(text: str) -> Theme:
    """Return the theme a TOML text describes; raises ThemeFault or TOMLDecodeError, both ValueErrors."""
    table = tomllib.loads(text)
    unknown = set(table) - {"name", "dark", "ansi", "colours", "variables"}
    if unknown:
        raise ThemeFault(f"unknown key “{min(unknown)}”")
    name = table.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ThemeFault("“name” must be small letters, digits and hyphens")
    for switch in ("dark", "ansi"):
        if not isinstance(table.get(switch, True), bool):
            raise ThemeFault(f"“{switch}” must be true or false")
    colours, variables = _section(table, "colours"), _section(table, "variables")
    missing = [key for key in COLOURS if key not in colours] + [key for key in ROLES if key not in variables]
    if missing:
        raise ThemeFault(f"“{missing[0]}” is missing")
    for key, value in colours.items():
        if key not in (*COLOURS, "boost"):
            raise ThemeFault(f"unknown colour “{key}” under [colours]")
        _require_colour(key, value)
    given: dict[str, Any] = {**colours, "dark": table.get("dark", True), "ansi": table.get("ansi", False)}
    theme = Theme(name=name, **given)
    _check_variables(variables, theme)
    theme.variables = dict(variables)
    return theme


def _section(table: Mapping[str, Any], name: str) -> dict[str, str]:
    """Return a section of the file, in which every value is text."""
    section = table.get(name)
    if not isinstance(section, dict):
        raise ThemeFault(f"section [{name}] is missing")
    for key, value in section.items():
        if not isinstance(value, str):
            raise ThemeFault(f"“{key}” must be text in quotes")
    return section


def _check_variables(variables: Mapping[str, str], theme: Theme) -> None:
    """Refuse a variable nobody reads, or whose value would keep the app's style sheets from parsing."""
    known = {**VARIABLE_DEFAULTS, **theme.to_color_system().generate()}
    for key, value in variables.items():
        if key in ROLES or (key.startswith("channel-") and _NAME.fullmatch(key)):
            _require_colour(key, value)
        elif key not in known:
            raise ThemeFault(f"unknown variable “{key}”")
        elif "-style" in key:
            if not value.split() or set(value.split()) - _STYLE_WORDS:
                raise ThemeFault(f"“{value}” is not a text style, at “{key}”")
        else:
            strength = _STRENGTH.fullmatch(value)
            _require_colour(key, strength["colour"] if strength else value, also=("auto", "transparent"))


def _require_colour(key: str, value: str, also: tuple[str, ...] = ()) -> None:
    """Refuse a value that is not a colour."""
    if value in also:
        return
    try:
        Color.parse(value)
    except ColorParseError:
        raise ThemeFault(f"“{value}” is not a colour, at “{key}”") from None


def _reason(error: Exception) -> str:
    """Return the fault in a few words."""
    match error:
        case tomllib.TOMLDecodeError():
            return f"not valid TOML: {error}"
        case UnicodeDecodeError():
            return "not UTF-8 text"
        case OSError():
            return error.strerror or "can't be read"
        case ThemeFault():
            return str(error)
        case _:
            return "not a theme"
