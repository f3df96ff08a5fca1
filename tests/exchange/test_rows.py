"""Cells to fields: what is taken, and what is rejected without costing the person."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_tui.exchange.birthdays import NotADate, birthday
from followup_tui.exchange.details import email_key, phone_key, split_emails, split_phones
from tests.exchange.files import read


@pytest.mark.parametrize(
    ("number", "region", "key"),
    [
        ("+1 (415) 555-0100", "", "+14155550100"),
        ("+49 (0)170 1234567", "", "+491701234567"),
        ("0049 170 1234567", "", "+491701234567"),
        ("0170/1234567", "DE", "+491701234567"),
        ("0170/1234567", "", "01701234567"),
        ("(415) 555-0100", "US", "+14155550100"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("612 345 678", "ES", "+34612345678"),
        ("+1 415 555 0100 ext. 12", "", "+14155550100;ext=12"),
        ("555-0100", "", "5550100"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("1234", "", ""),
        ("call me", "", ""),
        ("4.91E+11", "", ""),
        ("n/a", "US", ""),
        ("9" * 2000, "", ""),
    ],
)
def test_phone_key(number: str, region: str, key: str) -> None:
    """The same number has the same key however it is written; what is no number has none."""
    assert phone_key(number, region) == key


@pytest.mark.parametrize(
    "region", ["DE", "AT", "CH", "FR", "GB", "NL", "BE", "SE", "IE", "ES", "PL", "PT", "DK", "NO", "IN", "US", "CA"]
)
def test_short_cuts_agree_with_the_library(region: str) -> None:
    """The quick rules for common countries give what the phone library gives."""
    import phonenumbers

    for kind in (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE):
        example = phonenumbers.example_number_for_type(region, kind)
        assert example is not None
        national = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL)
        assert phone_key(national, region) == phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)


def test_several_numbers_in_one_cell() -> None:
    """Numbers are parted by ::: and lines; by other marks only between whole numbers, not behind an area code."""
    assert split_phones("+49 221 1234567; 0221/7654321") == ["+49 221 1234567", "0221/7654321"]
    assert split_phones("+49 221 1234567/+49 170 7654321") == ["+49 221 1234567", "+49 170 7654321"]
    assert split_phones("030 776655 / 0151 12345678") == ["030 776655", "0151 12345678"]
    assert split_phones("030 776655 or 0151 12345678,030 776656") == ["030 776655", "0151 12345678", "030 776656"]
    for whole in ("030 / 77 66 55", "0151 / 123 456 78", "+49 (0)30 / 77 66 55", "030 ; 776655", "030 776655 / 56"):
        assert split_phones(whole) == [whole]
    assert split_phones("030 / 776655; 0151 / 123 45 67") == ["030 / 776655", "0151 / 123 45 67"]
    assert split_phones("030 776655 / office") == ["030 776655", "office"]
    assert phone_key("030 ; 776655", "DE") == "+4930776655"
    assert phone_key("030 / 77 66 55", "DE") == "+4930776655"
    assert phone_key("0151 / 123 456 78", "DE") == "+4915112345678"
    assert split_phones("p:+14155550100") == ["+14155550100"]
    assert split_phones("tel:+1-415-555-0100 ::: 555 0101") == ["+1-415-555-0100", "555 0101"]


@pytest.mark.parametrize(
    ("cell", "addresses"),
    [
        ("Ann@X.example", ["ann@x.example"]),
        ("mailto:ann@x.example", ["ann@x.example"]),
        ('"Lee, Ann" <ann@x.example>', ["ann@x.example"]),
        ("Ann <ann@x.example>; Bob <bob@x.example>", ["ann@x.example", "bob@x.example"]),
        ("ann@x.example, bob@x.example / cid@x.example", ["ann@x.example", "bob@x.example", "cid@x.example"]),
        ("jörg@münchen.example", ["jörg@münchen.example"]),
        ("\u200bann@x.example\ufeff", ["ann@x.example"]),
        ("ann@@x.example", [""]),
        ("none", [""]),
        ("ann@x..example", [""]),
    ],
)
def test_emails(cell: str, addresses: list[str]) -> None:
    """The address is found in the ways people write it; what is none has no key."""
    assert [key for _, key in split_emails(cell)] == addresses


def test_email_check_is_not_slow() -> None:
    """A hostile cell does not send the check into an endless search."""
    assert email_key("a." * 100_000 + "@") == ""
    assert [key for _, key in split_emails("a@" + "b." * 500 + "!")] == [""]


@pytest.mark.parametrize(
    ("text", "region", "iso"),
    [
        ("1980-02-29", "", "1980-02-29"),
        ("1980-02-29T00:00:00Z", "", "1980-02-29"),
        ("19800229", "", "1980-02-29"),
        ("--02-29", "", "--02-29"),
        ("--0229", "", "--02-29"),
        ("1604-02-29", "", "--02-29"),
        ("29.02.1980", "", "1980-02-29"),
        ("29.2.", "", "--02-29"),
        ("29/02/1980", "", "1980-02-29"),
        ("02/29/1980", "", "1980-02-29"),
        ("3/4/1980", "US", "1980-03-04"),
        ("3/4/1980", "GB", "1980-04-03"),
        ("5.3.80", "", "--03-05"),
        ("March 5, 1980", "", "1980-03-05"),
        ("5 March", "", "--03-05"),
        ("5. März 1980", "", "1980-03-05"),
        ("5 février 1980", "", "1980-02-05"),
        ("5 de marzo de 1980", "", "1980-03-05"),
        ("25/12/1980", "", "1980-12-25"),
        ("29280", "", "1980-02-29"),
        ("0/0/00", "", ""),
        ("0000-00-00", "", ""),
        ("", "", ""),
    ],
)
def test_birthdays(text: str, region: str, iso: str) -> None:
    """Dates of birth in the usual orders; a short year gives a day without a year, zeros give none."""
    assert birthday(text, region) == iso


@pytest.mark.parametrize(
    ("text", "words"), [("3/4/1980", "two dates"), ("30.02.1980", "no such day"), ("soon", "not a date")]
)
def test_no_birthday(text: str, words: str) -> None:
    """An ambiguous, impossible or unreadable date is refused, never guessed."""
    with pytest.raises(NotADate, match=words):
        birthday(text)


def test_bad_fields_keep_the_person(tmp_path: Path) -> None:
    """Each bad cell is rejected by field and kept under its header, and the person is there."""
    got = read(
        tmp_path,
        "Name,Email,Phone,Birthday,Zone,Star,Relation\nAnn,ann@@x,12,soon,Mars/Base,perhaps,lukewarm\n",
    )
    assert got.only.name == "Ann"
    assert got.only.details == ()
    assert got.only.extra == {
        "Email": "ann@@x",
        "Phone": "12",
        "Birthday": "soon",
        "Zone": "Mars/Base",
        "Star": "perhaps",
        "Relation": "lukewarm",
    }
    assert {r.field for r in got.rejections} == {"email", "phone", "birthday", "zone", "star", "relation"}
    assert {r.line for r in got.rejections} == {2}
    assert got.reading.rows == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12/11/1980", "12 November or 11 December: write 1980-11-12 or 1980-12-11, or set default_region"),
        ("3/4", "3 April or 4 March: write --04-03 or --03-04"),
        ("3/4/80", "write --04-03 or --03-04"),
    ],
)
def test_what_to_do_about_two_dates(text: str, words: str) -> None:
    """Who wrote a date that may be two is told both, ready to be written."""
    with pytest.raises(NotADate, match=words):
        birthday(text)


def test_good_and_bad_in_one_cell(tmp_path: Path) -> None:
    """A bad address beside a good one does not take it along."""
    got = read(tmp_path, 'Name,Email\nAnn,"a@x.example; nonsense"\n')
    assert got.details() == [("email", "a@x.example", "")]
    assert got.only.extra == {"Email": "nonsense"}


@pytest.mark.parametrize(
    ("row", "name"),
    [("Ann,Acme,a@x.example,+14155550100", "Ann"), (",Acme,a@x.example,", "Acme"), (",,a@x.example,", "a@x.example"),
     (",,,+1 415 555 0100", "+1 415 555 0100")],
)  # fmt: skip
def test_name_falls_back(tmp_path: Path, row: str, name: str) -> None:
    """Without a name the company stands for it, then the address as it is: nothing is guessed from it."""
    assert read(tmp_path, f"Name,Company,Email,Phone\n{row}\n").only.name == name


def test_all_plain_fields(tmp_path: Path) -> None:
    """The product's own fields come back from a table with their names."""
    got = read(
        tmp_path,
        "name,title,why,benefit,source,birthday,zone,tags,star,note,relation,cadence\n"
        'Ann,CEO,asked,saves time,fair,--02-29,Europe/Berlin,"roof, vip | x",yes,hello,do not contact,Cold six\n',
    )
    person = got.only
    assert (person.title, person.why, person.benefit, person.source) == ("CEO", "asked", "saves time", "fair")
    assert (person.birthday, person.zone, person.tags, person.star) == (
        "--02-29",
        "Europe/Berlin",
        ("roof", "vip", "x"),
        True,
    )
    assert (person.note, person.relation, person.cadence, person.extra) == ("hello", "do not contact", "Cold six", {})


