"""The quick log: what each outcome would do, and doing it (domain §4). Preview and act are one function."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from followup_tui.domain.cadence import Rules, steps_total
from followup_tui.domain.cards import card_of, current
from followup_tui.domain.channels import BY_NAME, find_channel
from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.events import Coached, Logged
from followup_tui.domain.lifecycle import Advance, preview
from followup_tui.domain.model import Outcome, Relation, State, Touch
from followup_tui.domain.responses import limit_of
from followup_tui.domain.touches import completes_step
from followup_tui.errors import FollowupError, NothingFound, UsageError
from followup_tui.records import dataclass
from followup_tui.services import present
from followup_tui.services.changes import Changes
from followup_tui.services.coach import hint_for
from followup_tui.services.context import Context, changes_of
from followup_tui.services.correcting import Correcting
from followup_tui.services.deciding import Deciding
from followup_tui.services.guard import warning
from followup_tui.services.library import known_title
from followup_tui.services.load import LoadRule
from followup_tui.services.moving import Moving
from followup_tui.services.recording import log_view, record, stored, with_back_dating, with_spare
from followup_tui.services.views import LogDraft, LogView, OutcomeView, PreviewView
from followup_tui.storage import journal, library
from followup_tui.storage.unit_of_work import UnitOfWork

_SUITS = {
    "phone": "123567890wbD",
    "in person": "13567890wbD",
}
_SUITS_WRITTEN = "4867905wbD"


class LogService(Correcting, Deciding, Moving):
    """Logging touches and looking at what logging would do; answering decisions; moving plans."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def preview(
        self,
        prospect_id: str,
        *,
        channel: str | None = None,
        inbound: bool = False,
        shift: int = 0,
        until: date | None = None,
        until_time: time | None = None,
        at: datetime | None = None,
        completes: bool | None = None,
    ) -> PreviewView:
        """Return the consequence of every outcome, before it is pressed; channel None is the planned one."""
        context = self._context
        with context.database.reading() as connection:
            person = stored(connection, prospect_id)
            rules = context.rules(connection)
            now = context.now()
            state = present.state_of(person)
            used = find_channel(channel).name if channel else _planned_channel(current(state, rules.day(now)))
            draft = LogDraft(
                used,
                Outcome.SENT,
                at=at,
                inbound=inbound,
                shift=shift,
                until=until,
                until_time=until_time,
                completes=completes,
            )
            touch = _placed(connection, prospect_id, draft, rules, now)
            touch = with_spare(connection, prospect_id, touch, state)
            view = present.prospect_view(person, context, rules, now)
            tried = _Tried(prospect_id, state, now, rules, LoadRule(connection, context.config, rules))
            outcomes = tuple(_outcome_view(tried, touch, outcome) for outcome in _offered(touch))
            on = rules.day(touch.at)
            card = card_of(state, touch, on)
            planned = completes_step(state, touch, on) or card is not None
            headline = f"{card.occasion} card" if card else _headline(state, used, rules)
            said = "" if inbound else warning(connection, context, prospect_id, state, used, now, rules)
            return PreviewView(view, outcomes, used, planned, headline, said)

    def log(self, prospect_id: str, draft: LogDraft) -> tuple[LogView, Changes]:
        """Log a touch: entry, cadence and state in one transaction, one undo step."""
        context = self._context
        if draft.outcome is Outcome.SKIP:
            raise UsageError("a skip is not a touch", "use followup skip")
        now = context.now()
        with context.working(f"Log {draft.channel}") as work:
            person = stored(work.connection, prospect_id)
            rules = context.rules(work.connection)
            work.name = f"Log {draft.channel}, {draft.outcome} · {person.name}"
            state = present.state_of(person)
            _refuse(state, draft)
            touch = _placed(work.connection, prospect_id, draft, rules, now)
            if touch.outcome is Outcome.BAD_DETAIL:
                touch = with_spare(work.connection, prospect_id, touch, state)
            said = ""
            if not touch.inbound and touch.outcome is not Outcome.BAD_DETAIL:
                said = warning(work.connection, context, prospect_id, state, touch.channel, touch.at, rules)
            touch = replace(touch, value=known_title(work.connection, touch.value))
            hint = hint_for(work.connection, person, context, rules, now)
            recorded = record(context, work, prospect_id, Logged(touch))
            if hint is not None:
                record(context, work, prospect_id, Coached(hint.id, dismissed=False))
            if draft.template:
                library.write_template_of(work, recorded.entry, clean_stored(draft.template))
            view = log_view(context, work, prospect_id, recorded, rules, now, person)
        return replace(view, change=work.change, guard=said), changes_of(work)

    def amend(self, change: int, *, note: str | None = None, sentiment: str | None = None) -> Changes:
        """Add words to the touch just logged, within its undo step."""
        context = self._context
        values = {
            name: clean_stored(value, multiline=name == "note")
            for name, value in (("note", note), ("sentiment", sentiment))
            if value is not None
        }
        with UnitOfWork(context.database, "Add a note", context.now(), amends=change) as work:
            row = work.execute(
                "SELECT i.pk, c.undone, c.name FROM change_image i JOIN change c ON c.id = i.change_id "
                "JOIN journal j ON j.id = i.pk AND j.kind = 'touch' "
                "WHERE i.change_id = ? AND i.tbl = 'journal' ORDER BY i.id LIMIT 1",
                (change,),
            ).fetchone()
            if row is None or row[1] or _touched_since(work, change, row[0]):
                raise NothingFound("no touch to add that to: it was undone, or none was logged", "log it first")
            work.name = str(row[2])
            journal.amend(work, int(row[0]), dict(values))
        return changes_of(work)


