"""Filters as people type them: `relation:cold attempts<3 -tag:vip "free words"` becomes a tree (interface §4).

`and` is implied; `or` binds weaker, `-` and `not` tighter; parentheses group. The words are in filters.lark, the fields
in filter_fields.py; what a tree finds is decided by storage.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.folding import fold
from followup_tui.errors import PhraseError
from followup_tui.language.filter_fields import DAY, FIELDS, LONGEST_VALUE, NUMBER, did_you_mean, read_value, shown
from followup_tui.records import dataclass

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

    Branch = Tree[Token] | Token

MAX_LENGTH = 2_000
MAX_DEPTH = 8
"""Parentheses inside each other."""
MAX_CONDITIONS = 40
_MARKS = re.compile(r'"(?:[^"\\]|\\.)*"|“[^”]*”|[()"“”]', re.DOTALL)
_ESCAPED = re.compile(r'\\(["\\])')
_PLAIN = {"≤": "<=", "≥": ">=", "≠": "!="}
_EXAMPLE = 'try relation:cold due<=today -tag:vip "free words"'


@dataclass(frozen=True, slots=True)
class Everything:
    """No condition: everybody."""


@dataclass(frozen=True, slots=True)
class Words:
    """Folded words looked for in name, company, details, note and tags."""

    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A condition on one field."""

    field: str
    """A key of FIELDS."""
    operator: str
    """`:` contains (text only), `=`, `<`, `<=`, `>`, `>=`."""
    value: str
    """Folded words, a choice, digits, or the phrase of a day; `none` asks for nothing there."""
    column: int
    """The 1-based place of the value in the text."""


@dataclass(frozen=True, slots=True)
class Not:
    """Everybody the part does not find."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """Those whom all parts find."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Those whom any part finds."""

    parts: tuple[Node, ...]


Node = Everything | Words | Term | Not | And | Or


def parse_filter(text: str) -> Node:
    """Return what a filter means; an empty one is Everything. PhraseError, with the 1-based column, for a mistake."""
    if not text.strip():
        return Everything()
    if len(text) > MAX_LENGTH:
        raise PhraseError(f"a filter of {len(text)} characters is too long", f"at most {MAX_LENGTH}", MAX_LENGTH + 1)
    _check_marks(text)
    tree = _parse(text)
    leaves = [*tree.find_data("term"), *tree.find_data("words")]
    if len(leaves) > MAX_CONDITIONS:
        column = sorted(_column(leaf.children[0]) for leaf in leaves)[MAX_CONDITIONS]
        raise PhraseError(f"a filter of {len(leaves)} conditions is too long", f"at most {MAX_CONDITIONS}", column)
    return _node(tree.children[0])


def _check_marks(text: str) -> None:
    """Refuse quotes and parentheses that don't close, don't open, or lie too deep."""
    opened: list[int] = []
    for match in _MARKS.finditer(text):
        mark, column = match.group(), match.start() + 1
        if mark == "(":
            opened.append(column)
            if len(opened) > MAX_DEPTH:
                raise PhraseError("the parentheses are too deep", f"at most {MAX_DEPTH} inside each other", column)
        elif mark == ")":
            if not opened:
                raise PhraseError("“)” closes nothing", "remove it, or put “(” before", column)
            opened.pop()
        elif len(mark) == 1:
            what = "closes nothing" if mark == "”" else "is never closed"
            raise PhraseError(f"the quote {what}", "put one on both sides of the words", column)
    if opened:
        raise PhraseError("“(” is never closed", "put “)” where it ends", opened[-1])


def _parse(text: str) -> Tree[Token]:
    """Return the tree of the grammar, or say what was expected where."""
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    try:
        return _parser().parse(text)
    except UnexpectedToken as unexpected:
        at_end = unexpected.token.type == "$END"
        position = len(text.rstrip()) if at_end else unexpected.token.start_pos or 0
    except UnexpectedCharacters as unexpected:
        position = unexpected.pos_in_stream
    raise _misplaced(text, position)


