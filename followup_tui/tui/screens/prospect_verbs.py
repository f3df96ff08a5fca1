"""What the keys of a prospect's screen do to it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from followup_tui.services.changes import Changes
from followup_tui.tui.screens.prospect_endings import REASONS_HINT, ProspectEndings
from followup_tui.tui.screens.verbs import detail_for

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.language.dates import When
    from followup_tui.services.views import DecisionView, DetailView, LogView, ProspectView, ReferredView, TouchView


class ProspectVerbs(ProspectEndings):
    """Verbs that need more than the id wait until the prospect is read."""

    _early: list[Callable[[], None]]
    """What keys asked for before the prospect was there; done when it is."""

    @property
    @abstractmethod
    def view(self) -> ProspectView | None:
        """The prospect, once it is read."""

    @property
    @abstractmethod
    def details(self) -> tuple[DetailView, ...]:
        """What is known to reach it by."""

    def action_log(self) -> None:
        """Log what happened, planned or not."""
        if self.view is None:
            self._early.append(self.action_log)
            return
        planned = self.view.next_touch
        self.home.start_log(self.view, planned.channel if planned else None, self.view)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer enter only where a decision waits or a touch was made."""
        if action == "answer":
            return self.decides or self.touch is not None or self.named is not None
        if action == "hint":
            return self.view is not None and self.view.coach is not None
        return super().check_action(action, parameters)

    @property
    @abstractmethod
    def touch(self) -> TouchView | None:
        """The touch under the cursor."""

    @property
    @abstractmethod
    def named(self) -> ReferredView | None:
        """The referral under the cursor."""

    @property
    def decides(self) -> bool:
        """Whether a decision waits."""
        return self.view is not None and self.view.next_touch is not None and self.view.next_touch.kind == "decision"

    def action_answer(self) -> None:
        """Correct the touch under the cursor, open who was named, else answer the decision that waits."""
        from followup_tui.tui.screens.touch_form import TouchForm

        who = self.prospect
        if self.touch is not None:
            self.home.push_screen(TouchForm(self.touch, self.chosen_words()))
            return
        if self.named is not None:
            self.home.open_prospect(self.named.prospect.id)
            return
        self.home.ops.query("decision", lambda services: services.log.decision(who), self._ask, owner=self)

    def _ask(self, decision: DecisionView | None) -> None:
        if decision is not None:
            self.home.answer(decision)

    def action_skip(self) -> None:
        """Pass this step."""
        who = self.prospect
        self._plan(lambda services: services.log.skip(who), "Skipped")

    def action_skip_why(self) -> None:
        """Ask why, then pass this step."""
        from followup_tui.tui.screens.note_dialog import NoteDialog

        who = self.prospect

        def skip(reason: str | None) -> None:
            if reason is not None:
                self._plan(lambda services: services.log.skip(who, reason), "Skipped")

        self.home.push_screen(NoteDialog(f"Skip · {self.chosen_words()}", label="reason", hint=REASONS_HINT), skip)

    def action_snooze(self) -> None:
        """Hide for an hour."""
        who = self.prospect
        self._plan(lambda services: services.log.snooze(who), "Snoozed for an hour")

    def action_move(self) -> None:
        """Ask for another date."""
        from followup_tui.tui.screens.when_dialog import WhenDialog

        who = self.prospect

        def move(when: When | None) -> None:
            if when is not None:
                self._plan(lambda services: services.log.move(who, when.date, when.time), "Moved")

        self.home.push_screen(WhenDialog(f"Move · {self.chosen_words()}", "to"), move)

    def action_reel(self) -> None:
        """Ask why, then give more room: a longer gap, another channel."""
        from followup_tui.tui.screens.note_dialog import NoteDialog

        who = self.prospect

        def reel(reason: str | None) -> None:
            if reason is not None:
                self._plan(lambda services: services.log.reel(who, reason), "Reeled back")

        hint = "enter, with or without a reason · esc"
        self.home.push_screen(NoteDialog(f"Reel back · {self.chosen_words()}", label="reason", hint=hint), reel)

    def action_zone(self) -> None:
        """Confirm the time zone."""
        self.home.confirm_zone(self.prospect)

    def action_refer(self) -> None:
        """Ask who was named."""
        from followup_tui.tui.screens.refer_form import ReferForm

        if self.view is None:
            self._early.append(self.action_refer)
            return
        self.home.push_screen(ReferForm(self.view))

    def action_hint(self) -> None:
        """Put the coach's hint away."""
        self.home.dismiss_hint(self.prospect)

    def action_pause(self) -> None:
        """Stop the clock, or start it again."""
        from followup_tui.tui.screens.pause_dialog import PauseDialog, Pausing, paused_words

        who, view = self.prospect, self.view
        if view is None:
            self._early.append(self.action_pause)
            return
        if view.paused:
            self._plan(lambda services: services.log.resume(who), "Resumed")
            return

        def pause(pausing: Pausing | None) -> None:
            if pausing is not None:
                self.home.ops.mutate(
                    lambda services: services.log.pause(who, pausing.until, pausing.rule),
                    lambda done: self.home.say(paused_words(done.prospect, pausing, self.today)),
                )

        self.home.push_screen(PauseDialog(view), pause)

    def _plan(self, verb: Callable[[Services], tuple[LogView, Changes]], said: str) -> None:
        self.home.ops.mutate(verb, lambda done: self.home.announce(done, said))

    def action_edit(self) -> None:
        """Change the details."""
        self.home.edit_prospect(self.prospect)

    def action_compose(self) -> None:
        """Write to them; sending it logs it."""
        if self.view is None:
            self._early.append(self.action_compose)
            return
        planned = self.view.next_touch
        self.home.start_compose(self.prospect, planned.channel if planned else None)

    def action_dial(self) -> None:
        """Call them."""
        self.home.start_dial(self.prospect)

    def action_copy(self) -> None:
        """Copy what the next touch needs."""
        if self.view is None:
            self._early.append(self.action_copy)
            return
        good = {d.kind: d.value for d in reversed(self.details) if not d.bad}
        kind, value = detail_for(self.view.next_touch.channel if self.view.next_touch else None, good)
        self.copy(value, kind)
