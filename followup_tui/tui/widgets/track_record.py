"""What a timeline says in one line: how many touches, over how long, on which channels, and what was answered."""

from __future__ import annotations

from collections import Counter
from datetime import date

from followup_tui.domain.channels import BY_NAME
from followup_tui.domain.model import Outcome, OutcomeKind
from followup_tui.records import dataclass
from followup_tui.services.views import TimelineView

_RESPONSES = frozenset(str(outcome) for outcome in Outcome if outcome.kind is OutcomeKind.RESPONSE)
_MOST_LETTERS = 8


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """The touches of one prospect in numbers."""

    touches: int
    days: int
    """From the first touch to today."""
    letters: str
    """Channel letters of the newest touches, oldest of them first: `p e p e`."""
    answered: tuple[tuple[str, int, int], ...]
    """Channel, responses, outbound touches; in the order of use."""
    promises: str = ""
    """`promises kept 2 of 3`, once one came due."""

    @property
    def words(self) -> tuple[str, ...]:
        """Return the parts of the line: `4 touches in 22 days`, `p e p e`, `answered: phone 0 of 2`."""
        return self._said(", ".join(f"{channel} {got:,} of {of:,}" for channel, got, of in self.answered))

    @property
    def short_words(self) -> tuple[str, ...]:
        """Return the same with letters: `answered: p 0/2 e 0/2`."""
        return self._said(" ".join(f"{_letter(channel)} {got:,}/{of:,}" for channel, got, of in self.answered))

    def _said(self, answers: str) -> tuple[str, ...]:
        if not self.touches:
            return ("no touch yet",)
        touches = f"{self.touches:,} touch" + ("" if self.touches == 1 else "es")
        span = "today" if self.days == 0 else "in 1 day" if self.days == 1 else f"in {self.days:,} days"
        return (
            f"{touches} {span}",
            self.letters,
            f"answered: {answers}" if answers else "",
            *filter(None, [self.promises]),
        )


def track_record(view: TimelineView, today: date) -> TrackRecord:
    """Count a timeline; one pass, so call it where the timeline is loaded, not while drawing."""
    sent: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for touch in view.timeline:
        if touch.outcome in _RESPONSES:
            answered[touch.channel] += 1
        if touch.direction == "outbound":
            sent[touch.channel] += 1
    newest = view.timeline[-_MOST_LETTERS:]
    letters = " ".join(_letter(touch.channel) for touch in newest)
    if len(view.timeline) > _MOST_LETTERS:
        letters = f"… {letters}"
    days = max(0, today.toordinal() - view.timeline[0].at.toordinal()) if view.timeline else 0
    rates = tuple((channel, min(answered[channel], of), of) for channel, of in sent.items())
    told = view.promises
    promises = f"promises kept {told.kept:,} of {told.n:,}" if told is not None and told.n else ""
    return TrackRecord(len(view.timeline), days, letters, rates, promises)


def _letter(channel: str) -> str:
    return BY_NAME[channel].letter if channel in BY_NAME else "?"
