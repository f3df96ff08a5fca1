"""The services API in memory, with fictional people: fast, deterministic, and honest enough to drive every screen.

`fake_services()` is Monday 23 November 2026, 09:12 in Berlin. `calls` lists the verbs that ran; `fail_with` makes the
next ones raise; `hostile()` fills every text with what must never reach a terminal unclean.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from followup_tui.config import Config
from followup_tui.domain.channels import BY_NAME
from followup_tui.domain.model import Outcome, OutcomeKind
from followup_tui.errors import FollowupError, NothingFound
from followup_tui.language.dates import When, parse_when
from followup_tui.services.changes import Changes
from followup_tui.services.views import (
    AheadView,
    CadenceView,
    CheckView,
    DetailView,
    EnrolView,
    FileReportView,
    HistoryView,
    ImportView,
    ListingView,
    NextTouchView,
    ProspectDraft,
    ProspectRow,
    ProspectView,
    TimelineView,
    TodayView,
    TouchView,
    WhoView,
)
from followup_tui.services.views.opened import ChannelTally, OpenedView
from followup_tui.services.views.working import StreakView
from tests.tui.fake_lists import FakeBulk, FakeLists
from tests.tui.fake_log import FakeLog
from tests.tui.fake_people import PEOPLE
from tests.tui.fake_plan import plan

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 9, 12, tzinfo=BERLIN)
HOSTILE = (
    "[/]",
    "[@click=app.quit]x[/]",
    "\x1b]52;c;aGk=\x07\x1b[2Jevil",
    "漢字かな交じり文の会社",
    "Z̴̡a̷͘l̶g̵o̶ ‮rtl",
    "=1+1",
)
STEPS = {"Steady": 12, "Cold six": 6, "Stay in touch": None, "Customer": None}


@dataclass
class State:
    """Everything that undo takes back."""

    people: dict[str, ProspectView] = field(default_factory=dict)
    touches: dict[str, tuple[TouchView, ...]] = field(default_factory=dict)
    decisions: dict[str, str] = field(default_factory=dict)
    """Prospect → question."""
    done: tuple[tuple[str, str, str], ...] = ()
    """Prospect, channel, outcome of today's touches; oldest first."""
    hidden: frozenset[str] = frozenset()
    """Snoozed."""


