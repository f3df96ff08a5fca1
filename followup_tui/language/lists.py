"""`list:"Name"` inside a filter: the filter saved under that name stands in its place."""

from __future__ import annotations

from collections.abc import Mapping

from followup_tui.errors import PhraseError
from followup_tui.language.filter_fields import did_you_mean, shown
from followup_tui.language.filters import And, Node, Not, Or, Term, parse_filter

DEEPEST = 8
"""Lists that name lists that name lists."""
MOST = 200
"""Lists named in all, those inside others counted each time."""


def with_lists(node: Node, filters: Mapping[str, str]) -> Node:
    """Return a filter in which every list is replaced by what it holds; `filters` are by folded names.

    PhraseError, with the column of the list's name, for an unknown list and for one that would hold itself.
    """
    return _replaced(node, filters, (), [])


def names_in(node: Node) -> frozenset[str]:
    """Return the folded names of the lists a filter names itself."""
    match node:
        case Term(field="list"):
            return frozenset({node.value})
        case Not():
            return names_in(node.part)
        case And() | Or():
            return frozenset().union(*map(names_in, node.parts))
        case _:
            return frozenset()


def _replaced(node: Node, filters: Mapping[str, str], inside: tuple[str, ...], seen: list[str]) -> Node:
    match node:
        case Term(field="list"):
            return _held(node, filters, inside, seen)
        case Not():
            return Not(_replaced(node.part, filters, inside, seen))
        case And():
            return And(tuple(_replaced(part, filters, inside, seen) for part in node.parts))
        case Or():
            return Or(tuple(_replaced(part, filters, inside, seen) for part in node.parts))
        case _:
            return node


def _held(term: Term, filters: Mapping[str, str], inside: tuple[str, ...], seen: list[str]) -> Node:
    """Return what a list holds; errors inside it are told at its name, for that is what was typed."""
    name = term.value
    seen.append(name)
    if name in inside:
        raise PhraseError(f"the list {shown(name)} would hold itself", "take it out of one of them", term.column)
    if len(inside) >= DEEPEST or len(seen) > MOST:
        raise PhraseError("too many lists inside lists", f"at most {DEEPEST} deep", term.column)
    if name not in filters:
        hint = did_you_mean(name, filters) or "followup list shows them"
        raise PhraseError(f"there is no list {shown(name)}", hint, term.column)
    try:
        return _replaced(parse_filter(filters[name]), filters, (*inside, name), seen)
    except PhraseError as error:
        said = error.title if inside or "would hold itself" in error.title else f"list {shown(name)}: {error.title}"
        raise PhraseError(said, error.hint, term.column) from None
