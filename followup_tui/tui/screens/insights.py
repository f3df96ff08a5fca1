"""Insights: the measures beside the numbers of the sources, section by section as they are counted."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from followup_tui import long_work
from followup_tui.domain.measured_spans import CHOICES, first_day
from followup_tui.errors import FollowupError
from followup_tui.services.views.measures import SECTIONS
from followup_tui.tui import bindings, commands
from followup_tui.tui.screens.place import Place
from followup_tui.tui.text import content
from followup_tui.tui.widgets.header import Header
from followup_tui.tui.widgets.insight_page import InsightPage
from followup_tui.tui.widgets.key_line import KeyLine
from followup_tui.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.services.views.measures import MeasureView, SectionView, StatsView

LOOK = 0.15
"""Seconds between two looks at what the counting thread has ready."""


class InsightsScreen(Place):
    """Counted beside the keys, until the screen is left; the numbers before stay until new ones are there."""

    HEADING = "Insights"
    BINDINGS = commands.as_bindings(bindings.INSIGHTS)
    AUTO_FOCUS: ClassVar[str] = "#insights"

    def __init__(self) -> None:
        super().__init__()
        self._span = 0
        self._sections: dict[str, SectionView] = {}
        self._arrived: list[SectionView] = []
        self._progress: tuple[Any, ...] | None = None
        """What is counted, how much of it is done, and how much there is."""
        self._ending = threading.Event()
        self._counting = False

    def compose(self) -> ComposeResult:
        """Show the page, empty."""
        yield Header()
        yield InsightPage(self.home.config.symbols, id="insights")
        yield Static(id="insight-said", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Count, and look what is ready."""
        super().on_mount()
        self.page.set_sections({}, SECTIONS)
        self._name_page()
        self.set_interval(LOOK, self._look)

    def on_unmount(self) -> None:
        """End the counting when nobody looks any more."""
        self._ending.set()

    def on_screen_suspend(self) -> None:
        """End a counting nobody looks at; it begins again at the return."""
        if self._counting:
            self._ending.set()
            self.stale = True

    @property
    def page(self) -> InsightPage:
        """The page."""
        return self.query_one(InsightPage)

    def reload(self) -> None:
        """Count again; a counting under way ends."""
        self._ending.set()
        ending = self._ending = threading.Event()
        arrived: list[SectionView] = []
        self._arrived, self._counting, self._progress = arrived, True, None
        said = CHOICES[self._span][0]

        def told(*words: Any) -> bool:
            if len(words) == 1:
                arrived.append(words[0])
            elif not ending.is_set():
                self._progress = words
            return not ending.is_set()

        def count(services: Services) -> StatsView:
            return long_work.run(services, long_work.count_measures, told, first_day(said, services.local_today()))

        self.home.ops.query("insights", count, self._done, self._failed, owner=self)
        self._name_page()

    def _done(self, view: StatsView) -> None:
        self._counting, self._progress = False, None
        self._look()
        self._name_page(view)

    def _failed(self, error: FollowupError) -> None:
        if "cancelled" not in error.title:
            self._counting, self._progress = False, None
            self.home.say(str(error), "error")

    def _look(self) -> None:
        """Show the sections that are ready by now, and how far the counting is."""
        if not self._counting and not self._arrived:
            return
        ready, self._arrived[:] = list(self._arrived), []
        if ready:
            self._sections |= {section.name: section for section in ready}
            self.page.set_sections(self._sections, SECTIONS)
        if self._counting:
            self._name_page()

    def _name_page(self, view: StatsView | None = None) -> None:
        """Say the span, since when, and how far the counting is."""
        words = CHOICES[self._span][1]
        since = f" · since {view.since:%a} {view.since.day} {view.since:%b %Y}" if view and view.since else ""
        going = ""
        if self._counting:
            what, done, of = self._progress or ("", 0, 0)
            share = f" {done * 100 // of} %" if of else ""
            going = f" · counting {what}{share} …" if what else " · counting …"
        self.page.border_title = content(f" Insights · {words}{since}{going} ")

    @on(LineList.Moved)
    def _moved(self) -> None:
        measure = self.page.current
        if measure is not None:
            self.query_one("#insight-said", Static).update(_told(measure), layout=False)

    def action_span(self) -> None:
        """Count another span: the next of a year, all time, 30 and 90 days."""
        self._span = (self._span + 1) % len(CHOICES)
        self._sections.clear()
        self.page.set_sections({}, SECTIONS)
        self.reload()

    def action_section(self, by: int) -> None:
        """Go to another section."""
        self.page.to_section(by)


def _told(measure: MeasureView) -> Content:
    """Return what is known about a measure: how it is counted, how sure it is, whose it is."""
    sure = ""
    if measure.low is not None and measure.high is not None:
        interval = f"{measure.low * 100:.0f}–{measure.high * 100:.0f} %"
        sure = f"90 % sure: {interval} · " if measure.enough else f"fewer than 20: {interval} is no judgement · "
    many = f"n = {measure.n:,} {measure.of}"
    note = measure.note if measure.value is not None else f"nothing yet: {measure.empty}"
    return Content.assemble(
        content(measure.title, "bold"),
        content(f" · {many} · source {measure.source}\n", "$muted", one_line=False),
        content(f"{sure}{note}".removesuffix(" · "), "$muted"),
    )
