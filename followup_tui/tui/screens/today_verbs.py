"""What the keys of Today do to the selected row."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from followup_tui.tui.arrangement import Entry
from followup_tui.tui.screens.place import Place
from followup_tui.tui.text import clean

if TYPE_CHECKING:
    from followup_tui.language.dates import When
    from followup_tui.services.views import LogView, ProspectView, StandingView
    from followup_tui.tui.widgets.queue import Queue

ROW_VERBS = frozenset(
    {
        *("log", "compose", "dial", "open", "snooze", "move", "skip", "skip_why", "copy", "why"),
        *("edit", "slot", "replan", "day"),
    }
)

NEEDS = {
    "phone": ("phone", "mobile"),
    "text": ("mobile", "phone"),
    "fax": ("fax",),
    "email": ("email",),
    "article": ("email", "address"),
}
"""Fields a channel uses, in order; the rest use the address."""


class TodayVerbs(Place):
    """Each acts on the row under the cursor; a row already worked is not worked twice by accident."""

    _people: dict[str, ProspectView]

    @property
    @abstractmethod
    def queue(self) -> Queue:
        """The list."""

    @property
    @abstractmethod
    def entry(self) -> Entry | None:
        """The selected row."""

    @property
    @abstractmethod
    def is_first_run(self) -> bool:
        """Whether nobody is stored at all."""

    @property
    @abstractmethod
    def standing(self) -> int:
        """How many the standing order would draw now."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer import and demo by one key only while there is nobody."""
        if action in ("first_import", "demo"):
            return self.is_first_run
        if action in ROW_VERBS and self.is_first_run:
            return False
        if action == "draw":
            return not self.is_first_run
        if action == "hint":
            person = self._people.get(self.entry.prospect.id) if self.entry else None
            return person is not None and person.coach is not None
        return super().check_action(action, parameters)

    def action_cursor(self, by: int) -> None:
        """Move by rows."""
        self.queue.step(by)

    def action_page(self, by: int) -> None:
        """Move by pages."""
        self.queue.step(by * self.queue.page())

    def action_cursor_to(self, end: str) -> None:
        """Go to the first or last row."""
        self.queue.move(0 if end == "first" else len(self.queue.arrangement.rows))

    def action_slot(self, by: int) -> None:
        """Go to the next or previous row that is still to do."""
        self.queue.step_open(by)

    def action_log(self) -> None:
        """Log the touch, or answer the decision."""
        entry = self.entry
        if entry is None:
            return
        if entry.decision is not None:
            self.home.answer(entry.decision)
            return
        self.home.start_log(
            entry.prospect, entry.channel, self._people.get(entry.prospect.id),
            sent=lambda: self.queue.mark_saving(entry.key), saved=lambda logged: self.logged(entry, logged),
            failed=lambda: self.logged(entry, None),
        )  # fmt: skip

    @abstractmethod
    def logged(self, entry: Entry, log: LogView | None) -> None:
        """Show that a log is saved; None: that it could not be."""

    def action_open(self) -> None:
        """Open the prospect."""
        if self.entry is not None:
            self.home.open_prospect(self.entry.prospect.id)

    def action_edit(self) -> None:
        """Change the prospect."""
        if self.entry is not None:
            self.home.edit_prospect(self.entry.prospect.id)

    def action_zone(self) -> None:
        """Confirm the prospect's time zone."""
        if self.entry is not None:
            self.home.confirm_zone(self.entry.prospect.id)

    def action_blocks(self) -> None:
        """Change the blocks of the day that is shown."""
        if self.home.progress is not None:
            self.home.edit_blocks(self.home.progress.day)

    def action_snooze(self) -> None:
        """Hide the row for an hour."""
        entry = self._planned()
        if entry is not None:
            id = entry.prospect.id
            self.home.ops.mutate(
                lambda services: services.log.snooze(id), lambda done: self._tell("Snoozed for an hour", done)
            )

    def action_skip(self) -> None:
        """Pass the step, or waive what goes along with one."""
        entry = self._workable()
        if entry is None:
            return
        id = entry.prospect.id
        if entry.offered == "companion":
            self.home.ops.mutate(
                lambda services: services.log.waive(id), lambda done: self._tell(f"Without the {entry.channel}", done)
            )
        elif entry.offered:
            self.home.ops.mutate(
                lambda services: services.log.waive_confirm(id), lambda done: self._tell("Not confirmed", done)
            )
        else:
            self.home.ops.mutate(lambda services: services.log.skip(id), lambda done: self._tell("Skipped", done))

    def action_skip_why(self) -> None:
        """Ask why, then pass the step."""
        from followup_tui.tui.screens.note_dialog import NoteDialog
        from followup_tui.tui.screens.prospect_endings import REASONS_HINT

        entry = self._planned()
        if entry is None:
            return
        id = entry.prospect.id

        def skip(reason: str | None) -> None:
            if reason is not None:
                self.home.ops.mutate(
                    lambda services: services.log.skip(id, reason), lambda done: self._tell("Skipped", done)
                )

        title = f"Skip · {clean(entry.prospect.name)}"
        self.home.push_screen(NoteDialog(title, label="reason", hint=REASONS_HINT), skip)

    def action_move(self) -> None:
        """Ask for another date."""
        from followup_tui.tui.screens.when_dialog import WhenDialog

        entry = self._planned()
        if entry is None:
            return
        id = entry.prospect.id

        def moved(when: When | None) -> None:
            if when is not None:
                self.home.ops.mutate(
                    lambda services: services.log.move(id, when.date, when.time), lambda done: self._tell("Moved", done)
                )

        self.home.push_screen(WhenDialog(f"Move · {clean(entry.prospect.name)}", "to"), moved)

    def action_compose(self) -> None:
        """Write to them; sending it logs it, beside a call as its companion."""
        if self.entry is not None:
            self.home.start_compose(self.entry.prospect.id, self.entry.channel)

    def action_dial(self) -> None:
        """Call them."""
        if self.entry is not None:
            self.home.start_dial(self.entry.prospect.id)

    def action_why(self) -> None:
        """Say why the row stands where it stands."""
        from followup_tui.tui.screens.why_dialog import WhyDialog

        if self.entry is not None:
            self.home.push_screen(WhyDialog(self.entry))

    def action_copy(self) -> None:
        """Copy the number or address that this touch uses."""
        entry = self.entry
        if entry is None:
            return
        person = self._people.get(entry.prospect.id)
        if person is not None:
            self._copy(person, entry.channel)
            return
        id = entry.prospect.id
        self.home.ops.query(
            "copy", lambda services: services.prospects.get(id), lambda got: self._copy(got, entry.channel), owner=self
        )

    def action_hint(self) -> None:
        """Put the coach's hint for the selected prospect away."""
        if self.entry is not None:
            self.home.dismiss_hint(self.entry.prospect.id)

    def action_draw(self) -> None:
        """Show whom the standing order would draw from the pool; without an order ask for one."""
        self.home.ops.query("standing", lambda services: services.standing.proposal(), self._propose, owner=self)

    def _propose(self, view: StandingView | None) -> None:
        from followup_tui.tui.screens.standing_dialog import StandingDialog

        def take(what: str | None) -> None:
            if what == "draw":
                self.home.ops.mutate(
                    lambda services: services.standing.apply(),
                    lambda done: self.home.say(f"Drawn from the pool: {len(done.drawn)} into {done.cadence} · u undo"),
                )
            elif what == "change":
                self._order(view)
            elif what == "remove":
                self.home.ops.mutate(
                    lambda services: (None, services.standing.off()),
                    lambda _: self.home.say("Standing order removed; who is in play stays · u undo"),
                )

        if view is None:
            self._order(None)
        else:
            self.home.push_screen(StandingDialog(view), take)

    def _order(self, view: StandingView | None) -> None:
        """Ask for the standing order."""

        def ask(cadences: tuple[str, ...]) -> None:
            from followup_tui.tui.screens.standing_dialog import StandingForm

            self.home.push_screen(StandingForm(view, cadences))

        self.home.ops.query(
            "standing cadences",
            lambda services: tuple(one.name for one in services.cadences.list()), ask, owner=self,
        )  # fmt: skip

    def action_first_import(self) -> None:
        """Import people, on the first run."""
        self.home.action_import()

    def action_demo(self) -> None:
        """Go on with fictional people in a throw-away database."""
        self.home.start_demo()

    def _copy(self, person: ProspectView, channel: str | None) -> None:
        fields = NEEDS.get(channel or "phone", ("address",))
        found = next((value for field in fields if (value := clean(getattr(person, field)))), "")
        if found:
            self.home.copy_text(found, f"Copied {found} · c again shows it")
        else:
            self.home.say(f"{person.name} has no {fields[0]}", "warning")

    def _workable(self) -> Entry | None:
        """Return the selected row if there is something to move, skip or snooze; say so otherwise."""
        entry = self.entry
        if entry is not None and entry.done is not None:
            self.home.say("This touch is made already · u undo")
            return None
        if entry is not None and entry.decision is not None:
            self.home.say("A decision waits for an answer · enter answers")
            return None
        return entry

    def _planned(self) -> Entry | None:
        """Return the selected row if it has a date of its own; a companion lapses with the day."""
        entry = self._workable()
        if entry is not None and entry.offered:
            self.home.say("This is only offered for today · l logs it, x waives it")
            return None
        return entry

    def _tell(self, verb: str, done: LogView) -> None:
        self.home.announce(done, verb)
