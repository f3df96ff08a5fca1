"""A small database made by hand, for filters: each prospect is there for a rule."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from followup_tui.language.filters import parse_filter
from followup_tui.storage.database import Database
from followup_tui.storage.filter_sql import matching_ids
from followup_tui.storage.people import search_text
from followup_tui.storage.unit_of_work import UnitOfWork, instant

BERLIN = ZoneInfo("Europe/Berlin")
NOW = dt.datetime(2026, 11, 24, 9, 30, tzinfo=BERLIN)
"""A Tuesday."""
TODAY = NOW.date()
WHEN: dict[str, Any] = {"today": TODAY, "now": NOW, "zone": "Europe/Berlin", "day_starts": dt.time(4)}
EVERYBODY = "ann bob cay dan eve fay gil hal ivy jim kim lou mia"
STEADY, COLD_SIX, NEW_INBOUND = 1, 2, 5


def day(days: int) -> str:
    """Return a day so many days from today, as it is stored."""
    return (TODAY + dt.timedelta(days=days)).isoformat()


def at(days: int, hour: int = 10) -> dt.datetime:
    """Return an instant on a day from today, local hour."""
    return dt.datetime.combine(TODAY + dt.timedelta(days=days), dt.time(hour), BERLIN)


class People:
    """Adds prospects, their details, tags and touches inside one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self.work = work
        work.connection.execute("INSERT INTO rules (id, document) VALUES (1, '{}')")

    def add(
        self,
        key: str,
        name: str,
        relation: str,
        *,
        company: str = "",
        facts: dict[str, Any] | None = None,
        details: tuple[tuple[str, str, str, int], ...] = (),
        tags: tuple[str, ...] = (),
        **standing: Any,
    ) -> None:
        """Insert one prospect; details are (kind, value, key, bad)."""
        row = {"id": key, "name": name, "company": company, "search": search_text(name, company)}
        self.work.insert("prospect", row | {"created_at": instant(at(-60))} | (facts or {}))
        good = int(any(not bad for *_, bad in details))
        row = {"prospect_id": key, "relation": relation, "state": "{}", "reachable": good}
        self.work.insert("standing", row | standing)
        for kind, value, detail_key, bad in details:
            row = {"prospect_id": key, "kind": kind, "value": value, "key": detail_key, "bad": bad}
            self.work.insert("detail", row)
        for tag in tags:
            self.work.insert("tag", {"prospect_id": key, "tag": tag})

    def touch(self, key: str, channel: str, outcome: str, when: dt.datetime, inbound: int = 0, value: str = "") -> None:
        """Insert one journal entry."""
        row = {"prospect_id": key, "kind": "touch", "at": instant(when), "logged_at": instant(when), "rules_id": 1}
        said = {"event": "{}", "channel": channel, "outcome": outcome, "inbound": inbound, "value": value}
        self.work.insert("journal", row | said)


def last(when: dt.datetime, channel: str | None, touches: int) -> dict[str, Any]:
    """Return the standing columns of the newest touch."""
    return {"last_touch_at": instant(when), "last_channel": channel, "touches": touches}


def plan(kind: str, date: str, channel: str | None = None, **more: Any) -> dict[str, Any]:
    """Return the standing columns of the next touch."""
    fixed = {"fixed_date": date} if kind in ("promise", "meeting") else {}
    return {"next_kind": kind, "next_date": date, "next_channel": channel} | fixed | more


def small_database(path: Path) -> Database:
    """Return a database of thirteen prospects with telling ids."""
    database = Database(path)
    with UnitOfWork(database, "Made by hand", NOW) as work:
        people = People(work)
        _in_play(people)
        _with_questions(people)
    return database


