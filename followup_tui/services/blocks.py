"""Blocks: the week's template in the configuration, and the blocks of single dates in the database (domain §13)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

from followup_tui.config import BlockConfig, Config
from followup_tui.domain.workdays import WEEKDAYS, day_name
from followup_tui.errors import UsageError
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.day_blocks import as_stored, blocks_on, in_order, length, template_on
from followup_tui.services.views.planning import DayBlocksView
from followup_tui.storage import day_exceptions

Placed = tuple[int | None, BlockConfig]
"""A block of the template with its place in the file; None: a new one."""


class BlockService:
    """Looking at blocks and changing them; what is refused is refused with the reason."""

    def __init__(self, context: Context, path: Path, hold: Callable[[Config], None]) -> None:
        """`path` is the configuration's; `hold` makes a fresh configuration the one that holds."""
        self._context = context
        self._path = path
        self._hold = hold

    def template(self) -> tuple[BlockConfig, ...]:
        """Return the week's blocks in the order of the configuration."""
        return self._context.config.blocks

    def minutes(self) -> Mapping[str, int]:
        """Return how long one touch takes, by channel."""
        return self._context.config.minutes

    def on(self, day: date) -> DayBlocksView:
        """Return the blocks that hold on a date."""
        with self._context.database.reading() as connection:
            return self._view(connection, day)

    def own_days(self, first: date, last: date) -> frozenset[date]:
        """Return the dates from `first` to `last` that have blocks of their own."""
        with self._context.database.reading() as connection:
            return frozenset(day_exceptions.between(connection, first, last))

    def check(self, blocks: Sequence[BlockConfig]) -> None:
        """Refuse impossible times, overlaps and filters nobody understands; UsageError names the blocks and why."""
        for block in blocks:
            self._check_alone(block)
        for turn, block in enumerate(blocks):
            for other in blocks[:turn]:
                shared = block.days & other.days
                if shared and block.start < other.end and other.start < block.end:
                    days = ", ".join(WEEKDAYS[day] for day in sorted(shared))
                    raise UsageError(f"{_named(block)} overlaps {_named(other)} on {days}", "change one of the two")

    def _check_alone(self, block: BlockConfig) -> None:
        config = self._context.config
        if not block.name.strip():
            raise UsageError(f"the block {block.start:%H:%M}–{block.end:%H:%M} has no name", "give it one")
        if not block.days:
            raise UsageError(f"{_named(block)} has no days", "name one, as mon")
        if block.end <= block.start:
            raise UsageError(f"{_named(block)} ends at or before its start", "let it end later")
        if block.start < config.day_starts:
            raise UsageError(
                f"{_named(block)} lies before the day starts at {config.day_starts:%H:%M}",
                "begin later, or change day_starts in the configuration",
            )
        if block.filter:
            from followup_tui.language.filters import parse_filter

            parse_filter(block.filter)

    def save_template(self, blocks: Sequence[Placed], minutes: Mapping[str, int] | None = None) -> Config:
        """Write the week's blocks, and minutes of channels, and let them hold at once; FollowupError: nothing changed.

        Places count as in `template()`; what is missing is removed.
        """
        from followup_tui.config_writing import save_week

        self.check([block for _, block in blocks])
        config = self._context.config
        wanted = dict(config.minutes if minutes is None else minutes)
        for channel, number in wanted.items():
            if not 1 <= number <= 480:
                raise UsageError(f"{channel} takes {number} minutes", "use a whole number from 1 to 480")
        fresh = save_week(self._path, config, blocks, wanted)
        self._hold(fresh)
        return fresh

    def save_day(self, day: date, blocks: Sequence[BlockConfig] | None) -> tuple[DayBlocksView, Changes]:
        """Give one date blocks of its own, none for a day off; None goes back to the template. One undo step."""
        if day < self._context.today():
            raise UsageError(f"{day_name(day)} is past", "its blocks stay as they were")
        own = None if blocks is None else [_on_day(block, day) for block in blocks]
        if own is not None:
            self.check(own)
        what = "Back to the template" if own is None else "Blocks" if own else "No blocks"
        with self._context.working(f"{what} · {day_name(day)}") as work:
            same = own is not None and in_order(own) == tuple(
                _on_day(block, day) for block in template_on(self._context.config, day)
            )
            day_exceptions.write(work, day, None if own is None or same else as_stored(own))
        return self.on(day), changes_of(work)

    def _view(self, connection: Any, day: date) -> DayBlocksView:
        own = day_exceptions.read(connection, day) is not None
        return DayBlocksView(day, own, blocks_on(connection, self._context.config, day))


def chosen(blocks: Sequence[BlockConfig], text: str) -> int:
    """Return the place of the block meant by a number (from 1) or a name; UsageError listing what there is."""
    wanted = " ".join(text.split()).casefold()
    if wanted.isdecimal() and len(wanted) < 10 and 1 <= int(wanted) <= len(blocks):
        return int(wanted) - 1
    places = [place for place, block in enumerate(blocks) if block.name.casefold() == wanted]
    if len(places) == 1:
        return places[0]
    listed = ", ".join(f"{place} {_named(block)}" for place, block in enumerate(blocks, 1)) or "there is none"
    raise UsageError(f"“{text}” means {'several blocks' if places else 'no block'}", f"use a number: {listed}")


def refuse_unknown_color(name: str) -> str:
    """Return a colour's name as it is stored; UsageError naming those there are."""
    from followup_tui.config_rules import color

    try:
        return color(name)
    except ValueError as error:
        raise UsageError(f"“{name}” {error}") from None


def _on_day(block: BlockConfig, day: date) -> BlockConfig:
    return replace(block, days=frozenset({day.weekday()}))


def _named(block: BlockConfig) -> str:
    return f"{block.name} {block.start:%H:%M}–{block.end:%H:%M}"


def moved_to(block: BlockConfig, start: time) -> BlockConfig:
    """Return the block at another start, as long as before; UsageError when it would run past midnight."""
    end = start.hour * 60 + start.minute + length(block)
    if end >= 24 * 60:
        raise UsageError(f"{_named(block)} would run past midnight from {start:%H:%M} on", "start it earlier")
    return replace(block, start=start, end=time(end // 60, end % 60))
