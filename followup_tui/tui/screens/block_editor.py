"""Editing blocks: those of one date or of every week, with the week they make below; nothing is saved until ctrl+s."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from followup_tui.config import BlockConfig
from followup_tui.errors import FollowupError
from followup_tui.records import dataclass
from followup_tui.services.changes import Changes
from followup_tui.tui import commands, dialog_bindings
from followup_tui.tui.screens.block_forms import BlockForm, MinutesForm
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.block_list import BlockList
from followup_tui.tui.widgets.line_list import LineList
from followup_tui.tui.widgets.week_strip import WeekStrip, template_lines

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.config import Config
    from followup_tui.services.views.planning import DayBlocksView

Placed = tuple[int | None, BlockConfig]
_STEP = 15
"""Minutes a key moves a block by."""
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being edited, and whether it differs from what is stored."""

    blocks: tuple[Placed, ...]
    minutes: dict[str, int]


def read(services: Services, day: date) -> tuple[Draft, DayBlocksView]:
    """Read the template and the blocks of a date."""
    blocks = services.blocks
    return Draft(tuple(enumerate(blocks.template())), dict(blocks.minutes())), blocks.on(day)


def save_template(services: Services, draft: Draft) -> tuple[Config, Changes]:
    """Write the template; it is in a file, so undo does not know of it."""
    fresh = services.blocks.save_template(draft.blocks, draft.minutes)
    return fresh, Changes(frozenset({"config"}), frozenset(), "Blocks of the week")


