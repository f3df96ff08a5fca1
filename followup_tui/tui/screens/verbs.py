"""What can be done to one prospect or to several, the same from every screen that shows them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from followup_tui.domain.channels import BY_NAME
from followup_tui.errors import UsageError
from followup_tui.services.changes import Changes
from followup_tui.tui import wording
from followup_tui.tui.screens.place import Place

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.services.views import EnrolView

Ids = Sequence[str]


class Verbs(Place):
    """Subclasses say who is `chosen`: looked up in the worker, for the marked may be very many."""

    @abstractmethod
    def chosen(self) -> Callable[[Services], Ids] | None:
        """Return how to find the ids the next verb acts on; None when there is nobody."""

    @abstractmethod
    def chosen_words(self) -> str:
        """Return who that is, in words: `Ann Lee`, `312 prospects`."""

    def action_star(self) -> None:
        """Mark as important; when one alone is marked already, take it away."""
        chosen, who = self.chosen(), self.chosen_words()
        if chosen is None:
            return

        def star(services: Services) -> tuple[int, Changes]:
            ids = chosen(services)
            return services.prospects.star(ids, None if len(ids) == 1 else True)

        def told(_: int) -> None:
            self.home.say(f"Star changed · {who} · u undo")
            self.verb_done()

        self.home.ops.mutate(star, told)

    def action_enrol(self) -> None:
        """Ask for a cadence and enrol."""
        from followup_tui.tui.screens.enrol_dialog import EnrolDialog, Enrolling

        chosen, who = self.chosen(), self.chosen_words()
        if chosen is None:
            return

        def enrol(wanted: Enrolling | None) -> None:
            if wanted is None:
                return

            def told(done: EnrolView) -> None:
                self.home.say(enrolled_words(done, wanted.cadence, who, self.today))
                self.verb_done()

            self.home.ops.mutate(
                lambda services: services.cadences.enrol(chosen(services), wanted.cadence, per_day=wanted.per_day), told
            )

        self.home.push_screen(EnrolDialog(who, self.cadence_now(), chosen), enrol)

    def verb_done(self, stay: Collection[str] | None = None) -> None:
        """A verb on the chosen is stored; with `stay`, only these are still to be chosen."""

    def cadence_now(self) -> str | None:
        """Return the cadence an enrolment would replace, when one is known."""
        return None

    @property
    def today(self) -> date:
        """The user's today."""
        now = self.home.clock.now()
        if now is None:
            raise UsageError("the time is not known yet")
        return now.date()

    def copy(self, value: str, what: str) -> None:
        """Put a number or an address on the clipboard."""
        if not value:
            self.home.say("There is no number and no address to copy")
            return
        self.home.copy_text(value, f"Copied {what}: {value} · c again shows it")


def enrolled_words(done: EnrolView, cadence: str, who: str, today: date) -> str:
    """Return what an enrolment did: how many, from when to when, who was refused and why."""
    number = who if done.enrolled == 1 and not done.refused else wording.count(done.enrolled, "prospect")
    words = f"Enrolled in {cadence}: {number}"
    if done.first is not None:
        words += f", first touch {wording.day(done.first, today)}"
        if done.last is not None and done.last != done.first:
            words += f" to {wording.day(done.last, today)}"
    if done.refused:
        someone, why = done.refused[0]
        words += f". Refused {len(done.refused):,}: {someone.name} – {why}" + (" …" if len(done.refused) > 1 else "")
    if done.unmet:
        some = wording.count(len(done.unmet), "prospect")
        words += f". No block of the week meets the hours of {some}: another channel, own time, or an extra block"
    return words + " · u undo"


def detail_for(channel: str | None, details: dict[str, str]) -> tuple[str, str]:
    """Return kind and value of the detail a touch on the channel needs; else the first there is; else two blanks."""
    needs = BY_NAME[channel].needs if channel in BY_NAME else ()
    for kind in (*needs, "phone", "mobile", "email", "address", "fax"):
        if details.get(kind):
            return kind, details[kind]
    return "", ""
