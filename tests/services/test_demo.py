"""The demo: fictional people whose every state is the fold of their journal, in a database of their own."""

from __future__ import annotations

import json
import sqlite3
import stat
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from followup_tui.bootstrap import Services, open_services
from followup_tui.config import Config, default_config
from followup_tui.domain.folding import fold
from followup_tui.errors import FollowupError
from followup_tui.exchange.details import address_key, email_key, phone_key
from followup_tui.services.demo import demo_database
from followup_tui.services.views import TodayView
from followup_tui.storage.finding import plain_words

NOW = datetime(2026, 11, 23, 9, 12, tzinfo=ZoneInfo("Europe/Berlin"))
"""A Monday."""
FICTIONAL = (
    "+1", "+44207946", "+44161496", "+44131496", "+447700900", "+3532091", "+493023125", "+494066969", "+498999998",
    "+4917139200", "+49176040690", "+33199", "+33465", "+3363998", "+468465004", "+463139006", "+4670174", "+6125550",
    "+6185550", "+61491570",
)  # fmt: skip


def config_in(zone: str) -> Config:
    return default_config({"TZ": zone})


def made(folder: Path, prospects: int = 40, now: datetime = NOW, seed: int = 1) -> Path:
    return demo_database(prospects, seed, now, folder, config_in(str(now.tzinfo)))


def opened(path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Services:
    """Open a demo as the app does, in the zone of `now` and without a configuration file."""
    monkeypatch.setenv("TZ", str(now.tzinfo))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "no config"))
    return open_services(db=str(path), now=now.isoformat())


def today(path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> TodayView:
    services = opened(path, now, monkeypatch, path.parent)
    try:
        return services.today.plan()
    finally:
        services.close()


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        found = connection.execute(sql).fetchall()
    connection.close()
    return found


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    tables = ("prospect", "detail", "tag", "standing", "journal", "rules", "cadence", "change", "change_image")
    return {table: rows(path, f"SELECT * FROM {table} ORDER BY 1") for table in tables}


@pytest.fixture(scope="module")
def forty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("forty"))


@pytest.fixture(scope="module")
def three_hundred(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("crowd"), 300)


def test_same_arguments_same_rows(tmp_path: Path, forty: Path) -> None:
    """The same number, seed and day give the same rows; another seed gives other people."""
    assert contents(made(tmp_path / "again")) == contents(forty)
    later = NOW.replace(hour=17)
    assert rows(made(tmp_path / "later", now=later), "SELECT * FROM journal") == rows(forty, "SELECT * FROM journal")
    assert rows(made(tmp_path / "other", seed=2), "SELECT name FROM prospect") != rows(
        forty, "SELECT name FROM prospect"
    )


def test_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder there is a fresh private one; the user's own database is neither made nor touched."""
    own = tmp_path / "own.db"
    own.write_text("not to be touched")
    monkeypatch.setenv("FOLLOWUP_DB", str(own))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = demo_database(5, 1, NOW)
    assert own.read_text() == "not to be touched"
    assert not (tmp_path / "data").exists()
    assert path.parent.parent == tmp_path
    assert [one.name for one in path.parent.iterdir()] == ["demo.db"]
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_demo_is_never_overwritten(forty: Path) -> None:
    """Nothing that lies in the folder is replaced, and nothing else is left behind."""
    before = forty.read_bytes()
    with pytest.raises(FollowupError, match="there already"):
        made(forty.parent)
    assert forty.read_bytes() == before
    assert [one.name for one in forty.parent.iterdir()] == ["demo.db"]


