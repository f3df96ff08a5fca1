"""The standing order's proposal: whom it would draw from the pool, shown before it happens; enter draws (S0)."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from followup_tui.services.views import StandingView
from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import clean, content

MOST = 12


class StandingDialog(Dialog[bool]):
    """Gives True on enter."""

    HEADING = "Standing order"
    BINDINGS = commands.as_bindings(dialog_bindings.STANDING)

    def __init__(self, view: StandingView) -> None:
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        """Show who and why."""
        view = self._view
        with Vertical(id="standing", classes="box small") as box:
            box.border_title = content(f" From the pool into {view.cadence} ")
            box.border_subtitle = content("enter draws them · esc")
            yield Static(content(f"{view.in_play:,} of {view.lines:,} lines in the water: {view.why}", "$muted"))
            for who in view.drawn[:MOST]:
                yield Static(content(" · ".join(part for part in (clean(who.name), clean(who.company)) if part)))
            if len(view.drawn) > MOST:
                more = wording.count(len(view.drawn) - MOST, "more", "more")
                yield Static(content(f"and {more}", "$muted"))

    def action_draw(self) -> None:
        """Draw them."""
        self.dismiss(True)
