"""The app's colours and keys: the chosen theme first, the others when there is time; the user's own keys, checked."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App

from followup_tui.tui import bindings
from followup_tui.tui.themes import VARIABLE_DEFAULTS, load_themes, read_theme

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from textual.await_complete import AwaitComplete
    from textual.theme import Theme
    from textual.widget import AwaitMount

    from followup_tui.config import Config

LATER_STYLES = ("dialogs", "prospect", "prospects", "cadences", "forms", "ahead", "saying", "insights")
"""The style sheets Today does without; listed here because one that comes with its screen makes every rule be read
again."""


class Dress(App[int]):
    """The part of the app that knows themes and the keymap."""

    own_themes: Sequence[str] = ()
    """Ours and the user's, by name; Textual's own are not offered."""
    keymap_shown: Mapping[str, str] = {}
    """The user's keys by command, for footer and help."""
    _chosen = ""
    _complete = False
    _styled = False
    _folders: Sequence[Traversable] = ()

    def dress(self, config: Config, folders: Sequence[Traversable]) -> list[str]:
        """Put on the chosen theme and the user's keys; return one line for each thing that can't be used."""
        self._chosen = config.theme
        return [*self._load_theme(folders), *(self._load_keys(config.keys) if config.keys else ())]

    def theme_files(self) -> list[str] | None:
        """Return where the chosen theme is looked for; None when another one is worn."""
        if self.theme != self._chosen:
            return None
        return [str(folder / f"{self._chosen}.toml") for folder in self._folders]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own variables, so that a theme made for another app still parses."""
        return VARIABLE_DEFAULTS

    def push_screen(self, *arguments: Any, **options: Any) -> Any:
        """Put a screen on top, with its rules of style."""
        self.complete_styles()
        return super().push_screen(*arguments, **options)

    def switch_mode(self, mode: str) -> AwaitMount:
        """Go to a place, with its rules of style."""
        self.complete_styles()
        return super().switch_mode(mode)

    def complete_styles(self) -> None:
        """Read all style sheets, once: those Today does without take twice as long as its own."""
        if not self._styled:
            self._styled = True
            self.stylesheet.read_all([Path(__file__).parent / "screens" / f"{name}.tcss" for name in LATER_STYLES])
            self.stylesheet.parse()

    def pop_screen(self) -> AwaitComplete:
        """Close the screen on top, and let go of its picture.

        Textual remembers the colours of a thousand widgets, with all they had painted: 400 KB for each dialog closed.
        """
        closed = self.screen
        closing = super().pop_screen()
        if not self.is_screen_installed(closed):
            for widget in closed.walk_children(with_self=True):
                widget.refresh()
        return closing

    def action_next_theme(self) -> None:
        """Show the next theme."""
        names = self.own_themes
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]

    def _load_theme(self, folders: Sequence[Traversable]) -> list[str]:
        """Take the chosen theme alone, the rest when there is time; all of them when it has no file of its name."""
        self._folders = folders
        self.own_themes = [self._chosen]
        for folder in reversed(folders):
            file = folder / f"{self._chosen}.toml"
            if file.is_file():
                with contextlib.suppress(OSError, ValueError):  # load_themes names what is wrong with it
                    theme = read_theme(file.read_text(encoding="utf-8"))
                    self.register_theme(theme)
                    self._wear(theme)
                    return []
        return self.load_all_themes()

    def _wear(self, theme: Theme) -> None:
        """Begin in a theme: what setting `theme` does, before there is anything that would have to be styled again."""
        self.set_reactive(App.theme, theme.name)
        for name, worn in ((f"-theme-{theme.name}", True), ("-dark-mode", theme.dark), ("-light-mode", not theme.dark)):
            self.set_class(worn, name, update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def load_all_themes(self) -> list[str]:
        """Register every theme, once, and return one line for each that can't be used."""
        if self._complete:
            return []
        self._complete = True
        themes, problems = load_themes(self._folders)
        for theme in themes:
            if theme.name not in self.available_themes:
                self.register_theme(theme)
        self.own_themes = [theme.name for theme in themes]
        if self.theme != self._chosen and self._chosen in self.available_themes:
            self.theme = self._chosen
        elif self._chosen not in self.available_themes:
            problems = [*problems, f"There is no theme “{self._chosen}”; ctrl+t shows the ones there are"]
            self.theme = self.own_themes[0] if self.own_themes else self.theme
        return problems

    def _load_keys(self, keys: Mapping[str, str]) -> list[str]:
        from followup_tui.tui.keymap import KnownBinding, validate_keymap

        known = {
            id: KnownBinding(id, binding.key, scope, binding.description)
            for heading, commands in bindings.places().items()
            for binding in commands
            if (id := binding.id)
            for scope in ["everywhere" if heading in ("Everywhere", "Lists") else heading]
        }
        self.keymap_shown, problems = validate_keymap(keys, known)
        self.set_keymap(self.keymap_shown)
        return problems
