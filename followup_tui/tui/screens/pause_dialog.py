"""Pause a prospect: until when, and how it resumes; what each rule means for the next touch is shown before."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from followup_tui.domain.model import PauseRule
from followup_tui.errors import FollowupError, PhraseError
from followup_tui.records import dataclass
from followup_tui.services.views import NextTouchView, PauseView, ProspectView
from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.form_fields import TextField

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services

RULES = (
    (PauseRule.FREEZE, "freeze", "wait out the rest of the gap"),
    (PauseRule.RESTART, "restart", "the whole gap again"),
    (PauseRule.KEEP, "keep", "the planned date stays"),
)


@dataclass(frozen=True, slots=True)
class Pausing:
    """The answer: until when (None: open) and the rule."""

    until: date | None
    rule: str
    then: NextTouchView | None
    """What was shown to be next after it."""


class PauseDialog(Dialog[Pausing]):
    """The field takes a date phrase, up and down choose the rule, enter pauses."""

    HEADING = "Pause"
    FIELD = "#until"
    BINDINGS = commands.as_bindings(dialog_bindings.PAUSING)

    def __init__(self, prospect: ProspectView) -> None:
        super().__init__()
        self._prospect = prospect
        self._rule = 0
        self._until: date | None = None
        self._problem = ""
        self._reading = self._entered = False
        """Whether a phrase is being read, and enter was pressed meanwhile."""
        self._tried: tuple[PauseView, ...] = ()

    def compose(self) -> ComposeResult:
        """Show the field and the rules."""
        with Vertical(id="pause", classes="box") as box:
            box.border_title = content(f" Pause · {self._prospect.name} ")
            yield TextField(id="until", hint="until: in 2 weeks, 1 feb … empty: open")
            yield Static(id="resolved", markup=False)
            yield Static(id="rules", markup=False)

    def on_mount(self) -> None:
        """Show the rules."""
        super().on_mount()
        self._try()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._problem, self._until, self._tried = "", None, ()
        self._reading = bool(event.value.strip())
        self._entered = False
        self._try(event.value)

    def _try(self, phrase: str = "") -> None:
        """Try the pause out with each rule: the dates shown are the act's own."""
        if not self._reading:
            self._draw()
        self.home.ops.query("pause", lambda services: self._tell(services, phrase), self._show, self._wrong, owner=self)

    def _tell(self, services: Services, phrase: str) -> tuple[date | None, tuple[PauseView, ...]]:
        """Return what the phrase means, and the pause until then by each rule."""
        until = services.when(phrase).date if phrase.strip() else None
        if until is not None and until <= services.now().date():
            raise PhraseError("this day is not in the future")
        return until, services.log.pause_preview(self._prospect.id, until)

    def _show(self, found: tuple[date | None, tuple[PauseView, ...]]) -> None:
        self._until, self._tried = found
        self._reading = False
        self._draw()
        if self._entered:
            self._take()

    def _wrong(self, error: FollowupError) -> None:
        self._problem = str(error)
        self._reading = self._entered = False
        self._draw()

    def action_rule(self, by: int) -> None:
        """Choose another rule."""
        self._rule = (self._rule + by) % len(RULES)
        self._draw()

    @on(Input.Submitted)
    def _take(self) -> None:
        self._entered = self._reading
        if not (self._problem or self._reading):
            rule = RULES[self._rule][0]
            self.dismiss(Pausing(self._until, rule.value, self._next(rule)))

    def _draw(self) -> None:
        now = self.home.clock.now()
        resolved = self.query_one("#resolved", Static)
        if self._problem:
            resolved.update(content(self._problem, "$error"), layout=False)
        elif self._until is None or now is None:
            resolved.update(
                content("open: until you resume it with P; dates as if that were today", "$muted"), layout=False
            )
        else:
            resolved.update(content(f"until {wording.day_and_distance(self._until, now.date())}", "$due"), layout=False)
        lines = []
        total, today = self._prospect.steps_total, now.date() if now else None
        following = [self._next(rule) for rule, _, _ in RULES]
        dates = [wording.next_touch(one, today, total) if one and today else "" for one in following]
        widest = max(len(words) for words in dates)
        for place, (_, name, meaning) in enumerate(RULES):
            chosen = place == self._rule
            line = f"{'>' if chosen else ' '} {name:<8}"
            if widest:
                line += f"→ {dates[place]:<{widest}}   "
            lines.append(Content.assemble(content(line, "bold $next" if chosen else ""), content(meaning, "$muted")))
        lines.append(Content(""))
        lines.append(content(consent_words(self._prospect), "$muted"))
        lines.append(content("enter pauses · ↑↓ rule · esc", "$muted"))
        self.query_one("#rules", Static).update(Content("\n").join(lines), layout=False)

    def _next(self, rule: PauseRule) -> NextTouchView | None:
        return next((one.next_touch for one in self._tried if one.rule == rule), None)


def paused_words(prospect: ProspectView, pausing: Pausing, today: date) -> str:
    """Say what the pause did: until when, and what is next then."""
    if pausing.until is None:
        return f"Paused, open · {prospect.name}: {pausing.rule} when you resume it with P · u undo"
    then = wording.next_touch(pausing.then, today, prospect.steps_total)
    return f"Paused until {wording.day(pausing.until, today)} · {prospect.name} → {then} · u undo"


def consent_words(prospect: ProspectView) -> str:
    """Say whether they may be contacted from time to time, when and how they said so (S1)."""
    if prospect.consent is None:
        return "permission: never asked"
    when = f" on {prospect.consent_on:%d %b %Y}" if prospect.consent_on else ""
    by = f" by {prospect.consent_channel}" if prospect.consent_channel else ""
    words = f": “{prospect.consent_words}”" if prospect.consent_words else ""
    return f"permission: {'yes' if prospect.consent else 'no'}{when}{by}{words}"
