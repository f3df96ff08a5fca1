"""Importing: a dry run tells the truth, nobody comes twice, nothing is overwritten, one undo takes it back."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from followup_tui.errors import DatabaseBusy, FollowupError, NothingFound, UsageError
from followup_tui.services import lots, reading_beside
from followup_tui.services.views import ProspectDraft
from followup_tui.storage import connection, finding, scratch
from tests.factories import MONDAY, add, dump, failed, log, open_at

PEOPLE = """Name,Company,Email,Phone,Mobile,Address,Tags,Why,Note,Birthday,Favourite colour
Ann Lee,Acme,ann@acme.example,+49 30 901820,,"Main St 1, Berlin","roof, vip",hail,first,1980-02-29,red
Bob,,bob@x.example,,,,,,,,
,,,,,,,,,,
,Only Firm,,,,,,,,,
Nobody Reachable,,not an address,call me,,,,,,,
Zoë Müller,Größe,zoe@x.example,030 901821,0151 23456789,,,,,31.2.1990,
"""


@pytest.fixture
def people(tmp_path) -> Path:
    """A mixed file: good rows, an empty one, a company alone, bad cells."""
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    return file


def write(folder: Path, *rows: str, name: str = "more.csv", header: str = "Name,Company,Email,Phone,Tags,Why") -> Path:
    file = folder / name
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return file


def counts(view) -> tuple[int, int, int]:
    one = view.files[0]
    return one.created, one.updated, one.skipped


def test_a_mixed_file_keeps_what_can_be_kept(services, people):
    """Good rows arrive whole, bad cells are reported with line and field, empty rows are nobody, columns are kept."""
    view, changes = services.exchange.import_files([people])
    report = view.files[0]
    assert counts(view) == (5, 0, 0)
    assert report.rows == 5
    assert {(item.line, item.field) for item in report.rejected} >= {(6, "email"), (6, "phone"), (7, "birthday")}
    ann = services.prospects.get(services.prospects.resolve("ann@acme.example"))
    assert (ann.name, ann.company, ann.phone, ann.address) == ("Ann Lee", "Acme", "+49 30 901820", "Main St 1, Berlin")
    assert (ann.tags, ann.why, ann.birthday, ann.note) == (("roof", "vip"), "hail", "1980-02-29", "first")
    assert ann.extra == {"Favourite colour": "red"}
    assert (ann.relation, ann.next_touch) == ("pool", None)
    assert services.prospects.resolve("+49 30 901821") == services.prospects.resolve("zoe")
    assert view.undo == "Import people.csv (5 new)"
    assert {"prospect", "journal", "standing"} <= changes.tables
    assert failed(services) == []


@pytest.mark.parametrize("cadence", [None, "Cold six"])
def test_a_dry_run_says_what_the_run_will_do_and_writes_nothing(services, path, people, cadence):
    """The same counts, the same rejections, and not a byte of the file changes (interface §1)."""
    add(services, "Bob", email="bob@x.example", phone=None)
    before = path.read_bytes()
    dry, changes = services.exchange.import_files([people, people], cadence=cadence, dry_run=True)
    assert path.read_bytes() == before
    assert (changes.change, changes.tables) == (0, frozenset())
    assert len(services.undo.history()) == 1
    real, _ = services.exchange.import_files([people, people], cadence=cadence)
    assert [(f.rows, f.created, f.updated, f.skipped, f.rejected) for f in dry.files] == [
        (f.rows, f.created, f.updated, f.skipped, f.rejected) for f in real.files
    ]
    assert dry.enrolled == real.enrolled


def writing_meanwhile(path: Path, written: list[int]):
    """Return what writes to the database as another program would, whenever it is told how far an import is."""

    def write(rows: int) -> bool:
        if rows:
            with sqlite3.connect(path, timeout=0) as other:
                other.execute("INSERT INTO setting (key, value) VALUES ('seen', ?)", (str(rows),))
            written.append(rows)
        return True

    return write


def test_others_write_while_a_large_file_is_looked_at(services, path, people, monkeypatch):
    """A long dry run works on a copy of its own, which leaves nothing, and says what the run will do."""
    add(services, "Bob", email="bob@x.example", phone=None)
    monkeypatch.setattr(reading_beside, "LARGE", 1)
    written: list[int] = []
    files = sorted(path.parent.iterdir())
    dry, changes = services.exchange.import_files([people], dry_run=True, progress=writing_meanwhile(path, written))
    assert (written, changes.tables, services.prospects.count()) == ([5], frozenset(), 1)
    assert sorted(path.parent.iterdir()) == files
    with pytest.raises(FollowupError, match="cancelled"):
        services.exchange.import_files([people], dry_run=True, progress=lambda rows: False)
    real, _ = services.exchange.import_files([people])
    assert counts(dry) == counts(real) == (4, 0, 1)


def test_a_look_without_room_for_a_copy_makes_others_wait(services, path, people, monkeypatch):
    """Where the disk is full it is looked at in the database itself, which nobody else writes to meanwhile."""

    def full(*asked: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(reading_beside, "LARGE", 1)
    monkeypatch.setattr(scratch, "copy_pages", full)
    dry, _ = services.exchange.import_files([people], dry_run=True)
    assert (counts(dry), services.prospects.count()) == ((5, 0, 0), 0)
    with pytest.raises(DatabaseBusy):
        services.exchange.import_files([people], dry_run=True, progress=writing_meanwhile(path, []))


def test_nobody_comes_twice(services, path, people):
    """The same file again changes nothing: all are known, and there is no undo step."""
    services.exchange.import_files([people])
    before = dump(path)
    again, changes = services.exchange.import_files([people])
    assert counts(again) == (0, 0, 5)
    assert dump(path) == before
    assert (changes.change, again.undo) == (0, "")


def test_one_undo_takes_an_import_back(services, path, people):
    """Two files, created and completed people, a cadence: one step back, one step forth."""
    add(services, "Bob", email="bob@x.example", phone=None)
    before = dump(path)
    services.exchange.import_files([people, people], cadence="Steady")
    after = dump(path)
    assert [one.name for one in services.undo.history()] == ["Import 2 files (4 new)", "Add Bob"]
    services.undo.undo()
    assert dump(path) == before
    services.undo.redo()
    assert dump(path) == after
    assert failed(services) == []


@pytest.mark.parametrize("after", [0, 500, 1500])
def test_a_cancelled_import_leaves_everything(services, path, tmp_path, after):
    """Saying stop at any moment leaves the tables as they were."""
    add(services)
    before = dump(path)
    file = write(tmp_path, *(f"P{n},,p{n}@x.example,,," for n in range(2000)))
    seen: list[int] = []

    def progress(rows: int) -> bool:
        seen.append(rows)
        return rows <= after

    with pytest.raises(FollowupError, match="cancelled"):
        services.exchange.import_files([file], progress=progress)
    assert dump(path) == before
    assert seen == sorted(seen)
    assert len(services.undo.history()) == 1


def test_a_missing_second_file_stops_the_first(services, path, people, tmp_path):
    """All files, or none: a name that is wrong is said before anything is kept."""
    before = dump(path)
    with pytest.raises(FollowupError, match="no such file"):
        services.exchange.import_files([people, tmp_path / "nowhere.csv"])
    with pytest.raises(UsageError, match="unknown cadence"):
        services.exchange.import_files([people], cadence="Nope")
    with pytest.raises(UsageError):
        services.exchange.import_files([people], cadence="Steady", per_day=0)
    with pytest.raises(UsageError):
        services.exchange.import_files([])
    assert dump(path) == before


def test_what_is_known_is_never_overwritten(services, tmp_path):
    """Blanks are filled, other words are left alone, a new number comes second and the first stays (§ import)."""
    who = add(services, "Ann Lee", company="", why="hail storm", tags=("vip",), phone="+49 30 901820", zone="UTC").id
    log(services, who, "bad detail")
    file = write(tmp_path, "Ann Lee,Acme,ann@acme.example,+49 30 555555,roof,wants solar")
    assert counts(services.exchange.import_files([file])[0]) == (0, 1, 0)
    ann = services.prospects.get(who)
    assert (ann.company, ann.why, ann.tags, ann.zone) == ("Acme", "hail storm", ("roof", "vip"), "UTC")
    values = [(d.value, d.bad) for d in services.prospects.timeline(who).details if d.kind == "phone"]
    assert values == [("+49 30 901820", True), ("+49 30 555555", False)]
    assert ann.next_touch.channel == "phone", "there is a good number again"
    assert failed(services) == []


@pytest.mark.parametrize("number", ["030 901820", "+49 (0)30 90 18 20", "0049-30-901820", "+4930901820"])
def test_the_same_number_written_otherwise_is_the_same(services, path, tmp_path, number):
    """A number is known by what it dials, not by how it is written."""
    add(services, "Ann Lee", phone="+49 30 901820", email="ann@acme.example")
    before = dump(path)
    file = write(tmp_path, f"Ann Lee,,ANN@acme.example,{number},,")
    assert counts(services.exchange.import_files([file])[0]) == (0, 0, 1)
    assert dump(path) == before


def test_a_shared_address_is_not_a_shared_person(services, tmp_path):
    """info@ belongs to a firm: people with other names stay two, the same name is the same person."""
    file = write(
        tmp_path,
        "Ann Lee,Acme,info@acme.example,,,",
        "Bob Stone,Acme,info@acme.example,,,",
        "Ann  Lee,Acme,info@acme.example,,,",
        "Lee Ann,Acme,INFO@acme.example,,x,",
    )
    assert counts(services.exchange.import_files([file])[0]) == (2, 1, 1)


def test_namesakes_without_details_are_one_only_at_one_company(services, tmp_path):
    """Without e-mail or phone, name and company together make a person."""
    file = write(tmp_path, "Ann Lee,Acme,,,,", "Ann Lee,Other,,,,", "ann lee,ACME,,,,", "Ann Lee,,,,,")
    assert counts(services.exchange.import_files([file])[0]) == (3, 0, 1)


def test_people_recognised_across_lots(services, tmp_path):
    """A row 1,200 lines later is still the same person, and completes them."""
    rows = [f"P{n},,p{n}@x.example,,," for n in range(1200)]
    file = write(tmp_path, "Ann Lee,,ann@acme.example,,,", *rows, "Ann Lee,Acme,ann@acme.example,,roof,hail")
    assert counts(services.exchange.import_files([file])[0]) == (1201, 1, 0)
    assert services.prospects.get(services.prospects.resolve("ann@acme.example")).company == "Acme"


def test_a_cadence_spreads_people_over_working_days(services, clock, tmp_path):
    """So many a working day, twenty unless said; an import of many is not a queue of many (§3)."""
    file = write(tmp_path, *(f"P{n},,p{n}@x.example,,," for n in range(50)))
    view, _ = services.exchange.import_files([file], cadence="Cold six")
    assert view.enrolled == 50
    days = [services.today.plan(MONDAY + timedelta(days=n)).totals.due for n in range(4)]
    assert days == [20, 20, 10, 0]
    assert failed(services) == []
    services.undo.undo()
    services.exchange.import_files([file], cadence="Cold six", per_day=7)
    assert services.today.plan(MONDAY).totals.due == 7


def test_a_spread_begun_at_the_weekend_starts_on_monday(services, clock, tmp_path):
    """Monday gets one day's people, not Saturday's and its own."""
    clock.at("2026-11-21T10:00")
    file = write(tmp_path, *(f"P{n},,,+49 30 9018{n:02},," for n in range(30)))
    services.exchange.import_files([file], cadence="Cold six", per_day=10)
    assert [services.today.plan(MONDAY + timedelta(days=n)).totals.due for n in range(-2, 4)] == [0, 0, 10, 10, 10, 0]
    many = [add(services, f"Q{n}", "pool", phone=f"+49 40 9018{n:02}").id for n in range(30)]
    view = services.cadences.enrol(many, "Steady", per_day=10)[0]
    assert (view.first, view.last) == (MONDAY, MONDAY + timedelta(days=2))
    assert [services.today.plan(MONDAY + timedelta(days=n)).totals.due for n in range(-2, 3)] == [0, 0, 20, 20, 20]


def test_who_cannot_be_reached_stays_in_the_pool(services, tmp_path):
    """Without a usable detail, closed or on do not contact nobody is enrolled; their relation is kept (§3)."""
    file = write(
        tmp_path,
        "Ann,a@x.example,",
        "Bob,,",
        "Cay,c@x.example,closed",
        "Dan,d@x.example,do not contact",
        header="Name,Email,Relation",
    )
    view, _ = services.exchange.import_files([file], cadence="Cold six")
    assert (view.enrolled, view.files[0].created) == (1, 4)
    found = {row.name: (row.relation, row.next_kind) for row in services.prospects.rows()}
    assert found == {
        "Ann": ("cold", "step"),
        "Bob": ("pool", None),
        "Cay": ("closed", None),
        "Dan": ("do not contact", None),
    }
    assert failed(services) == []


def test_an_import_does_not_put_known_people_on_the_cadence(services, tmp_path):
    """Who is in play already keeps the plan they have."""
    who = add(services, "Ann Lee", email="ann@acme.example").id
    before = services.prospects.get(who).next_touch
    file = write(tmp_path, "Ann Lee,Acme,ann@acme.example,,,", "Bob,,b@x.example,,,")
    assert services.exchange.import_files([file], cadence="Twelve")[0].enrolled == 1
    assert (services.prospects.get(who).cadence, services.prospects.get(who).next_touch) == ("Steady", before)


def test_hostile_cells_arrive_clean(services, path, tmp_path):
    """Escapes, NULs and half surrogates in cells never reach the file; formulas are only words here."""
    file = tmp_path / "hostile.csv"
    file.write_bytes(b'Name,Note\n\x1b]0;pwned\x07Eve,=1+1\nB\x00ob,\xed\xb3\xbf\n"C\nay",\'=SUM(A1)\n')
    services.exchange.import_files([file])
    for row in dump(path, ("prospect", "journal"))["prospect"]:
        assert all("\x1b" not in value and "\x00" not in value for value in row if isinstance(value, str))
    assert failed(services) == []


def test_ten_thousand_rows_take_a_fixed_number_of_questions_a_lot(services, tmp_path):
    """The statements grow with the lots, not with the rows: what a row costs is one insert per table."""
    statements: list[str] = []
    connection = services._context.database.connection()

    def asked(rows: int, name: str) -> int:
        file = write(tmp_path, *(f"{name} {n},,{name}{n}@x.example,,," for n in range(rows)))
        statements.clear()
        connection.set_trace_callback(statements.append)
        services.exchange.import_files([file])
        connection.set_trace_callback(None)
        return sum(1 for sql in statements if sql.startswith("SELECT") and "WHERE id = '" not in sql)

    few = asked(1000, "a")
    assert asked(4000, "b") <= few * 4 + 10
    assert few < 100


def test_undone_people_can_be_imported_again(services, people):
    """After an undo the same file creates everybody anew; what was undone can't be redone any more."""
    services.exchange.import_files([people])
    services.undo.undo()
    assert counts(services.exchange.import_files([people])[0]) == (5, 0, 0)
    with pytest.raises(NothingFound):
        services.undo.redo()
    assert services.prospects.count() == 5
    assert date(2026, 11, 23) == services.local_today()