def _in_play(people: People) -> None:
    phone = ("phone", "0151 2345", "+491512345", 0)
    email = ("email", "Ann@Example.org", "ann@example.org", 0)
    late = plan("step", day(-2), "phone") | last(at(-20), "phone", 1) | {"attempts": 1, "cadence_id": COLD_SIX}
    facts = {"star": 1, "why": "hail storm", "benefit": "dry attic", "source": "Fair", "note": "Möchte\nHilfe 50%"}
    people.add(
        "ann", "Ann Lee", "cold", company="Acme Ltd", facts=facts, details=(phone, email), tags=("Roof", "vip"), **late
    )
    people.touch("ann", "phone", "left voicemail", at(-20))
    due = plan("step", day(0), "email") | last(at(-14), "email", 4) | {"attempts": 3, "cadence_id": STEADY}
    bad = ("phone", "030 999", "+4930999", 1)
    address = ("address", "Königstraße 5, Köln", "", 0)
    people.add("bob", "Bob Möller", "engaged", company="Société", details=(bad, address), tags=("Übergabe",), **due)
    people.touch("bob", "phone", "spoke", at(-40), value="picture")
    people.touch("bob", "email", "sent", at(-21))
    people.touch("bob", "email", "sent", at(-14))
    soon = plan("promise", day(3), "phone") | last(at(0, 1), "phone", 1)
    people.add("cay", "cay", "nurture", details=(email,), **soon)
    people.touch("cay", "phone", "call back", at(0, 1), value="news")
    quiet = plan("step", day(5), "text") | last(at(-35), "text", 2) | {"cadence_id": STEADY}
    people.add("mia", "Mia", "engaged", details=(("mobile", "0170 222", "+49170222", 0),), **quiet)
    people.touch("mia", "text", "spoke", at(-36), value="news")
    people.touch("mia", "text", "sent", at(-35))
    hidden = plan("step", day(-5), "phone") | {"paused_from": day(-9), "paused_until": day(9)}
    people.add("dan", "Dan", "customer", details=(phone,), facts={"zone": "Asia/Tokyo"}, **hidden)
    ended = plan("step", day(-1), None, blocked=1) | {"paused_from": day(-9), "paused_until": day(0)}
    people.add("eve", "Eve", "engaged", **ended)


def _with_questions(people: People) -> None:
    asked = plan("decision", day(-4)) | last(at(-4), "phone", 2) | {"attempts": 2, "cadence_id": COLD_SIX}
    people.add("fay", "Fay", "cold", details=(("mobile", "0170 111", "+49170111", 0),), **asked)
    people.touch("fay", "phone", "no answer", at(-8))
    people.touch("fay", "phone", "no answer", at(-4))
    wrote = plan("answer", day(0), "email", cadence_id=NEW_INBOUND) | last(at(0, 8), None, 1)
    people.add("gil", "Gil", "engaged", facts={"created_at": instant(at(-3))}, details=(("fax", "1", "1", 0),), **wrote)
    people.touch("gil", "email", "replied", at(0, 8), inbound=1)
    people.add("hal", "Hal", "engaged", facts={"birthday": "1980-01-01"}, details=(("fax", "2", "2", 0),))
    people.add("ivy", "Ivy", "pool", facts={"source": "50_% list"})
    people.add("jim", "Jim", "closed", attempts=1, **last(at(-90), "mail", 1))
    people.touch("jim", "mail", "sent", at(-90))
    people.add("kim", "Kim", "do not contact", attempts=1, **last(at(-91), "mail", 1))
    over = plan("meeting", day(-1), "in person") | {"paused_from": None}
    people.add("lou", "Lou", "engaged", details=(("address", "Rome", "", 0),), **over)


def found(connection: sqlite3.Connection, text: str, **more: Any) -> str:
    """Return the ids a filter finds, sorted, in one text."""
    return " ".join(sorted(matching_ids(connection, parse_filter(text), **(WHEN | more))))


def plan_of(connection: sqlite3.Connection, sql: str, values: tuple[Any, ...] = ()) -> str:
    """Return SQLite's plan of a query as one text."""
    return "\n".join(str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values))
