"""Triage: overdue work spread at once, with the days it goes to; or one card at a time, each step undoable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import clean, content
from followup_tui.tui.widgets.meters import glyphs, momentum_bar

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.language.dates import When
    from followup_tui.services.changes import Changes
    from followup_tui.services.views.triage import OverdueView, SpreadView

DAYS = 8
"""Days of the spread shown one by one."""
FEW = 3
"""Cards after which the pace is known."""


class TriageDialog(Dialog[None]):
    """Opens on the spread; any verb of a card goes through them one at a time."""

    HEADING = "Triage"
    BINDINGS = commands.as_bindings(dialog_bindings.TRIAGE)

    def __init__(self, spread: SpreadView, cards: tuple[OverdueView, ...], today: date) -> None:
        super().__init__()
        self._spread, self._cards, self._today = spread, cards, today
        self._at = 0
        self._one_by_one = False
        self._steps: list[tuple[int, bool]] = []
        """Card and whether something was written, for each step taken."""
        self._began = 0.0
        self._busy = False

    def compose(self) -> ComposeResult:
        """Show the spread."""
        with Vertical(id="triage", classes="box small") as box:
            box.border_title = content(f" Triage · {wording.count(self._spread.overdue, 'touch', 'touches')} overdue ")
            yield Static(id="triage-body", markup=False)

    def on_mount(self) -> None:
        """Draw."""
        super().on_mount()
        self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Spread from the table, the verbs of a card from cards."""
        if action in ("spread", "one_by_one"):
            return not self._one_by_one
        if action == "card":
            return self._one_by_one and not self._busy
        return super().check_action(action, parameters)

    def action_spread(self) -> None:
        """Spread all within capacity: one undo step."""
        if not self._spread.moved:
            self.home.say("Everything overdue fits today: there is nothing to move")
            return
        self.home.ops.mutate(lambda services: services.triage.spread(), self._spread_done)

    def _spread_done(self, done: SpreadView) -> None:
        last = max(one.date_to for one in done.moved)
        self.home.say(f"Spread {len(done.moved)} touches until {wording.day(last, self._today)} · u undo")
        self.dismiss(None)

    def action_one_by_one(self) -> None:
        """Look at one card after the other."""
        self._one_by_one, self._began = True, monotonic()
        self._draw()

    def action_card(self, verb: str) -> None:
        """Do one thing with the card: today keeps it in the plan, the rest writes at once."""
        if self._busy:
            return
        if verb == "undo":
            self._back()
        elif self._at < len(self._cards):
            self._act(verb, self._cards[self._at].prospect.id)

    def _act(self, verb: str, who: str) -> None:
        if verb == "today":
            self._stepped(wrote=False)
        elif verb == "tomorrow":
            self._write(lambda services: services.log.move(who, self._today + timedelta(days=1)))
        elif verb == "week":
            days = 7 - self._today.weekday()
            self._write(lambda services: services.log.move(who, self._today + timedelta(days=days)))
        elif verb == "skip":
            self._write(lambda services: services.log.skip(who))
        elif verb == "close":
            self._write(lambda services: services.prospects.close([who]))
        elif verb == "move":
            self._ask_when(who)

    def _ask_when(self, who: str) -> None:
        from followup_tui.tui.screens.when_dialog import WhenDialog

        def move(when: When | None) -> None:
            if when is not None:
                self._write(lambda services: services.log.move(who, when.date, when.time))

        name = clean(self._cards[self._at].prospect.name)
        self.home.push_screen(WhenDialog(f"Move · {name}", "to"), move)

    def _write(self, act: Callable[[Services], tuple[object, Changes]]) -> None:
        self._busy = True
        self.home.ops.mutate(act, lambda done: self._stepped(wrote=True), self._refused)

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self.home.say(str(error), "warning")

    def _stepped(self, *, wrote: bool) -> None:
        self._busy = False
        self._steps.append((self._at, wrote))
        self._at += 1
        self._draw()

    def _back(self) -> None:
        """Take the last step back, with what it wrote."""
        if not self._steps:
            self.home.say("There is no step to take back here")
            return
        self._at, wrote = self._steps.pop()
        if wrote:
            self.home.action_undo()
        self._draw()

    def _draw(self) -> None:
        if not self.is_attached:
            return
        lines = self._card_lines() if self._one_by_one else self._spread_lines()
        self.query_one("#triage-body", Static).update(Content("\n").join(lines))

    def _spread_lines(self) -> list[Content]:
        view = self._spread
        fits = not view.moved
        said = "everything fits today: nothing has to move" if fits else "s spreads all within capacity, as one step:"
        lines = [content(said, "$next"), content("")]
        for one in view.days[:DAYS]:
            stays = f"{one.added} stay" if one.date == self._today else f"+ {one.added}"
            load = f"{one.minutes} of {one.capacity_minutes} min"
            day = wording.day(one.date, self._today)
            lines.append(content(f"  {day:<12}{stays:>9}   {one.planned:>4} planned   {load:>18}"))
        if len(view.days) > DAYS:
            rest = sum(one.added for one in view.days[DAYS:])
            until = wording.day(view.days[-1].date, self._today)
            lines.append(content(f"  and {rest} more until {until}", "$muted"))
        if view.untouched:
            lines += [content(""), content(f"{view.untouched} stay untouched: promises, answers, decisions", "$muted")]
        ways = "o one at a time · esc" if fits else "s spread all · o one at a time · esc"
        return [*lines, content(""), content(ways, "$muted")]

    def _card_lines(self) -> list[Content]:
        left = len(self._cards) - self._at
        if not left:
            taken = wording.count(len(self._steps), "card")
            return [content(f"That was all: {taken}.", "$next"), content(""), content("u takes back · esc", "$muted")]
        card = self._cards[self._at]
        bar = "".join(text for text, _ in momentum_bar(card.momentum, 8, glyphs(self.home.config.symbols)))
        who = " · ".join(part for part in (clean(card.prospect.name), clean(card.prospect.company)) if part)
        what = wording.step(card.channel, card.step, card.steps_total, card.kind)
        late = f"{wording.count(card.overdue_days, 'day')} over, due {wording.day(card.due, self._today)}"
        return [
            content(f"{left} left{self._estimate(left)}", "$muted"),
            content(""),
            content(who, "bold $next"),
            content(f"{what} · {clean(card.cadence or 'no cadence')} · {wording.count(card.attempts, 'attempt')}"),
            Content.assemble(
                content(f"{late}   ", "$overdue"), content(f"{bar} {card.momentum * 100:.0f} %", "$muted")
            ),
            content(""),
            content("t today · n tomorrow · w next week · m move · x skip · c close", "$key"),
            content("u takes the last step back · esc", "$muted"),
        ]

    def _estimate(self, left: int) -> str:
        """Return how long the rest takes at the pace so far; empty until it is known."""
        if len(self._steps) < FEW:
            return ""
        minutes = round((monotonic() - self._began) / len(self._steps) * left / 60)
        return f" · about {wording.span(max(1, minutes))} until zero"