def test_others_can_look_while_an_import_runs(path, tmp_path, monkeypatch):
    """However long it takes, the screen is not locked out before the commit: new pages wait in memory."""
    monkeypatch.setattr(connection, "CACHE", 100)
    monkeypatch.setattr(connection, "WAITING", 100)
    services = open_at(path)
    file = write(tmp_path, *(f"P{n},,p{n}@x.example,,," for n in range(2000)))
    reader = sqlite3.connect(path, timeout=0)

    def progress(rows: int) -> bool:
        assert reader.execute("SELECT count(*) FROM prospect").fetchone() == (0,)
        return True

    services.exchange.import_files([file], progress=progress, in_sight=True)
    assert reader.execute("SELECT count(*) FROM prospect").fetchone() == (2000,)
    reader.close()
    services.close()


def test_names_that_differ_by_a_number_are_two(services, tmp_path):
    """Branch 1 and branch 2 share a switchboard and are not one; a slip of the keys still is."""
    rows = ["Harbour Branch 1", "Harbour Branch 2", "Harbor Branch 2"]
    file = write(tmp_path, *(f"{name},+49 30 901820" for name in rows), header="Name,Phone")
    assert counts(services.exchange.import_files([file])[0]) == (2, 1, 0)


def test_a_file_can_stop_somebody_known(services, tmp_path):
    """Do not contact is hard, everywhere: a file that says so stops a person who is in play, once, undoably."""
    who = add(services, "Ann Lee", email="ann@acme.example").id
    file = write(tmp_path, "Ann Lee,ann@acme.example,do not contact", header="Name,Email,Relation")
    view, _ = services.exchange.import_files([file])
    assert counts(view) == (0, 1, 0)
    assert services.prospects.get(who).relation == "do not contact"
    assert counts(services.exchange.import_files([file])[0]) == (0, 0, 1)
    assert failed(services) == []
    services.undo.undo()
    assert services.prospects.get(who).relation == "engaged"


