"""The prospect's clock: confirm what phone or address suggest, or choose another zone by a few letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from followup_tui.errors import FollowupError
from followup_tui.tui import commands, dialog_bindings
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.field import CleanInput

if TYPE_CHECKING:
    from followup_tui.services.views.planning import ZoneView

_SHOWN = 6


class ZoneDialog(Dialog[None]):
    """Enter confirms the zone that is marked: the suggested one until something is typed."""

    HEADING = "Zone"
    FIELD = "#zone-typed"
    BINDINGS = commands.as_bindings(dialog_bindings.ZONE)

    def __init__(self, prospect: str) -> None:
        super().__init__()
        self._prospect = prospect
        self._view: ZoneView | None = None
        self._found: tuple[str, ...] = ()
        self._at = 0
        self._wanted = False

    def compose(self) -> ComposeResult:
        """Show the field, and below it what is suggested or found."""
        with Vertical(id="zone-box", classes="box small") as box:
            box.border_title = Content(" Their clock ")
            box.border_subtitle = Content("enter confirms · ↑↓ another · esc")
            yield Static(id="zone-now", markup=False)
            with Horizontal(classes="line"):
                yield Static(content("zone"), classes="label")
                yield CleanInput(id="zone-typed", placeholder="a city or a zone, as kathmandu", compact=True)
            yield Static(id="zone-found", markup=False)

    def on_mount(self) -> None:
        """Fetch what is known."""
        super().on_mount()
        who = self._prospect
        self.home.ops.query("zone", lambda services: services.zones.look(who), self._show, owner=self)

    def _show(self, view: ZoneView) -> None:
        self._view = view
        self.query_one("#zone-box").border_title = content(f" Their clock · {view.name} ")
        state = "confirmed" if view.confirmed else "not confirmed"
        now = content(f"{view.local_time} there now, {'open' if view.open else 'closed'} · ", "")
        said = Content.assemble(now, content(f"{view.zone}, {state}", "$value" if view.confirmed else "$overdue"))
        if view.why:
            said = Content.assemble(said, Content("\n"), content(f"{view.suggested} after {view.why}", "$muted"))
        self.query_one("#zone-now", Static).update(said)
        if not self.query_one(Input).value:
            self._offer(tuple(dict.fromkeys(zone for zone in (view.suggested, view.zone) if zone)))

    def _offer(self, zones: tuple[str, ...]) -> None:
        self._found, self._at = zones[:_SHOWN], 0
        self._draw()
        wanted, self._wanted = self._wanted, False
        if wanted and zones:
            self.action_take()

    def _draw(self) -> None:
        lines = [
            content(f"{'▸' if place == self._at else ' '} {zone}", "bold $next" if place == self._at else "")
            for place, zone in enumerate(self._found)
        ]
        lines = lines or [content("no zone is called that", "$overdue")]
        self.query_one("#zone-found", Static).update(Content("\n").join(lines))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        text = event.value
        if not text.strip():
            if self._view is not None:
                self._show(self._view)
            return
        self._found = ()  # enter waits for what was typed
        self.home.ops.query("zones", lambda services: services.zones.matching(text), self._offer, owner=self)

    def action_cursor(self, by: int) -> None:
        """Mark another zone."""
        if self._found:
            self._at = (self._at + by) % len(self._found)
            self._draw()

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Confirm the marked zone."""
        if not self._found:
            self._wanted = True
            return
        who, zone = self._prospect, self._found[self._at]
        self.home.ops.mutate(lambda services: services.zones.confirm(who, zone), self._confirmed, self._refused)

    def _confirmed(self, view: ZoneView) -> None:
        self.home.say(f"{view.name}: {view.zone}, {view.local_time} there now · u undo")
        self.leave()

    def _refused(self, error: FollowupError) -> None:
        self.query_one("#zone-found", Static).update(content(str(error), "$error"))