def _touched_since(work: UnitOfWork, change: int, entry: str) -> bool:
    """Whether a later change, done or still to be redone, wrote the same entry: then the undo step is not its own."""
    return work.execute(
        "SELECT 1 FROM change_image i JOIN change c ON c.id = i.change_id "
        "WHERE i.change_id > ? AND i.tbl = 'journal' AND i.pk = ? AND c.dropped = 0 LIMIT 1",
        (change, entry),
    ).fetchone() is not None  # fmt: skip


def _planned_channel(state: State) -> str:
    plan = state.next_touch
    if plan is not None and plan.channel is not None:
        return plan.channel
    behind = next((other.channel for other in state.plans if other.channel), None)
    return behind or state.last_channel or "phone"


def _placed(connection: Any, prospect_id: str, draft: LogDraft, rules: Rules, now: datetime) -> Touch:
    """Return the touch of a draft, back-dated only when a time was given.

    What happens now is the newest, even when another process was faster or the clock was set back.
    """
    touch = _touch(draft, now, rules)
    return touch if draft.at is None else with_back_dating(connection, prospect_id, touch, rules, now)


def _touch(draft: LogDraft, now: datetime, rules: Rules) -> Touch:
    """Return the domain touch of a draft; texts are cleaned as they enter."""
    if draft.sentiment not in ("", "good", "neutral", "bad"):
        raise UsageError(f"unknown sentiment “{draft.sentiment}”", "use good, neutral or bad")
    return Touch(
        channel=find_channel(draft.channel).name,
        outcome=draft.outcome,
        at=draft.at or now,
        inbound=draft.inbound or (draft.outcome is Outcome.REPLIED and not draft.force),
        note=clean_stored(draft.note, multiline=True),
        value=clean_stored(draft.value),
        sentiment=draft.sentiment,
        until=draft.until,
        until_time=draft.until_time,
        until_zone=rules.zone if draft.until_time else None,
        shift=draft.shift,
        completes=draft.completes,
        consent=draft.consent,
        reason=clean_stored(draft.reason),
        channel_only=draft.channel_only,
    )


