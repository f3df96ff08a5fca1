"""What can be done to all marked prospects at once: one question, one undo step, and who was refused and why."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from followup_tui.errors import FollowupError
from followup_tui.services.changes import Changes
from followup_tui.services.views import BulkView
from followup_tui.tui import wording
from followup_tui.tui.screens.verbs import Ids, Verbs

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.language.dates import When
    from followup_tui.tui.screens.export_form import Group

Progress = Callable[[int], bool]
Verb = Callable[["Services", Ids, Progress], tuple[BulkView, Changes]]
MANY = 20
"""From so many on, a verb that asks nothing else asks once more."""
LONG = 200
"""From so many on, the work shows how far it is and can be cancelled."""


class BulkVerbs(Verbs):
    """Verbs on the chosen; subclasses also say how many that are."""

    @property
    @abstractmethod
    def chosen_number(self) -> int:
        """How many the next verb acts on."""

    def action_star(self) -> None:
        """Mark as important: one alone is turned round, many are starred."""
        if self.chosen_number <= 1:
            super().action_star()
        else:
            self._sure("Star", "Starred", lambda services, ids, go_on: services.bulk.star(ids, progress=go_on))

    def action_tag(self) -> None:
        """Ask for tags."""
        self._ask_words(
            "Tag",
            "tags",
            "words by commas; one with - before it goes · enter · esc",
            lambda words: self._do(
                "Tag", "Tagged", lambda services, ids, go_on: services.bulk.tag(ids, words.split(","), go_on)
            ),
        )

    def action_close_them(self) -> None:
        """Ask why, and close."""

        def close(reason: str) -> None:
            self._sure(
                "Close", "Closed", lambda services, ids, go_on: services.bulk.close(ids, reason, go_on), ends=True
            )

        self._ask_words("Close", "reason", "enter, with or without a reason · esc", close)

    def action_move(self) -> None:
        """Ask for another date."""
        self._ask_when(
            "Move",
            "to",
            lambda when: self._sure(
                "Move", "Moved", lambda services, ids, go_on: services.bulk.move(ids, when.date, when.time, go_on)
            ),
        )

    def action_pause(self) -> None:
        """Ask until when, and stop the clock."""
        self._ask_when(
            "Pause",
            "until",
            lambda when: self._sure(
                "Pause",
                "Paused",
                lambda services, ids, go_on: services.bulk.pause(ids, when.date, progress=go_on),
            ),
        )

    @abstractmethod
    def export_groups(self) -> tuple[Group, ...]:
        """Return whom an export can be about, the likeliest first."""

    @property
    @abstractmethod
    def filter_shown(self) -> str:
        """The filter of what is shown."""

    def action_export(self) -> None:
        """Ask whom, as what and where to, and write the file."""
        from followup_tui.tui.screens.export_form import ExportForm

        self.home.push_screen(ExportForm(self.export_groups(), self.filter_shown))

    # How ----------------------------------------------------------------------------------------------------------

    def _ask_words(self, verb: str, label: str, hint: str, then: Callable[[str], None]) -> None:
        from followup_tui.tui.screens.note_dialog import NoteDialog

        if self.chosen() is None:
            return
        dialog = NoteDialog(f"{verb} · {self.chosen_words()}", label=label, hint=hint)
        self.home.push_screen(dialog, lambda words: None if words is None else then(words))

    def _ask_when(self, verb: str, label: str, then: Callable[[When], None]) -> None:
        from followup_tui.tui.screens.when_dialog import WhenDialog

        if self.chosen() is None:
            return
        dialog = WhenDialog(f"{verb} · {self.chosen_words()}", label)
        self.home.push_screen(dialog, lambda when: None if when is None else then(when))

    def _sure(self, verb: str, said: str, work: Verb, *, ends: bool = False) -> None:
        """Ask once more when it is about many."""
        from followup_tui.tui.screens.confirm_dialog import ConfirmDialog

        if self.chosen_number < MANY:
            self._do(verb, said, work, ends=ends)
            return
        question = f"{verb} {self.chosen_words()}, as one step that u takes back?"
        dialog = ConfirmDialog(f" {verb} ", question, f"y  {verb.lower()} them")
        self.home.push_screen(dialog, lambda yes: self._do(verb, said, work, ends=ends) if yes else None)

    def _do(self, verb: str, said: str, work: Verb, *, ends: bool = False) -> None:
        """Do it to all of them, with a bar and a way out when it takes long; `ends` takes the marks off who is done."""
        from followup_tui.tui.screens.working_dialog import WorkingDialog

        chosen, who, number = self.chosen(), self.chosen_words(), self.chosen_number
        if chosen is None:
            return
        dialog = WorkingDialog(f"{verb} · {who}", number)
        if number >= LONG:
            self.home.push_screen(dialog)

        def told(done: BulkView) -> None:
            dialog.finished()
            self.home.say(bulk_words(said, who, done))
            self.verb_done([who.id for who, _ in done.refused] if ends else None)

        def failed(error: FollowupError) -> None:
            dialog.finished()
            self.home.say(str(error), "error")

        self.home.ops.mutate(lambda services: work(services, chosen(services), dialog.progress), told, failed)


def bulk_words(said: str, who: str, done: BulkView) -> str:
    """Return what was done: to whom or how many, and who was refused and why."""
    words = f"{said}: {who if not done.refused else wording.count(done.done, 'prospect')}"
    if done.refused:
        someone, why = done.refused[0]
        words += f". Refused {len(done.refused):,}: {someone.name} – {why}" + (" …" if len(done.refused) > 1 else "")
    return words + " · u undo"
