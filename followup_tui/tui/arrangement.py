"""Today's plan as the rows of the queue: sections in the order of domain §12, stable while one works.

Pure: a view and the arrangement before go in, the new arrangement comes out. What was worked stays where it stood.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from followup_tui.tui.day_rows import Arrangement as Arrangement
from followup_tui.tui.day_rows import Entry as Entry
from followup_tui.tui.day_rows import Section as Section

if TYPE_CHECKING:
    from followup_tui.services.views import BlockView, SlotView, TodayView

LISTED = 300
"""So many of those left over stand in the queue; triage and the lists hold all."""
SOON = timedelta(minutes=10)
"""A promise this near comes first (domain §12)."""


def current_block(view: TodayView, now: datetime) -> BlockView | None:
    """Return the block that runs now."""
    return next((block for block in view.blocks if block.start <= now < block.end), None)


def due_promises(view: TodayView, now: datetime) -> frozenset[str]:
    """Return the prospects whose promise or meeting is late or comes up within minutes."""
    slots = [slot for block in view.blocks for slot in block.slots] + list(view.promises)
    return frozenset(s.prospect.id for s in slots if s.fixed and s.done is None and s.start <= now + SOON)


def arrange(view: TodayView, now: datetime, before: Arrangement | None = None) -> Arrangement:
    """Return the rows of a plan; with `before`, known rows keep their order and worked ones their place."""
    sections = _sections(view, now)
    made = _made(view)
    homes: dict[str, list[Entry]] = {section.key: list(section.entries) for section in sections}
    titles = {section.key: section for section in sections}
    for entry in made:
        home = _home(entry, view, before)
        if home not in titles:
            known = next((s for s in before.sections if s.key == home), None) if before else None
            titles[home] = replace(known, entries=()) if known else _section_of(home, view, now)
            homes[home] = []
        homes[home].insert(_count_done(homes[home]), entry)
    for slot in view.companions:
        _put_beneath(slot, homes)
    placed = [replace(titles[key], entries=_stable(entries, key, before)) for key, entries in homes.items() if entries]
    placed.sort(key=lambda section: _rank(section, view, now))
    rows = tuple(entry for section in placed for entry in section.entries)
    places = {e.key: (section.key, n) for section in placed for n, e in enumerate(section.entries)}
    return Arrangement(tuple(placed), rows, places)


def _sections(view: TodayView, now: datetime) -> list[Section]:
    """Return what is still to do, grouped."""
    today = view.date == now.date()
    first = due_promises(view, now) if today else frozenset()
    late = [s for s in _open_slots(view) if s.prospect.id in first]
    prompt = [s for s in view.promises if not s.fixed]
    running = current_block(view, now) if today else None
    sections = [
        Section(
            "now",
            "Now",
            tuple(_slot(s) for s in sorted(late, key=lambda s: s.start)) + _slots(prompt),
        ),
        Section(
            "decisions", "Decisions", tuple(Entry(d.prospect.id, d.prospect, None, decision=d) for d in view.decisions)
        ),
    ]
    confirms = tuple(Entry(f"{s.prospect.id} confirm", s.prospect, s.channel, slot=s) for s in view.confirms)
    sections.append(Section("confirm", "Meetings to confirm", confirms))
    for block in view.blocks:
        waiting = _slots(s for s in block.slots if s.prospect.id not in first)
        sections.append(Section(_block_key(block), block.name, waiting, block, block is running))
    apart = _slots(s for s in view.promises if s.fixed and s.prospect.id not in first)
    sections.append(Section("promises", "Promises", apart))
    decided = {d.prospect.id for d in view.decisions}
    sections.append(_left(view, decided))
    return _told_apart([section for section in sections if section.entries])


def _left(view: TodayView, decided: set[str]) -> Section:
    """Return the first of what is left over, with how many others there are: nobody works through thousands here."""
    waiting = (e for e in view.left_over if e.kind != "decision" and e.prospect.id not in decided)
    listed = tuple(Entry(e.prospect.id, e.prospect, e.channel, left=e) for e in islice(waiting, LISTED))
    all_of_them = sum(number for _, number in view.left_by_reason)
    return Section("left", "Left over", listed, more=max(0, all_of_them - LISTED))


def _told_apart(sections: list[Section]) -> list[Section]:
    """Give the second row of a prospect (a promise behind an answer or a question) a key of its own."""
    seen: set[str] = set()
    found = []
    for section in sections:
        entries = []
        for entry in section.entries:
            entries.append(replace(entry, key=also_key(entry.key)) if entry.key in seen else entry)
            seen.add(entry.key)
        found.append(replace(section, entries=tuple(entries)))
    return found


def also_key(prospect: str) -> str:
    """Return the key of a prospect's second row in a day."""
    return f"{prospect} also"


