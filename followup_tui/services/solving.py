"""What is left over, and the four ways out: make room, the lightest day, another channel, drop (domain §13).

Each is one event and one undo step. A time of the user's own stands fixed in the plan, and everything else flows on
around it: that is what makes room.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from followup_tui.domain.cadence import Rules
from followup_tui.domain.channels import CHANNELS, usable
from followup_tui.domain.day_parts import Need, Window
from followup_tui.domain.workdays import zone_of
from followup_tui.errors import UsageError
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context
from followup_tui.services.day_items import DayItems, Due
from followup_tui.services.load import Capacity
from followup_tui.services.log import LogService
from followup_tui.services.today import TodayService
from followup_tui.services.views import LogView, SlotView, TodayView
from followup_tui.services.views.solving import SolveView
from followup_tui.storage import queue

NEAR = 10
"""Working days among which the lightest is looked for."""


class SolvingService:
    """Ways out for a touch that found no slot."""

    def __init__(self, context: Context, today: TodayService, log: LogService) -> None:
        self._context = context
        self._today = today
        self._log = log

    def ways(self, prospect_id: str) -> SolveView:
        """Return what each way out would do; UsageError when nothing of theirs is left over."""
        view = self._today.plan()
        left = next((one for one in view.left_over if one.prospect.id == prospect_id and one.kind != "decision"), None)
        if left is None:
            raise UsageError("nothing of theirs is left over", "r plans again")
        with self._context.database.reading() as connection:
            rules = self._context.rules(connection)
            due = self._due(connection, rules, prospect_id)
            room = _room(due, view, self._context) if left.channel else None
            lightest = self._lightest(connection, rules, due)
            channels = tuple(self._channels(connection, due, view))
        return SolveView(left.prospect, left.channel, left.reason, room, lightest, channels, due.row.kind != "answer")

    def make_room(self, prospect_id: str) -> tuple[LogView, Changes]:
        """Give the touch a fixed time today; what stood there flows on."""
        room = self.ways(prospect_id).room
        if room is None:
            raise UsageError("today has no time within their hours", "move it to another day")
        return self._log.move(prospect_id, self._context.today(), room)

    def to_lightest(self, prospect_id: str) -> tuple[LogView, Changes]:
        """Move the touch to the lightest of the coming working days."""
        return self._log.move(prospect_id, self.ways(prospect_id).lightest)

    def by_channel(self, prospect_id: str, channel: str) -> tuple[LogView, Changes]:
        """Make the touch today by another channel."""
        return self._log.move(prospect_id, self._context.today(), channel=channel)

    def _due(self, connection: Any, rules: Rules, prospect_id: str) -> Due:
        today = self._context.today()
        rows = [row for row in queue.due(connection, today) if row.id == prospect_id]
        found = DayItems(self._context, rules, self._context.now(), today).of(rows)
        if not found:
            raise UsageError("nothing of theirs is due", "r plans again")
        return found[0]

    def _lightest(self, connection: Any, rules: Rules, due: Due) -> date:
        """Return the coming working day whose blocks for the channel are the emptiest; the earliest of equals."""
        capacity = Capacity(connection, self._context.config)
        day, found = self._context.today(), []
        for _ in range(NEAR):
            day = rules.calendar.after(day)
            found.append((capacity.fill(day, due.row.channel).share(due.item.minutes), day))
        return min(found)[1]

    def _channels(self, connection: Any, due: Due, view: TodayView) -> Iterator[str]:
        """Yield the other channels that reach them and that a block still takes today, the most effective first."""
        state = _state(connection, due.row.id)
        for channel in sorted(CHANNELS, key=lambda one: one.rank or 99):
            if channel.name == due.row.channel or not usable(channel.name, state.good, state.stopped_channels):
                continue
            takers = [one for one in view.blocks if one.end > view.now and _takes(one.channels, channel.name)]
            if any(one.capacity_minutes - one.planned_minutes >= channel.minutes for one in takers):
                yield channel.name


def _state(connection: Any, prospect_id: str) -> Any:
    from followup_tui.domain.model import State
    from followup_tui.storage.codec import loads

    row = connection.execute("SELECT state FROM standing WHERE prospect_id = ?", (prospect_id,)).fetchone()
    return loads(State, str(row[0]))


def _takes(channels: tuple[str, ...], channel: str) -> bool:
    return not channels or channel in channels


def _room(due: Due, view: TodayView, context: Context) -> time | None:
    """Return the time room is made at: the last slot that can give way in a block for the channel, else free time.

    The weakest gives way: in a block it is the last one within their hours. Outside blocks it is the first free
    moment of the day within their hours.
    """
    need = due.item.need
    zone = zone_of(context.config.zone)
    for block in view.blocks:
        if block.end <= view.now or not _takes(block.channels, need.channel or ""):
            continue
        starts = [slot.start for slot in reversed(block.slots) if _gives_way(slot, need, block.end, view.now)]
        if starts:
            return starts[0].astimezone(zone).time().replace(second=0, microsecond=0)
    return _free_time(need, view, zone)


def _gives_way(slot: SlotView, need: Need, end: datetime, now: datetime) -> bool:
    begin = _minute(slot.start)
    fits = begin + need.minutes <= _minute(end)
    return not slot.fixed and slot.kind != "answer" and slot.start > now and fits and _open(need, begin)


def _free_time(need: Need, view: TodayView, zone: Any) -> time | None:
    slots = [*view.promises, *(slot for block in view.blocks for slot in block.slots)]
    taken: list[Window] = sorted((_minute(slot.start), _minute(slot.start) + slot.minutes) for slot in slots)
    begin = _minute(view.now) + 1
    while datetime.fromtimestamp(begin * 60, zone).date() == view.date:
        busy = next((stop for start, stop in taken if start < begin + need.minutes and stop > begin), None)
        if busy is None and _open(need, begin):
            return datetime.fromtimestamp(begin * 60, zone).time()
        begin = busy if busy is not None else begin + 1
    return None


def _open(need: Need, begin: int) -> bool:
    return any(opens <= begin and begin + need.minutes <= close for opens, close in need.allowed)


def _minute(at: datetime) -> int:
    return int(at.astimezone(UTC).timestamp() // 60)
