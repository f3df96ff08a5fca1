"""However the rows of a file are read, compared and written, the same people stand in the database."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_tui.bootstrap import Services
from followup_tui.errors import FollowupError
from followup_tui.exchange.formats import may_be_complete
from followup_tui.exchange.reading import Reading
from followup_tui.services import exchange, lots
from followup_tui.services.lots import Lot, Repeats
from followup_tui.services.reading_beside import Asked
from tests.factories import add, failed, open_at

TRIALS = int(os.environ.get("FOLLOWUP_ROW_TRIALS", "1"))
HEADER = "Name,Company,Email,Email 2,Phone,Tags,Why\n"
NAMES = st.sampled_from(["Ann Lee", "ann lee", "Lee Ann", "Bob", "Acme", "Zoë Müller", ""])
ROW = st.tuples(
    NAMES,
    st.sampled_from(["", "Acme", "Größe"]),
    st.sampled_from(["", "a@x.example", "A@x.example", "b@x.example", "no"]),
    st.sampled_from(["", "", "c@x.example", "a@x.example"]),
    st.sampled_from(["", "+49 30 901820", "030 901820", "+49 30 901821"]),
    st.sampled_from(["", "fair", "fair; roof"]),
    st.sampled_from(["", "", "hail"]),
).map(",".join)


def facts(services: Services) -> list[tuple[object, ...]]:
    """Return all that is stored of people, in the order in which they came; who somebody is is told by that order."""
    connection = services._context.database.connection()
    who = {key: n for n, (key,) in enumerate(connection.execute("SELECT id FROM prospect ORDER BY rowid"))}
    found: list[tuple[object, ...]] = []
    for table, columns in (
        ("prospect", "id, name, company, why, note, star, zone, zone_confirmed, birthday, extra, search, created_at"),
        ("detail", "prospect_id, id, kind, value, key, label, bad, position"),
        ("tag", "prospect_id, id, tag"),
        ("journal", "prospect_id, id, kind, at, logged_at, event, note, reason"),
        ("standing", "prospect_id, relation, next_date, state, starred, has_why, reachable, answered"),
        ("finding", "prospect_id, id"),
    ):
        for key, *rest in connection.execute(f"SELECT {columns} FROM {table} ORDER BY rowid"):
            found.append((table, who[key], *rest))
    return sorted(found, key=repr)


def compared(reading: Reading, asked: Asked) -> Generator[Lot]:
    """Yield lots in which it is said who may be somebody else, as the process beside does."""
    repeats = Repeats()
    for lot in lots.lots(reading, asked.tags):
        yield lot._replace(closer=repeats.among(lot.people))


@settings(max_examples=5 * TRIALS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROW, max_size=14), st.booleans())
def test_only_some_need_a_closer_look(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, rows: list[str], somebody: bool
) -> None:
    """Looking closer at those alone who may be the same gives what looking at everybody does, somebody there or not."""
    folder = tmp_path_factory.mktemp("ways")
    file = folder / "people.csv"
    file.write_text(HEADER + "".join(f"{row}\n" for row in rows) + "Cy,,,,,,\n", encoding="utf-8")
    monkeypatch.setattr(lots, "SIZE", 4)
    found = []
    for name, way in (("all", lambda reading, asked: lots.lots(reading, asked.tags)), ("some", compared)):
        monkeypatch.setattr(exchange, "lots_of", way)
        services = open_at(folder / f"{name}.db")
        if somebody:
            add(services, "Ann Lee", email="a@x.example")
        view = services.exchange.import_files([file])[0].files[0]
        assert failed(services) == []
        found.append((view, facts(services)))
        services.undo.undo()
        assert len(services.prospects.rows()) == somebody
        services.close()
    assert found[0] == found[1]


def test_a_lot_whose_people_are_all_others_needs_no_look() -> None:
    """Nobody is looked at again who shares nothing; who has no reach is compared with everybody by name."""
    from followup_tui.exchange.drafts import DetailDraft, Draft
    from followup_tui.services.arriving import arriving

    def person(name: str, *emails: str) -> lots.Arriving:
        return arriving(Draft(1, name, details=tuple(DetailDraft("email", one, one) for one in emails)))

    repeats = Repeats()
    assert repeats.among([person("Ann", "a@x"), person("Bob", "b@x"), person("Ann", "c@x"), person("Cy")]) == []
    assert repeats.among([person("Dee", "d@x"), person("Ann"), person("Bea", "b@x")]) == [1, 2]
    assert repeats.among([person("Eve", "e@x"), person("Fay", "f@x"), person("Eva", "e@x")]) == [0, 2]
    assert repeats.among([person("Gil")._replace(own="abc")]) is None


def test_owners_are_looked_for_again_afterwards(services: Services, tmp_path: Path) -> None:
    """SQLite guards who a row belongs to before and after an import, one that failed too."""
    file = tmp_path / "people.csv"
    file.write_text(HEADER + "Ann,,a@x.example,,,,\n", encoding="utf-8")
    connection = services._context.database.connection()
    seen = []

    def stop(rows: int) -> bool:
        seen.append(connection.execute("PRAGMA foreign_keys").fetchone()[0])
        return len(seen) != 1

    with pytest.raises(FollowupError, match="cancelled"):
        services.exchange.import_files([file], progress=stop)
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    services.exchange.import_files([file], progress=stop)
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert set(seen) == {0}


def test_what_brings_more_than_people_is_guarded(tmp_path: Path) -> None:
    """A complete export brings rows of many tables: whatever may be one is written with SQLite's own check."""
    for name, text, format, may in (
        ("a.csv", HEADER, "auto", False),
        ("a.csv", "{}", "auto", True),
        ("a.json", "x", "auto", True),
        ("a.json", "{}", "csv", False),
        ("a.txt", HEADER, "json", True),
        ("a.vcf", "BEGIN:VCARD\n", "auto", False),
    ):
        (tmp_path / name).write_text(text)
        assert may_be_complete(tmp_path / name, format) is may, (name, text, format)
    assert may_be_complete(tmp_path / "missing.csv", "auto")
