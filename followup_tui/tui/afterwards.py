"""Logging from any screen, and what can still be added within the toast: a note, and whether it went well."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import App

from followup_tui.tui import wording
from followup_tui.tui.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from followup_tui.errors import FollowupError
    from followup_tui.services.views import DecisionView, LogDraft, LogView, ProspectView, WhoView
    from followup_tui.tui.app import FollowupApp
    from followup_tui.tui.screens.log_dialog import LogDialog

SECONDS = 6
"""How long the toast of a log stays, ours."""
SECOND_TRY = 1
"""Seconds until something is made that would have disturbed the keys."""


class Afterwards(App[int]):
    """The part of the app that knows the newest log."""

    _latest: LogView | None = None
    _kept_log: LogDialog | None = None
    """The log, kept when it is closed."""

    def start_log(
        self,
        prospect: WhoView | ProspectView,
        channel: str | None = None,
        person: ProspectView | None = None,
        *,
        sent: Callable[[], None] | None = None,
        saved: Callable[[LogView], None] | None = None,
        failed: Callable[[], None] | None = None,
    ) -> None:
        """Open the log for a prospect; `channel` is the planned one, `person` what is known already.

        `sent` is called when an outcome was chosen, `saved` when it is stored, `failed` when it could not be: the note
        stays in the drafts.
        """
        home = cast("FollowupApp", self)

        def wrong(error: FollowupError) -> None:
            home.say(str(error), "error")
            if failed is not None:
                failed()

        def save(draft: LogDraft) -> None:
            if draft.note:
                home.drafts[prospect.id] = draft.note
            if sent is not None:
                sent()
            home.ops.mutate(lambda services: services.log.log(prospect.id, draft), done, wrong)

        def done(logged: LogView) -> None:
            home.drafts.pop(prospect.id, None)
            if saved is not None:
                saved(logged)
            self.announce(logged)

        dialog = self._free_log()
        dialog.begin(prospect, channel, home.drafts.get(prospect.id, ""), save)
        self.push_screen(dialog)

    def prepare_log(self) -> None:
        """Make the log while nobody waits for it: open and closed in one go it has its widgets, and nobody sees it."""
        if cast("FollowupApp", self).ops.keys_pause > 0:
            self.set_timer(SECOND_TRY, self.prepare_log)
        elif self._kept_log is None and self.screen_stack and not self.screen_stack[-1].is_modal:
            self.push_screen(self._free_log())
            self.pop_screen()

    def _free_log(self) -> LogDialog:
        """Return the log that is kept; another one while it is open somewhere."""
        from followup_tui.tui.screens.log_dialog import LogDialog

        if self._kept_log is None:
            self._kept_log = LogDialog()
            self.install_screen(self._kept_log, "log")
        return LogDialog() if self._kept_log.in_use else self._kept_log

    def answer(self, decision: DecisionView) -> None:
        """Open a decision for its answer."""
        from followup_tui.tui.screens.answer_dialog import Answer, AnswerDialog

        home = cast("FollowupApp", self)
        id = decision.prospect.id

        def save(answer: Answer | None) -> None:
            if answer is not None:
                home.ops.mutate(
                    lambda services: services.log.answer(
                        id, answer.choice, until=answer.until, until_time=answer.at, cadence=answer.cadence,
                        reason=answer.reason,
                    ),
                    lambda done: self.announce(done, answer.choice.capitalize()),
                )  # fmt: skip

        self.push_screen(AnswerDialog(decision), save)

    def announce(self, done: LogView, verb: str = "") -> None:
        """Say what was done, what comes next and how to undo it; a log may be amended while this is on screen."""
        home = cast("FollowupApp", self)
        now = home.clock.now()
        today = now.date() if now else done.prospect.last_touch and done.prospect.last_touch.date()
        what = verb or (done.touch.outcome.capitalize() if done.touch else done.undo)
        line = f"{what} · {done.prospect.name}"
        if today is not None:
            line += f" → {wording.next_touch(done.after, today, done.prospect.steps_total)}"
        amendable = done.touch is not None and bool(done.change)
        self.clear_notifications()
        self.notify(
            clean(line) + ("\nu undo · tab note · ) good · ( bad" if amendable else "\nu undo"),
            markup=False,
            timeout=SECONDS,
        )
        home.show_notices()  # now, so that it is in one frame with the row
        self._latest = done if amendable else None
        if amendable:
            self.set_timer(SECONDS, lambda: self._forget(done))

    def forget_latest(self) -> None:
        """Another change was made: the toast of the last log no longer takes keys."""
        self._latest = None

    def _forget(self, done: LogView) -> None:
        if self._latest is done:
            self._latest = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what comes after a log only while its toast is there, and never above a dialog."""
        if action.startswith("after_"):
            return self._latest is not None and not self.screen.is_modal
        return super().check_action(action, parameters)

    def action_after_sentiment(self, sentiment: str) -> None:
        """Note that it went well or badly."""
        self._amend(sentiment=sentiment, said=f"Marked as {sentiment}")

    def action_after_note(self) -> None:
        """Ask for the note."""
        from followup_tui.tui.screens.note_dialog import NoteDialog

        done = self._latest
        if done is None:
            return
        draft = cast("FollowupApp", self).drafts.get(done.prospect.id, "")

        def save(note: str | None) -> None:
            if note:
                self._latest = done
                self._amend(note=note, said="Note added")

        self.push_screen(NoteDialog(f"Note · {done.prospect.name}", draft), save)

    def _amend(self, *, note: str | None = None, sentiment: str | None = None, said: str) -> None:
        home, done = cast("FollowupApp", self), self._latest
        if done is None:
            return
        if note:
            home.drafts[done.prospect.id] = note

        def saved(_: None) -> None:
            if note:
                home.drafts.pop(done.prospect.id, None)
            self._latest = done
            home.say(f"{said} · {done.prospect.name} · u undo")

        home.ops.mutate(
            lambda services: (None, services.log.amend(done.change, note=note, sentiment=sentiment)),
            saved,
        )
