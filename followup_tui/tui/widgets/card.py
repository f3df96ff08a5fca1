"""The selected prospect in a few lines: how to reach them, why they care, how far it is, what to keep in mind."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip

from followup_tui.tui import wording
from followup_tui.tui.arrangement import Entry
from followup_tui.tui.text import clean, content, fit
from followup_tui.tui.widgets.meters import glyphs, steps_bar
from followup_tui.tui.widgets.paint import Painter, Piece, cells_of

if TYPE_CHECKING:
    from followup_tui.services.views import ProspectView

ADVICE = {
    "curiosity": "say why you call",
    "annoyance": "the average rep stops here, don't",
    "resentment": "be different this time",
    "respect": "ask for the order",
}
"""CARR (S4)."""


class Card(Painter):
    """Shows the row's own facts at once and the prospect's as soon as they are there; only its lines are redrawn."""

    def __init__(self, symbols: str = "unicode") -> None:
        super().__init__(id="card")
        self._symbols = symbols
        self._entry: Entry | None = None
        self._person: ProspectView | None = None
        self._today: date | None = None
        self._drawn: list[list[Piece]] = []

    def show(self, entry: Entry | None, person: ProspectView | None, today: date) -> None:
        """Show a row, with its prospect when that is known."""
        self._entry, self._person, self._today = entry, person, today
        self._retitle()
        lines = self._lines()
        if self.border_title is None or len(lines) != len(self._drawn):
            self._drawn = lines
            self.refresh()
            return
        for number, (old, new) in enumerate(zip(self._drawn, lines, strict=True)):
            if old != new:
                self.refresh(Region(0, number, self.size.width, 1))
        self._drawn = lines

    def on_resize(self) -> None:
        """Lay the facts out for the new size; the frame of the new layout was painted before."""
        self._drawn = self._lines()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        return self.strip(self._drawn[y] if y < len(self._drawn) else (), self.size.width)

    def _retitle(self) -> None:
        if self._entry is None:
            self.border_title = ""
            return
        who = self._entry.prospect
        title = clean(self._person.title) if self._person is not None else ""
        role = ", ".join(part for part in (title, clean(who.company)) if part)
        rest = content(f" · {role}" if role else "", "$muted")
        self.entitle(Content.assemble(content(who.name, "bold $foreground"), rest))

    def _lines(self) -> list[list[Piece]]:
        width, height = self.size.width, self.size.height
        if self._entry is None or width < 20:
            return []
        if height <= 3:
            return self._narrow(width)[:height]
        first = self._two(self._details(width), self._standing(), width)
        return [first, *self._facts(width)][:height]

    def _narrow(self, width: int) -> list[list[Piece]]:
        """Return name, details and the one thing to keep in mind."""
        assert self._entry is not None
        who = self._entry.prospect
        name: list[Piece] = [
            (f" {clean(who.name)}", "strong"),
            (f" · {clean(who.company)}" if who.company else "", "muted"),
        ]
        second = [*self._details(width), ("  ", "text"), *self._attempts()] if self._person else []
        return [self._two(name, self._standing(), width), _cut(second, width), _cut(self._gist(width), width)]

    def _two(self, left: list[Piece], right: list[Piece], width: int) -> list[Piece]:
        room = width - cells_of(right) - 2
        if room < 16:
            return _cut(left, width)
        left = _cut(left, room)
        return [*left, (" " * (width - cells_of(left) - cells_of(right) - 1), "text"), *right]

    def _details(self, width: int) -> list[Piece]:
        """Return the ways to reach them, the one for this touch first and brightest."""
        if self._entry is None or self._person is None:
            return []
        person, channel = self._person, self._entry.channel
        ways = [("phone", person.phone or person.mobile), ("email", person.email), ("in person", person.address)]
        first = {"text": "phone", "fax": "phone", "mail": "in person", "gift": "in person", "article": "email"}.get(
            channel or "", channel
        )
        ways.sort(key=lambda way: way[0] != first)
        pieces: list[Piece] = []
        for kind, value in ways:
            if value:
                mark = wording.channel_mark(kind, self._symbols)
                pieces += [(f" {mark} ", "block"), (clean(value) + "  ", "strong" if kind == first else "text")]
        return pieces or [(" no phone, no email, no address", "overdue")]

    def _standing(self) -> list[Piece]:
        """Return the relation, and whether it is paused."""
        if self._person is None:
            return []
        paused = [(" · paused", "fixed")] if self._person.paused else []
        return [(self._person.relation, "value"), *paused]

    def _coach(self) -> list[Piece]:
        """Return the coach's hint; else the phase with its advice, for those who are still being won."""
        if self._person is not None and self._person.coach:
            return [(clean(self._person.coach), "value")]
        if self._person is None or self._person.relation not in ("cold", "engaged", "nurture"):
            return []
        phase = self._person.phase
        return [(f"{phase}: ", "text"), (ADVICE.get(phase, ""), "text")] if phase else []

    def _attempts(self) -> list[Piece]:
        assert self._person is not None
        person, signs = self._person, glyphs(self._symbols)
        if person.attempts_limit is None:
            return [(wording.count(person.attempts, "attempt"), "text")]
        bar = steps_bar(person.attempts, person.attempts_limit, signs)
        return [*bar, (f" {person.attempts} of {person.attempts_limit}", "text")]

    def _last(self) -> str:
        assert self._person is not None
        assert self._today is not None
        if self._person.last_touch is None:
            return "never touched yet"
        days = (self._today - self._person.last_touch.date()).days
        when = "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"
        return f"{wording.day(self._person.last_touch.date(), self._today)} · {when}" if days > 1 else when

    def _gist(self, width: int) -> list[Piece]:
        """Return the one line that matters most: the question, else why, else the benefit, else the last touch."""
        assert self._entry is not None
        if self._entry.decision is not None:
            return [(" " + clean(self._entry.decision.text), "fixed"), ("  enter answers", "muted")]
        if self._entry.offered:
            return [
                (f" {_offer(self._entry)}, until tonight", "value"),
                ("  l logs · x waives", "muted"),
            ]
        if self._person is None:
            return []
        if self._person.coach:
            return [(" h ", "key"), ("coach ", "muted"), (clean(self._person.coach), "value")]
        for label, words in (("why", self._person.why), ("benefit", self._person.benefit), ("note", self._person.note)):
            if words:
                return [(f" {label} ", "muted"), (clean(words), "text")]
        return [(" last ", "muted"), (self._last(), "text")]

    def _facts(self, width: int) -> list[list[Piece]]:
        """Return the lines below the first: what is in it for them at the left, how far it is at the right."""
        assert self._entry is not None
        if self._person is None:
            return []
        person, entry = self._person, self._entry
        left: list[list[Piece]] = []
        if entry.decision is not None:
            left.append([(" asks     ", "muted"), (clean(entry.decision.text), "fixed")])
        if entry.left is not None:
            left.append([(" left     ", "muted"), (clean(entry.left.reason), "overdue")])
        if entry.offered:
            left.append([(" with     ", "muted"), (f"{_offer(entry)}: l logs · x waives", "value")])
        left.append([(" why      ", "muted"), (clean(person.why) or "–", "text" if person.why else "muted")])
        left.append([(" benefit  ", "muted"), (clean(person.benefit) or "–", "text" if person.benefit else "muted")])
        if person.proposed_value:
            mark = "*" if self._symbols == "ascii" else "◇"
            given = f"{mark} {clean(person.proposed_value)}"
            before = "not given yet"
            if person.proposed_given is not None and self._today is not None:
                before = f"given {wording.day(person.proposed_given, self._today)}"
            left.append([(" value    ", "muted"), (given, "value"), (f" ({before})", "muted")])
        if person.coach:
            left.append([(" h ", "key"), ("coach  ", "muted"), *self._coach()])
        if person.note:
            left.append([(" note     ", "muted"), (clean(person.note), "text")])
        if entry.slot is not None and entry.slot.companion:
            mark = wording.channel_mark(entry.slot.companion, self._symbols)
            left.append([(" with     ", "muted"), (f"{mark} companion {entry.slot.companion}", "value")])
        if not person.coach and (advice := self._coach()):
            left.append([(" coach    ", "muted"), *advice])
        on = f"{clean(person.cadence)} " if person.cadence else "no cadence"
        if person.cadence and person.step:
            on += f"{person.step} of {person.steps_total}" if person.steps_total else f"step {person.step}"
        right: list[list[Piece]] = [
            [("attempts ", "muted"), *self._attempts()],
            [("last     ", "muted"), (self._last(), "text")],
            [("cadence  ", "muted"), (on, "text")],
        ]
        if person.tags:
            right.append([("tags     ", "muted"), (clean(" ".join(person.tags)), "text")])
        half = max(30, width * 3 // 5)
        lines = []
        for number in range(max(len(left), len(right))):
            a = _cut(left[number], half - 2) if number < len(left) else []
            b = _cut(right[number], width - half - 1) if number < len(right) else []
            lines.append([*a, (" " * (half - cells_of(a)), "text"), *b])
        return lines


def _offer(entry: Entry) -> str:
    """Return what is offered, in a few words."""
    channel = clean(entry.channel)
    return f"the {channel} beside it" if entry.offered == "companion" else f"confirm the meeting by {channel}"


def _cut(pieces: list[Piece], width: int) -> list[Piece]:
    """Return the pieces cut to the width, the last one with an ellipsis."""
    kept: list[Piece] = []
    for text, role in pieces:
        room = width - cells_of(kept)
        if room <= 0:
            break
        kept.append((text, role) if cells_of([(text, role)]) <= room else (fit(text, room), role))
    return kept
