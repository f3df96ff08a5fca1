"""JSON of other programs is a table like any other; what is none is refused in one line."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_tui.domain.cleaning import clean_stored
from followup_tui.errors import FollowupError, NewerVersion
from followup_tui.exchange import json_text
from followup_tui.exchange.formats import open_file
from tests.exchange.files import read, write

ANN = {"firstName": "Ann", "lastName": "Lee", "emails": ["a@x.example", "b@x.example"], "mobile": 491701234567}
BOB = {"firstName": "Bob", "address": {"street": "Hauptstr. 1", "city": "Berlin", "zip": 10115}, "vip": True}


@pytest.mark.parametrize(
    "form", ["{}", '{{"contacts": {}}}', '{{"total": 2, "page": {{"n": 1}}, "people": {}, "x": [1]}}']
)
@pytest.mark.parametrize("indent", [None, 1])
def test_lists_of_objects(tmp_path: Path, form: str, indent: int | None) -> None:
    """A list of objects, bare or under a name, is a table with the names as its columns, nested ones joined."""
    got = read(tmp_path, form.format(json.dumps([ANN, BOB], indent=indent)))
    ann, bob = got.drafts
    assert (ann.name, bob.name, bob.star) == ("Ann Lee", "Bob", True)
    assert [(d.kind, d.key) for d in ann.details] == [
        ("email", "a@x.example"),
        ("email", "b@x.example"),
        ("mobile", "491701234567"),
    ]
    assert [d.value for d in bob.details] == ["Hauptstr. 1, 10115 Berlin"]
    assert got.reading.columns["firstName"] == "first_name"
    assert (got.reading.encoding, got.rejections) == ("utf-8", [])


def test_nested_lists(tmp_path: Path) -> None:
    """Objects in a list get a number, values of every type a text, and what is deeper stays as JSON."""
    entry = {"name": "Ann", "phones": [{"type": "work", "value": "+49 30 901820"}], "score": 3.5, "none": None,
             "odd": [[1], {"a": 2}]}  # fmt: skip
    got = read(tmp_path, json.dumps([entry]))
    assert got.details() == [("phone", "+4930901820", "work")]
    assert got.only.extra == {"score": "3.5", "odd": '[[1], {"a": 2}]'}


GOOGLE = {
    "names": [{"displayName": "Ada Gr", "givenName": "Ada", "familyName": "Gr"}],
    "emailAddresses": [{"value": "ada@x.example", "type": "work"}, {"value": "a@home.example", "type": "home"}],
    "phoneNumbers": [{"value": "+49 170 5550101", "type": "mobile", "canonicalForm": "+491705550101"}],
    "organizations": [{"name": "Gr GmbH", "title": "CEO"}],
    "addresses": [{"formattedValue": "Ring 1\n89073 Ulm", "type": "home"}],
}
HUBSPOT = {"id": "1", "properties": {"firstname": "Cy", "lastname": "Diaz", "email": "cy@x.example", "company": "East"}}
PLAIN = {
    "name": "Di Ek",
    "phones": [{"label": "cell", "number": "+491705550104"}, {"label": "office", "number": "+49305550104"}],
    "emails": [{"type": "work", "address": "di@x.example"}],
    "addresses": [
        {"label": "home", "street": "S 1", "city": "Ulm"},
        {"label": "work", "street": "W 2", "city": "Bonn"},
    ],
    "org_name": "Ek AG",
}


@pytest.mark.parametrize(
    ("entry", "name", "company", "details"),
    [
        (GOOGLE, "Ada Gr", "Gr GmbH", "ada@x.example work, a@home.example home, +491705550101, ring 1 89073 ulm home"),
        (HUBSPOT, "Cy Diaz", "East", "cy@x.example"),
        (
            PLAIN,
            "Di Ek",
            "Ek AG",
            "+491705550104 cell, +49305550104 office, di@x.example work, s 1 ulm home, w 2 bonn work",
        ),
    ],
)
def test_lists_of_labelled_values(tmp_path: Path, entry: dict, name: str, company: str, details: str) -> None:
    """Phones, e-mails and addresses of other programs keep their labels, however these call value and label."""
    got = read(tmp_path, json.dumps({"results": [entry]}), region="DE")
    found = [" ".join(filter(None, (key, label))) for _, key, label in got.details()]
    assert (got.only.name, got.only.company, ", ".join(found)) == (name, company, details)
    assert not any("mail" in key or "number" in key for key in got.only.extra)


LEAD = {
    "id": "lead_1",
    "display_name": "Acme",
    "name": "Acme",
    "addresses": [{"label": "business", "address_1": "Ring 1", "city": "Ulm", "zipcode": "89073"}],
    "contacts": [
        {"id": "c1", "name": "Ada Gr", "title": "CEO", "emails": [{"type": "office", "email": "ada@x.example"}]},
        {"id": "c2", "name": "Bo Hu", "phones": [{"type": "mobile", "phone": "+491705550101"}]},
    ],
}


def test_people_in_a_lead(tmp_path: Path) -> None:
    """Whom a lead or company holds comes as a person each, its name as their company, its other words beside them."""
    got = read(tmp_path, json.dumps({"data": [LEAD, {"id": "lead_2", "name": "Empty", "contacts": []}]}))
    assert [(draft.name, draft.company) for draft in got.drafts] == [
        ("Ada Gr", "Acme"),
        ("Bo Hu", "Acme"),
        ("Empty", ""),
    ]
    ada, bo, _ = got.drafts
    assert [detail.key for detail in (*ada.details, *bo.details)] == [
        *("ada@x.example", "ring 1 89073 ulm", "+491705550101", "ring 1 89073 ulm")
    ]
    assert (ada.extra, bo.extra) == ({"id": "c1", "company id": "lead_1"}, {"id": "c2", "company id": "lead_1"})


def test_a_company_with_its_own_number(tmp_path: Path) -> None:
    """A company's own number reaches its people; somebody with a name and an address of their own stays one person."""
    people = [{"name": "Ada", "phone": "+49305550102"}, {"name": "Bo"}]
    got = read(tmp_path, json.dumps([{"company": "Acme", "phone": "+49305550101", "people": people}]))
    assert [[(d.key, d.label) for d in one.details] for one in got.drafts] == [
        [("+49305550102", ""), ("+49305550101", "work")],
        [("+49305550101", "")],
    ]
    got = read(tmp_path, json.dumps([{"name": "Ada", "email": "a@x.example", "contacts": [{"name": "Her mother"}]}]))
    assert (got.only.name, got.only.extra) == ("Ada", {"contacts 1 name": "Her mother"})