def _open_slots(view: TodayView) -> list[SlotView]:
    return [s for block in view.blocks for s in block.slots if s.done is None] + [
        s for s in view.promises if not s.done
    ]


def _slot(slot: SlotView) -> Entry:
    return Entry(slot.prospect.id, slot.prospect, slot.channel, slot=slot)


def _slots(slots: Iterable[SlotView]) -> tuple[Entry, ...]:
    return tuple(_slot(slot) for slot in slots if slot.done is None)


def _made(view: TodayView) -> list[Entry]:
    """Return the touches made today, oldest first, each with a key of its own."""
    entries, counts = [], dict[str, int]()
    slots = list(view.done) or [s for block in view.blocks for s in block.slots if s.done]
    for slot in slots:
        who = slot.prospect.id
        counts[who] = counts.get(who, 0) + 1
        entries.append(Entry(f"{who} {counts[who]}", slot.prospect, slot.channel, slot=slot, done=slot.done or "done"))
    return entries


def _put_beneath(slot: SlotView, homes: dict[str, list[Entry]]) -> None:
    """Put a companion under the newest row made for its prospect."""
    who = slot.prospect.id
    for entries in homes.values():
        made = [n for n, entry in enumerate(entries) if entry.done and entry.prospect.id == who]
        if made:
            entries.insert(made[-1] + 1, Entry(beside_key(who), slot.prospect, slot.channel, slot=slot))
            return


def beside_key(prospect: str) -> str:
    """Return the key of a companion's row."""
    return f"{prospect} beside"


def _known_as(key: str, who: str) -> tuple[str, ...]:
    """Return the keys under which the row stood that a touch worked, the likeliest first."""
    return key, beside_key(who), f"{who} confirm", who, also_key(who)


def _home(entry: Entry, view: TodayView, before: Arrangement | None) -> str:
    """Return the section a worked row belongs to: where it stood, else the block of its time."""
    if before is not None:
        who = entry.prospect.id
        for key in _known_as(entry.key, who):
            if key in before.places:
                return before.places[key][0]
    assert entry.slot is not None
    at = entry.slot.start
    block = next((b for b in view.blocks if b.start <= at < b.end), None)
    return _block_key(block) if block else "done"


def _section_of(key: str, view: TodayView, now: datetime) -> Section:
    """Return an empty section for worked rows only."""
    block = next((b for b in view.blocks if _block_key(b) == key), None)
    if block is None:
        return Section(
            key,
            {"now": "Now", "decisions": "Decisions", "left": "Left over", "confirm": "Meetings"}.get(key, "Done"),
            (),
        )
    return Section(key, block.name, (), block, block is current_block(view, now))


def _stable(entries: list[Entry], section: str, before: Arrangement | None) -> tuple[Entry, ...]:
    """Return the entries in the order they had; a new one follows the entry the plan has before it."""
    if before is None:
        return tuple(entries)
    ranks: list[tuple[float, Entry]] = []
    last = -1.0
    for entry in entries:
        who = entry.prospect.id
        known = [
            before.places[k] for k in (_known_as(entry.key, who) if entry.done else (entry.key,)) if k in before.places
        ]
        place = next((index for key, index in known if key == section), None)
        last = float(place) if place is not None else last + 1e-6
        ranks.append((last, entry))
    return tuple(entry for _, entry in sorted(ranks, key=lambda pair: pair[0]))


def _count_done(entries: list[Entry]) -> int:
    return sum(1 for entry in entries if entry.done)


def _block_key(block: BlockView) -> str:
    return f"block {block.start.isoformat()} {block.name}"


def _rank(section: Section, view: TodayView, now: datetime) -> tuple[int, str]:
    """Return where a section stands: now, decisions, this block, what comes, what was, what is left over."""
    fixed = {"now": 0, "decisions": 1, "done": 5, "left": 6}
    if section.key in fixed:
        return fixed[section.key], ""
    if section.key == "confirm":
        return 1, "behind the decisions"
    if section.block is None:
        slots = [entry.slot for entry in section.entries if entry.slot]
        return 3, min(slot.start.isoformat() for slot in slots) if slots else ""
    if section.current:
        return 2, ""
    over = section.block.end <= now and view.date == now.date()
    return (4 if over else 3), section.block.start.isoformat()
