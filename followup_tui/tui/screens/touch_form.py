"""Correcting a touch logged wrong: what would become of the dates is shown before it is saved (domain §4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from followup_tui.domain.channels import CHANNELS
from followup_tui.domain.model import Outcome
from followup_tui.errors import FollowupError, UsageError
from followup_tui.services.views import CorrectionView, NextTouchView, TouchView
from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.screens.form import Form
from followup_tui.tui.text import clean, content
from followup_tui.tui.widgets.form_fields import Choice, TextField

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.services.changes import Changes

FELT = ("not said", "good", "neutral", "bad")


class TouchForm(Form[None]):
    """Every change is tried out as it is typed; only what differs is sent."""

    FIELD = "#outcome"
    BINDINGS = commands.as_bindings(dialog_bindings.TOUCH)

    def __init__(self, touch: TouchView, who: str) -> None:
        super().__init__()
        self._touch = touch
        self._who = who

    @property
    def heading(self) -> str:
        """Whose touch it is."""
        return f"Correct · {self._who} · {self._touch.channel}, {self._touch.outcome}"

    def rows(self) -> ComposeResult:
        """Yield what can have been logged wrong."""
        touch, symbols = self._touch, self.home.config.symbols
        outcomes = tuple(outcome.value for outcome in Outcome if outcome is not Outcome.SKIP)
        yield from self.row("outcome", Choice(outcomes, touch.outcome, id="outcome", symbols=symbols))
        yield from self.row("when", TextField(id="until", hint="the date and time agreed: tue 3pm"))
        names = tuple(dict.fromkeys((*(channel.name for channel in CHANNELS), touch.channel)))
        yield from self.row("channel", Choice(names, touch.channel, id="channel", symbols=symbols))
        yield from self.row("time", TextField(f"{touch.at:%Y-%m-%d %H:%M}", id="at", hint="yesterday 15:00"))
        yield from self.row("value", TextField(touch.value, id="value", hint="what they got from it"))
        yield from self.row("felt", Choice(FELT, touch.sentiment or FELT[0], id="sentiment", symbols=symbols))
        yield from self.row("note", TextField(touch.note, id="note"))
        yield Static(id="dates", markup=False)

    def on_mount(self) -> None:
        """Show what stands now."""
        box = self.query_one("#form", VerticalScroll)
        box.border_subtitle = content("ctrl+s saves · ctrl+d removes the touch · esc")
        super().on_mount()
        self._follow()
        self._before = self.values()

    def _follow(self) -> None:
        self.show_row("until", Outcome(self.query_one("#outcome", Choice).value).asks_when)

    @on(TextField.Changed)
    @on(Choice.Changed)
    def _try(self) -> None:
        """Look what the dates would become."""
        self._follow()
        values = self.values()
        if not self._differing(values):
            self._tell_dates("the dates stay as they are", "$muted")
            return
        id = self._touch.id
        self.home.ops.query(
            "correction",
            lambda services: services.log.correct(id, **self._wanted(services, values), dry_run=True)[0],
            self._show_dates,
            lambda error: self._tell_dates(str(error), "$error"),
            owner=self,
        )

    def _differing(self, values: Mapping[str, str]) -> dict[str, str]:
        return {name: value for name, value in values.items() if value != self._before.get(name, "")}

    def _wanted(self, services: Services, values: Mapping[str, str]) -> dict[str, Any]:
        """Return what differs, as the service takes it; PhraseError for a time that is none."""
        wanted: dict[str, Any] = dict(self._differing(values))
        if "outcome" in wanted:
            wanted["outcome"] = Outcome(wanted["outcome"])
            if wanted["outcome"].asks_when and not values.get("until"):
                raise UsageError("say when: a date, with a time if there is one")
        if "sentiment" in wanted:
            wanted["sentiment"] = "" if wanted["sentiment"] == FELT[0] else wanted["sentiment"]
        if "at" in wanted:
            wanted["at"] = self._moment(services, wanted["at"])
        if until := wanted.pop("until", ""):
            wanted["until"], wanted["until_time"] = self._when(services, until, future=True)
        return wanted

    def _moment(self, services: Services, text: str) -> datetime:
        day, at = self._when(services, text, future=False)
        return datetime.combine(day, at or self._touch.at.timetz().replace(tzinfo=None), services.now().tzinfo)

    def _when(self, services: Services, text: str, *, future: bool) -> tuple[date, Any]:
        when = services.when(text, future=future)
        return when.date, when.time

    def _show_dates(self, done: CorrectionView) -> None:
        now = self.home.clock.now()
        today = now.date() if now else self._touch.at.date()
        before, after = _next(done.before, today), _next(done.after, today)
        if before == after:
            self._tell_dates(f"next: {after}, unchanged", "$muted")
        else:
            self._tell_dates(f"next: {before} → {after}", "bold $due")

    def _tell_dates(self, text: str, style: str) -> None:
        self.query_one("#dates", Static).update(content(text, style), layout=False)

    def save(self, values: dict[str, str]) -> None:
        """Correct what differs."""
        id = self._touch.id
        if not self._differing(values):
            self.dismiss(None)
            return

        def correct(services: Services) -> tuple[CorrectionView, Changes]:
            return services.log.correct(id, **self._wanted(services, values))

        self.home.ops.mutate(correct, lambda done: self._done("Corrected", done), self.refused)

    def action_remove(self) -> None:
        """Say what would become of the dates without the touch; `y` takes it away."""
        id = self._touch.id
        self.home.ops.query(
            "removal",
            lambda services: services.log.remove(id, dry_run=True)[0],
            self._confirm,
            self.refused,
            owner=self,
        )

    def _confirm(self, done: CorrectionView) -> None:
        from followup_tui.tui.screens.confirm_dialog import ConfirmDialog

        now, id = self.home.clock.now(), self._touch.id
        today = now.date() if now else self._touch.at.date()
        what = f"{self._touch.channel}, {self._touch.outcome} of {self._touch.at:%a %d %b %H:%M}"
        text = (
            f"{clean(self._who)}: {what} is taken out, as if it had never been logged. "
            f"Next: {_next(done.before, today)} → {_next(done.after, today)}."
        )

        def remove(yes: bool | None) -> None:
            if yes:
                self.home.ops.mutate(
                    lambda services: services.log.remove(id), lambda done: self._done("Removed", done), self.refused
                )

        self.home.push_screen(ConfirmDialog("Remove a touch", text, "y  yes, remove it"), remove)

    def _done(self, verb: str, done: CorrectionView) -> None:
        now = self.home.clock.now()
        today = now.date() if now else done.touch.at.date()
        line = f"{verb}: {done.touch.channel}, {done.touch.outcome} · {self._who} → {_next(done.after, today)}"
        self.home.say(f"{line} · u undo" if done.undo else f"Nothing differs · {self._who}")
        self.leave()

    def refused(self, error: FollowupError) -> None:
        """Show what is wrong where the dates stand: there is room for a sentence."""
        super().refused(error)
        self.say("Not saved", "$error")
        self._tell_dates(str(error), "$error")


def _next(touch: NextTouchView | None, today: date) -> str:
    return wording.next_touch(touch, today)
