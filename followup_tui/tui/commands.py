"""What a command is, and how its keys are written for people."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from textual.binding import Binding, BindingType
from textual.keys import format_key


def command(
    id: str, key: str, action: str, description: str, tooltip: str, *, show: bool = False, priority: bool = False
) -> Binding:
    """Return a binding; `id` is `place.verb` and what `[keys]` of the config names."""
    return Binding(key, action, description, show=show, tooltip=tooltip, id=id, priority=priority)


def as_bindings(*lists: list[Binding]) -> list[BindingType]:
    """Return lists of commands as a BINDINGS value."""
    return [*chain.from_iterable(lists)]


def keys_of(binding: Binding, keymap: Mapping[str, str]) -> str:
    """Return the keys of a command as people read them: `l enter`."""
    keys = keymap.get(binding.id or "", binding.key)
    return " ".join(_shown(key.strip()) for key in keys.split(",") if key.strip())


def first_key(binding: Binding, keymap: Mapping[str, str]) -> str:
    """Return the key of a command that footers show."""
    return keys_of(binding, keymap).split(" ", 1)[0]


def label_of(key: str) -> str:
    """Return one key as footers show it."""
    return _shown(key)


_NAMES = {
    "escape": "esc",
    "enter": "enter",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}


def _shown(key: str) -> str:
    """Return one key as people read it."""
    return _NAMES.get(key) or (key if len(key) == 1 or "+" in key else format_key(key))
