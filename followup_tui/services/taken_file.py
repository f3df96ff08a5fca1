"""What came of one file of an import so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import field
from pathlib import Path

from followup_tui.exchange.drafts import Rejection
from followup_tui.exchange.reading import Reading
from followup_tui.records import dataclass
from followup_tui.services.arrivals import Counts
from followup_tui.services.views import FileReportView, RejectedView

_NAMED = 5


@dataclass(slots=True)
class TakenFile:
    """Counts what became of its people and touches."""

    path: Path
    reading: Reading | None = None
    created: int = 0
    updated: int = 0
    skipped: int = 0
    rejected: list[RejectedView] = field(default_factory=list)
    sample: list[str] = field(default_factory=list)
    completed: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    samples: dict[str, tuple[str, ...]] = field(default_factory=dict)
    touches: Counter[str] = field(default_factory=Counter)
    doubled: int = 0
    cut: bool = False
    """Whether only its first rows were looked at."""

    def count(self, counts: Counts) -> None:
        """Add what became of some people."""
        self.created += len(counts.created)
        self.updated += len(counts.updated)
        self.skipped += len(counts.skipped)
        for names, some in (
            (self.sample, counts.created),
            (self.completed, counts.updated),
            (self.known, counts.skipped),
        ):
            names += some[: _NAMED - len(names)]

    def refuse(self, found: Sequence[Rejection]) -> None:
        """Add what was not taken."""
        self.rejected += [RejectedView(item.line, item.field, item.why) for item in found]

    def report(self) -> FileReportView:
        """Return it for people."""
        reading = self.reading
        assert reading is not None
        return FileReportView(
            file=str(self.path),
            format=reading.reader,
            source=reading.format if reading.format not in (reading.reader, "table") else "",
            encoding=reading.encoding,
            delimiter=reading.delimiter,
            rows=reading.rows,
            created=self.created,
            updated=self.updated,
            skipped=self.skipped,
            rejected=tuple(self.rejected),
            columns=dict(reading.columns),
            sample=tuple(self.sample),
            sheet=reading.sheet,
            samples=self.samples,
            recalled=reading.recalled,
            completed=tuple(self.completed),
            known=tuple(self.known),
            touches=dict(self.touches),
            doubled=self.doubled,
        )
