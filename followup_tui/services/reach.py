"""Calling one prospect: the numbers, a line to begin with, and the user's dialler (S1: just call)."""

from __future__ import annotations

from followup_tui.domain.model import Relation
from followup_tui.domain.naming import first_name
from followup_tui.errors import UsageError
from followup_tui.services import present, programs
from followup_tui.services.context import Context
from followup_tui.services.guard import warning
from followup_tui.services.recording import stored
from followup_tui.services.views import DialView, NumberView
from followup_tui.storage.people import Person


class ReachService:
    """Numbers and links, handed to the programs of `[commands]`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def dialling(self, prospect_id: str) -> DialView:
        """Return what is needed to call: numbers, the good ones first, the opener, and what the guard says."""
        context = self._context
        with context.database.reading() as connection:
            person, rules = stored(connection, prospect_id), context.rules(connection)
            state = present.state_of(person)
            said = warning(connection, context, prospect_id, state, "phone", context.now(), rules)
        stopped = state.relation is Relation.DO_NOT_CONTACT or "phone" in state.stopped_channels
        return DialView(
            prospect=person.id,
            name=person.name,
            numbers=_numbers(person),
            opener=opener(person, context.config.me.name),
            guard=said,
            stopped="asked not to be called" if stopped else "",
        )

    def dial(self, prospect_id: str, number: str | None = None) -> DialView:
        """Start the dialler with a number, else the first good one; FollowupError in one line when that fails."""
        view = self.dialling(prospect_id)
        if view.stopped:
            raise UsageError(f"{view.name} {view.stopped}", "nothing was dialled")
        chosen = number or next((one.number for one in view.numbers if not one.bad), "")
        if not any(one.number == chosen for one in view.numbers):
            what = "such number" if number else "good number"
            raise UsageError(f"{view.name} has no {what}", "add one with E, or followup edit")
        with self._context.database.reading() as connection:
            person = stored(connection, prospect_id)
        key = next(detail.key for detail in person.details if detail.value == chosen and detail.kind in _CALLED)
        command = self._context.config.commands.dial
        if not command:
            raise UsageError("no dialler is set", "[commands] dial in config.toml, or copy the number")
        fields = {"phone": programs.dialled(chosen, key), "name": person.name}
        programs.start(programs.arguments(command, fields))
        return view

    def open_link(self, link: str) -> None:
        """Show a link in the user's browser; UsageError for anything but http and https."""
        from followup_tui.services.library import checked_link

        command = self._context.config.commands.open
        if not command:
            raise UsageError("no program for links is set", "[commands] open in config.toml")
        programs.start(programs.arguments(command, {"link": checked_link(link)}))


_CALLED = ("phone", "mobile")


def _numbers(person: Person) -> tuple[NumberView, ...]:
    found = [
        NumberView(detail.kind, detail.value, detail.label, detail.bad)
        for detail in person.details
        if detail.kind in _CALLED
    ]
    return tuple(sorted(found, key=lambda one: one.bad))


def opener(person: Person, me: str) -> str:
    """Return one line to begin a call with: who calls, why, and what is in it for them (S1, S4: say why you call)."""
    hello = f"Hello {first_name(person.name)}" + (f", {me} here." if me else ".")
    why = f" You told me: {_sentence(person.why)}" if person.why else ""
    benefit = f" I can help with this: {_sentence(person.benefit)}" if person.benefit else ""
    return f"{hello}{why}{benefit} Do you have two minutes?"


def _sentence(text: str) -> str:
    line = " ".join(text.split())
    return line if line[-1:] in ".!?…" else f"{line}."