def test_doctor_finds_nothing(three_hundred: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every state is the fold of its journal, and every invariant holds, for the cast and for the crowd."""
    services = opened(three_hundred, NOW, monkeypatch, tmp_path)
    failed = [check.detail for check in services.doctor.check() if not check.ok]
    services.close()
    assert failed == []


def test_history_starts_empty(forty: Path) -> None:
    """There is nothing to undo: the demo is where one begins."""
    assert rows(forty, "SELECT count(*) FROM change") == [(0,)]
    assert rows(forty, "SELECT count(*) FROM change_image") == [(0,)]


def test_the_first_log_plans_no_cards(forty: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A demo's cards are planned as of its day: the first thing written looks at nobody else, of however many."""
    path = tmp_path / "demo.db"
    path.write_bytes(forty.read_bytes())
    services = opened(path, NOW, monkeypatch, tmp_path)
    seen: list[str] = []
    services._context.database.connection().set_trace_callback(seen.append)
    services.bulk.star([services.prospects.rows(limit=1)[0].id])
    services.close()
    assert not [sql for sql in seen if "birthday" in sql and "FROM prospect" in sql and "ORDER BY p.id" in sql]


def test_the_indexes_are_back(forty: Path, tmp_path: Path) -> None:
    """The schema is that of every other database, indexes included."""
    services = open_services(db=str(tmp_path / "new.db"))
    services.prospects.count()
    services.close()
    schema = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    assert rows(forty, schema) == rows(tmp_path / "new.db", schema)


def test_every_relation_is_there(forty: Path) -> None:
    """The cast shows every relation, paused people, and somebody without a detail."""
    relations = Counter(row[0] for row in rows(forty, "SELECT relation FROM standing"))
    assert set(relations) == {"pool", "cold", "engaged", "nurture", "customer", "closed", "do not contact"}
    assert 1 <= relations["do not contact"] <= 2
    assert rows(forty, "SELECT count(*) FROM standing WHERE paused_from IS NOT NULL") == [(2,)]
    assert rows(forty, "SELECT count(*) FROM standing WHERE blocked") >= [(2,)]
    assert rows(forty, "SELECT count(*) FROM detail WHERE bad") >= [(1,)]


def test_a_monday_with_work(forty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty people make a day: every block has work, promises, an answer, decisions, things late and things done."""
    plan = today(forty, NOW, monkeypatch)
    assert 15 <= plan.totals.due <= 21
    assert plan.totals.done >= 3
    assert plan.totals.overdue >= 4
    assert len(plan.decisions) >= 2
    slots = [*plan.promises, *(slot for block in plan.blocks for slot in block.slots)]
    kinds = Counter(slot.kind for slot in slots)
    assert kinds["promise"] >= 2
    assert kinds["answer"] == 1
    assert {slot.channel for slot in slots} >= {"phone", "email", "in person", "article"}
    empty = [block.name for block in plan.blocks if block.end > NOW and not block.slots]
    assert empty == []
    assert max(slot.overdue_days for slot in slots) <= 9
    assert {question.question for question in plan.decisions} == {"limit", "permission"}


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2026-11-22T11:00", "Europe/Berlin"),
        ("2026-11-28T02:00", "Europe/London"),
        ("2026-03-29T04:01", "Europe/Berlin"),
        ("2026-03-02T23:59", "America/New_York"),
        ("2028-02-29T08:00", "Asia/Tokyo"),
        ("2026-10-05T12:00", "Australia/Lord_Howe"),
        ("2026-01-01T00:00", "Pacific/Kiritimati"),
    ],
)
def test_any_day_any_hour(text: str, zone: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """On weekends, at night and when clocks change: nothing lies in the future, all holds, and there is work."""
    now = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    path = made(tmp_path / "demo", 60, now)
    services = opened(path, now, monkeypatch, tmp_path)
    failed = [check.detail for check in services.doctor.check() if not check.ok]
    totals = services.today.plan().totals
    services.close()
    assert failed == []
    assert 12 <= totals.due <= 24
    assert totals.done >= 3
    newest = max(str(row[0]) for row in rows(path, "SELECT max(at, logged_at) FROM journal"))
    assert datetime.fromisoformat(newest) < now


def test_touches_at_hours_of_work(three_hundred: Path) -> None:
    """Touches happen on working days, in the user's working hours, in the order they were written."""
    before: dict[object, datetime] = {}
    for owner, text in rows(three_hundred, "SELECT prospect_id, at FROM journal WHERE kind = 'touch' ORDER BY id"):
        at = datetime.fromisoformat(str(text)).astimezone(NOW.tzinfo)
        assert at.weekday() < 5
        assert 8 <= at.hour < 19
        assert before.get(owner, at) <= at
        before[owner] = at


def test_touches_say_what_was_given(three_hundred: Path) -> None:
    """There are values given, notes, touches of theirs, companions, promises, skips, moves, pauses and answers."""
    kinds = Counter(row[0] for row in rows(three_hundred, "SELECT kind FROM journal"))
    assert set(kinds) >= {"added", "enrolled", "touch", "skip", "move", "pause", "answer", "close"}
    for what in ("value <> ''", "note <> ''", "inbound", "companion_of IS NOT NULL", "promise IS NOT NULL"):
        assert rows(three_hundred, f"SELECT count(*) FROM journal WHERE {what}") > [(9,)], what
    assert rows(
        three_hundred,
        "SELECT count(*) FROM journal a JOIN journal b ON b.id = a.companion_of "
        "WHERE a.prospect_id <> b.prospect_id OR a.step IS NOT b.step OR b.id >= a.id",
    ) == [(0,)]


def test_details_are_fictional(three_hundred: Path) -> None:
    """Numbers come from ranges kept free for fiction, e-mails end in .example, and keys are those an import makes."""
    seen: set[object] = set()
    for kind, value, key in rows(three_hundred, "SELECT kind, value, key FROM detail"):
        text, found_by = str(value), str(key)
        if kind == "email":
            assert text.endswith(".example")
            assert found_by == email_key(text)
            assert found_by not in seen
            seen.add(found_by)
        elif kind == "address":
            assert found_by == address_key(text)
        else:
            assert found_by == phone_key(text)
            assert found_by.startswith(FICTIONAL)
            assert not found_by.startswith("+1") or found_by[5:10] == "55501"


def test_names_of_every_width(forty: Path) -> None:
    """Some names are wide, accented or long, so that every list shows how it copes; zones differ too."""
    names = [str(row[0]) for row in rows(forty, "SELECT name FROM prospect")]
    assert any(ord(name[0]) > 0x3000 for name in names)
    assert any(fold(name) != name.lower() for name in names)
    assert max(map(len, names)) > 30
    assert len(set(names)) == 40
    zones = rows(forty, "SELECT count(DISTINCT zone) FROM prospect")
    assert zones >= [(5,)]
    assert rows(forty, "SELECT count(*) FROM prospect WHERE referred_by IS NOT NULL") >= [(1,)]


def test_a_crowd_is_mostly_not_due(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many people about two in a hundred are due, and histories are shared without mixing people up."""
    monkeypatch.setattr("followup_tui.services.demo.DISTINCT", 300)
    path = made(tmp_path / "demo", 1000)
    due = "SELECT count(*) FROM standing WHERE next_date <= '2026-11-23' AND paused_from IS NULL"
    assert 35 <= int(str(rows(path, due)[0][0])) <= 50
    touches = "SELECT count(*) * 1.0 / 1000 FROM journal WHERE kind = 'touch'"
    assert 9 <= float(str(rows(path, touches)[0][0])) <= 12
    services = opened(path, NOW, monkeypatch, tmp_path)
    failed = [check.detail for check in services.doctor.check() if not check.ok]
    services.close()
    assert failed == []


@pytest.mark.parametrize("prospects", [1, 5, 39, 41])
def test_any_number(prospects: int, tmp_path: Path) -> None:
    """As many people as asked for, each with one state and one start; everybody's first word is “added”."""
    path = made(tmp_path / "demo", prospects)
    assert rows(path, "SELECT count(*) FROM prospect") == [(prospects,)]
    assert rows(path, "SELECT count(*) FROM standing") == [(prospects,)]
    first = rows(path, "SELECT kind, event FROM journal GROUP BY prospect_id HAVING id = min(id)")
    assert len(first) == prospects
    assert {row[0] for row in first} == {"added"}
    assert all(json.loads(str(row[1])) for row in first)


def test_the_command_honours_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`followup demo --now` makes people whose work is due then, and prints nothing but the way to them."""
    from followup_tui.__main__ import main

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no config"))
    assert main(["demo", "--now", "2027-06-09T10:00", "--prospects", "12", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    newest = rows(Path(printed["database"]), "SELECT date(max(at)) FROM journal")
    assert date.fromisoformat(str(newest[0][0])) == date(2027, 6, 9)


def test_a_rebuild_changes_nothing(three_hundred: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What was dealt to many is what each journal says: nothing is mended, and nothing is left out."""
    path = tmp_path / "demo.db"
    path.write_bytes(three_hundred.read_bytes())
    path.chmod(0o600)
    services = opened(path, NOW, monkeypatch, tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    done, _ = services.doctor.rebuild()
    services.close()
    assert (done.mended, done.left) == ((), ())
    assert contents(path) == contents(three_hundred)


@pytest.mark.parametrize("at", ["histories", "people", "indexes", "triggers", "writes to the disk"])
def test_stopped_anywhere_it_leaves_nothing(at: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C at any stage of the work leaves neither file nor folder."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def stop(what: str, done: int, of: int) -> None:
        assert 0 <= done <= of
        if what == at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo_database(150, 1, NOW, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_stopped_within_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What SQLite was told to stop for Ctrl-C is Ctrl-C again; a full disk is one line."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for words, meant in (("interrupted", KeyboardInterrupt), ("database or disk is full", FollowupError)):

        def fail(self: object, words: str = words) -> None:
            raise sqlite3.OperationalError(words)

        with monkeypatch.context() as patched:
            patched.setattr("followup_tui.storage.dealing.Dealing.deal", fail)
            with pytest.raises(meant):
                demo_database(5, 1, NOW)
        with monkeypatch.context() as patched:
            patched.setattr("followup_tui.storage.filling.Filling._finish", fail)
            with pytest.raises(meant):
                demo_database(5, 1, NOW)
    assert list(tmp_path.iterdir()) == []


def test_words_are_those_of_the_view(forty: Path, tmp_path: Path) -> None:
    """What the index of words is given beside the rows is what its view says, of every letter written otherwise."""
    path = tmp_path / "demo.db"
    path.write_bytes(forty.read_bytes())
    notes = ("Straße", "ẞ", "Øre ør", "Đorđe", "Łódź łata", "Ærø æ", "Œuvre œ", "ısı", "Zoë", "漢字", "plain")
    with sqlite3.connect(path) as connection:
        for trigger in ("journal_found", "journal_retold"):
            connection.execute(f"DROP TRIGGER {trigger}")
        for number, note in enumerate(notes, 1):
            connection.execute("UPDATE journal SET note = ? WHERE id = ?", (note, number))
            said = connection.execute("SELECT words FROM found_note_words WHERE id = ?", (number,)).fetchone()
            assert said == (plain_words(note),)
    connection.close()
