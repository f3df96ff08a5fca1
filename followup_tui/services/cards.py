"""Cards kept up with what they follow from: a birthday that was edited, a configuration that changed, a day gone by."""

from __future__ import annotations

import json
from collections.abc import Sequence

from followup_tui.domain.events import BirthdaySet, CardsPlanned
from followup_tui.domain.lifecycle import advance
from followup_tui.domain.model import State
from followup_tui.domain.occasions import CardRules
from followup_tui.services.context import Context
from followup_tui.services.recording import record
from followup_tui.storage import queue, settings, standing
from followup_tui.storage.codec import loads, plain
from followup_tui.storage.unit_of_work import UnitOfWork


def tell_birthday(context: Context, work: UnitOfWork, prospect_id: str) -> None:
    """Tell the rules about somebody's birthday when it is another than they know."""
    row = work.one("prospect", prospect_id)
    birthday = str(row["birthday"]) if row is not None else ""
    if birthday != standing.read(work, prospect_id).birthday:
        record(context, work, prospect_id, BirthdaySet(birthday))


def catch_up(context: Context, work: UnitOfWork) -> None:
    """Plan the cards anew once a day, and for everybody when the configuration says something else about them.

    Called with the first thing written, whatever it is, and part of its undo step: a read never writes, and shows no
    card that has lapsed.
    """
    rules = context.rules(work.connection)
    note = kept_up(context, work)
    wanted = note.partition(" ")[2]
    before = settings.read(work.connection, settings.CARDS)
    if before == note:
        return
    settings.write(work, settings.CARDS, note)
    known = before.partition(" ")[2]
    if not known:
        _first_told(context, work)
    if known != wanted:
        relations = _relations(rules.cards, loads(CardRules, known or "{}"))
        _again(context, work, queue.standing_in(work.connection, relations))
    else:
        _again(context, work, queue.cards_before(work.connection, rules.day(work.now)))


def kept_up(context: Context, work: UnitOfWork) -> str:
    """Return what the setting says once the cards are planned as of today: the day, and the configuration's rules."""
    rules = context.rules(work.connection)
    return f"{rules.day(work.now).isoformat()} {json.dumps(plain(rules.cards), sort_keys=True)}"


def _first_told(context: Context, work: UnitOfWork) -> None:
    """Tell the rules the birthdays that were written down before there were cards."""
    for prospect_id, birthday, text in queue.birthdays(work.connection):
        if birthday != loads(State, text).birthday:
            record(context, work, prospect_id, BirthdaySet(birthday))


def _relations(now: CardRules, was: CardRules) -> list[str]:
    return sorted(now.birthday | now.holiday_for | was.birthday | was.holiday_for)


def _again(context: Context, work: UnitOfWork, rows: Sequence[tuple[str, str]]) -> None:
    """Plan the cards of these people anew where that changes something."""
    rules = context.rules(work.connection)
    for prospect_id, text in rows:
        state = loads(State, text)
        if advance(state, CardsPlanned(), work.now, rules).state != state:
            record(context, work, prospect_id, CardsPlanned())
