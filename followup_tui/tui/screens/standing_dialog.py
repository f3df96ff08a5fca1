"""The standing order: whom it would draw from the pool, shown before it happens; and setting it (domain §3, S0)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from followup_tui.errors import FollowupError, UsageError
from followup_tui.services.views import StandingView
from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.screens.form import Form
from followup_tui.tui.text import clean, content
from followup_tui.tui.widgets.form_fields import Choice, TextField

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.services.changes import Changes

MOST = 12
"""People named in the proposal."""
FEW = 5
"""People named while the order is typed."""
LINES = 100
"""S0: a hundred lines in the water."""


class StandingDialog(Dialog[str]):
    """Gives `draw`, `change` or `remove`."""

    HEADING = "Standing order"
    BINDINGS = commands.as_bindings(dialog_bindings.STANDING)

    def __init__(self, view: StandingView) -> None:
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        """Show who and why."""
        view = self._view
        with Vertical(id="standing", classes="box small") as box:
            box.border_title = content(f" Standing order · {view.lines:,} lines in {view.cadence} ")
            draws = "enter draws them · " if view.drawn else ""
            box.border_subtitle = content(f"{draws}E change · ctrl+d remove · esc")
            yield Static(content(f"from the pool: {view.filter or 'everybody'}", "$muted"))
            yield Static(Content("\n").join(proposal_lines(view, MOST)))

    def action_choose(self, what: str) -> None:
        """Draw them, or change or remove the order."""
        if what != "draw" or self._view.drawn:
            self.dismiss(what)


def proposal_lines(view: StandingView, most: int) -> list[Content]:
    """Return why and whom an order would draw now."""
    lines = [content(view.why, "$muted")]
    drawn = wording.count(len(view.drawn), "person", "people")
    lines.append(content(f"{drawn} would start now" if view.drawn else "nobody would start now", "$next"))
    names = (" · ".join(part for part in (clean(who.name), clean(who.company)) if part) for who in view.drawn[:most])
    lines += [content(f"  {name}") for name in names]
    if len(view.drawn) > most:
        lines.append(content(f"  and {len(view.drawn) - most:,} more", "$muted"))
    return lines


class StandingForm(Form[None]):
    """Whom the order would draw now stands below what is typed."""

    FIELD = "#lines"

    def __init__(self, order: StandingView | None, cadences: tuple[str, ...]) -> None:
        super().__init__()
        self._order, self._cadences = order, cadences

    @property
    def heading(self) -> str:
        """What it is."""
        return "Standing order"

    def rows(self) -> ComposeResult:
        """Yield how many, from whom, into what, how fast."""
        order, symbols = self._order, self.home.config.symbols
        now_on = order.cadence if order else "Cold six"
        per_day = str(order.per_day) if order and order.per_day else ""
        yield from self.row(
            "lines", TextField(str(order.lines if order else LINES), id="lines", hint="in play at once")
        )
        yield from self.row(
            "from",
            TextField(order.filter if order else "", id="filter", hint="a filter, as tag:roof has:phone; empty: all"),
        )
        yield from self.row("cadence", Choice(self._cadences, now_on, id="cadence", symbols=symbols))
        yield from self.row("per day", TextField(per_day, id="per_day", hint="at most; empty: what there is room for"))
        yield Static(id="standing-proposal", markup=False)

    def on_mount(self) -> None:
        """Show at once what stands there."""
        super().on_mount()
        self._try()

    @on(TextField.Changed)
    @on(Choice.Changed)
    def _try(self) -> None:
        values = self.values()
        self.home.ops.query(
            "standing form", lambda services: services.standing.preview(*_order_of(values)),
            lambda view: self._tell(proposal_lines(view, FEW)),
            lambda error: self._tell([content(str(error), "$error")]), owner=self,
        )  # fmt: skip

    def _tell(self, lines: list[Content]) -> None:
        self.query_one("#standing-proposal", Static).update(Content("\n").join(lines), layout=False)

    def save(self, values: dict[str, str]) -> None:
        """Store the order; it draws nobody by itself."""

        def put(services: Services) -> tuple[None, Changes]:
            return None, services.standing.set(*_order_of(values))

        self.home.ops.mutate(put, lambda _: self._done(values), self.refused)

    def _done(self, values: dict[str, str]) -> None:
        self.home.say(
            f"Standing order: {values['lines']} lines in {values['cadence']} · D shows whom it draws · u undo"
        )
        self.leave()

    def refused(self, error: FollowupError) -> None:
        """Show what is wrong where the proposal stands."""
        super().refused(error)
        self.say("Not saved", "$error")
        self._tell([content(str(error), "$error")])


def _order_of(values: dict[str, str]) -> tuple[str, str, int, int | None]:
    per_day = _number(values["per_day"], "per day") if values["per_day"] else None
    return values["filter"], values["cadence"], _number(values["lines"], "lines"), per_day


def _number(text: str, field: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:9]) <= 100_000):
        raise UsageError(f"{field}: “{text}” is not a number from 1 on", "as 100")
    return int(text)
