"""Ten thousand things to do, in the form each peer keeps them in: the same fictional people for all of them."""

from __future__ import annotations

import random
import sqlite3
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

QUARTER = timedelta(minutes=15)


def things(count: int) -> Iterator[tuple[int, str, datetime]]:
    """Yield number, words and when each is due by the machine's clock, the only one the peers know.

    A fiftieth was due within the last day, the rest is within sixty days.
    """
    chance, here = random.Random(7), datetime.now(UTC).replace(minute=12, second=0, microsecond=0)
    for number in range(1, count + 1):
        soon = chance.random() < 0.02
        due = here + timedelta(minutes=-chance.randrange(1440) if soon else chance.randrange(60, 60 * 1440))
        yield number, f"Call Ada Berg {number} at Borealis {number % 997}", due


def taskwarrior(folder: Path, count: int) -> Path:
    """Write as many tasks as taskwarrior 2 keeps them, and return its settings file."""
    folder.mkdir(parents=True)
    chance = random.Random(9)
    with (folder / "pending.data").open("w", encoding="utf-8") as file:
        for number, words, due in things(count):
            unique = uuid.UUID(int=chance.getrandbits(128), version=4)
            file.write(
                f'[description:"{words}" due:"{due.timestamp():.0f}" entry:"1790000000" '
                f'priority:"{"HML"[number % 3]}" project:"sales" status:"pending" uuid:"{unique}"]\n'
            )
    for name in ("completed.data", "backlog.data", "undo.data"):
        (folder / name).touch()
    settings = folder / "taskrc"
    settings.write_text(
        f"data.location={folder}\nconfirmation=no\nverbose=nothing\nhooks=off\nrecurrence=off\n", encoding="utf-8"
    )
    return settings


def calcurse(folder: Path, count: int) -> None:
    """Write appointments and things to do as calcurse keeps them."""
    folder.mkdir(parents=True)
    with (
        (folder / "todo").open("w", encoding="utf-8") as todo,
        (folder / "apts").open("w", encoding="utf-8") as appointments,
    ):
        for number, words, due in things(count):
            todo.write(f"[{number % 9 + 1}] {words}\n")
            appointments.write(f"{due:%m/%d/%Y @ %H:%M} -> {due + QUARTER:%m/%d/%Y @ %H:%M} |{words}\n")


def events(folder: Path, count: int) -> Path:
    """Write a calendar of one file an event, and return the settings of ikhal that name it."""
    calendar = folder / "calendar"
    calendar.mkdir(parents=True)
    for number, words, due in things(count):
        lines = (
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//EN", "BEGIN:VEVENT", f"UID:p{number}",
            "DTSTAMP:20260101T000000Z", f"SUMMARY:{words}", f"DTSTART:{due:%Y%m%dT%H%M%SZ}",
            f"DTEND:{due + QUARTER:%Y%m%dT%H%M%SZ}", "END:VEVENT", "END:VCALENDAR", "",
        )  # fmt: skip
        (calendar / f"p{number}.ics").write_text("\r\n".join(lines), encoding="utf-8", newline="")
    settings = folder / "khal.conf"
    settings.write_text(
        f"[calendars]\n[[sales]]\npath = {calendar}\n[sqlite]\npath = {folder / 'khal.db'}\n"
        "[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\n"
        "longdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n",
        encoding="utf-8",
    )
    return settings


def requests(folder: Path, count: int) -> None:
    """Write a collection of posting, a file a request."""
    folder.mkdir(parents=True)
    for number, words, _ in things(count):
        (folder / f"p{number:05d}.posting.yaml").write_text(
            f"name: {words}\nurl: https://example.com/{number}\n", encoding="utf-8"
        )


def table(path: Path, count: int) -> None:
    """Write a database with a table of people, for harlequin to browse."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE prospect (id INTEGER PRIMARY KEY, words TEXT NOT NULL, due TEXT NOT NULL)")
        rows = ((number, words, due.isoformat()) for number, words, due in things(count))
        connection.executemany("INSERT INTO prospect VALUES (?, ?, ?)", rows)
        connection.commit()


def todos(path: Path, count: int) -> None:
    """Fill the database that dooit made with one workspace and its things to do."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT id FROM workspace WHERE is_root").fetchone()
        top = {"description": "", "is_root": 1, "order_index": -1}
        root = found[0] if found else insert(connection, "workspace", top)
        workspace = {"description": "sales", "is_root": 0, "order_index": 0, "parent_workspace_id": root}
        at = insert(connection, "workspace", workspace)
        for number, words, due in things(count):
            insert(connection, "todo", {
                "order_index": number, "description": words, "due": f"{due:%Y-%m-%d %H:%M:%S.%f}", "effort": 0,
                "urgency": number % 4 + 1, "pending": 1, "parent_workspace_id": at,
            })  # fmt: skip
        connection.commit()


def expenses(path: Path, count: int) -> None:
    """Fill the database that Bagels made with one account and its records, all of the last sixty days."""
    day = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}"
    stamps = {"createdAt": day, "updatedAt": day}
    with closing(sqlite3.connect(path)) as connection:
        account = {**stamps, "name": "sales", "description": "", "beginningBalance": 0.0, "hidden": 0}
        at = insert(connection, "account", account)
        category = connection.execute("SELECT min(id) FROM category").fetchone()[0]
        today = datetime.now(UTC)
        for number, words, _ in things(count):
            made = today - timedelta(minutes=number * 60 * 1440 // count)
            insert(connection, "record", {
                **stamps, "label": words, "amount": number % 90 + 1.0, "date": f"{made:%Y-%m-%d %H:%M:%S.%f}",
                "accountId": at, "categoryId": category, "isInProgress": 0, "isIncome": 0, "isTransfer": 0,
            })  # fmt: skip
        connection.commit()


def insert(connection: sqlite3.Connection, name: str, values: Mapping[str, object]) -> int:
    """Insert one row by the names of its columns and return its id."""
    columns, marks = ", ".join(f'"{column}"' for column in values), ", ".join("?" * len(values))
    return int(connection.execute(f'INSERT INTO "{name}" ({columns}) VALUES ({marks})', [*values.values()]).lastrowid)
