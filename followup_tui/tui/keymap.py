"""The user's own keys, checked at the start: Textual takes unknown ids and nonsense keys in silence."""

from __future__ import annotations

import difflib
import string
import unicodedata
from collections.abc import Iterator, Mapping

from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from followup_tui.domain.cleaning import clean
from followup_tui.records import dataclass

EVERYWHERE = "everywhere"
"""The scope whose keys work on every screen, and so can't be used twice."""

_MODIFIERS = frozenset({"alt", "ctrl", "hyper", "meta", "shift", "super"})
_NAMED = {key.value for key in Keys if "+" not in key.value and key.value.isalnum()}
_CHARACTERS = {unicodedata.name(character).lower().replace(" ", "_"): character for character in string.punctuation}
_CHARACTERS |= {name.replace("-", "_"): character for name, character in _CHARACTERS.items()}
_CHARACTERS |= {short: _CHARACTERS[long] for long, short in KEY_NAME_REPLACEMENTS.items()}
"""The names Textual gives to characters, such as "question_mark" and "plus"."""

_SPELLINGS = {
    "esc": "escape",
    "return": "enter",
    "spacebar": "space",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "pgdown": "pagedown",
    "control": "ctrl",
    "option": "alt",
}
_SAME = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+left_square_bracket": "escape",
    "ctrl+space": "ctrl+at",
}
"""What a terminal can't tell apart, under the name Textual reports."""
_IN_LISTS = {",": "comma", " ": "space"}
"""Characters that can't stand for themselves in a comma-separated list."""


@dataclass(frozen=True, slots=True)
class KnownBinding:
    """One command that can be rebound."""

    id: str
    """The binding id, such as "today.log"."""
    keys: str
    """The default keys, comma-separated as in a Binding: "l,enter"."""
    scope: str
    """Where it works: "everywhere", or the name of a screen or list."""
    description: str
    """What the footer says."""


def validate_keymap(
    user_keys: Mapping[str, str], known: Mapping[str, KnownBinding]
) -> tuple[dict[str, str], list[str]]:
    """Return the keymap for App.set_keymap and one line for each entry that can't be used; its default stays.

    Refused are unknown ids, keys no terminal sends, and keys that another command has in the same scope, or everywhere.
    Two commands may swap keys. "?" and "question_mark", "+" and "plus", "Ctrl+P" and "ctrl+p" are the same.
    """
    keymap: dict[str, str] = {}
    problems: list[str] = []
    for name, said in user_keys.items():
        if name not in known:
            problems.append(clean(f"Keys: there is no command “{name}”{_meant(name, known)}"))
            continue
        keys, wrong = _read_keys(said)
        if wrong is not None:
            why = f"“{wrong}” is not a key" if wrong else "no key is given"
            problems.append(clean(f"Keys: {why}, for {name}; it keeps {known[name].keys}"))
            continue
        keymap[name] = ",".join(keys)
    while clash := next(_clashes(keymap, known), None):
        name, key, other = clash
        del keymap[name]
        taken = f"is already {other.id} ({other.description})"
        problems.append(clean(f"Keys: “{key}” for {name} {taken}; {name} keeps {known[name].keys}"))
    return keymap, problems


def normal_key(said: str) -> str | None:
    """Return the one name of a key, or None when no terminal sends it.

    Characters stand for themselves ("question_mark" is "?"), except "comma"; modifiers come in Textual's order.
    """
    before, plus, key = ("", "", "+") if said == "+" else said.removesuffix("+").rpartition("+")
    if said.endswith("++"):
        before, plus, key = said[:-2], "+", "+"
    modifiers = (
        {_SPELLINGS.get(one.strip().lower(), one.strip().lower()) for one in before.split("+")} if plus else set()
    )
    key = _CHARACTERS.get(key.lower(), key)
    if len(key) > 1:
        key = _SPELLINGS.get(key.lower(), key.lower())
    if modifiers - _MODIFIERS or not (key in _NAMED or (len(key) == 1 and key.isprintable())):
        return None
    if not modifiers:
        return _IN_LISTS.get(key, key)
    if len(key) == 1 and "shift" in modifiers and not key.isalpha():
        return None
    if modifiers == {"shift"} and len(key) == 1:
        return key.upper()
    whole = "+".join([*sorted(modifiers), key.lower() if key.isalnum() else _long_name(key)])
    return _SAME.get(whole, whole)


def _long_name(character: str) -> str:
    """Return the name Textual uses behind a modifier: "ctrl+at"."""
    name = unicodedata.name(character, "").lower().replace(" ", "_").replace("-", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name) or character


def _read_keys(said: object) -> tuple[list[str], str | None]:
    """Return the keys of an entry without repeats, or the first word that is none; "" when nothing is said."""
    if not isinstance(said, str):
        return [], str(said)
    words = [","] if said.strip() == "," else [word.strip() or word for word in said.split(",")]
    keys: dict[str, None] = {}
    for word in words:
        key = normal_key(word) if word else None
        if key is None:
            return [], word
        keys[key] = None
    return list(keys), None


def _keys_of(binding: KnownBinding, keymap: Mapping[str, str]) -> frozenset[str]:
    """Return the keys a command has under the keymap."""
    return frozenset(keymap[binding.id].split(",")) if binding.id in keymap else _defaults(binding)


def _defaults(binding: KnownBinding) -> frozenset[str]:
    """Return the keys a command has by itself."""
    return frozenset(normal_key(key.strip()) or key.strip() for key in binding.keys.split(","))


def _clashes(keymap: Mapping[str, str], known: Mapping[str, KnownBinding]) -> Iterator[tuple[str, str, KnownBinding]]:
    """Yield entry, key and the command that has the key, newest entry first; what the defaults share is meant so."""
    for name in reversed(list(keymap)):
        mine = known[name]
        for other in known.values():
            if other.id == name or not (mine.scope == other.scope or EVERYWHERE in (mine.scope, other.scope)):
                continue
            shared = _keys_of(mine, keymap) & _keys_of(other, keymap) - (_defaults(mine) & _defaults(other))
            if shared:
                yield name, min(shared), other


def _meant(name: str, known: Mapping[str, KnownBinding]) -> str:
    """Return a guess at the id that was meant, or nothing."""
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean “{near[0]}”?" if near else ""
