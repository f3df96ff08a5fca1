"""Words with places to fill: `{first_name}` and its like in templates (domain §8)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from followup_tui.errors import FollowupError, PhraseError
from followup_tui.records import dataclass

PLACEHOLDERS: Mapping[str, str] = {
    "first_name": "how they are addressed",
    "company": "their firm",
    "why": "why they came or agreed to talk",
    "benefit": "what is in it for them",
    "value": "the title of the value item given",
    "link": "the link of the value item given",
    "slot1": "a time that is really free",
    "slot2": "another one, on another day",
    "my_name": "your name",
    "my_phone": "your phone number",
    "my_email": "your e-mail address",
}
_PLACE = re.compile(r"\{([^{}\n]*)\}")
_MINE = r"\{[ ]*my_\w+[ ]*\}"
_SIGNATURE = re.compile(rf"^[ \t]*{_MINE}(?:[ \t]*[·|,/–—-][ \t]*{_MINE})+[ \t]*$", re.M)
_JOINT = re.compile(r"(?<=\})([^{}]*)(?=\{)")


@dataclass(frozen=True, slots=True)
class Place:
    """One place to fill in a text."""

    name: str
    line: int
    column: int
    """Both from 1."""


def places(text: str) -> tuple[Place, ...]:
    """Return every place in a text, known or not, in order."""
    found = []
    for match in _PLACE.finditer(text):
        begin = match.start()
        found.append(Place(match[1].strip(), text.count("\n", 0, begin) + 1, begin - text.rfind("\n", 0, begin)))
    return tuple(found)


def gaps(text: str) -> str:
    """Return the places left in a text that is to be sent, each once, as they are written; empty when none is."""
    return " ".join(dict.fromkeys(f"{{{place.name}}}" for place in places(text)))


def first_gap(text: str) -> tuple[int, int] | None:
    """Return where the first place left in a text begins and ends; None when all are filled."""
    found = _PLACE.search(text)
    return found.span() if found else None


def require_filled(text: str, hint: str) -> None:
    """Raise FollowupError that names every place left: what goes out is whole, or doesn't go."""
    if left := gaps(text):
        raise FollowupError(f"not filled: {left}", hint)


def unknown(text: str) -> tuple[Place, ...]:
    """Return the places nobody fills."""
    return tuple(place for place in places(text) if place.name not in PLACEHOLDERS)


def require_known(text: str, where: str) -> None:
    """Raise PhraseError with its column for the first place that nobody fills; `where` names the text."""
    for place in unknown(text):
        near = get_close_matches(place.name, PLACEHOLDERS, 1)
        hint = f"did you mean {{{near[0]}}}?" if near else "use one of " + " ".join(f"{{{n}}}" for n in PLACEHOLDERS)
        at = f"line {place.line}, column {place.column}" if "\n" in text else f"column {place.column}"
        raise PhraseError(f"{where}, {at}: unknown placeholder {{{place.name}}}", hint, place.column)


def _signed(line: str, values: Mapping[str, str]) -> str:
    """Return the line without the details nobody has entered; as it is when there is none at all."""
    there = [place for place in _PLACE.finditer(line) if values.get(place[1].strip())]
    joint = _JOINT.search(line)
    return (joint[1] if joint else " ").join(place[0] for place in there) or line


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its places filled, each once; one without a value stays as it is, to be seen.

    A line of nothing but the sender's own details, as `{my_phone} · {my_email}`, keeps those there are.
    """
    text = _SIGNATURE.sub(lambda line: _signed(line[0], values), text)
    return _PLACE.sub(lambda found: values.get(found[1].strip()) or found[0], text)
