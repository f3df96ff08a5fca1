"""One fictional history, told by the rules themselves: every state of the demo is the fold of its journal."""

from __future__ import annotations

import re
from dataclasses import field
from datetime import date, datetime, time, timedelta
from random import Random

from followup_tui.domain.cadence import Rules
from followup_tui.domain.channels import usable
from followup_tui.domain.decisions import find_choice, question_of
from followup_tui.domain.events import Added, Answered, Closed, Enrolled, Event, Logged, Moved, Paused, Skipped
from followup_tui.domain.lifecycle import BLANK, advance
from followup_tui.domain.meetings import begins
from followup_tui.domain.model import Outcome, OutcomeKind, PlanKind, Planned, Question, State, Touch
from followup_tui.domain.planning import plan_of
from followup_tui.domain.workdays import plus_days
from followup_tui.records import dataclass
from followup_tui.services import demo_words as words
from followup_tui.services.demo_hours import Hours

ACT = re.compile(
    r"(?P<key>[.\dwbDixpmc?])(?P<word>[a-z]*)(?P<companion>\+?)"
    r"(?:/(?P<days>\d+))?(?:@(?P<time>\d\d:\d\d))?(?:!(?P<late>\d+))?"
)
"""`.` an attempt as planned, or an outcome's key; `i` they call; `x` skip, `m` move, `p` pause, `c` close, `?word` an
answer; `+` with the companion; `/days` and `@time` of a promise, a move, a pause or their reply; `!days` late."""
_OUTCOMES = {outcome.key: outcome for outcome in Outcome}
_USUAL = {
    Question.LIMIT: "keep going",
    Question.ENDED: "keep going",
    Question.PERMISSION: "yes",
    Question.RESUME: "resume",
    Question.WHAT_NEXT: "nurture",
    Question.AFTER_MEETING: "resume",
    Question.PAUSE: "keep going",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One journal entry to be; `companion_of` counts entries of the same history."""

    event: Event
    at: datetime
    step: int | None = None
    cadence_id: int | None = None
    companion_of: int | None = None
    promise: str | None = None


@dataclass(slots=True)
class Teller:
    """Lives through a story, one act after another, at hours when people work."""

    rules: Rules
    hours: Hours
    rng: Random
    state: State = BLANK
    entries: list[Entry] = field(default_factory=list)
    late: bool = False
    """Whether something happened that the clock has not reached yet: the story began too late."""
    _values: list[str] = field(default_factory=list)

    @property
    def last(self) -> datetime:
        """The instant of the newest entry."""
        return self.entries[-1].at

    @property
    def day(self) -> date:
        """The user's local day of the newest entry."""
        return self.rules.day(self.last)

    def begin(self, added: Added, cadence: str, on: date, wait: int) -> None:
        """Enter the database, and a cadence that starts some days later."""
        at = self._moment(self.hours.worked(on))
        self._tell(added, at)
        if cadence:
            start = self.hours.worked(plus_days(self.day, wait)) if wait else self.day
            self._tell(Enrolled(self.rules.named(cadence).id, start), at)

    def act(self, text: str) -> None:
        """Do one act."""
        found = ACT.fullmatch(text)
        assert found is not None, text
        key, word, more, days, at, late = found.groups()
        wish = time.fromisoformat(at) if at else None
        if key == "?":
            self._answer(word, int(days or 0))
            return
        self._settle()
        after = self.hours.worked(plus_days(self.day, int(days) if days else self.rng.randint(1, 2)))
        match key:
            case "8" | "i":
                channel = "phone" if key == "i" else "email" if usable("email", self.state.good) else "phone"
                self._log(channel, Outcome.SPOKE if key == "i" else Outcome.REPLIED, after, inbound=True)
            case "p":
                since = self.hours.worked(plus_days(self.day, 1))
                self._tell(Paused(plus_days(since, int(days)) if days else None), self._moment(since))
            case "c":
                self._tell(Closed(self.rng.choice(words.ENDED)), self._moment(after))
            case _:
                self._planned(key, more, int(days or 2), wish, int(late or 0))

    def _planned(self, key: str, companion: str, days: int, wish: time | None, late: int) -> None:
        """Do what is planned, in one of the ways it can go."""
        plan = self.state.next_touch
        if plan is not None and plan.blocked:
            return
        day = max(self.hours.worked(plus_days(plan.date, late)) if plan else plus_days(self.day, 1), self.day)
        if key == "x":
            self._tell(Skipped(self.rng.choice(words.SKIPPED)), self._moment(day))
            return
        if key == "m" and plan is not None:
            self._tell(Moved(self.hours.worked(plus_days(day, days))), self._moment(day))
            return
        channel = (plan.channel if plan else None) or ("phone" if usable("phone", self.state.good) else "email")
        outcome = _OUTCOMES[key] if key != "." else self._attempt(channel, plan)
        if outcome.kind is OutcomeKind.RESPONSE and usable("phone", self.state.good):
            channel = "phone"
        until = self.hours.worked(plus_days(day, days)) if outcome.asks_when else None
        promised = plan.time if plan is not None and plan.kind is PlanKind.PROMISE and not late else None
        self._log(channel, outcome, day, until=until, until_time=wish if until else None, wish=promised)
        made = self.state.companion
        if companion and made is not None:
            self._log(made.channel, Outcome.SENT, day)

    def _attempt(self, channel: str, plan: Planned | None) -> Outcome:
        """Return how an attempt on a channel usually goes."""
        if plan is not None and plan.kind is PlanKind.PROMISE:
            return self.rng.choice((Outcome.SPOKE, Outcome.SPOKE, Outcome.LEFT_VOICEMAIL))
        if channel == "phone":
            return self.rng.choice(
                (Outcome.NO_ANSWER, Outcome.LEFT_VOICEMAIL, Outcome.LEFT_VOICEMAIL, Outcome.LEFT_MESSAGE)
            )
        if channel == "in person":
            return self.rng.choice((Outcome.NO_ANSWER, Outcome.LEFT_MESSAGE, Outcome.SPOKE))
        return Outcome.SENT

    def _log(
        self,
        channel: str,
        outcome: Outcome,
        day: date,
        *,
        inbound: bool = False,
        until: date | None = None,
        until_time: time | None = None,
        wish: time | None = None,
    ) -> None:
        touch = Touch(
            channel,
            outcome,
            self._moment(day, channel, wish),
            inbound,
            note=self.rng.choice(words.SAID.get(outcome, ("",))),
            value=self._value(channel) if outcome is Outcome.SENT else "",
            sentiment=self.rng.choice(words.WARM) if outcome in (Outcome.SPOKE, Outcome.REPLIED) else "",
            until=until,
            until_time=until_time,
            until_zone=self.rules.zone if until_time else None,
        )
        self._tell(Logged(touch), touch.at)

    def _value(self, channel: str) -> str:
        """Return something they never got; a gift and an article always are one, other touches often."""
        if channel == "gift":
            return self.rng.choice(words.GIFTS)
        if channel != "article" and self.rng.random() < 0.5:
            return ""
        if not self._values:
            self._values = self.rng.sample(words.VALUES, len(words.VALUES))
        return self._values.pop()

    def _settle(self) -> None:
        """Answer what the app asks before anything else is done."""
        for _ in range(3):
            plan = self.state.next_touch
            if plan is None or plan.kind not in (PlanKind.DECISION, PlanKind.MEETING):
                return
            self._answer("", self.rng.choice((0, 0, 1)))

    def _answer(self, word: str, days: int) -> None:
        asked = plan_of(self.state, PlanKind.DECISION)
        meeting = plan_of(self.state, PlanKind.MEETING)
        if asked is None and meeting is not None:
            self._met(meeting, word)
            return
        day = max(self.hours.worked(plus_days(self.day, days)), self.day)
        at = self._moment(day)
        question = question_of(self.state, at, self.rules)
        assert question is not None, "nothing is asked"
        choice = find_choice(question, word or _USUAL[question])
        reason = ""
        if choice in ("yes", "close"):
            reason = self.rng.choice(words.CONSENTS if choice == "yes" else words.ENDED)
        self._tell(Answered(choice, reason=reason), at)

    def _met(self, meeting: Planned, word: str) -> None:
        """Log a meeting after its end as held, or as missed."""
        beginning = begins(meeting, self.rules)
        over = (beginning or self.last) + timedelta(minutes=self.rules.meeting_minutes + 20)
        at = max(over, self.last + timedelta(minutes=5))
        self.late = self.late or at >= self.hours.now
        missed = word.startswith("no")
        note = "" if missed else self.rng.choice(words.SAID[Outcome.SPOKE])
        touch = Touch("in person", Outcome.NO_SHOW if missed else Outcome.SPOKE, at, note=note)
        self._tell(Logged(touch), at)

    def _tell(self, event: Event, at: datetime) -> None:
        """Write one entry as the log would."""
        done = advance(self.state, event, at, self.rules)
        entry = Entry(event, at)
        if isinstance(event, Logged):
            touch = event.touch
            promise = None
            if touch.until is not None:
                promise = touch.until.isoformat()
                promise += f"T{touch.until_time.isoformat('minutes')}" if touch.until_time else ""
            entry = Entry(event, at, done.step, done.cadence_id, self._beside(done.step, done.companion), promise)
        self.state = done.state
        self.entries.append(entry)

    def _beside(self, step: int | None, companion: bool) -> int | None:
        """Return which entry a companion accompanies: the newest touch of its step."""
        if not companion:
            return None
        touches = [n for n, one in enumerate(self.entries) if isinstance(one.event, Logged) and one.step == step]
        return touches[-1] if touches else None

    def _moment(self, day: date, channel: str = "", wish: time | None = None) -> datetime:
        self.late = self.late or not self.hours.reached(day, wish)
        return self.hours.moment(day, channel, wish, self.last if self.entries else None)
