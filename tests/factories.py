"""A workplace for tests of storage and services: a real file, a clock that stands still, people in one line each."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from followup_tui.bootstrap import Services
from followup_tui.config import WORKING_DAYS, Config, default_blocks
from followup_tui.domain.model import Outcome, PlanKind, Planned, State
from followup_tui.services.views import LogDraft, LogView, ProspectDraft, ProspectView, SlotView, TodayView
from followup_tui.storage import standing
from followup_tui.storage.unit_of_work import PRIMARY_KEYS, instant

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)
CONFIG = Config(zone="Europe/Berlin", blocks=default_blocks(WORKING_DAYS), default_region="DE")
REACHABLE = {"phone": "+49 30 901820", "email": "ann@acme.example"}


class Clock:
    """A clock that stands still until it is told to move."""

    def __init__(self, text: str = "2026-11-23T09:00", zone: ZoneInfo = BERLIN) -> None:
        self.now = datetime.fromisoformat(text).replace(tzinfo=zone)

    def __call__(self) -> datetime:
        return self.now

    def at(self, text: str) -> None:
        """Set the clock: `2026-11-24T08:30`, in its own zone."""
        self.now = datetime.fromisoformat(text).replace(tzinfo=self.now.tzinfo)

    def pass_(self, **span: float) -> None:
        self.now += timedelta(**span)


def open_at(path: Path, clock: Clock | None = None, config: Config = CONFIG) -> Services:
    """Return services over a file, as the program composes them."""
    return Services(path, config, clock or Clock())


def add(services: Services, name: str = "Ann Lee", relation: str | None = "engaged", **facts: Any) -> ProspectView:
    """Add somebody who can be called and written to, unless the facts say otherwise."""
    return services.prospects.add(ProspectDraft(name=name, relation=relation, **(REACHABLE | facts)))[0]


def log(
    services: Services, who: str, outcome: str = "left voicemail", channel: str = "phone", **options: Any
) -> LogView:
    return services.log.log(who, LogDraft(channel, Outcome(outcome), **options))[0]


def plant(services: Services, key: str, state: State, name: str = "", zone: str = "") -> None:
    """Write a prospect with just this state, past all rules: for plans the rules would take long to reach."""
    context = services._context
    with context.working(f"Plant {key}") as work:
        work.insert(
            "prospect", {"id": key, "name": name or key, "zone": zone, "created_at": instant(work.now), "search": key}
        )
        rules = context.rules(work.connection)
        work.insert("standing", standing.columns(key, state, rules))


def planned(kind: str, on: date, at: time | None = None, channel: str | None = "phone", **more: Any) -> Planned:
    return Planned(PlanKind(kind), on, at, channel=channel, **more)


def dump(path: Path, tables: tuple[str, ...] = tuple(PRIMARY_KEYS)) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the tables whose changes can be undone, read by somebody else."""
    orders = {"day_load": "day, channel, companion", **PRIMARY_KEYS}
    connection = sqlite3.connect(path)
    try:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY {orders.get(table, 'rowid')}").fetchall()
            for table in tables
        }
    finally:
        connection.close()


def columns_of(path: Path, table: str) -> list[str]:
    """Return the columns of a table in the order of the file, which later revisions add to at the end."""
    connection = sqlite3.connect(path)
    try:
        return [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")]
    finally:
        connection.close()


def change(path: Path, sql: str, *values: Any) -> None:
    """Tamper with the file behind the program's back."""
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(sql, values)
    connection.close()


def failed(services: Services) -> list[str]:
    """Return the names of doctor's checks that failed, with what they say."""
    return [f"{check.name}: {check.detail}" for check in services.doctor.check() if not check.ok]


def touches(path: Path) -> list[int]:
    return [row[0] for row in dump(path, ("journal",))["journal"] if row[2] == "touch"]


def slots(view: TodayView) -> list[SlotView]:
    """Return every slot of a day, block by block, then those outside."""
    return [*(slot for block in view.blocks for slot in block.slots), *view.promises]