@pytest.mark.parametrize(
    ("entry", "name", "company", "details"),
    [
        (
            {
                "firstName": "Ada",
                "organization": "East",
                "phoneNumbers": [{"label": "_$!<Work>!$_", "value": "+49305550101"}],
                "postalAddresses": [{"label": "_$!<Home>!$_", "street": "Ring 1", "city": "Ulm"}],
            },
            "Ada",
            "East",
            "+49305550101 work, ring 1 ulm home",
        ),
        (
            {
                "properties": {
                    "firstname": {"value": "Cy"},
                    "company": {"value": "East"},
                    "email": {"value": "c@x.example"},
                }
            },
            "Cy",
            "East",
            "c@x.example",
        ),
        (
            {
                "full_name": "Di Ek",
                "merge_fields": {"FNAME": "Di", "PHONE": "+49305550102", "ADDRESS": {"addr1": "S 1"}},
            },
            "Di Ek",
            "",
            "+49305550102, s 1",
        ),
        (
            {"Full_Name": "Ed Fa", "Account_Name": {"name": "West", "id": "2"}, "Owner": {"name": "Me"}},
            "Ed Fa",
            "West",
            "",
        ),
        (
            {
                "values": {
                    "name": [{"first_name": "Flo", "last_name": "Gu"}],
                    "email_addresses": [{"email_address": "f@x.example"}],
                    "job_title": [{"value": "CEO"}],
                }
            },
            "Flo Gu",
            "",
            "f@x.example",
        ),
        ({"name": "Gil", "companies": {"type": "list", "data": [{"id": "c", "name": "North"}]}}, "Gil", "North", ""),
    ],
    ids=["Apple", "old HubSpot", "Mailchimp", "Zoho", "Attio", "Intercom"],
)
def test_shapes_of_more_programs(tmp_path: Path, entry: dict, name: str, company: str, details: str) -> None:
    """What a program wraps up – values in objects, lists in lists – is found where it lies."""
    got = read(tmp_path, json.dumps([entry]))
    found = [" ".join(filter(None, (key, label))) for _, key, label in got.details()]
    assert (got.only.name, got.only.company, ", ".join(found)) == (name, company, details)


def test_who_unsubscribed_stays_out(tmp_path: Path) -> None:
    """Mailchimp's status stops letters; the status of anything else is kept as it is."""
    fields = {"merge_fields": {"FNAME": "Ada"}}
    entries = [
        {"email_address": f"{word}@x.example", "status": word, **fields}
        for word in ("unsubscribed", "cleaned", "subscribed")
    ]
    got = read(tmp_path, json.dumps(entries))
    assert [draft.not_by for draft in got.drafts] == [("email",), ("email",), ()]
    assert got.rejections == []
    got = read(tmp_path, json.dumps([{"name": "Ada", "email": "a@x.example", "status": "open"}]))
    assert (got.only.not_by, got.only.extra) == ((), {"status": "open"})