class FakeServices:
    """Conforms to what bootstrap.open_services returns."""

    keys_come_first = False

    def __init__(self, state: State, now: datetime = NOW, config: Config | None = None) -> None:
        self.state = state
        self.config = config or Config(zone="Europe/Berlin")
        self.at = now
        self.calls: list[str] = []
        self.fail_with: FollowupError | None = None
        self.opened_in: str = ""
        self.outside_version = 1
        self._changes: list[tuple[HistoryView, State]] = []
        self._undone: list[tuple[HistoryView, State]] = []
        self._lock = threading.RLock()
        self.today = SimpleNamespace(plan=self._plan, upcoming=lambda: ())
        self.log = FakeLog(self)
        self.days = SimpleNamespace(
            begin=lambda: None, planned_zone=lambda: "", streak=lambda: StreakView(12, True, 80)
        )
        self.clock = SimpleNamespace(running=lambda: None)
        self.prospects = FakeProspects(self)
        self.lists = FakeLists(self)
        self.bulk = FakeBulk(self)
        self.cadences = SimpleNamespace(
            list=self._cadences, enrol=self._enrol, enrol_preview=self._enrol_preview, ahead=self._ahead
        )
        self.undo = SimpleNamespace(undo=self._undo, redo=self._redo, history=self._history)
        self.exchange = SimpleNamespace(import_files=self._import, export=lambda *a, **k: len(self.state.people))
        self.library = SimpleNamespace(choices=lambda *_: (), prompts=lambda: (), items=lambda: ())
        self.backups = SimpleNamespace(is_due=lambda: False, newest_good=lambda: None)
        self.doctor = SimpleNamespace(
            check=lambda: [CheckView("invariant", True, "everybody in play has a next touch")]
        )

    def now(self) -> datetime:
        return self.at

    def when(self, text: str, *, future: bool = True) -> When:
        return parse_when(text, now=self.now(), future=future)

    def local_today(self) -> date:
        return self.at.date()

    def version(self) -> int:
        return self.outside_version

    def stamp(self) -> str:
        return ""

    def commits(self) -> int | None:
        return None

    def close(self) -> None:
        self.calls.append("close")

    def ran(self, what: str) -> None:
        """Note a call; raise what the test asked for; refuse to run on the event loop's thread."""
        if threading.current_thread() is threading.main_thread() and self.opened_in:
            raise AssertionError(f"{what} ran on the event loop")
        self.calls.append(what)
        if self.fail_with is not None:
            raise self.fail_with

    def change(self, name: str, prospects: Sequence[str], new: State) -> Changes:
        """Commit a new state as one undo step."""
        with self._lock:
            view = HistoryView(len(self._changes) + 1, self.at, name, False)
            self._changes.append((view, self.state))
            self._undone.clear()
            self.state = new
            return Changes(frozenset({"touch", "prospect"}), frozenset(prospects), name, view.id)

    def _plan(self, day: date | None = None) -> TodayView:
        self.ran("plan")
        return plan(self, day or self.at.date())

    def _undo(self, n: int = 1) -> tuple[list[HistoryView], Changes]:
        self.ran("undo")
        return self._step(self._changes, self._undone, n, "There is nothing to undo")

    def _redo(self, n: int = 1) -> tuple[list[HistoryView], Changes]:
        self.ran("redo")
        return self._step(self._undone, self._changes, n, "There is nothing to redo")

    def _step(self, source: list[Any], target: list[Any], n: int, nothing: str) -> tuple[list[HistoryView], Changes]:
        if not source:
            raise NothingFound(nothing)
        told = []
        for _ in range(min(n, len(source))):
            view, state = source.pop()
            target.append((view, self.state))
            self.state = state
            told.append(view)
        return told, Changes(frozenset({"touch", "prospect"}), frozenset(self.state.people), told[0].name, 1)

    def _history(self, limit: int = 50) -> list[HistoryView]:
        self.ran("history")
        undone = [replace(view, undone=True) for view, _ in self._undone]
        return (undone + [view for view, _ in reversed(self._changes)])[:limit]

    def _cadences(self) -> list[CadenceView]:
        self.ran("cadences")
        cold = ("1 p+e", "3 p", "7 e", "14 p", "28 p", "58 m")
        on = [person.cadence for person in self.state.people.values()]
        return [
            CadenceView(1, "Cold six", 1, "cold", cold, "ask", on.count("Cold six"), "S2"),
            CadenceView(
                2, "Steady", 2, "engaged", (*cold, "88 p", "118 e"), "repeat every 30 days", on.count("Steady"), "S2"
            ),
            CadenceView(3, "Stay in touch", 1, "nurture", ("30 e",), "repeat monthly", on.count("Stay in touch"), "S1"),
            CadenceView(4, "Customer", 1, "customer", ("7 p", "30 m"), "repeat monthly", on.count("Customer"), "S2"),
        ]

    def _ahead(self, name: str, on: date | None = None) -> tuple[AheadView, ...]:
        self.ran("ahead")
        steps = next(view.steps for view in self._cadences() if view.name == name)
        begin, letters = on or self.at.date(), {channel.letter: channel.name for channel in BY_NAME.values()}
        return tuple(
            AheadView(begin + timedelta(int(day) - 1), None, "step", letters[by[0]], letters.get(by[2:]), n, day)
            for n, (day, by) in enumerate((step.split() for step in steps), 1)
        )

    def _enrol_preview(self, ids: Sequence[str], cadence: str, *, per_day: int | None = None) -> EnrolView:
        day = self.at.date()
        ends = Counter(now for who in ids if (now := self.state.people[who].cadence))
        many = (per_day or 20) if len(ids) > 1 else None
        return EnrolView(len(ids), (), day, day, ((day, len(ids)),), (("phone", len(ids)),), tuple(ends.items()), many)

    def _enrol(
        self, ids: Sequence[str], cadence: str, *, step: int = 1, on: date | None = None, per_day: int | None = None
    ) -> tuple[EnrolView, Changes]:
        self.ran("enrol")
        people, refused = dict(self.state.people), []
        day = on or self.at.date()
        for who in ids:
            person = people[who]
            if not (person.phone or person.email):
                refused.append((who_of(person), "no usable detail"))
                continue
            touch = NextTouchView("step", day, None, "phone", step, "enrolled", False)
            relation = "cold" if person.relation == "pool" else person.relation
            people[who] = replace(
                person, cadence=cadence, step=step, steps_total=STEPS.get(cadence), next_touch=touch, relation=relation
            )
        done = len(ids) - len(refused)
        name = f"Enrol {done} in {cadence}"
        return EnrolView(done, tuple(refused), day, day), self.change(name, ids, replace(self.state, people=people))

    def _import(
        self, paths: Sequence[Any], *, dry_run: bool = False, progress: Callable[[int], bool] | None = None, **_: Any
    ) -> Any:
        self.ran("import")
        if progress is not None:
            progress(2)
        report = FileReportView(
            str(paths[0]), "csv", "utf-8", ",", 2, 2, 0, 0, (), {"Name": "name"}, ("Zed One", "Zed Two")
        )
        view = ImportView((report,), dry_run, "Import 2 prospects")
        return view, Changes(frozenset(), frozenset(), "") if dry_run else self.change(
            view.undo, [], replace(self.state)
        )