def test_status_is_not_a_relation(tmp_path: Path) -> None:
    """Another tool's status is kept, not taken for a relation; a column that forbids contact is obeyed."""
    got = read(tmp_path, "Name,Lead Status,Do Not Contact\nAnn,Customer,\nBob,New,TRUE\n")
    assert [draft.relation for draft in got.drafts] == ["", "do not contact"]
    assert got.drafts[0].extra == {"Lead Status": "Customer"}


@pytest.mark.parametrize(
    ("header", "cell", "channels"),
    [
        ("HasOptedOutOfEmail", "true", ("email",)),
        ("Unsubscribed from all email", "Yes", ("email",)),
        ("Opted out of email: One to One", "true", ("email",)),
        ("UNSUB_TIME", "2024-05-01 10:00:00", ("email",)),
        ("Email marketing status", "Unsubscribed", ("email",)),
        ("Email marketing status", "Subscribed", ()),
        ("DoNotCall", "0", ()),
        ("Do not allow Phone Calls", "Do Not Allow", ("phone",)),
        ("Do not allow Phone Calls", "Allow", ()),
        ("SMS Opt Out", "x", ("text",)),
        ("Fax Opt Out", "1", ("fax",)),
        ("Keine Anrufe", "ja", ("phone",)),
        ("not by", "email, in person", ("email", "in person")),
        ("Email Opt Out", "", ()),
    ],
)
def test_opting_out_is_per_channel(tmp_path: Path, header: str, cell: str, channels: tuple[str, ...]) -> None:
    """The columns of other programs that forbid a channel are obeyed, and what they said stays beside the person."""
    got = read(tmp_path, f'Name,Email,"{header}"\nAnn,a@x.example,"{cell}"\n')
    assert ([draft.not_by for draft in got.drafts], got.rejections) == ([channels], [])
    assert got.drafts[0].extra == ({header: cell} if channels and header != "not by" else {})