def test_days_and_tags_that_are_objects(tmp_path: Path) -> None:
    """A birthday as year, month and day is a date, with or without its year; tags that are objects are tags."""
    entries = [
        {"name": "Ada", "birthday": {"year": 1980, "month": 2, "day": 29}, "tags": [{"id": 7, "name": "roof"}]},
        {"name": "Bo", "birthday": {"year": None, "month": 2, "day": 29}},
        {"name": "Cy", "birthday": {"month": 2}},
    ]
    got = read(tmp_path, json.dumps(entries))
    assert [draft.birthday for draft in got.drafts] == ["1980-02-29", "--02-29", ""]
    assert (got.drafts[0].tags, got.drafts[0].extra["tags 1 id"]) == (("roof",), "7")
    assert got.drafts[2].extra == {"birthday month": "2"}


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ({"data": {"items": [{"name": "Ada", "email": "a@x.example"}]}}, ["Ada"]),
        ({"about": "x", "contacts": {"list": [{"name": "Ada", "phone": "+49305550101"}, 5]}}, ["Ada"]),
        ({"one": {"name": "Ada", "email": "a@x.example"}, "two": {"name": "Bo", "company": "East"}}, ["Ada", "Bo"]),
        ({"fields": [{"id": 1}], "people": [{"name": "Ada", "email": "a@x.example"}]}, ["Ada"]),
    ],
)
def test_a_list_further_down(tmp_path: Path, content: dict, names: list[str]) -> None:
    """People in a list inside an object, or under a key each, are found; a list of something else is passed."""
    assert [draft.name for draft in read(tmp_path, json.dumps(content)).drafts] == names


def test_a_second_list_of_people(tmp_path: Path) -> None:
    """Another list with people in it is named, not lost."""
    people = [{"name": "Ada", "email": "a@x.example"}]
    got = read(
        tmp_path, json.dumps({"contacts": people, "leads": [{"name": "Bo", "phone": "+49305550101"}], "x": [{"a": 1}]})
    )
    assert [draft.name for draft in got.drafts] == ["Ada"]
    assert [(r.field, "“leads”" in r.why) for r in got.rejections] == [("list", True)]


def test_objects_behind_one_another(tmp_path: Path) -> None:
    """Objects without a list around them are read to the last; what stands behind a list is told, and nobody comes."""
    got = read(tmp_path, '{"name": "Ada",\n"email": "a@x.example"}\n{"name": "Bo",\n"email": "b@x.example"}')
    assert [(draft.line, draft.name) for draft in got.drafts] == [(1, "Ada"), (3, "Bo")]
    for content in ('[{"name": "Ada"}]\n[{"name": "Bo"}]', '{"people": [{"name":\n"Ada"}]} {"people": []}'):
        with pytest.raises(FollowupError, match="line 2"):
            read(tmp_path, content)


def test_names_that_would_be_there_twice(tmp_path: Path) -> None:
    """A name stays as the file has it when another would be called the same, or when the user speaks of it."""
    entry = {"name": "Ann", "phone": [{"value": "+4930555010"}], "phones": [{"value": "+4930555011"}]}
    got = read(tmp_path, json.dumps([entry]))
    assert set(got.reading.columns) == {"name", "phone 1 value", "phones 1 value"}
    got = read(tmp_path, json.dumps([PLAIN]), mapping={"fax": "phones 1 number"})
    assert got.reading.columns["phones 1 number"] == "fax"


def test_one_object_is_one_person(tmp_path: Path) -> None:
    """A file with one person and no list is a list of one."""
    got = read(tmp_path, json.dumps(PLAIN))
    assert (got.only.name, got.reading.rows) == ("Di Ek", 1)


