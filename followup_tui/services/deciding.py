"""Decisions: what the app asks, with the consequence of each answer before it is given (domain §3, §4, §10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from followup_tui.domain.cadence import Rules
from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.decisions import CHOICES, Choice, find_choice, preselected, question_of
from followup_tui.domain.events import Answered, Event, Logged
from followup_tui.domain.lifecycle import preview
from followup_tui.domain.model import Outcome, PlanKind, Question, State, Touch
from followup_tui.domain.workdays import day_name
from followup_tui.errors import UsageError
from followup_tui.services import present
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.load import LoadRule
from followup_tui.services.views import ChoiceView, DecisionView, LogView, NextTouchView
from followup_tui.storage import standing
from followup_tui.storage.people import Person


class Deciding:
    """Answering decisions; nothing is answered by itself."""

    _context: Context

    def decision(self, prospect_id: str) -> DecisionView | None:
        """Return what the app asks about a prospect, or None."""
        from followup_tui.services.recording import stored

        context = self._context
        with context.database.reading() as connection:
            person = stored(connection, prospect_id)
            rules = context.rules(connection)
            load = LoadRule(connection, context.config, rules)
            return decision_view(person, present.state_of(person), context, rules, load)

    def answer(
        self,
        prospect_id: str,
        choice: str,
        *,
        until: date | None = None,
        until_time: time | None = None,
        cadence: str | None = None,
        reason: str = "",
    ) -> tuple[LogView, Changes]:
        """Answer a decision: one transaction, one undo step; UsageError when nothing is asked."""
        from followup_tui.services.recording import log_view, record, stored

        context = self._context
        now = context.now()
        with context.working("Answer") as work:
            person = stored(work.connection, prospect_id)
            rules = context.rules(work.connection)
            state = standing.read(work, prospect_id)
            question = question_of(state, now, rules)
            if question is None:
                raise UsageError(f"no decision waits for {person.name}", "followup today lists the decisions")
            chosen = find_choice(question, choice)
            work.name = f"Answer “{chosen}” · {person.name}"
            key = context.cadence_named(work.connection, cadence).id if cadence else None
            given = Answered(chosen, until, until_time, key, clean_stored(reason))
            recorded = record(context, work, prospect_id, _as_event(question, given, state, now))
            view = log_view(context, work, prospect_id, recorded, rules, now)
        return replace(view, change=work.change), changes_of(work)


def _as_event(question: Question, given: Answered, state: State, now: datetime) -> Event:
    """A meeting that was held, or missed, is a touch and not only an answer."""
    if question is not Question.MEETING or given.choice not in ("held", "no-show"):
        return given
    outcome = Outcome.SPOKE if given.choice == "held" else Outcome.NO_SHOW
    meeting = next((plan for plan in state.plans if plan.kind is PlanKind.MEETING), None)
    channel = (meeting.channel if meeting else None) or "in person"
    return Logged(Touch(channel, outcome, now, reason=given.reason))


def decision_view(person: Person, state: State, context: Context, rules: Rules, load: LoadRule) -> DecisionView | None:
    """Return the question with every choice and its consequence."""
    now = context.now()
    today = rules.day(now)
    question = question_of(state, now, rules)
    if question is None or state.is_paused(today):
        return None
    asked = next((plan for plan in state.plans if plan.kind in (PlanKind.DECISION, PlanKind.MEETING)), None)
    choices = tuple(
        ChoiceView(
            choice.key, choice.name, _consequence(person.id, choice, question, state, now, rules, load), choice.asks
        )
        for choice in CHOICES[question]
    )
    return DecisionView(
        prospect=present.who_view(person, context),
        question=question.value,
        text=present.asked_words(question),
        choices=choices,
        preselected=preselected(state, question, rules),
        since=asked.date if asked else today,
    )


def _consequence(
    prospect_id: str,
    choice: Choice,
    question: Question,
    state: State,
    now: datetime,
    rules: Rules,
    load: LoadRule,
) -> str:
    """Say what a choice would do; one that needs a date or a cadence says so instead."""
    if choice.asks == "when" and choice.name != "pause":
        return "you choose the date"
    if choice.asks == "cadence":
        return "you choose the cadence"
    event = _as_event(question, Answered(choice.name), state, now)
    try:
        after = load.settle(prospect_id, state, event, preview(state, event, now, rules), now)[0].state
    except UsageError as error:
        return str(error)
    if after.is_paused(rules.day(now)):
        return "paused until you resume, or until a date you give"
    view = present.next_touch_view(after, now, rules)
    relation = f"{after.relation}" if after.relation is not state.relation else ""
    return " · ".join(part for part in (relation, _next_words(view)) if part)


def _next_words(view: NextTouchView | None) -> str:
    if view is None:
        return "nothing is planned"
    if view.kind == "decision":
        return f"the app asks: {present.asked_words(Question(view.question))}" if view.question else "a decision"
    return f"{day_name(view.date)} {view.channel or 'blocked'}"