@pytest.mark.parametrize("header", ["", " ", "€", "x" * 300])
def test_a_column_nobody_named_is_kept_and_said_so(tmp_path: Path, header: str) -> None:
    """What stands under no name, a sign or a whole text stays beside the person, and the preview says so."""
    got = read(tmp_path, f"Name,Email,{header}\nAnn,a@x.example,worth keeping\n")
    (name,) = [name for name, field in got.reading.columns.items() if field == "extra"]
    assert got.drafts[0].extra == {name: "worth keeping"}


@pytest.mark.parametrize("said", ["Europe/Berlin", "europe/berlin", "europe_slash_berlin", "EUROPE/BERLIN"])
def test_a_zone_in_any_case(tmp_path: Path, said: str) -> None:
    """Other programs write the names of time zones in their own case; a name that is none is told."""
    got = read(tmp_path, f"Name,Email,Time Zone\nAnn,a@x.example,{said}\nBo,b@x.example,CET-ish\n")
    assert ([draft.zone for draft in got.drafts], len(got.rejections)) == (["Europe/Berlin", ""], 1)


@pytest.mark.parametrize(("header", "cell"), [("Email Opt Out", "maybe"), ("not by", "pigeon")])
def test_an_unclear_wish_is_said(tmp_path: Path, header: str, cell: str) -> None:
    """What is neither yes nor no, or no channel, is named with its line and kept."""
    got = read(tmp_path, f"Name,Email,{header}\nAnn,a@x.example,{cell}\n")
    assert (got.drafts[0].not_by, got.drafts[0].extra) == ((), {header: cell})
    assert [(one.line, cell in one.why) for one in got.rejections] == [(2, True)]


@pytest.mark.parametrize("header", ["Do Not Contact", "Opt Out", "DNC", "Opted out of all"])
def test_opting_out_of_everything_is_do_not_contact(tmp_path: Path, header: str) -> None:
    """Where no channel is named, all of them are meant."""
    got = read(tmp_path, f"Name,Email,{header}\nAnn,a@x.example,Unsubscribed\nBo,b@x.example,no\n")
    assert [draft.relation for draft in got.drafts] == ["do not contact", ""]


def test_the_same_number_twice_is_one_mobile(tmp_path: Path) -> None:
    """A number given as phone and as mobile is one mobile."""
    got = read(tmp_path, "Name,Phone,WhatsApp\nAnn,+1 415 555 0100,+14155550100\n")
    assert got.details() == [("mobile", "+14155550100", "WhatsApp")]


def test_escaped_formula_cells_come_back(tmp_path: Path) -> None:
    """The apostrophe a safe export puts before = + - @ is taken off again, once."""
    got = read(tmp_path, "Name,Notes,Phone\n'=Ann,''=x,'+14155550100\n")
    assert (got.only.name, got.only.note) == ("=Ann", "'=x")
    assert got.details() == [("phone", "+14155550100", "")]