def test_entries_that_are_none(tmp_path: Path) -> None:
    """What is no object, or nobody, is named by its line; the others are there."""
    got = read(tmp_path, '[\n{"name": "Ann"},\n5,\n{"note": "x"},\n{"name": "Bob"}]')
    assert [(draft.line, draft.name) for draft in got.drafts] == [(2, "Ann"), (5, "Bob")]
    assert [(r.line, r.field) for r in got.rejections] == [(3, ""), (4, "")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[{"name": "Ann"}', "line 1"),
        ('[{"name": "Ann"},\n{"name" "Bob"}]', "line 2"),
        ('{"contacts": [{"name": "Ann"}]', "line 1"),
        ('[{"name": nothing}]', "line 1"),
        ('[{"a": ' + "[" * 100_000, "nested too deeply"),
        ('[{"a": ' + "9" * 5000 + "}]", "line 1"),
        ('{"name": "Ann"}', "no list of contacts"),
        ("[]", "no list of contacts"),
        ('[[1, 2], "x"]', "no list of contacts"),
        ('{"contacts": {}}', "no list of contacts"),
        ('[{"colour": "red"}]', "its columns are colour"),
        (json.dumps([{f"k{n}": 1} for n in range(3000)]), "2000 different names"),
        ('{"format": "followup"}', "version None"),
        ('{"format": "followup", "version": 2, "prospects": []}', "version 2"),
    ],
    ids=lambda value: value[:24],
)
def test_one_clear_line(tmp_path: Path, content: str, words: str) -> None:
    """JSON that is damaged or holds no contacts is refused with one line that names the file and the place."""
    with pytest.raises(FollowupError) as refused:
        read(tmp_path, content)
    assert words in str(refused.value)
    assert str(refused.value).startswith("people.csv: ")
    assert refused.value.hint


def test_a_newer_export(tmp_path: Path) -> None:
    """An export of a version to come has the exit code of a newer version."""
    with pytest.raises(NewerVersion):
        read(tmp_path, '{"format": "followup", "version": 99, "cadences": [], "rules": [], "prospects": []}')


def test_one_value_of_megabytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell of megabytes costs its row; a value without end is not read to its end."""
    got = read(tmp_path, json.dumps([{"name": "Ann", "note": "x" * 1_100_000}, {"name": "Bob"}]))
    assert ([draft.name for draft in got.drafts], ["1 MiB" in r.why for r in got.rejections]) == (["Bob"], [True])
    monkeypatch.setattr(json_text, "VALUE_LIMIT", 1 << 17)
    with pytest.raises(FollowupError, match="16 MB"):
        read(tmp_path, '[{"name": "' + "x" * 400_000)


def test_asked_for_as_json(tmp_path: Path) -> None:
    """A CSV is no JSON, however much it is wanted to be."""
    with pytest.raises(FollowupError, match="line 1"):
        open_file(write(tmp_path, "Name,Email\nAnn,a@x.example\n"), format="json")


TEXT = st.text(max_size=20)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6), st.booleans(), st.integers(0, 70_000))
def test_texts_come_back(rows: list[tuple[str, str]], escape: bool, blanks: int) -> None:
    """Any texts, escaped or not, wherever the pieces read break, are the cleaned texts afterwards."""
    rows = [(f"p{name}", company.lstrip("'")) for name, company in rows]
    entries = [{"name": name, "company": company} for name, company in rows]
    content = " " * blanks + json.dumps(entries, ensure_ascii=escape)
    with tempfile.TemporaryDirectory() as folder:
        got = read(Path(folder), content.encode("utf-8", "replace"), format="json")
    expected = [(clean_stored(name), clean_stored(company)) for name, company in rows]
    if escape:
        assert [(draft.name, draft.company) for draft in got.drafts] == expected
    assert len(got.drafts) == len(rows)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.sampled_from([*'[]{},:"', "1", "null", '"name"', '"x"', '{"name": "Ann"}', "\n", "\\u", "\x00", "e9"]))
)
def test_any_tokens_end_well(tokens: list[str]) -> None:
    """Whatever follows a bracket, there is a reading or one clear line."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            got = read(Path(folder), "[" + "".join(tokens), format="json")
        except FollowupError:
            return
    assert all(draft.name for draft in got.drafts)


def test_an_object_on_each_line(tmp_path: Path) -> None:
    """JSON Lines are a table too, and a line that is none is refused by its number while the others come in."""
    rows = ['{"name": "Ann", "email": "a@x.example"}', "", '{"name": "Bo",', "[1]", '{"name": "Cy", "oddity": "x"}']
    got = read(tmp_path, "\n".join(rows).encode())
    assert [draft.name for draft in got.drafts] == ["Ann", "Cy"]
    assert got.drafts[1].extra == {"oddity": "x"}
    assert [(r.line, r.why.split(":")[0]) for r in got.rejections] == [
        (3, "no JSON"),
        (4, "no object with names and values; left out"),
    ]


@pytest.mark.parametrize("content", ['"hello"', "42", "[]", "{}", '{"name": "one", "settings": {"a": 1}}\n'])
def test_json_by_its_name(tmp_path: Path, content: str) -> None:
    """A file called .json is one, whatever it begins with, and says so when there is no list of people in it."""
    path = tmp_path / "a.json"
    path.write_text(content)
    with pytest.raises(FollowupError, match=r"^a\.json: (line 1: \{ expected|no list of contacts in this JSON)"):
        open_file(path)
