"""The measures shown beside the numbers of the sources, section by section as they are ready (domain §14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from followup_tui.domain import source_numbers as said
from followup_tui.domain.beta import rate
from followup_tui.domain.momentum import DAILY, lost_by_tomorrow
from followup_tui.domain.workdays import plus_days
from followup_tui.services import counting, measuring_touches
from followup_tui.services.context import Context
from followup_tui.services.days import DayService
from followup_tui.services.forecast import ForecastService
from followup_tui.services.insights import InsightService
from followup_tui.services.views.measures import SECTIONS, GroupView, MeasureView, SectionView, StatsView
from followup_tui.storage import day_facts, library, measuring, queue

YEAR = 365
_MONTH = 30
MOST_PROMISED = 1000
"""People whose journals are told again for the promises kept; the newest, when there are more."""
Tell = Callable[[SectionView], None]
Progress = Callable[[str, int, int], bool]
"""Gets what is counted, how much of it is done and how much there is; returns False to cancel."""


class MeasureService:
    """Looking back, and a little ahead."""

    def __init__(self, context: Context, days: DayService, insights: InsightService, forecast: ForecastService) -> None:
        self._context = context
        self._days = days
        self._insights = insights
        self._forecast = forecast

    def stats(self, since: date | None = None, tell: Tell | None = None, progress: Progress | None = None) -> StatsView:
        """Return every measure since a day (None: the first); `tell` gets each section as soon as it is counted.

        Reads are short, so that a log never waits; FollowupError when `progress` cancels.
        """
        found: dict[str, SectionView] = {}
        going = progress or (lambda what, done, of: True)

        def take(section: SectionView) -> None:
            found[section.name] = section
            if tell is not None:
                tell(section)

        take(self._now(since))
        counts = counting.count(self._context, since, lambda done, of: going("touches", done, of))
        with self._context.database.reading() as connection:
            left = measuring.given_up(connection, counting.day_begins(self._context, since) if since else None)
            templates = library.templates(connection, retired=True)
        take(measuring_touches.persistence(counts, left))
        take(measuring_touches.what_works(counts))
        take(measuring_touches.wins(counts))
        take(measuring_touches.mistakes(counts, templates, self._context.config.limits.words))
        take(measuring_touches.why_not(counts))
        take(self._promises(counts, since, lambda: going("promises", 0, 0)))
        take(self._kept_days())
        take(self._load(going))
        measures = tuple(measure for name in SECTIONS for measure in found[name].measures)
        return StatsView(since, self._context.today(), measures)

    def _now(self, since: date | None) -> SectionView:
        """Return what is in play and what waiting costs."""
        today = self._context.today()
        with self._context.database.reading() as connection:
            lines = queue.count_in_play(connection)
            due = measuring.due_by_day(connection, today)
            closed = [
                record
                for record in day_facts.records(connection, since or date(1, 1, 1), today).values()
                if record.closed
            ]
        waiting = sum(n for _, n in due)
        late = sum(n for day, n in due if day < today)
        risk = sum(n * lost_by_tomorrow((today - day).days) for day, n in due)
        lost = sum(n * (1 - DAILY ** (today - day).days) for day, n in due)
        saved = sum(record.momentum_saved for record in closed) / 10_000
        return SectionView("now", SECTIONS["now"], (
            MeasureView("lines_in_the_water", "Lines in the water", float(lines), "people", lines, "in play", "S0",
                        said.LINES, note="cold, engaged, nurture and customers"),
            MeasureView("momentum_at_risk", "Momentum at risk today", risk, "momentum", waiting, "due", "S2",
                        note="what everybody due loses by tomorrow: 1.0 is all of one prospect"),
            MeasureView("momentum_lost", "Momentum lost so far", lost, "momentum", late, "overdue", "S2",
                        note="10 % a day since the planned date"),
            MeasureView("momentum_saved", "Momentum saved", saved if closed else None, "momentum", len(closed),
                        "days ended", "S2", note="by the touches of the days you ended",
                        empty="what a day's touches kept: F on Today ends the day"),
        ))  # fmt: skip

    def _kept_days(self) -> SectionView:
        """Return the streak, and the year day by day: records where there are any, else the journal's touches."""
        context, today = self._context, self._context.today()
        first = plus_days(today, 1 - YEAR)
        streak = self._days.streak()
        records = {one.date: one for one in self._days.recorded(first, today)}
        made = self._logged(first, today)
        with context.database.reading() as connection:
            rules = context.rules(connection)
        groups = []
        for day in (plus_days(first, offset) for offset in range(YEAR)):
            one = records.get(day)
            if one is not None and (one.kept or day < today):
                share = 1.0 if one.kept else one.done / one.slots if one.slots else 0.0
                groups.append(GroupView(day.isoformat(), share, one.done, of=float(one.slots)))
            elif made[day] or rules.calendar.is_working(day):
                groups.append(GroupView(day.isoformat(), None, made[day], enough=False))
        judged = [one for one in records.values() if rules.calendar.is_working(one.date) and one.date < today]
        kept = rate(sum(one.kept for one in judged), len(judged))
        percent = f"{streak.percent} % of the due touches, or of the blocks' minutes (ours)"
        return SectionView("days", SECTIONS["days"], (
            MeasureView("streak", "Streak", float(streak.days), "days", streak.days, "working days running", "S0",
                        note=f"kept: {percent}"),
            MeasureView("days_kept", "Days kept", kept.value, "share", kept.n, "working days", "S0", (), tuple(groups),
                        kept.low if kept.n else None, kept.high if kept.n else None, kept.enough,
                        note="days looked at; others show their touches", empty="days kept, from tomorrow on"),
        ))  # fmt: skip

    def _logged(self, first: date, last: date) -> Counter[date]:
        """Return the touches of each day, a month in one read."""
        context, made, day = self._context, Counter[date](), first
        while day <= last:
            until = plus_days(day, _MONTH)
            span = counting.day_begins(context, day), counting.day_begins(context, until)
            with context.database.reading() as connection:
                for at, n in measuring.logged_by_hour(connection, *span, counting.hour_digits(context)):
                    made[counting.day_of(context, counting.moment_of(at))] += n
            day = until
        return made

    def _promises(self, counts: counting.Counts, since: date | None, going: Callable[[], bool]) -> SectionView:
        """Return how many promises were kept."""
        people = list(counts.promised)[-MOST_PROMISED:]
        kept = self._insights.promises_to(people, since, going)
        found = rate(kept.kept, kept.n)
        newest = f"; the newest {MOST_PROMISED:,} people" if len(counts.promised) > MOST_PROMISED else ""
        return SectionView("promises", SECTIONS["promises"], (
            MeasureView("promises_kept", "Promises kept", kept.value, "share", kept.n, "promises", "ours",
                        low=found.low if kept.n else None, high=found.high if kept.n else None, enough=found.enough,
                        note=f"on its day, within 30 minutes of its time{newest}",
                        empty="promises that came due: 6 in the log, or . with a time"),
        ))  # fmt: skip

    def _load(self, going: Progress) -> SectionView:
        """Return the eight weeks ahead against the blocks."""
        view = self._forecast.forecast(progress=lambda done, of: going("the weeks ahead", done, of))
        minutes = sum(week.minutes for week in view.weeks)
        room = sum(week.capacity_minutes for week in view.weeks)
        groups = tuple(
            GroupView(week.start.isoformat(), float(week.minutes), week.touches, of=float(week.capacity_minutes))
            for week in view.weeks
        )
        measure = MeasureView(
            "load_ahead", "Work against your blocks", minutes / room if room else None, "share",
            sum(week.touches for week in view.weeks), "touches", "ours", (), groups,
            note="every touch on its day, nobody answers; w shows the days", empty="blocks to work in: B on Today",
        )  # fmt: skip
        return SectionView("load", SECTIONS["load"], (measure,))