@pytest.mark.parametrize("indexed", [1, 3, 20_000])
def test_who_came_with_others_is_found_by_words(services, tmp_path, monkeypatch, indexed):
    """The index of words and the columns of the lists know an imported lot as if each had been added alone."""
    monkeypatch.setattr(lots, "SIZE", 2)
    monkeypatch.setattr(finding, "_MANY", indexed)
    file = write(
        tmp_path,
        "Ann Lee,Acme,ann@acme.example,,,hail",
        "Bo Chan,Delta,bo@delta.example,+49 30 901820,,",
        "Cy Diaz,,cy@x.example,,,",
        "Ann Lee,Acme,ann@acme.example,+49 30 901821,,",
        "Cy Diaz,Echo,cy@x.example,,,",
        "Dörte Øst,Straße,größe@øst.example,,,Œuvre",
    )
    before = schema(services)
    services.exchange.import_files([file])
    words = {"hail": ["Ann Lee"], "storm": [], "echo": ["Cy Diaz"], "bo@delta": ["Bo Chan"]}
    words |= {word: ["Dörte Øst"] for word in ("größe@", "ost.example", "oeuvre")}
    assert {word: [row.name for row in services.prospects.search(word)] for word in words} == words
    assert schema(services) == before
    assert failed(services) == [], "doctor holds the index against what it is made of"
    services.prospects.edit(services.prospects.resolve("bo"), ProspectDraft(why="hail"))
    services.undo.undo(2)
    assert failed(services) == []


