"""How a row of the queue is laid out, its columns giving way as the width shrinks; and what its titles say."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from followup_tui.records import dataclass
from followup_tui.tui import wording
from followup_tui.tui.arrangement import Entry, Section
from followup_tui.tui.text import clean, fit
from followup_tui.tui.widgets.meters import Glyphs, glyphs, momentum_bar, momentum_role
from followup_tui.tui.widgets.paint import Piece

if TYPE_CHECKING:
    from followup_tui.services.views import SlotView


@dataclass(frozen=True, slots=True)
class Frame:
    """What a row needs to know about the list it stands in."""

    width: int
    symbols: str
    now: datetime
    selected: bool
    """Under the cursor: said by a sign too, for colour alone tells nothing."""
    is_next: bool
    """The first that is still to do."""
    later: bool
    """In a block that has not begun."""
    saving: bool


class Columns(NamedTuple):
    """Widths in cells; 0 leaves a column out."""

    name: int
    company: int
    step: int
    due: int
    bar: int
    percent: int
    local: int


LEAD = 11
"""Marker, time, channel and the spaces between."""


def columns(width: int) -> Columns:
    """Return the widths for a row: the bar goes first, then the local time; names take what is left, to a limit."""
    step, due = (16 if width >= 84 else 15), 9
    bar = 8 if width >= 100 else 6 if width >= 84 else 0
    percent = 6 if width >= 66 else 0
    local = 9 if width >= 74 else 0
    rest = max(12, width - LEAD - step - due - percent - local - (bar + 1 if bar else 0))
    name = min(32, rest * 11 // 20)
    company = min(44, rest - name)
    spare = rest - name - company
    return Columns(name, company, step + spare // 2, due, bar + spare - spare // 2, percent, local)


def row_pieces(entry: Entry, frame: Frame) -> list[Piece]:
    """Return a row, its parts in their roles."""
    signs, widths = glyphs(frame.symbols), columns(frame.width)
    role = _role(entry, frame)
    mark = signs.here if frame.selected else signs.then if frame.is_next else " "
    pieces: list[Piece] = [(mark, "accent"), *_lead(entry, frame, signs, role)]
    star = bool(entry.slot and entry.slot.star)
    name = fit(entry.prospect.name, widths.name - 3 if star else widths.name - 1)
    if star:
        plain = name.rstrip(" ")
        pieces += [(plain, role), (f" {signs.star}", "accent"), (" " * (len(name) - len(plain) + 1), "text")]
    else:
        pieces.append((f"{name} ", role))
    if entry.decision is not None:
        asked = fit(entry.decision.text, max(0, frame.width - LEAD - widths.name - widths.company - 1))
        return [*pieces, (fit(entry.prospect.company, widths.company - 1) + " ", "muted"), (asked, "fixed")]
    pieces.append((fit(entry.prospect.company, widths.company - 1) + " ", "text" if frame.is_next else "muted"))
    if entry.left is not None:
        what = wording.VERBS.get(entry.channel or "", entry.channel or "")
        room = max(0, frame.width - LEAD - widths.name - widths.company)
        return [*pieces, (fit(f"{what}  {entry.left.reason}" if what else entry.left.reason, room), "overdue")]
    if entry.slot is not None:
        pieces += _slot_pieces(entry, entry.slot, frame, widths, signs, role)
    return pieces


def _role(entry: Entry, frame: Frame) -> str:
    if entry.done is not None or frame.saving:
        return "done"
    if frame.is_next:
        return "next"
    return "muted" if entry.left is not None else "text"


def _lead(entry: Entry, frame: Frame, signs: Glyphs, role: str) -> list[Piece]:
    """Return time and channel: when it is planned, that it is done, or that it asks."""
    mark = wording.channel_mark(entry.channel, frame.symbols)
    if entry.done is not None:
        return [(f"    {signs.done}  ", "done"), (f"{mark}  ", "done")]
    if frame.saving:
        return [("    …  ", "done"), (f"{mark}  ", "done")]
    if entry.decision is not None:
        return [("       ", "text"), (f"{signs.ask}  ", "fixed")]
    if entry.left is not None or entry.slot is None:
        return [("       ", "text"), (f"{mark}  ", "muted")]
    if entry.offered:
        return [(f"    {signs.beside}  ", "muted"), (f"{mark}  ", "value")]
    beside = wording.channel_mark(entry.slot.companion, frame.symbols) if entry.slot.companion else " "
    urgent = entry.slot.kind == "answer" or (entry.slot.overdue_days > 0 and entry.slot.fixed)
    at = "  now" if urgent else wording.clock(entry.slot.start)
    return [
        (f"{at}  ", "inbound" if urgent else role if not frame.later else "muted"),
        (mark, "block"),
        (f"{beside} ", "muted"),
    ]


def _slot_pieces(entry: Entry, slot: SlotView, frame: Frame, widths: Columns, signs: Glyphs, role: str) -> list[Piece]:
    """Return what the touch is, whether it is late, its momentum and the time at the prospect's."""
    if entry.done is not None:
        return [(fit(entry.done, max(0, frame.width - LEAD - widths.name - widths.company)), "done")]
    if entry.offered:
        said = f"{slot.channel} with it, today only" if entry.offered == "companion" else _to_confirm(slot)
        return [(fit(said, max(0, frame.width - LEAD - widths.name - widths.company)), "value")]
    what = (
        f"promised {slot.time}"
        if slot.kind in ("promise", "meeting") and slot.fixed and slot.time
        else wording.step(slot.channel, slot.step, slot.steps_total, slot.kind)
    )
    pieces: list[Piece] = [(fit(what, widths.step - 1) + " ", "next" if frame.is_next else "text")]
    if slot.fixed:
        late = slot.start < frame.now
        said = f"{slot.overdue_days} d late" if slot.overdue_days else "late" if late else "fixed"
        pieces.append((fit(said, widths.due), "overdue" if late else "fixed"))
    elif slot.overdue_days > 0:
        pieces.append((fit(f"{slot.overdue_days} d over", widths.due), "overdue"))
    else:
        pieces.append((fit("today" if slot.due <= slot.start.date() else "", widths.due), "due"))
    if widths.bar:
        pieces += [*momentum_bar(slot.momentum, widths.bar, signs), (" ", "text")]
    if widths.percent:
        shown = f"{round(slot.momentum * 100):>3} %" if slot.momentum < 0.995 else ""
        pieces.append((shown.ljust(widths.percent), momentum_role(slot.momentum)))
    if widths.local:
        unsure = " ~" if not slot.zone_confirmed else ""
        closed = f" {signs.closed}" if not slot.window_open else ""
        pieces.append(
            (fit(f"{slot.local_time}{closed}{unsure}", widths.local), "muted" if slot.window_open else "overdue")
        )
    return pieces