class FakeProspects:
    """services.prospects."""

    def __init__(self, services: FakeServices) -> None:
        self._services = services

    def get(self, id: str) -> ProspectView:
        self._services.ran("get")
        return self._services.state.people[id]

    def resolve(self, who: str) -> str:
        found = self.find(who)
        if not found:
            raise NothingFound(f"nobody is called “{who}”")
        return found[0].id

    def find(self, filter: str = "", *, limit: int | None = None, offset: int = 0) -> list[ProspectView]:
        self._services.ran("find")
        words = filter.casefold().split()
        people = [
            person
            for person in self._services.state.people.values()
            if all(word in f"{person.name} {person.company} relation:{person.relation}".casefold() for word in words)
        ]
        return people[offset:][:limit]

    def count(self, filter: str = "") -> int:
        return len(self.find(filter))

    def rows(self, filter: str = "", *, limit: int = 200, offset: int = 0) -> list[ProspectRow]:
        return [
            ProspectRow(
                p.id, p.name, p.company, p.relation,
                p.next_touch.kind if p.next_touch else None,
                p.next_touch.date if p.next_touch else None,
                p.next_touch.channel if p.next_touch else None,
                p.attempts, p.last_touch, p.star, p.phone, p.email,
            )
            for p in self.find(filter, limit=limit, offset=offset)
        ]  # fmt: skip

    def listing(self, filter: str = "", order: str = "name", *, backwards: bool = False) -> ListingView:
        ids = [p.id for p in self.find(filter)]
        return ListingView(ids[::-1] if backwards else ids, self._services.local_today(), self._services.at)

    def rows_of(self, ids: Sequence[str]) -> list[ProspectRow]:
        rows = {row.id: row for row in self.rows()}
        return [rows[id] for id in ids]

    def search(self, text: str, limit: int = 50) -> list[ProspectRow]:
        return self.rows(text, limit=limit)

    def get_ready(self) -> None:
        return None

    def surest(self, text: str, limit: int = 50) -> list[ProspectRow]:
        return self.search(text, limit)

    def get_many(self, ids: Sequence[str]) -> list[ProspectView]:
        return [self.get(id) for id in ids if id in self._services.state.people]

    def opened(self, id: str, newest: int | None = None, *, promises: bool = False, alive: object = None) -> OpenedView:
        return opened(self.timeline(id), newest)

    def timeline(self, id: str) -> TimelineView:
        self._services.ran("timeline")
        person = self._services.state.people[id]
        touch = person.next_touch
        ahead = [
            AheadView(touch.date + timedelta(days=30 * n), None, "step", touch.channel, None, (touch.step or 0) + n, "")
            for n in range(3)
            if touch is not None
        ]
        details = [
            DetailView(kind, value, "", False)
            for kind, value in (("phone", person.phone), ("email", person.email), ("address", person.address))
            if value
        ]
        return TimelineView(person, self._services.state.touches.get(id, ()), tuple(ahead), tuple(details))

    def add(self, draft: ProspectDraft) -> tuple[ProspectView, Changes]:
        self._services.ran("add")
        state = self._services.state
        id = f"p{len(state.people) + 1:03}"
        touch = NextTouchView("step", self._services.at.date(), None, "phone", 1, "new", False)
        person = replace(blank(id), next_touch=touch, cadence="Cold six", step=1, steps_total=6, relation="cold")
        person = _drafted(person, draft)
        return person, self._services.change(
            f"Add {person.name}", [id], replace(state, people={**state.people, id: person})
        )

    def edit(self, id: str, draft: ProspectDraft) -> tuple[ProspectView, Changes]:
        self._services.ran("edit")
        state = self._services.state
        person = _drafted(state.people[id], draft)
        return person, self._services.change(
            f"Edit {person.name}", [id], replace(state, people={**state.people, id: person})
        )

    def star(self, ids: Sequence[str], on: bool | None = None) -> tuple[int, Changes]:
        return self._each("Star", ids, lambda p: replace(p, star=not p.star if on is None else on))

    def tag(self, ids: Sequence[str], tags: Sequence[str]) -> tuple[int, Changes]:
        return self._each("Tag", ids, lambda p: replace(p, tags=(*p.tags, *tags)))

    def close(self, ids: Sequence[str], reason: str = "") -> tuple[int, Changes]:
        return self._each("Close", ids, lambda p: replace(p, relation="closed", next_touch=None))

    def reopen(self, ids: Sequence[str]) -> tuple[int, Changes]:
        return self._each("Reopen", ids, lambda p: replace(p, relation="cold"))

    def _each(
        self, verb: str, ids: Sequence[str], change: Callable[[ProspectView], ProspectView]
    ) -> tuple[int, Changes]:
        self._services.ran(verb.lower())
        state = self._services.state
        people = {**state.people, **{id: change(state.people[id]) for id in ids}}
        return len(ids), self._services.change(f"{verb} {len(ids)}", ids, replace(state, people=people))


