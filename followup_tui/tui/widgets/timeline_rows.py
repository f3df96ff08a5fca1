"""The lines of a timeline, addressed by number: touches, gaps to scale, the line of today, the steps ahead."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from followup_tui.records import dataclass
from followup_tui.services.views import AheadView, ReferredView, TimelineView, TouchView

_ORDER = ("phone", "in person", "text", "email", "mail", "fax", "gift", "article")
_PLACES = {name: place for place, name in enumerate(_ORDER)}


@dataclass(frozen=True, slots=True)
class TouchLine:
    """A touch; `repeats` when the line above is of the same day."""

    touch: TouchView
    repeats: bool


@dataclass(frozen=True, slots=True)
class NamedLine:
    """Somebody they named, or who named them."""

    named: ReferredView
    by: bool
    """Whether this one named the prospect."""
    repeats: bool


@dataclass(frozen=True, slots=True)
class AheadLine:
    """A step still to come."""

    ahead: AheadView
    repeats: bool


@dataclass(frozen=True, slots=True)
class GapLine:
    """Days in which nothing happened; only one line of a gap carries the number."""

    days: int
    """0 on the lines that only make the gap longer."""


@dataclass(frozen=True, slots=True)
class TodayLine:
    """The line between what was and what comes."""


Line = TouchLine | NamedLine | AheadLine | GapLine | TodayLine


def gap_lines(days: int) -> int:
    """Return how many lines a gap of so many days takes: to scale, capped at three."""
    if days < 2:
        return 0
    return 1 if days <= 7 else 2 if days <= 30 else 3


class TimelineRows:
    """Maps line numbers to what stands there; building it costs one pass over the dates, a line nothing.

    Items (touches and referrals, then steps ahead) can be selected; the lines before an item belong to it. `channel`
    leaves only the items of that channel.
    """

    def __init__(
        self, view: TimelineView, today: date, channel: str | None = None, used: Iterable[str] | None = None
    ) -> None:
        """`used` are the channels of touches, where not all of them are in the view."""
        self.view = view
        self.today = today
        self.channel = channel
        self._past: Sequence[TouchView | ReferredView] = _past(view) if channel is None else view.timeline
        self._kept: array[int] | None = None
        if channel is not None:
            self._kept = array("l", (i for i, touch in enumerate(view.timeline) if touch.channel == channel))
        self.touches = len(self._past) if self._kept is None else len(self._kept)
        """Items that have been: touches and referrals."""
        self._ahead = tuple(a for a in view.ahead if channel is None or a.channel == channel)
        self.count = self.touches + len(self._ahead)
        self.lanes = lanes_in_use(view, used)
        self._days = array("l", self._each_day())
        self._rows = array("l")
        self._lay_out()

    def _each_day(self) -> Iterator[int]:
        chosen = self._past if self._kept is None else (self._past[i] for i in self._kept)
        for item in chosen:
            yield _ordinal(item)
        for ahead in self._ahead:
            yield ahead.date.toordinal()

    def _lay_out(self) -> None:
        row = 0
        rows = self._rows
        days = self._days
        small = (0, 0, 1, 1, 1, 1, 1, 1)
        if self.touches:
            rows.append(0)
        for before, after in pairwise(days[: self.touches]):
            gap = after - before
            row += 1 + (small[gap] if 0 <= gap < 8 else gap_lines(gap))
            rows.append(row)
        row += bool(self.touches)
        self.today_row = row + self._gap_to_today()
        row = self.today_row + 1
        previous = self.today.toordinal()
        for day in days[self.touches :]:
            row += gap_lines(day - previous)
            rows.append(row)
            row += 1
            previous = max(day, previous)
        self.height = row

    def _gap_to_today(self) -> int:
        if not self.touches:
            return 0
        return gap_lines(self.today.toordinal() - self._days[self.touches - 1])

    def row_of(self, item: int) -> int:
        """Return the line number on which the item itself stands."""
        return self._rows[item]

    def item_at(self, row: int) -> int:
        """Return the item a line belongs to: itself, or the next one below; the last one past the end."""
        return min(bisect_left(self._rows, row), self.count - 1)

    def touch(self, item: int) -> TouchView | None:
        """Return the touch behind an item, None when it is a referral or a step ahead."""
        been = self._been(item)
        return been if isinstance(been, TouchView) else None

    def named(self, item: int) -> ReferredView | None:
        """Return the referral behind an item, None when it is something else."""
        been = self._been(item)
        return been if isinstance(been, ReferredView) else None

    def _been(self, item: int) -> TouchView | ReferredView | None:
        if not 0 <= item < self.touches:
            return None
        return self._past[item if self._kept is None else self._kept[item]]

    def nearest(self, touch: TouchView) -> int:
        """Return the item of a touch, or of the last one before its day that is shown."""
        day = touch.at.toordinal()
        first, last = bisect_left(self._days, day, 0, self.touches), bisect_right(self._days, day, 0, self.touches)
        same = (item for item in range(first, last) if (shown := self.touch(item)) and shown.id == touch.id)
        return next(same, max(0, last - 1))

    def ahead(self, item: int) -> AheadView | None:
        """Return the step ahead behind an item, None when it is a touch."""
        place = item - self.touches
        return self._ahead[place] if 0 <= place < len(self._ahead) else None

    def line(self, row: int) -> Line:
        """Return what stands on a line of the timeline."""
        if row == self.today_row:
            return TodayLine()
        if row > self.today_row or row < (self._rows[self.touches - 1] + 1 if self.touches else 0):
            item = bisect_left(self._rows, row)
            if self._rows[item] == row:
                return self._item_line(item)
            return self._gap_before(item, row)
        days = self.today.toordinal() - self._days[self.touches - 1]
        return _gap(row - self._rows[self.touches - 1] - 1, days)

    def _item_line(self, item: int) -> Line:
        repeats = item not in (0, self.touches) and self._days[item - 1] == self._days[item]
        touch = self.touch(item)
        if touch is not None:
            return TouchLine(touch, repeats)
        named = self.named(item)
        if named is not None:
            return NamedLine(named, named is self.view.named_by, repeats)
        return AheadLine(self._ahead[item - self.touches], repeats)

    def _gap_before(self, item: int, row: int) -> Line:
        if item == self.touches:
            above, before = self.today_row, self.today.toordinal()
        else:
            above, before = self._rows[item - 1], self._days[item - 1]
            if item > self.touches:
                before = max(before, self.today.toordinal())
        return _gap(row - above - 1, self._days[item] - before)


def _past(view: TimelineView) -> Sequence[TouchView | ReferredView]:
    """Return touches and referrals by day; who named them stands before what happened that day."""
    if not view.referrals and view.named_by is None:
        return view.timeline
    first = () if view.named_by is None else (view.named_by,)
    return sorted((*first, *view.timeline, *view.referrals), key=_ordinal)


def _ordinal(item: TouchView | ReferredView) -> int:
    return item.at.toordinal() if isinstance(item, TouchView) else item.on.toordinal()


def _gap(place: int, days: int) -> GapLine:
    return GapLine(days if place == (gap_lines(days) - 1) // 2 else 0)


def lanes_in_use(view: TimelineView, used: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return the channels that have a touch or a step ahead, in their fixed order, unknown ones last."""
    found = {touch.channel for touch in view.timeline} if used is None else set(used)
    found.update(ahead.channel for ahead in view.ahead if ahead.channel)
    return tuple(sorted(found, key=lambda name: (_PLACES.get(name, 99), name)))