def schema(services) -> list[tuple[str, str]]:
    connection = services._context.database.connection()
    return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def test_columns_go_where_they_are_put_and_the_next_file_remembers(services, tmp_path):
    """A choice made for a header row serves the next file of the same program, says so, and a mapping wins over it."""
    header = "Name,Email,Who,Memo,Colour"
    file = write(tmp_path, "Ann Lee,ann@acme.example,Acme,hail,red", header=header)
    wishes = {"Who": "company", "Memo": "", "Colour": "note"}
    view, _ = services.exchange.import_files([file], placed=wishes, dry_run=True)
    assert view.files[0].samples["Who"] == ("Acme",)
    assert view.files[0].columns == {"Name": "name", "Email": "email", **wishes}
    services.exchange.import_files([file], placed=wishes)
    again = write(tmp_path, "Bo Chan,bo@delta.example,Delta,storm,blue", name="again.csv", header=header)
    report = services.exchange.import_files([again], tags=["fair"])[0].files[0]
    bo = services.prospects.get(services.prospects.resolve("bo"))
    assert (report.recalled, bo.company, bo.note, bo.extra, bo.tags) == (True, "Delta", "blue", {}, ("fair",))
    third = write(tmp_path, "Cy Diaz,cy@x.example,Echo,wind,green", name="third.csv", header=header)
    report = services.exchange.import_files([third], mapping={"why": "Memo"})[0].files[0]
    assert (report.recalled, report.columns["Who"], report.columns["Memo"]) == (False, "extra", "why")
    with pytest.raises(UsageError, match="no field 'shoe'"):
        services.exchange.import_files([third], placed={"Who": "shoe"})