def _drafted(person: ProspectView, draft: ProspectDraft) -> ProspectView:
    names = ("name", "company", "title", "phone", "mobile", "email", "fax", "address", "why", "benefit", "note")
    return replace(person, **{name: getattr(draft, name) for name in names if getattr(draft, name) is not None})


def who_of(person: ProspectView) -> WhoView:
    return WhoView(person.id, person.name, person.company, person.zone)


RESPONSES = frozenset(str(outcome) for outcome in Outcome if outcome.kind is OutcomeKind.RESPONSE)


def opened(view: TimelineView, newest: int | None = None) -> OpenedView:
    """Return a timeline as the service opens it: the newest touches, with what all of them come to."""
    touches = view.timeline
    channels = dict.fromkeys(touch.channel for touch in touches if touch.direction == "outbound")
    channels |= dict.fromkeys(touch.channel for touch in touches)
    tallies = tuple(
        ChannelTally(
            channel,
            sum(touch.direction == "outbound" for touch in touches if touch.channel == channel),
            sum(touch.outcome in RESPONSES for touch in touches if touch.channel == channel),
        )
        for channel in channels
    )
    first = touches[0].at if touches else None
    part = touches if newest is None else touches[-newest:]
    return OpenedView(replace(view, timeline=part), len(touches), first, tallies, goes_on=len(part) < len(touches))


