"""What the conditions of a filter mean over the tables; each is true or false, never NULL, so that `-` is exact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, assert_never

from sqlalchemy import and_, exists, not_, or_, true

from followup_tui.domain.channels import DETAIL_KINDS
from followup_tui.domain.model import Relation
from followup_tui.errors import PhraseError
from followup_tui.language.filter_fields import FIELDS, NONE, TEXT
from followup_tui.language.filters import And, Everything, Node, Not, Or, Term, Words
from followup_tui.storage.filter_days import COMPARE, Moment, asks, day_found, due, momentum_found, overdue, paused
from followup_tui.storage.filter_words import (
    Condition,
    has_detail,
    prospect,
    standing,
    tag_found,
    text_found,
    words_found,
)
from followup_tui.storage.tables import Base

journal = Base.metadata.tables["journal"]


def condition(node: Node, moment: Moment) -> Condition:
    """Return what a node demands of prospect and standing; PhraseError for a day the calendar has not."""
    match node:
        case Everything():
            return true()
        case Words():
            return words_found(node.text)
        case Term():
            return _term(node, moment)
        case Not():
            return not_(condition(node.part, moment))
        case And():
            return and_(*(condition(part, moment) for part in node.parts))
        case Or():
            return or_(*(condition(part, moment) for part in node.parts))
        case _:
            assert_never(node)


def _term(term: Term, moment: Moment) -> Condition:
    """Dispatch on the field."""
    if FIELDS[term.field].kind == TEXT:
        return text_found(term)
    match term.field:
        case "tag":
            return tag_found(term)
        case "list":
            raise PhraseError("lists are not known here", "write out what it holds", term.column)
        case "relation":
            return standing.relation == term.value
        case "is":
            return _state(term.value, moment)
        case "has":
            return _has(term.value)
        case "kind":
            return _kind(term.value, moment)
        case "channel":
            seen = and_(not_(paused(moment)), standing.next_channel.is_not(None))
            return not_(seen) if term.value == NONE else and_(seen, standing.next_channel == term.value)
        case "last":
            known = standing.last_channel.is_not(None)
            return not_(known) if term.value == NONE else and_(known, standing.last_channel == term.value)
        case "outcome":
            known = standing.last_outcome.is_not(None)
            return standing.touches == 0 if term.value == NONE else and_(known, standing.last_outcome == term.value)
        case "star":
            return _flag(standing.starred) if term.value == "yes" else not_(standing.starred)
        case "momentum":
            return momentum_found(term, moment)
        case "attempts" | "touches":
            return _truth(COMPARE[term.operator](standing[term.field], int(term.value)))
        case _:
            return day_found(term, moment)


def _truth(value: Any) -> Condition:
    """Return a comparison as what it is; operators are untyped."""
    condition: Condition = value
    return condition


def _flag(column: Any) -> Condition:
    """Return a yes-or-no column as a condition whose opposite an index answers too: `= 1`, and `= 0` for not."""
    said: Condition = column
    return said


def _in_play() -> Condition:
    """Most are, so no index of relations is asked: `!=` keeps SQLite from it."""
    return and_(*(standing.relation != relation.value for relation in Relation if not relation.in_play))


def _state(value: str, moment: Moment) -> Condition:
    """Return what `is:` says."""
    hidden = paused(moment)
    states: dict[str, Callable[[], Condition]] = {
        "overdue": lambda: overdue(moment),
        "due": lambda: due("<=", moment.today, moment),
        "today": lambda: due("=", moment.today, moment),
        "paused": lambda: hidden,
        "decision": lambda: and_(asks(moment), not_(hidden)),
        "promise": lambda: and_(standing.fixed_date.is_not(None), standing.fixed_date >= date.min, not_(hidden)),
        "blocked": lambda: and_(standing.blocked.is_(True), not_(hidden)),
        "resting": lambda: and_(_in_play(), standing.next_kind.is_(None), not_(hidden)),
        "in play": _in_play,
        "starred": lambda: _flag(standing.starred),
        "new": lambda: and_(standing.last_channel.is_(None), or_(standing.touches == 0, not_(_outbound_touch()))),
        "naked": lambda: _flag(standing.naked),
    }
    return states[value]() if value in states else standing.relation == value


def _has(value: str) -> Condition:
    """Return what `has:` says; a detail counts while it is good."""
    if value == "detail":
        return _flag(standing.reachable)
    if value in DETAIL_KINDS:
        return has_detail((value,))
    if value == "tag":
        return not_(tag_found(Term("tag", "=", NONE, 1)))
    if value == "cadence":
        return standing.cadence_id.is_not(None)
    if value == "touch":
        return standing.touches > 0
    if value == "response":
        return _flag(standing.answered)
    if value in ("why", "benefit"):
        return _flag(standing[f"has_{value}"])
    return prospect[value] != ""


def _kind(value: str, moment: Moment) -> Condition:
    """Return whether the next touch is of this kind, as it is shown: an over meeting is a decision."""
    if value == NONE:
        return or_(standing.next_kind.is_(None), paused(moment))
    if value == "decision":
        return _state("decision", moment)
    same = and_(standing.next_kind.is_not(None), standing.next_kind == value, not_(paused(moment)))
    return and_(same, not_(asks(moment))) if value == "meeting" else same


def _touch(*wanted: Condition) -> Condition:
    """Return whether a touch like this is in the journal."""
    return exists().where(journal.c.prospect_id == standing.prospect_id, journal.c.kind == "touch", *wanted)


def _outbound_touch() -> Condition:
    return _touch(journal.c.inbound.is_(False))