def _misplaced(text: str, position: int) -> PhraseError:
    """Return the error for what stands at a position where something else was expected."""
    before, after = text[:position].rstrip(), text[position:].split()
    word = re.search(r"[\w-]+\s*(?:[<>]=?|!?=|[≤≥≠:])$", before)
    if word:
        name = re.split(r"[\s<>=!≤≥≠:]", word.group())[0].lower()
        example = FIELDS[name].example if name in FIELDS else "relation:cold"
        return PhraseError(f"{shown(word.group())} has no value", f"write {example}", position + 1)
    if after and after[0].startswith(")"):
        return PhraseError("something is missing before “)”", _EXAMPLE, position + 1)
    if after:
        first = re.split(r'[()"“]', after[0])[0]
        return PhraseError(f"something is missing before {shown(first)}", _EXAMPLE, position + 1)
    last = before.split()[-1] if before else ""
    return PhraseError(f"something is missing after {shown(last)}", _EXAMPLE, position + 1)


def _node(tree: Branch) -> Node:
    """Return the node of a branch; the depth is bounded by MAX_DEPTH."""
    branch: Any = tree
    match str(branch.data):
        case "term":
            return _term(*branch.children)
        case "words":
            return _words(branch.children[0])
        case "denied":
            node = _node(branch.children[-1])
            return _opposite(node) if len(branch.children) % 2 == 0 else node
        case "every":
            return _joined(And, branch.children)
        case _:
            return _joined(Or, branch.children)


def _joined(kind: type[And] | type[Or], children: list[Any]) -> Node:
    """Return one node for several: parts of the same kind are taken in, a single part stands alone."""
    parts: list[Node] = []
    for node in map(_node, children):
        parts.extend(node.parts if isinstance(node, kind) else (node,))
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def _opposite(node: Node) -> Node:
    return node.part if isinstance(node, Not) else Not(node)


def _term(field: Token, operator: Token, value: Token) -> Node:
    """Return a condition; `!=` is the opposite of `=`."""
    name = str(field).lower()
    if name not in FIELDS:
        hint = did_you_mean(name, FIELDS) or "quote it to find the words; the fields are " + ", ".join(FIELDS)
        raise PhraseError(f"unknown field {shown(field)}", hint, _column(field))
    sign = _PLAIN.get(operator, str(operator))
    if sign in ("<", "<=", ">", ">=") and FIELDS[name].kind not in (NUMBER, DAY):
        raise PhraseError(f"“{name}” can't be compared with {sign}", f"write {FIELDS[name].example}", _column(operator))
    if sign == ":" and value.start_pos != operator.end_pos:
        raise PhraseError(f"“{name}:” has no value", f"write {FIELDS[name].example}, without a space", _column(value))
    quoted = value.type == "QUOTED"
    column = _column(value) + quoted
    if sign == "!=":
        return Not(Term(name, *read_value(name, "=", _unquoted(value), column), column))
    return Term(name, *read_value(name, sign, _unquoted(value), column), column)


def _words(token: Token) -> Node:
    """Return what free words look for; a bare `star` is the mark."""
    text = clean_stored(_unquoted(token))
    if token.type == "WORD" and text.lower() in ("star", "★"):
        return Term("is", "=", "starred", _column(token))
    folded = fold(text)
    if not folded:
        raise PhraseError("there are no words to look for", _EXAMPLE, _column(token))
    if len(text) > LONGEST_VALUE or len(folded) > 2 * LONGEST_VALUE:
        raise PhraseError(f"{len(text)} characters are too long", f"{LONGEST_VALUE} will do", _column(token))
    return Words(folded)


def _unquoted(token: Token) -> str:
    return _ESCAPED.sub(r"\1", token[1:-1]) if token.type == "QUOTED" else str(token)


def _column(token: Branch) -> int:
    """Return the 1-based place in the whole text, line breaks counted as characters."""
    place: int | None = getattr(token, "start_pos", None)
    return (place or 0) + 1


@cache
def _parser() -> Lark:
    """Return the parser, built once, at the first filter."""
    from lark import Lark

    grammar = files("followup_tui.language").joinpath("filters.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr")