def blank(id: str) -> ProspectView:
    return ProspectView(
        id=id, name="", company="", title="", relation="pool", phone="", mobile="", email="", fax="", address="",
        zone="Europe/Berlin", zone_confirmed=False, why="", benefit="", source="", star=False, tags=(), birthday="",
        referred_by=None, attempts=0, touches=0, last_touch=None, next_touch=None, paused=False, paused_until=None,
        pace="normal", goal="", consent=None, do_not_contact=False, bad_details=(), blocked=False, momentum=1.0,
        phase="curiosity", cadence=None, step=None, steps_total=None, extra={},
    )  # fmt: skip


def _person(number: int, row: Any, today: date) -> tuple[ProspectView, str]:
    """Return a prospect and the question it waits with, if any."""
    (
        name,
        company,
        title,
        phone,
        email,
        address,
        zone,
        relation,
        cadence,
        step,
        due,
        channel,
        kind,
        attempts,
        why,
        benefit,
    ) = row
    word, _, rest = kind.partition(" ")
    at = time.fromisoformat(rest) if word == "promise" else None
    touch = None
    if word != "none":
        touch = NextTouchView(
            word, today + timedelta(days=due), at, channel or None, step, "+7 after voicemail", word == "promise"
        )
    total = STEPS.get(cadence)
    person = replace(
        blank(f"p{number:03}"), name=name.lstrip("*"), company=company, title=title, relation=relation, phone=phone,
        email=email, address=address, zone=zone, zone_confirmed=zone.startswith("Europe"), why=why, benefit=benefit,
        star=name.startswith("*"),
        attempts=attempts, touches=attempts, last_touch=NOW - timedelta(days=9) if attempts else None, next_touch=touch,
        momentum=0.9 ** max(0, -due), phase=("curiosity", "annoyance", "resentment", "respect")[min(3, attempts // 2)],
        cadence=cadence or None, step=step or None, steps_total=total, overdue_days=max(0, -due),
        attempts_limit={"cold": 6, "engaged": 12}.get(relation),
        blocked=touch is not None and not channel and word == "step",
    )  # fmt: skip
    return person, rest if word == "decision" else ""


def fake_services(people: Sequence[Any] = PEOPLE, now: datetime = NOW, config: Config | None = None) -> FakeServices:
    """Return services over these people, with a few touches behind each."""
    state = State()
    for number, row in enumerate(people, 1):
        person, question = _person(number, row, now.date())
        state.people[person.id] = person
        if question:
            state.decisions[person.id] = question
        state.touches[person.id] = tuple(
            TouchView(
                f"{person.id}-{n}", person.id, ("phone", "email")[n % 2], "outbound", ("left voicemail", "sent")[n % 2],
                now - timedelta(days=7 * (person.attempts - n) + 2), now, "call after the 20th" if n == 1 else "",
                "press article" if n == 2 else "", None, n + 1, person.cadence, None, "", None, None,
            )
            for n in range(person.attempts)
        )  # fmt: skip
    return FakeServices(state, now, config)


def hostile(config: Config | None = None) -> FakeServices:
    """Return services whose every text is one of the hostile ones."""
    rows = []
    for number, row in enumerate(PEOPLE):
        evil = [HOSTILE[(number + n) % len(HOSTILE)] for n in range(8)]
        rows.append((evil[0], evil[1], evil[2], evil[3], evil[4], evil[5], *row[6:14], evil[6], evil[7]))
    return fake_services(rows, config=config)