def test_all_or_nothing(services, path, people):
    """Who wants all of a file or nothing gets nothing when one field can't be taken, and the line and the reason."""
    before = dump(path)
    with pytest.raises(FollowupError, match=r"people.csv: line 6, email: not an e-mail"):
        services.exchange.import_files([people], all_or_nothing=True)
    assert dump(path) == before


def test_encoding_and_delimiter_can_be_said(services, tmp_path):
    """What is recognised wrongly is said: codec and separator; nonsense is refused in words."""
    file = tmp_path / "odd.csv"
    file.write_bytes("Name|Firma;Co|Email\nZoë|Größe;x|zoe@x.example\n".encode("mac_roman"))
    report = services.exchange.import_files([file], encoding="mac_roman", delimiter="|")[0].files[0]
    assert (report.encoding, report.delimiter, report.sample) == ("mac-roman", "|", ("Zoë",))
    for wrong in ({"encoding": "base64"}, {"encoding": "klingon"}, {"delimiter": "ab"}):
        with pytest.raises(UsageError):
            services.exchange.import_files([file], **wrong)


def test_a_look_at_the_first_rows_says_so_and_stores_nothing(services, tmp_path):
    """A dry run may stop behind the first rows of a table; a shorter file is looked at as a whole."""
    file = write(tmp_path, *(f"P{n},,p{n}@x.example,,," for n in range(7)))
    view, _ = services.exchange.import_files([file], dry_run=True, first=5)
    assert (view.looked_at, view.files[0].rows, view.files[0].created) == (5, 5, 5)
    for first in (7, 8, None):
        view, _ = services.exchange.import_files([file], dry_run=True, first=first)
        assert (view.looked_at, view.files[0].created) == (None, 7)
    assert services.prospects.count() == 0


