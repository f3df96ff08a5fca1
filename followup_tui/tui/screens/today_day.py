"""What the keys of Today do to the day itself: triage, the block's clock, what is left over, the day's end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_tui.tui import wording
from followup_tui.tui.screens.today_verbs import TodayVerbs

if TYPE_CHECKING:
    from datetime import datetime

    from followup_tui.bootstrap import Services
    from followup_tui.services.views import BlockView, TodayView
    from followup_tui.services.views.solving import SolveView
    from followup_tui.services.views.triage import OverdueView, SpreadView
    from followup_tui.services.views.working import DayView

Triaged = tuple["SpreadView", tuple["OverdueView", ...]]


class DayVerbs(TodayVerbs):
    """Subclasses hold the view that is shown."""

    _view: TodayView | None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing of the day while there is nobody; the ways out say where they don't apply."""
        if action in ("triage", "block", "end_day") and self.is_first_run:
            return False
        if action == "solve":
            return self.entry is not None
        return super().check_action(action, parameters)

    def action_triage(self) -> None:
        """Look at what is overdue: spread it, or go through it."""
        self.home.ops.query("triage", _triaged, self._triage, owner=self)

    def _triage(self, found: Triaged) -> None:
        from followup_tui.tui.screens.triage_dialog import TriageDialog

        now = self.home.clock.now()
        if not found[0].overdue:
            self.home.say("Nothing is overdue")
        elif now is not None and self.home.today is not None:
            self.home.push_screen(TriageDialog(*found, self.home.today))

    def action_block(self) -> None:
        """Start the block under the cursor, the one that runs now or the next; stop the one whose clock runs."""
        now = self.home.clock.now()
        if now is not None and self._view is not None:
            self.home.toggle_block(self._block_to_start(self._view, now))

    def _block_to_start(self, view: TodayView, now: datetime) -> BlockView | None:
        if view.date != self.home.today:
            return None
        open_blocks = [block for block in view.blocks if now < block.end]
        place = self.queue.arrangement.places.get(self.entry.key) if self.entry else None
        section = next((one for one in self.queue.arrangement.sections if place and one.key == place[0]), None)
        if section is not None and section.block in open_blocks:
            return section.block
        return open_blocks[0] if open_blocks else None

    def action_solve(self) -> None:
        """Show the ways out for a touch that is left over."""
        from followup_tui.tui.screens.solve_dialog import SolveDialog

        entry = self.entry
        if entry is None or entry.left is None:
            self.home.say("This has its place in the plan · f is for what is left over")
            return
        who = entry.prospect

        def take(answer: tuple[str, str] | None) -> None:
            if answer is not None:
                self._solve(who.id, *answer)

        def ask(view: SolveView) -> None:
            if self.home.today is not None:
                self.home.push_screen(SolveDialog(view, self.home.today), take)

        self.home.ops.query("solve", lambda services: services.solving.ways(who.id), ask, owner=self)

    def _solve(self, who: str, way: str, channel: str) -> None:
        mutate = self.home.ops.mutate
        if way == "detail":
            self.home.edit_prospect(who)
        elif way == "room":
            mutate(lambda services: services.solving.make_room(who), lambda done: self._tell("Room made", done))
        elif way == "lightest":
            mutate(lambda services: services.solving.to_lightest(who), lambda done: self._tell("Moved", done))
        elif way == "channel":
            mutate(
                lambda services: services.solving.by_channel(who, channel),
                lambda done: self._tell(f"By {channel} instead", done),
            )
        else:
            mutate(lambda services: services.log.skip(who), lambda done: self._tell("Dropped", done))

    def action_end_day(self) -> None:
        """Show what the day came to; enter ends it."""
        self.home.ops.query("day end", lambda services: services.days.view(), self._day_end, owner=self)

    def _day_end(self, view: DayView) -> None:
        from followup_tui.tui.screens.day_dialog import DayDialog

        def end(yes: bool | None) -> None:
            if yes and not view.closed:
                self.home.ops.mutate(lambda services: services.days.close(), self._ended)

        self.home.push_screen(DayDialog(view), end)

    def _ended(self, view: DayView) -> None:
        tomorrow = wording.count(view.tomorrow_planned, "touch", "touches")
        self.home.say(f"The day is ended: {view.done} done, streak {view.streak} · {tomorrow} next")

    def offer(self, view: TodayView, now: datetime) -> tuple[str, str]:
        """Return the line at the foot of the queue and its role: overdue work at the day's start, the day's end."""
        if view.date != self.home.today:
            return "", "$value"
        if self.home.elsewhere:
            return f" you are in {self.home.elsewhere} now: r plans for it ", "$overdue"
        if view.totals.overdue and not view.totals.done:
            return f" {view.totals.overdue:,} overdue: t spreads them, or one at a time ", "$overdue"
        if view.blocks and all(block.end <= now for block in view.blocks) and view.totals.done:
            return " the last block is over: F ends the day ", "$value"
        return (f" {view.standing:,} from the pool: D shows who " if view.standing else ""), "$value"


def _triaged(services: Services) -> Triaged:
    return services.triage.preview(), services.triage.overdue()
