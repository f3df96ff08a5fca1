"""services.log of the fake services: previews, logs, decisions, moves; thirty days on, the next step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from followup_tui.domain.model import OUTCOME_KEYS, Outcome, OutcomeKind
from followup_tui.errors import NothingFound
from followup_tui.services.changes import Changes
from followup_tui.services.views import (
    ChoiceView,
    DecisionView,
    LogDraft,
    LogView,
    NextTouchView,
    OutcomeView,
    PauseView,
    PreviewView,
    ProspectView,
    TouchView,
    WhoView,
)

if TYPE_CHECKING:
    from tests.tui.fake_services import FakeServices

CALLS = (
    "no answer", "left voicemail", "left message", "spoke", "call back", "meeting set", "not now", "definite no",
    "bad detail",
)  # fmt: skip
WRITES = ("sent", "replied", "not now", "definite no", "bad detail")
CHOICES = {
    "limit": (
        ChoiceView("n", "nurture", "a touch a month, no end", ""),
        ChoiceView("k", "keep going", "phone and email in turn, every 30 days", ""),
        ChoiceView("c", "close", "no next touch; can be reopened", "reason"),
    ),
    "permission": (
        ChoiceView("y", "yes", "Stay in touch, a touch a month", ""),
        ChoiceView("n", "no", "closed", ""),
    ),
    "what next": (
        ChoiceView("e", "enrol", "the first step of a cadence, today", "cadence"),
        ChoiceView("d", "own date", "a date you name", "when"),
        ChoiceView("c", "close", "no next touch", "reason"),
    ),
}
TEXTS = {
    "limit": "12 attempts without an answer. How does it go on?",
    "permission": "Is it okay to reach out from time to time?",
    "what next": "Nothing is planned. What comes next?",
}


def decision(services: FakeServices, id: str) -> DecisionView:
    """Return the question a prospect waits with."""
    person, question = services.state.people[id], services.state.decisions[id]
    choices = CHOICES[question]
    who = WhoView(person.id, person.name, person.company, person.zone)
    return DecisionView(who, question, TEXTS[question], choices, choices[0].choice, services.local_today())


class FakeLog:
    """Every verb is one change; logging moves the prospect thirty days on."""

    def __init__(self, services: FakeServices) -> None:
        self._services = services

    def _person(self, id: str) -> ProspectView:
        return self._services.state.people[id]

    def _after(
        self, person: ProspectView, outcome: Outcome, shift: int, until: date | None, at: time | None
    ) -> NextTouchView | None:
        today = self._services.local_today()
        if outcome in (Outcome.DEFINITE_NO, Outcome.DO_NOT_CONTACT):
            return None
        if outcome is Outcome.NOT_NOW:
            return NextTouchView("decision", today, None, None, None, "permission question", False, "permission")
        kind = "promise" if outcome is Outcome.CALL_BACK else "meeting" if outcome is Outcome.MEETING_SET else "step"
        step = (person.step or 0) + 1
        day = until or today + timedelta(days=30 + shift)
        channel = "mail" if person.address and kind == "step" else "phone"
        return NextTouchView(kind, day, at, channel, step, f"+30 after {outcome}", kind != "step")

    def preview(
        self, id: str, *, channel: str | None = None, inbound: bool = False, shift: int = 0, until: date | None = None,
        until_time: time | None = None, at: datetime | None = None, completes: bool | None = None,
    ) -> PreviewView:  # fmt: skip
        self._services.ran("preview")
        person = self._person(id)
        channel = channel or (person.next_touch and person.next_touch.channel) or "phone"
        suits = CALLS if channel in ("phone", "in person") else WRITES
        rows = []
        for outcome, key in OUTCOME_KEYS.items():
            touch = self._after(person, outcome, shift, until, until_time)
            response = outcome.kind is OutcomeKind.RESPONSE
            relation = {"definite no": "closed", "won": "customer", "do not contact": "do not contact"}.get(
                outcome.value, "engaged" if response else person.relation
            )
            limit = person.attempts_limit
            left = None if limit is None else limit if response else limit - person.attempts - 1
            gap = None if touch is None else (touch.date - self._services.local_today()).days
            rows.append(
                OutcomeView(
                    key,
                    outcome.value,
                    touch,
                    relation,
                    left,
                    "",
                    gap,
                    outcome.value in suits,
                    outcome.asks_when,
                    person.steps_total,
                )
            )
        verb = {"phone": "call", "in person": "visit"}.get(channel, channel)
        head = f"{person.cadence or 'no cadence'}, {verb} {person.step or 1} of {person.steps_total or '∞'}"
        return PreviewView(person, tuple(rows), channel, completes is not False, head)

    def log(self, id: str, draft: LogDraft) -> tuple[LogView, Changes]:
        self._services.ran(f"log {draft.channel} {draft.outcome}")
        state, person = self._services.state, self._person(id)
        after = self._after(person, draft.outcome, draft.shift, draft.until, draft.until_time)
        touch = TouchView(
            f"{id}-{len(state.touches.get(id, ()))}", id, draft.channel, "inbound" if draft.inbound else "outbound",
            draft.outcome.value, draft.at or self._services.now(), self._services.now(), draft.note, draft.value,
            draft.sentiment or None, person.step, person.cadence, None, "", None, None,
        )  # fmt: skip
        new = replace(
            person, next_touch=after, attempts=person.attempts + 1, touches=person.touches + 1, last_touch=touch.at,
            step=(person.step or 0) + 1, overdue_days=0, momentum=1.0,
            relation="closed" if after is None else person.relation,
        )  # fmt: skip
        decisions = dict(state.decisions)
        if after is not None and after.kind == "decision":
            decisions[id] = "permission"
        state = replace(
            state,
            people={**state.people, id: new},
            touches={**state.touches, id: (*state.touches.get(id, ()), touch)},
            done=(*state.done, (id, draft.channel, draft.outcome.value)),
            decisions=decisions,
        )
        name = f"{draft.outcome.value.capitalize()} · {person.name}"
        changes = self._services.change(name, [id], state)
        return LogView(touch, new, person.next_touch, after, name, "", changes.change), changes

    def amend(self, change: int, *, note: str | None = None, sentiment: str | None = None) -> Changes:
        self._services.ran(f"amend {note or sentiment}")
        state = self._services.state
        id, *_ = state.done[-1]
        *before, touch = state.touches[id]
        touch = replace(touch, note=note or touch.note, sentiment=sentiment or touch.sentiment)
        self._services.state = replace(state, touches={**state.touches, id: (*before, touch)})
        return Changes(frozenset({"touch"}), frozenset({id}), "amend", change)

    def decision(self, id: str) -> DecisionView | None:
        self._services.ran("decision")
        return decision(self._services, id) if id in self._services.state.decisions else None

    def answer(
        self, id: str, choice: str, *, until: date | None = None, until_time: time | None = None,
        cadence: str | None = None, reason: str = "",
    ) -> tuple[LogView, Changes]:  # fmt: skip
        self._services.ran(f"answer {choice} {until or ''}{cadence or ''}{reason}".strip())
        if id not in self._services.state.decisions:
            raise NothingFound("there is nothing to decide")
        day = until or self._services.local_today() + timedelta(days=30)
        touch = None if choice in ("close", "no") else NextTouchView("step", day, until_time, "phone", 1, choice, False)
        decisions = {key: value for key, value in self._services.state.decisions.items() if key != id}
        return self._plan(id, touch, f"{choice.capitalize()} · {self._person(id).name}", decisions=decisions)

    def skip(self, id: str, reason: str = "") -> tuple[LogView, Changes]:
        self._services.ran(f"skip {reason}".strip())
        day = self._services.local_today() + timedelta(days=7)
        touch = NextTouchView("step", day, None, "phone", 2, "skipped", False)
        return self._plan(id, touch, f"Skip · {self._person(id).name}")

    def move(self, id: str, day: date, at: time | None = None) -> tuple[LogView, Changes]:
        self._services.ran(f"move {day}")
        touch = self._person(id).next_touch
        assert touch is not None
        return self._plan(id, replace(touch, date=day, time=at), f"Move · {self._person(id).name}")

    def snooze(self, id: str, until: datetime | None = None) -> tuple[LogView, Changes]:
        self._services.ran("snooze")
        hidden = self._services.state.hidden | {id}
        return self._plan(id, self._person(id).next_touch, f"Snooze · {self._person(id).name}", hidden=hidden)

    def pause(self, id: str, until: date | None = None, rule: str = "freeze") -> tuple[LogView, Changes]:
        self._services.ran("pause")
        return self._plan(id, self._person(id).next_touch, f"Pause · {self._person(id).name}", paused=True)

    def pause_preview(self, id: str, until: date | None = None) -> tuple[PauseView, ...]:
        touch = self._person(id).next_touch
        return tuple(PauseView(rule, touch) for rule in ("freeze", "restart", "keep"))

    def resume(self, id: str) -> tuple[LogView, Changes]:
        self._services.ran("resume")
        return self._plan(id, self._person(id).next_touch, f"Resume · {self._person(id).name}", paused=False)

    def _plan(
        self, id: str, touch: NextTouchView | None, name: str, *, paused: bool | None = None, **state: object
    ) -> tuple[LogView, Changes]:
        old = self._services.state
        before = self._person(id)
        new = replace(before, next_touch=touch, paused=before.paused if paused is None else paused)
        changed = replace(old, people={**old.people, id: new}, **state)  # type: ignore[arg-type]
        changes = self._services.change(name, [id], changed)
        return LogView(None, new, before.next_touch, touch, name, "", changes.change), changes