def test_a_large_import_is_one_step_back_and_forth(path, tmp_path):
    """Undone, every table is as before; redone, as after, to the last id: in whatever lots it was written."""
    services = open_at(path)
    add(services, "Zoe Known", email="p3@x.example", phone="+49 30 55501")
    before = dump(path)
    file = write(tmp_path, *(f"P{n},C{n % 7},p{n}@x.example,,,{'a;b' if n % 2 else ''}" for n in range(2500)))
    services.exchange.import_files([file], cadence="Cold six", tags=["Fair"])
    after = dump(path)
    assert services.undo.undo()[0]
    assert dump(path) == before
    services.close()
    services = open_at(path)
    assert services.undo.redo()[0]
    assert dump(path) == after
    assert not failed(services)
    services.undo.undo()
    assert dump(path) == before
    services.close()


def test_what_differs_about_somebody_known_is_kept_beside_them(services, tmp_path):
    """A second row of one person loses nothing: its note follows, other facts stand beside; again it adds nothing."""
    file = write(
        tmp_path,
        "Ann Lee,Acme,ann@acme.example,VP,Berlin,met at the fair",
        "Ann Leee,Acme GmbH,ann@acme.example,CEO,Hamburg,calls back",
        "Ann Lee,ACME,ann@acme.example,CFO,Berlin,met at the fair",
        header="Name,Company,Email,Title,Favourite town,Note",
    )
    view, _ = services.exchange.import_files([file])
    ann = services.prospects.get(services.prospects.resolve("ann@acme.example"))
    assert counts(view) == (1, 2, 0)
    assert (ann.name, ann.company, ann.title) == ("Ann Lee", "Acme", "VP")
    assert ann.note.split() == ["met", "at", "the", "fair", "calls", "back"]
    assert ann.extra == {
        "Favourite town": "Berlin", "Favourite town 2": "Hamburg", "other name": "Ann Leee",
        "other company": "Acme GmbH", "other title": "CEO", "other title 2": "CFO",
    }  # fmt: skip
    again, _ = services.exchange.import_files([file])
    assert counts(again) == (0, 0, 3)
