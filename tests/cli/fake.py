"""Services made of ready views, so that the command line is tested without a database. `calls` keeps what was asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from followup_tui.config import Config
from followup_tui.errors import NothingFound, UsageError
from followup_tui.language.dates import When, parse_when
from followup_tui.services import views
from followup_tui.services.changes import Changes
from followup_tui.services.views.opened import OpenedView
from followup_tui.services.views.working import StreakView

NOW = datetime(2026, 11, 23, 9, 12, tzinfo=ZoneInfo("Europe/Berlin"))
TODAY = NOW.date()
CHANGES = Changes(frozenset({"touches"}), frozenset({"p1"}), "Log call · Ann Lee", 7)
NEXT = views.NextTouchView("step", date(2026, 12, 23), None, "mail", 6, "+30 after voicemail on Mon 23 Nov", False)
PROSPECT = views.ProspectView(
    id="p1",
    name="Ann Lee",
    company="Acme Ltd",
    title="",
    relation="engaged",
    phone="+49 30 123456",
    mobile="",
    email="ann@acme.example",
    fax="",
    address="",
    zone="America/New_York",
    zone_confirmed=False,
    why="asked for a quote",
    benefit="",
    source="",
    star=True,
    tags=("roof",),
    birthday="",
    referred_by=None,
    attempts=2,
    touches=5,
    last_touch=datetime(2026, 11, 20, 10, 12, tzinfo=ZoneInfo("Europe/Berlin")),
    next_touch=NEXT,
    paused=False,
    paused_until=None,
    pace="normal",
    goal="",
    consent=None,
    do_not_contact=False,
    bad_details=("mobile",),
    blocked=False,
    momentum=0.7290000000000001,
    phase="annoyance",
    cadence="Steady",
    step=6,
    steps_total=6,
    extra={"Region": "North"},
    overdue_days=3,
    attempts_limit=12,
)
TOUCH = views.TouchView(
    id="t1",
    prospect="p1",
    channel="phone",
    direction="outbound",
    outcome="left voicemail",
    at=NOW,
    logged_at=NOW,
    note="asked \x1b[31mfor\x07 Bob",
    value="",
    sentiment=None,
    step=5,
    cadence="Steady",
    companion_of=None,
    reason="",
    template=None,
    promise=None,
)
WHO = views.WhoView("p1", "Ann Lee", "", "Europe/Berlin")
SLOT = views.SlotView(
    NOW, WHO, "phone", 5, 6, date(2026, 11, 21), 2, 0.81, "annoyance", "03:12", "email", ("oldest first",)
)
BLOCK = views.BlockView("Calls", NOW, NOW.replace(hour=11), ("phone",), 108, 5, (SLOT,))
TOTALS = views.TotalsView(3, 1, 0, 1, 1, 1, 0.1, 12, 4)
DECISION = views.DecisionView(
    WHO,
    "limit",
    "The attempts are used up. What now?",
    (views.ChoiceView("n", "nurture", "monthly"), views.ChoiceView("c", "close", "no next touch")),
    "nurture",
    TODAY,
)
PLAN = views.TodayView(
    date=TODAY,
    zone="Europe/Berlin",
    now=NOW,
    blocks=(BLOCK,),
    promises=(replace(SLOT, kind="promise", fixed=True, time="14:30"),),
    left_over=(views.LeftOverView(WHO, None, "waiting for a decision"),),
    decisions=(DECISION,),
    totals=TOTALS,
)
AHEAD = views.AheadView(date(2026, 12, 23), None, "step", "mail", None, 6, "+30")
TIMELINE = views.TimelineView(PROSPECT, (TOUCH,), (AHEAD,))
OUTCOME = views.OutcomeView("2", "left voicemail", NEXT, "engaged", 10, "an attempt", gap=30, steps_total=6)
PREVIEW = views.PreviewView(PROSPECT, (OUTCOME,), "phone", True, "Steady, call 5 of 6")
LOGGED = views.LogView(TOUCH, PROSPECT, None, NEXT, CHANGES.name, "", 7)
HISTORY = views.HistoryView(7, NOW.astimezone(UTC), "Log call · Ann Lee", False)
REJECTED = tuple(views.RejectedView(line, "email", "has no @") for line in range(2, 32))
REPORT = views.FileReportView("leads.csv", "csv", "utf-8", ";", 40, 8, 1, 1, REJECTED)
ROW = views.ProspectRow(
    "p1", "Ann Lee", "Acme", "engaged", "step", date(2026, 12, 23), "mail", 2, PROSPECT.last_touch, True, "", ""
)
CADENCES = [
    views.CadenceView(1, "Steady", 1, "engaged", ("1 p+e", "3 e"), "repeat every 30 days", 3, "S2"),
    views.CadenceView(2, "Stay in touch", 1, "nurture", ("30 a",), "for ever", 0, "S1"),
]


class Fake:
    """Conforms to what bootstrap.open_services returns."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
        self.error: Exception | None = None
        self.config = Config(zone="Europe/Berlin")
        self.path = Path(__file__)
        self.rows = [ROW]
        self.checks = [views.CheckView("invariant", True, "everybody in play has a next touch")]
        count, pair, logged = (1, CHANGES), (PROSPECT, CHANGES), (LOGGED, CHANGES)
        moved = (replace(LOGGED, touch=None), CHANGES)
        step = ([HISTORY], CHANGES)
        refused = views.EnrolView(2, ((WHO, "no detail is good"),), TODAY, date(2026, 11, 24))
        imported = views.ImportView((REPORT,), False, "Import leads.csv")
        self.today = self._group("today", plan=PLAN)
        self.days = self._group("days", streak=StreakView(12, True, 80))
        self.prospects = self._group(
            "prospects",
            get=PROSPECT,
            timeline=TIMELINE,
            opened=OpenedView(TIMELINE, len(TIMELINE.timeline), None, (), False),
            add=pair,
            edit=pair,
            star=count,
            tag=count,
            close=count,
            reopen=count,
        )
        self.prospects.resolve = self._resolve
        self.prospects.find = lambda *a, **k: self._note(
            "prospects.find", a, k, [PROSPECT] if self.rows and not k.get("offset") else []
        )
        self.prospects.rows = lambda *a, **k: self._note("prospects.rows", a, k, [] if k["offset"] else self.rows)
        self.prospects.count = lambda filter="": len(self.rows)
        self.prospects.near = lambda wanted, limit=None: []
        self.log = self._group(
            "log",
            preview=PREVIEW,
            decision=DECISION,
            log=logged,
            answer=logged,
            skip=moved,
            move=moved,
            snooze=moved,
            pause=moved,
            pause_preview=tuple(views.PauseView(rule, None) for rule in ("freeze", "restart", "keep")),
            resume=moved,
        )
        self.cadences = self._group("cadences", list=CADENCES, ahead=(AHEAD,), enrol=(refused, CHANGES))
        self.undo = self._group("undo", undo=step, redo=step, history=[HISTORY])
        self.exchange = self._group("exchange", import_files=(imported, CHANGES), export=12)
        self.duplicates = self._group("duplicates", similar=2)
        self.doctor = SimpleNamespace(check=lambda progress=None: self._note("doctor.check", (), {}, self.checks))

    def now(self) -> datetime:
        return NOW

    def when(self, text: str, *, future: bool = True) -> When:
        return parse_when(text, now=self.now(), future=future)

    def local_today(self) -> date:
        return TODAY

    def close(self) -> None:
        self.calls.append(("close", (), {}))

    def last(self, name: str) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return the arguments of the newest call of a name."""
        return next((args, kwargs) for called, args, kwargs in reversed(self.calls) if called == name)

    def _group(self, group: str, **results: Any) -> Any:
        def verb(name: str, result: Any) -> Any:
            return lambda *args, **kwargs: self._note(f"{group}.{name}", args, kwargs, result)

        return SimpleNamespace(**{name: verb(name, result) for name, result in results.items()})

    def _note(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], result: Any) -> Any:
        self.calls.append((name, args, kwargs))
        if self.error is not None:
            raise self.error
        return result

    def _resolve(self, who: str) -> str:
        self.calls.append(("prospects.resolve", (who,), {}))
        if who == "nobody":
            raise NothingFound("nobody matches nobody")
        if who == "two":
            raise UsageError("two may be several people", "Ann Lee p1, Ann Low p2")
        return "p1"
