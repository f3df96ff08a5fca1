"""What a timeline says in one line: how many touches, over how long, on which channels, and what was answered."""

from __future__ import annotations

from datetime import date

from followup_tui.domain.channels import BY_NAME
from followup_tui.records import dataclass
from followup_tui.services.views.opened import OpenedView

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


def track_record(opened: OpenedView, today: date) -> TrackRecord:
    """Say what a timeline comes to, whether or not all of it is read yet."""
    view = opened.view
    newest = view.timeline[-_MOST_LETTERS:]
    letters = " ".join(_letter(touch.channel) for touch in newest)
    if opened.touches > _MOST_LETTERS:
        letters = f"… {letters}"
    days = max(0, today.toordinal() - opened.first.toordinal()) if opened.first else 0
    rates = tuple((one.channel, min(one.answered, one.sent), one.sent) for one in opened.tallies if one.sent)
    told = view.promises
    promises = f"promises kept {told.kept:,} of {told.n:,}" if told is not None and told.n else ""
    return TrackRecord(opened.touches, days, letters, rates, promises)


def _letter(channel: str) -> str:
    return BY_NAME[channel].letter if channel in BY_NAME else "?"
