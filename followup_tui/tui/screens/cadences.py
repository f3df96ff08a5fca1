"""Cadences: what there is, who is on it, and what it does on a calendar."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from followup_tui.services.views import AheadView, CadenceView
from followup_tui.tui import bindings, commands, wording
from followup_tui.tui.cadence_terms import shares
from followup_tui.tui.screens.cadence_verbs import CadenceVerbs
from followup_tui.tui.text import content
from followup_tui.tui.widgets.cadence_list import CadenceList
from followup_tui.tui.widgets.dry_run import dry_run
from followup_tui.tui.widgets.header import Header
from followup_tui.tui.widgets.key_line import KeyLine
from followup_tui.tui.widgets.line_list import LineList
from followup_tui.tui.widgets.step_strip import step_strip

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services

Read = tuple[list[CadenceView], datetime]


def read(services: Services) -> Read:
    """Read the cadences and the time."""
    return services.cadences.list(), services.now()


class CadencesScreen(CadenceVerbs):
    """A list; below it the chosen cadence, enrolled today."""

    HEADING = "Cadences"
    BINDINGS = commands.as_bindings(bindings.CADENCES)
    AUTO_FOCUS: ClassVar[str] = "CadenceList"

    def __init__(self) -> None:
        super().__init__()
        self._dates: dict[str, tuple[AheadView, ...]] = {}

    def compose(self) -> ComposeResult:
        """Show the empty frame."""
        yield Header()
        yield CadenceList(id="list", symbols=self.home.config.symbols)
        yield Static(id="steps", markup=False)
        yield KeyLine()

    @property
    def cadences(self) -> CadenceList:
        """The list."""
        return self.query_one(CadenceList)

    @property
    def chosen(self) -> CadenceView | None:
        """The cadence under the cursor."""
        return self.cadences.current

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        self.action_edit()

    def reload(self) -> None:
        """Read them again: the numbers of people change with every log."""
        self.home.ops.query("cadences", read, lambda got: self._show(*got), owner=self)

    def _show(self, cadences: list[CadenceView], now: datetime) -> None:
        self.home.clock.set(now)
        self._dates.clear()
        self.cadences.border_title = content(f" {wording.count(len(cadences), 'cadence')} ", "$muted")
        self.cadences.set_cadences(cadences)

    @on(LineList.Moved)
    def _moved(self) -> None:
        cadence = self.cadences.current
        if cadence is None:
            return
        self._draw(cadence)
        name = cadence.name
        if name not in self._dates:
            self.home.ops.query(
                "ahead",
                lambda services: services.cadences.ahead(name),
                lambda ahead: self._take(name, ahead),
                owner=self,
            )

    def _take(self, name: str, ahead: tuple[AheadView, ...]) -> None:
        self._dates[name] = ahead
        cadence = self.cadences.current
        if cadence is not None and cadence.name == name:
            self._draw(cadence)

    def on_resize(self) -> None:
        """Draw the strip to the new width."""
        cadence = self.cadences.current
        if cadence is not None:
            self.call_after_refresh(self._draw, cadence)

    def _draw(self, cadence: CadenceView) -> None:
        pane, now = self.query_one("#steps", Static), self.home.clock.now()
        if now is None:
            return
        about = f" · version {cadence.version} · for {cadence.for_relation} "
        pane.border_title = Content.assemble(" ", content(cadence.name, "bold $next"), content(about, "$muted"))
        strip, letters, days = step_strip(cadence.steps, pane.size.width - 4, self.home.config.symbols)
        source = Content.assemble(content("   source ", "$muted"), content(cadence.source))
        steps = [content(strip, "$accent"), content(letters, "bold"), content(days, "$muted"), Content("")]
        lines = [
            *(steps if strip else ()),
            Content.assemble(content("then ", "$muted"), content(cadence.then), source),
        ]
        if strip:
            lines.append(Content.assemble(content("mix  ", "$muted"), content(shares(cadence.steps))))
        ahead, room = self._dates.get(cadence.name, ()), pane.size.height - len(lines) - 1
        if found := dry_run(ahead, len(cadence.steps), now.date(), pane.size.width, room):
            lines += [Content(""), *found]
        pane.update(Content("\n").join(lines), layout=False)
