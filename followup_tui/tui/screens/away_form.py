"""Away: the user's own absence, what it would do shown while it is typed, one undo step (domain §5)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from followup_tui.domain.model import PauseRule
from followup_tui.errors import FollowupError
from followup_tui.services.views import AwayView
from followup_tui.tui import wording
from followup_tui.tui.screens.form import Form
from followup_tui.tui.text import content
from followup_tui.tui.widgets.form_fields import Choice, TextField

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services

LINES = 7
"""Lines of the preview."""


class AwayForm(Form[None]):
    """Promises and meetings are listed for a decision each; the rest moves by the rule."""

    FIELD = "#first"

    @property
    def heading(self) -> str:
        """What it is."""
        return "Away"

    def rows(self) -> ComposeResult:
        """Yield the span and the rule."""
        rules = tuple(rule.value for rule in PauseRule)
        yield from self.row("from", TextField(id="first", hint="mon · 21.12. · a day that has passed mends the streak"))
        yield from self.row("to", TextField(id="last", hint="the last day away"))
        yield from self.row("rule", Choice(rules, rules[0], id="rule", symbols=self.home.config.symbols))
        yield Static(id="away", markup=False)

    @on(TextField.Changed)
    @on(Choice.Changed)
    def _try(self) -> None:
        values = self.values()
        if not (values["first"] and values["last"]):
            self._tell([])
            return
        self.home.ops.query(
            "away", lambda services: services.away.preview(*self._span(services, values)), self._show,
            lambda error: self._tell([content(str(error), "$error")]), owner=self,
        )  # fmt: skip

    def _span(self, services: Services, values: dict[str, str]) -> tuple[date, date, str]:
        first, last = (services.when(values[name]).date for name in ("first", "last"))
        return first, last, values["rule"]

    def _show(self, view: AwayView) -> None:
        now = self.home.clock.now()
        today = now.date() if now else view.first
        span = (
            f"{wording.day(view.first, today)} to {wording.day(view.last, today)}, back {wording.day(view.back, today)}"
        )
        moved = wording.count(len(view.moved), "touch", "touches")
        lines = [content(f"{span} · {moved} move · {len(view.kept)} to decide", "bold")]
        for kept in view.kept:
            at = f" {wording.clock(kept.time)}" if kept.time else ""
            lines.append(
                content(f"{kept.prospect.name}: {kept.kind} {wording.day(kept.date, today)}{at} stays", "$fixed")
            )
        for move in view.moved:
            dates = f"{wording.day(move.date_from, today)} → {wording.day(move.date_to, today)}"
            lines.append(content(f"{move.prospect.name}: {move.channel or move.kind} {dates}"))
        more = len(lines) - LINES
        self._tell(lines if more <= 0 else [*lines[: LINES - 1], content(f"… and {more + 1:,} more", "$muted")])

    def _tell(self, lines: list[Content]) -> None:
        self.query_one("#away", Static).update(Content("\n").join(lines), layout=False)

    def save(self, values: dict[str, str]) -> None:
        """Store the absence and move the plan."""
        self.home.ops.mutate(
            lambda services: services.away.apply(*self._span(services, values)), self._done, self.refused
        )

    def _done(self, view: AwayView) -> None:
        decide = f", {len(view.kept)} to decide" if view.kept else ""
        self.home.say(f"Away: {wording.count(len(view.moved), 'touch', 'touches')} moved{decide} · u undo")
        self.leave()

    def refused(self, error: FollowupError) -> None:
        """Show what is wrong where the preview stands."""
        super().refused(error)
        self.say("Not saved", "$error")
        self._tell([content(str(error), "$error")])