def _refuse(state: State, draft: LogDraft) -> None:
    """Do not contact is hard: nothing goes out without force and a reason (§3)."""
    if draft.inbound or draft.outcome is Outcome.REPLIED:
        return
    stopped = state.relation is Relation.DO_NOT_CONTACT
    if not stopped and find_channel(draft.channel).name not in state.stopped_channels:
        return
    if draft.outcome is Outcome.DO_NOT_CONTACT or (draft.force and draft.reason.strip()):
        return
    raise FollowupError("asked not to be contacted: nothing was logged", "an outbound touch needs --force and --reason")


def _offered(touch: Touch) -> list[Outcome]:
    """Return the outcomes in the order of their keys, those that suit the channel first."""
    offered = [outcome for outcome in Outcome if outcome is not Outcome.SKIP]
    return sorted(offered, key=lambda outcome: not suits(touch.channel, outcome))


def suits(channel: str, outcome: Outcome) -> bool:
    """Whether the log offers this outcome for the channel; the command line accepts any (§4)."""
    return outcome.key in (_SUITS.get(channel) or _SUITS_WRITTEN)


@dataclass(frozen=True, slots=True)
class _Tried:
    """Where outcomes are tried out: a prospect as it stands, now, and how full the days are."""

    prospect_id: str
    state: State
    now: datetime
    rules: Rules
    load: LoadRule


def _outcome_view(on: _Tried, touch: Touch, outcome: Outcome) -> OutcomeView:
    """Return what one outcome would do; 6 and 7 without a date say that they ask for one."""
    state, now, rules = on.state, on.now, on.rules
    spare = touch.spare and outcome is Outcome.BAD_DETAIL
    tried = replace(touch, outcome=outcome, inbound=touch.inbound or outcome is Outcome.REPLIED, spare=spare)
    suited = suits(touch.channel, outcome)
    if outcome.asks_when and tried.until is None:
        relation = preview(state, Logged(replace(tried, until=rules.day(now))), now, rules).state.relation
        return OutcomeView(
            outcome.key, outcome.value, None, relation.value, None, "you choose the date", None, suited, True
        )
    try:
        event = Logged(tried)
        done, _ = on.load.settle(on.prospect_id, state, event, preview(state, event, now, rules), now)
    except UsageError as error:
        return OutcomeView(
            outcome.key, outcome.value, None, state.relation.value, None, str(error), None, False, outcome.asks_when
        )
    return _consequence(done, outcome, now, rules, suited)


def _consequence(done: Advance, outcome: Outcome, now: datetime, rules: Rules, suited: bool) -> OutcomeView:
    after = present.next_touch_view(done.state, now, rules)
    limit = limit_of(done.state, rules)
    enrolment = done.state.enrolment
    return OutcomeView(
        key=outcome.key,
        outcome=outcome.value,
        next_touch=after,
        relation=done.state.relation.value,
        attempts_left=None if limit is None else max(0, limit - done.state.attempts),
        explanation=done.explanation,
        gap=(after.date - rules.day(now)).days if after else None,
        suits=suited,
        asks_when=outcome.asks_when,
        steps_total=steps_total(rules.cadence(enrolment.cadence_id), enrolment) if enrolment else None,
    )


def _headline(state: State, channel: str, rules: Rules) -> str:
    """Name cadence and step: `Steady, call 5 of 6`."""
    enrolment = state.enrolment
    if enrolment is None:
        return str(state.relation)
    cadence = rules.cadence(enrolment.cadence_id)
    total = steps_total(cadence, enrolment)
    return f"{cadence.name}, {step_words(channel, enrolment.step, total)}"


def step_words(channel: str | None, step: int, total: int | None) -> str:
    """Say a step as people do: `call 5 of 6`, `email 7`."""
    word = {"phone": "call", "in person": "visit"}.get(channel or "", channel or "step")
    return f"{word} {step} of {total}" if total else f"{word} {step}"


def minutes_of(context: Context, channel: str | None) -> int:
    """Return how long a touch on this channel takes, as configured (minutes)."""
    name = channel or "phone"
    return int(context.config.minutes.get(name, BY_NAME[name].minutes if name in BY_NAME else 5))
