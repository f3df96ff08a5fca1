"""Who a prospect is and how it stands, in a few fixed lines: details, what is next, why, benefit, meters, badges."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from textual.strip import Strip

from followup_tui.records import dataclass
from followup_tui.services.views import ProspectView, TimelineView
from followup_tui.tui import wording
from followup_tui.tui.text import cells
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.meters import glyphs, momentum_bar, steps_bar
from followup_tui.tui.widgets.paint import Painter
from followup_tui.tui.widgets.track_record import TrackRecord

_LABEL = 10
_USES = {"phone": "phone", "mobile": "text", "email": "email", "fax": "fax", "address": "in person"}
"""Kind of detail → the channel that uses it first, for its symbol."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything the lines are made of."""

    view: TimelineView
    record: TrackRecord
    now: datetime

    @property
    def local_time(self) -> str:
        """Return `12:12 ~ Europe/Berlin`: the prospect's time, `~` until its zone is confirmed."""
        prospect = self.view.prospect
        try:
            there = self.now.astimezone(ZoneInfo(prospect.zone))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return ""
        return f"{there:%H:%M}{'' if prospect.zone_confirmed else ' ~'} {prospect.zone}"


def badges(prospect: ProspectView) -> tuple[str, ...]:
    """Return the states that change what may be done, in words."""
    found = []
    if prospect.do_not_contact:
        found.append("do not contact")
    if prospect.paused:
        until = prospect.paused_until
        found.append(f"paused until {until:%a} {until.day} {until:%b}" if until else "paused, open")
    if prospect.blocked:
        found.append("blocked: no good detail")
    if prospect.consent is not None:
        found.append("consent given" if prospect.consent else "no consent")
    found += [f"not by {channel}" for channel in prospect.stopped_channels]
    if prospect.referral_slots:
        found.append(wording.count(prospect.referral_slots, "referral slot") + " open")
    return tuple(found)


class Facts(Painter):
    """Draws a `Standing` in as many lines as it is high; painting never lays out."""

    DEFAULT_CSS = """
    Facts { height: 6; }
    """

    def __init__(self, *, id: str | None = None, symbols: str = "unicode") -> None:
        super().__init__(id=id)
        self._standing: Standing | None = None
        self._symbols = symbols
        self._signs = glyphs(symbols)

    def set_standing(self, standing: Standing | None) -> None:
        """Show a prospect, or nobody."""
        self._standing = standing
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.size.width
        canvas = Canvas(width, self.role)
        if self._standing is not None:
            lines = self._wide if self.size.height >= 6 else self._narrow
            lines(canvas, y, self._standing)
        return canvas.strip()

    def _wide(self, canvas: Canvas, y: int, standing: Standing) -> None:
        """Two columns: what is theirs at the left, how it stands at the right."""
        prospect = standing.view.prospect
        half = canvas.room * 11 // 20
        match y:
            case 0:
                self._record(canvas, standing)
            case 1:
                self._details(canvas, standing, half, ("phone", "mobile", "fax"))
                self._next(canvas.skip_to(half), standing)
            case 2:
                self._details(canvas, standing, half, ("email", "address"))
                self._label(canvas.skip_to(half), "cadence").write(self._cadence(prospect))
            case 3:
                self._label(canvas, "why").write(prospect.why or "–", to=half - 2)
                self._attempts(canvas.skip_to(half), prospect)
            case 4:
                self._label(canvas, "benefit").write(prospect.benefit or "–", to=half - 2)
                self._momentum(canvas.skip_to(half), prospect)
            case 5:
                self._label(canvas, "there").write(standing.local_time, to=half - 2)
                self._badges(canvas.skip_to(half), prospect)

    def _narrow(self, canvas: Canvas, y: int, standing: Standing) -> None:
        """One column, the most needed first."""
        prospect = standing.view.prospect
        match y:
            case 0:
                self._record(canvas, standing)
            case 1:
                self._details(canvas, standing, canvas.room, ("phone", "mobile", "email", "fax", "address"))
            case 2:
                self._next(canvas, standing, to=43)
                self._attempts(canvas.skip_to(44), prospect)
            case 3:
                self._label(canvas, "why").write(prospect.why or "–")
            case 4:
                self._label(canvas, "benefit").write(prospect.benefit or "–", to=42)
                if badges(prospect):
                    self._badges(canvas.skip_to(44), prospect)
                else:
                    canvas.skip_to(44).write(f"there {standing.local_time}", "muted")

    def _label(self, canvas: Canvas, word: str) -> Canvas:
        return canvas.cell(word, _LABEL - 1, "muted")

    def _record(self, canvas: Canvas, standing: Standing) -> None:
        words, short = (
            "   ".join(word for word in said if word) for said in (standing.record.words, standing.record.short_words)
        )
        canvas.write(words if cells(words) <= canvas.room else short, "muted")

    def _details(self, canvas: Canvas, standing: Standing, to: int, kinds: tuple[str, ...]) -> None:
        details = [detail for detail in standing.view.details if detail.kind in kinds]
        if not details:
            missing = "no phone number" if "phone" in kinds else "no address"
            self._label(canvas, kinds[0]).write(missing, "muted", to=to - 2)
            return
        details.sort(key=lambda detail: (detail.bad, kinds.index(detail.kind)))
        for place, detail in enumerate(details):
            canvas.write("   " if place else "", to=to - 2)
            mark = wording.channel_mark(_USES.get(detail.kind), self._symbols)
            canvas.write(f"{mark} ", "muted", to=to - 2)
            canvas.write(detail.value, "muted" if detail.bad else "text", to=to - 2)
            if detail.bad:
                canvas.write(" bad", "overdue", to=to - 2)

    def _next(self, canvas: Canvas, standing: Standing, to: int | None = None) -> None:
        prospect, today = standing.view.prospect, standing.now.date()
        late, touch = prospect.overdue_days > 0, prospect.next_touch
        words = wording.next_touch(touch, today, prospect.steps_total)
        if touch is None and prospect.paused:
            words = badges(prospect)[0 if not prospect.do_not_contact else 1]
        if late and touch is not None:
            what = wording.step(touch.channel, touch.step, prospect.steps_total, touch.kind)
            words = f"{what}, {prospect.overdue_days:,} d over"
        self._label(canvas, "next").write(words, "overdue" if late else "next", to=to)

    def _cadence(self, prospect: ProspectView) -> str:
        if not prospect.cadence:
            return "none"
        total = prospect.steps_total
        step = f", step {prospect.step}" + (f" of {total}" if total else "") if prospect.step else ""
        return f"{prospect.cadence}{step}"

    def _attempts(self, canvas: Canvas, prospect: ProspectView) -> None:
        self._label(canvas, "attempts")
        limit = prospect.attempts_limit
        if limit:
            canvas.pieces(steps_bar(prospect.attempts, limit, self._signs)).write(" ")
        canvas.write(f"{prospect.attempts}" + (f" of {limit}" if limit else ""))

    def _momentum(self, canvas: Canvas, prospect: ProspectView) -> None:
        self._label(canvas, "momentum").pieces(momentum_bar(prospect.momentum, 10, self._signs))
        canvas.write(f" {prospect.momentum:.0%} · {prospect.phase}")

    def _badges(self, canvas: Canvas, prospect: ProspectView) -> None:
        canvas.write(" · ".join(badges(prospect)), "overdue")
