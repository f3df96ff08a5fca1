"""Choose a cadence for one prospect or many; what it replaces, refuses and plans is shown before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from followup_tui.errors import FollowupError
from followup_tui.records import dataclass
from followup_tui.services.views import CadenceView, EnrolView
from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.cadence_list import CadenceList
from followup_tui.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services

SOON = 0.12
"""Seconds the cursor rests before the enrolment is tried out: very many may be marked."""
DAYS, PEOPLE = 5, 3
"""Days of a spread and refused people that are named."""


@dataclass(frozen=True, slots=True)
class Enrolling:
    """The answer: the cadence, and how many a working day (None: as many as there is room for)."""

    cadence: str
    per_day: int | None = None


class EnrolDialog(Dialog[Enrolling]):
    """Up and down choose, + and - set how many start on one working day, enter enrols."""

    HEADING = "Choice"
    AUTO_FOCUS: ClassVar[str] = "CadenceList"
    BINDINGS = commands.as_bindings(dialog_bindings.CHOOSING, dialog_bindings.SPREADING)

    def __init__(self, who: str, now_on: str | None, chosen: Callable[[Services], Sequence[str]] | None = None) -> None:
        """`chosen` finds the ids in a thread; without it only the cadence is asked for."""
        super().__init__()
        self._who, self._now_on, self._chosen = who, now_on, chosen
        self._per_day: int | None = None
        self._seen: EnrolView | None = None
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Show the list and what the cadence under the cursor would do."""
        with Vertical(id="enrol", classes="box") as box:
            box.border_title = content(f" Cadence · {self._who} ")
            box.border_subtitle = content("enter enrols · + - a day · esc" if self._chosen else "enter takes it · esc")
            yield CadenceList(id="cadences", symbols=self.home.config.symbols)
            yield Static(id="consequence", markup=False)

    def on_mount(self) -> None:
        """Fetch the cadences."""
        super().on_mount()
        self.query_one(CadenceList).focus()
        self.home.ops.query("enrol", lambda services: services.cadences.list(), self._show, owner=self)

    def _show(self, cadences: list[CadenceView]) -> None:
        self.query_one(CadenceList).set_cadences(cadences)

    @on(LineList.Moved)
    def _moved(self) -> None:
        cadence = self.query_one(CadenceList).current
        if cadence is not None:
            self._tell([content(self._steps(cadence), "$muted")])
            self._soon()

    def _soon(self) -> None:
        """Try the enrolment out once the cursor rests."""
        if self._timer is not None:
            self._timer.stop()
        if self._chosen is not None:
            self._timer = self.set_timer(SOON, self._try)

    def _try(self) -> None:
        cadence, chosen, per_day = self.query_one(CadenceList).current, self._chosen, self._per_day
        if cadence is None or chosen is None:
            return

        def show(seen: EnrolView) -> None:
            self._seen = seen
            now = self.home.clock.now()
            if now is not None:
                said = enrol_lines(seen, now.date())
                self._tell([content(self._steps(cadence), "$muted"), *said])

        def wrong(error: FollowupError) -> None:
            self._tell([content(str(error), "$error")])

        self.home.ops.query(
            "enrol preview",
            lambda services: services.cadences.enrol_preview(chosen(services), cadence.name, per_day=per_day),
            show, wrong, owner=self,
        )  # fmt: skip

    def _steps(self, cadence: CadenceView) -> str:
        again = f"starts {cadence.name} again · " if self._now_on == cadence.name else ""
        if not cadence.steps:
            return f"{again}{cadence.then}"
        return f"{again}{wording.count(len(cadence.steps), 'step')}, then {cadence.then}"

    def _tell(self, lines: list[Content]) -> None:
        self.query_one("#consequence", Static).update(Content("\n").join(lines))

    def action_per_day(self, by: int) -> None:
        """Let more or fewer start on one working day."""
        if self._chosen is None or self._seen is None or self._seen.per_day is None:
            return
        self._per_day = max(1, (self._per_day or self._seen.per_day) + by)
        self._soon()

    @on(LineList.Chosen)
    def action_take(self) -> None:
        """Enrol in the cadence under the cursor."""
        cadence = self.query_one(CadenceList).current
        if cadence is not None:
            self.dismiss(Enrolling(cadence.name, self._per_day))


def enrol_lines(seen: EnrolView, today: date) -> list[Content]:
    """Return what an enrolment would do: whom, from when, what ends, who is refused and why."""
    lines = []
    if seen.first is not None:
        channels = ", ".join(f"{name} {n:,}" if seen.enrolled > 1 else name for name, n in seen.channels)
        many = f"{wording.count(seen.enrolled, 'prospect')} · " if seen.enrolled > 1 else ""
        said = f"{many}first touch {wording.day_and_distance(seen.first, today)}, {channels}"
        if seen.last != seen.first and seen.last is not None:
            said += f"; last {wording.day(seen.last, today)}"
        lines.append(content(said, "$next"))
    if seen.per_day is not None:
        days = " · ".join(f"{wording.day(on, today)} {n:,}" for on, n in seen.days[:DAYS])
        more = f" · {len(seen.days) - DAYS:,} days more" if len(seen.days) > DAYS else ""
        full = f", {seen.full:,} later: blocks full" if seen.full else ""
        lines.append(content(f"at most {seen.per_day} a working day{full}: {days}{more}"))
    if seen.replaced:
        lines.append(
            content(
                "ends " + ", ".join(name if seen.enrolled == 1 else f"{name} for {n:,}" for name, n in seen.replaced),
                "$due",
            )
        )
    if seen.refused:
        lines.append(content(f"refused {len(seen.refused):,}", "$overdue"))
        lines += [content(f"  {who.name}: {why}", "$overdue") for who, why in seen.refused[:PEOPLE]]
        if len(seen.refused) > PEOPLE:
            lines.append(content(f"  and {len(seen.refused) - PEOPLE:,} more", "$overdue"))
    return lines