class BlockEditor(Dialog[None]):
    """`tab` goes from this date to every week and back; each is saved for itself."""

    HEADING = "Blocks"
    BINDINGS = commands.as_bindings(dialog_bindings.BLOCKS)

    def __init__(self, day: date, *, weekly: bool = False) -> None:
        super().__init__()
        self._day = day
        self._weekly = weekly
        self._stored: dict[bool, Draft] = {}
        self._drafts: dict[bool, Draft] = {}
        self._own = False
        self._warned = self._saving = False

    def compose(self) -> ComposeResult:
        """Show the empty list and the empty week."""
        symbols = self.home.config.symbols
        with Vertical(id="block-editor", classes="box") as box:
            box.border_subtitle = Content("enter edit · a add · d remove · + - move · tab date or week · ctrl+s save")
            yield BlockList(symbols, id="blocks-edited")
            yield Static(id="block-problem", markup=False)
            strip = WeekStrip(symbols, id="block-week", marks=False)
            strip.can_focus = False
            yield strip

    def on_mount(self) -> None:
        """Fetch what there is."""
        super().on_mount()
        self.rows.focus()
        self.home.ops.query("blocks", lambda services: read(services, self._day), self._show, owner=self)

    @property
    def rows(self) -> BlockList:
        """The blocks."""
        return self.query_one(BlockList)

    @property
    def _draft(self) -> Draft | None:
        return self._drafts.get(self._weekly)

    @property
    def _blocks(self) -> list[BlockConfig]:
        return [block for _, block in self._draft.blocks] if self._draft else []

    def _show(self, got: tuple[Draft, DayBlocksView]) -> None:
        template, view = got
        own = Draft(tuple((None, block) for block in view.blocks), template.minutes)
        self._own = view.own
        self._stored = {True: template, False: own}
        self._drafts = dict(self._stored)
        self._draw(0)

    def _draw(self, cursor: int | None = None) -> None:
        """Show the draft, name it, and check it."""
        on = f"{self._day:%a} {self._day.day} {self._day:%b}"
        kind = "every week" if self._weekly else f"{on} only" + (", its own" if self._own else ", as every week")
        self.query_one("#block-editor").border_title = content(f" Blocks · {kind} ")
        blocks = self._blocks
        self.rows.set_blocks(blocks, cursor, with_days=self._weekly)
        self._draw_week()
        self._tell("", "$muted")
        self.home.ops.query(
            "check", lambda services: services.blocks.check(blocks), self._fine, self._wrong, owner=self
        )

    @on(LineList.Moved, "#blocks-edited")
    def _draw_week(self) -> None:
        blocks = self._blocks
        marked = blocks[self.rows.cursor] if blocks and self.rows.cursor < len(blocks) else None
        lines = template_lines(blocks, marked)
        if not self._weekly:
            lines = [lines[self._day.weekday()]]
        self.query_one(WeekStrip).set_lines(lines)

    def _fine(self, _: None) -> None:
        draft = self._draft
        if draft is not None and draft != self._stored.get(self._weekly):
            self._tell("Not saved yet: ctrl+s", "$value")

    def _wrong(self, error: FollowupError) -> None:
        self._saving = False
        self._tell(str(error), "$error")

    def _tell(self, text: str, style: str) -> None:
        self.query_one("#block-problem", Static).update(content(text, style), layout=False)

    def _put(self, blocks: Sequence[Placed], cursor: int | None = None) -> None:
        draft = self._draft
        if draft is None:
            return
        self._warned = False
        ordered = sorted(blocks, key=lambda one: (one[1].start, one[1].end, min(one[1].days, default=0)))
        at = None if cursor is None else next((n for n, one in enumerate(ordered) if one is blocks[cursor]), None)
        self._drafts[self._weekly] = replace(draft, blocks=tuple(blocks if self._weekly else ordered))
        self._draw(cursor if self._weekly else at)

    @on(LineList.Chosen, "#blocks-edited")
    def action_take(self) -> None:
        """Edit the block under the cursor."""
        draft, at = self._draft, self.rows.cursor
        if draft is None or not draft.blocks:
            self.action_add()
            return
        place, block = draft.blocks[at]

        def put(changed: BlockConfig | None) -> None:
            if changed is not None:
                self._put([*draft.blocks[:at], (place, changed), *draft.blocks[at + 1 :]], at)

        self.home.push_screen(BlockForm(block, self._named()), put)

    def action_add(self) -> None:
        """Add a block where the day is free, and edit it."""
        draft = self._draft
        if draft is None:
            return
        days = self.home.config.working_days if self._weekly else frozenset({self._day.weekday()})
        last = max((block.end for _, block in draft.blocks if block.days & days), default=time(9))
        start = min(last.hour * 60 + last.minute, _DAY - 75)
        fresh = BlockConfig("", days, _time(start), _time(start + 60))

        def put(block: BlockConfig | None) -> None:
            if block is not None:
                self._put([*draft.blocks, (None, block)], len(draft.blocks))

        self.home.push_screen(BlockForm(fresh, self._named()), put)

    def action_remove(self) -> None:
        """Take the block under the cursor away."""
        draft, at = self._draft, self.rows.cursor
        if draft is not None and draft.blocks:
            self._put([*draft.blocks[:at], *draft.blocks[at + 1 :]], max(0, at - 1) if len(draft.blocks) > 1 else None)

    def action_shift(self, by: int) -> None:
        """Move the block under the cursor by a quarter of an hour; its touches go along."""
        self._stretch(by, by)

    def action_stretch(self, by: int) -> None:
        """Let the block under the cursor end a quarter of an hour later or earlier."""
        self._stretch(0, by)

    def _stretch(self, start: int, end: int) -> None:
        draft, at = self._draft, self.rows.cursor
        if draft is None or not draft.blocks:
            return
        place, block = draft.blocks[at]
        begin = block.start.hour * 60 + block.start.minute + start * _STEP
        finish = block.end.hour * 60 + block.end.minute + end * _STEP
        if 0 <= begin < finish < _DAY:
            moved = replace(block, start=_time(begin), end=_time(finish))
            self._put([*draft.blocks[:at], (place, moved), *draft.blocks[at + 1 :]], at)

    def action_other(self) -> None:
        """Go from the date to the week, or back; drafts of both are kept."""
        if self._drafts:
            self._weekly = not self._weekly
            self._draw(0)

    def action_off(self) -> None:
        """Take every block of the date away: a day off."""
        if not self._weekly:
            self._put([])

    def action_template(self) -> None:
        """Put the week's blocks back for the date."""
        template = self._stored.get(True)
        if not self._weekly and template is not None:
            own = [(None, block) for _, block in template.blocks if self._day.weekday() in block.days]
            self._put(own, 0 if own else None)

    def action_minutes(self) -> None:
        """Change how long one touch takes, by channel; saved with the week."""
        draft = self._drafts.get(True)
        if draft is None:
            return

        def put(minutes: dict[str, int] | None) -> None:
            if minutes is not None:
                self._weekly = True
                self._drafts[True] = replace(draft, minutes=minutes)
                self._draw()

        self.home.push_screen(MinutesForm(draft.minutes), put)

    def action_save(self) -> None:
        """Save what is shown; without a change there is nothing to save."""
        draft = self._draft
        if draft is None or self._saving:
            return
        if draft == self._stored[self._weekly]:
            self.dismiss(None)
            return
        self._saving = True
        if self._weekly:
            self.home.ops.mutate(lambda services: save_template(services, draft), self._saved_week, self._wrong)
            return
        blocks = [block for _, block in draft.blocks]
        self.home.ops.mutate(lambda services: services.blocks.save_day(self._day, blocks), self._saved_day, self._wrong)

    def _saved_week(self, config: Config) -> None:
        self.home.config = config
        self.home.say("The blocks of every week are saved and hold at once")
        self._left(True)

    def _saved_day(self, view: DayBlocksView) -> None:
        kind = "has no blocks" if not view.blocks else "has blocks of its own" if view.own else "is as every week"
        self.home.say(f"{view.day:%a} {view.day.day} {view.day:%b} {kind} · u undo")
        self._left(False)

    def _left(self, weekly: bool) -> None:
        """Close, unless the other draft still waits."""
        self._saving = False
        self._stored[weekly] = self._drafts[weekly]
        if self._drafts[not weekly] != self._stored[not weekly]:
            self._weekly = not weekly
            self._draw(0)
        else:
            self.leave()

    def action_close(self) -> None:
        """Leave; changes are thrown away only at the second esc."""
        if self._drafts == self._stored or self._warned:
            self.dismiss(None)
            return
        self._warned = True
        self._tell("Not saved: ctrl+s saves, esc again throws the changes away", "$overdue")

    def _named(self) -> str:
        return "" if self._weekly else f"{self._day:%a} {self._day.day} {self._day:%b}"


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