def _to_confirm(slot: SlotView) -> str:
    """Return what is to be confirmed, by which channel."""
    return f"confirm the meeting{f' at {slot.time}' if slot.time else ''}, by {slot.channel}"


def skeleton_pieces(y: int, width: int, symbols: str) -> list[Piece]:
    """Return a line of what is shown until the first plan is there: where the rows will be."""
    bar = ("." if symbols == "ascii" else "─") * max(4, width - 24 - 7 * (y % 3))
    return [("          ", "text"), (bar if y < 5 else "", "muted")]


def section_words(section: Section, now: datetime | None) -> tuple[str, str]:
    """Return the name of a section and what is said after it."""
    name = clean(section.name)
    todo = sum(1 for entry in section.entries if entry.done is None and not entry.offered)
    block = section.block
    if block is None:
        what = {"now": "answers and promises first", "decisions": "yours to answer", "left": "not in today's plan"}
        if section.more:
            return name, f"  {todo + section.more:,} · the first {len(section.entries)} are listed, t for all"
        return name, f"  {todo or len(section.entries)}" + (f" · {what[section.key]}" if section.key in what else "")
    parts = [f"{wording.clock(block.start)}–{wording.clock(block.end)}"]
    if section.current and now is not None:
        parts.append(f"{wording.span(int((block.end - now).total_seconds() // 60))} left")
    parts.append(wording.count(todo, "touch", "touches") if todo else "all done")
    if todo:
        parts.append(f"{block.planned_minutes} of {block.capacity_minutes} min")
    return name, "  " + " · ".join(parts)
