"""What filters find: a table over a small database made by hand, and properties over generated filters (T14)."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
from collections.abc import Iterator

import pytest

from followup_tui.errors import PhraseError, UsageError
from followup_tui.language.filters import Everything, Term, Words, parse_filter
from followup_tui.language.smart_lists import SMART_LISTS
from followup_tui.storage.filter_sql import ORDERS, count, matching_ids
from tests.storage.filter_people import BERLIN, EVERYBODY, WHEN, found, small_database


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    database = small_database(tmp_path_factory.mktemp("filters") / "followup.db")
    yield database.connection()
    database.close()


FOUND = r"""
relation:cold                         ann fay
relation:engaged                      bob eve gil hal lou mia
relation:dnc                          kim
is:pool                               ivy
is:closed or is:dnc                   jim kim
is:in-play                            ann bob cay dan eve fay gil hal lou mia
is:overdue                            ann eve
due<today                             ann eve
due<=today                            ann bob eve fay gil lou
is:due                                ann bob eve fay gil lou
due:today                             bob fay gil lou
is:today                              bob fay gil lou
due>today                             cay mia
due>=today                            bob cay fay gil lou mia
due<=+3d                              ann bob cay eve fay gil lou
due:+3d                               cay
due:fri                               cay
due:yesterday                         eve
due<=2026-11-22                       ann
due!=today relation:engaged           eve hal mia
due:none                              dan hal ivy jim kim
-due<=today                           cay dan hal ivy jim kim mia
is:paused                             dan
is:blocked                            eve
is:decision                           fay lou
kind:decision                         fay lou
kind:meeting                          -
kind:promise                          cay
kind:answer                           gil
kind:step                             ann bob eve mia
kind:none                             dan hal ivy jim kim
is:promise                            cay lou
is:resting                            hal
is:new                                dan eve gil hal ivy lou
is:naked                              bob fay
star                                  ann
-star is:cold                         fay
star:yes                              ann
channel:phone                         ann cay
channel:none                          dan eve fay hal ivy jim kim
last:phone                            ann cay fay
last:none                             dan eve gil hal ivy lou
outcome:"left voicemail"              ann
outcome:sent                          bob jim mia
outcome:replied                       gil
outcome:none                          dan eve hal ivy lou
attempts>0                            ann bob fay jim kim
attempts<3 relation:cold              ann fay
attempts=3                            bob
attempts!=0 -attempts>=2              ann jim kim
touches>=2                            bob fay mia
momentum<95                           ann eve
momentum<=90%                         ann eve
momentum:90                           eve
momentum<90                           ann
momentum>=100 relation:cold           fay
momentum<0                            -
momentum>1                            ann bob cay dan eve fay gil hal ivy jim kim lou mia
touched>14d                           ann dan eve hal ivy jim kim lou mia
touched>=14d                          ann bob dan eve hal ivy jim kim lou mia
touched<14d                           cay fay gil
touched<=2w                           bob cay fay gil
touched:14d                           bob
touched:never                         dan eve hal ivy lou
touched:today                         gil
touched:yesterday                     cay
touched<yesterday                     ann bob fay jim kim mia
touched>=2026-11-20                   cay fay gil
touched>fri                           cay gil
created<7d                            gil
created>=2026-11-01                   gil
created:2026-11-21                    gil
tag:roof                              ann
tag:ROOF -tag:vip                     -
tag:ro                                -
tag:übergabe                          bob
tag:ubergabe                          bob
tag:none is:overdue                   eve
has:tag                               ann bob
has:email                             ann cay
has:phone                             ann dan
has:address                           bob lou
has:detail                            ann bob cay dan fay gil hal lou mia
-has:detail                           eve ivy jim kim
has:birthday                          hal
has:note                              ann
has:why has:benefit                   ann
has:cadence                           ann bob fay gil mia
has:response                          bob cay gil mia
has:touch                             ann bob cay fay gil jim kim mia
name:lee                              ann
name:acme                             -
name="ann lee"                        ann
name="ann"                            -
company:acme                          ann
company:"Acme Ltd"                    ann
company="acme"                        -
company="acme ltd"                    ann
company:lee                           -
company:societe                       bob
company:none                          cay dan eve fay gil hal ivy jim kim lou mia
email:example.org                     ann cay
email="ANN@example.org"               ann cay
email:none is:overdue                 eve
phone:0151                            ann dan
phone:"+49 151 2345"                  ann dan
phone:0049151                         ann dan
phone:999                             bob
mobile:0170                           fay mia
fax:2                                 hal
address:koln                          bob
address:"Königstraße 5"               bob
source:fair                           ann
source:none is:due                    bob eve fay gil lou
why:hail                              ann
benefit:"dry attic"                   ann
note:mochte                           ann
note:"möchte hilfe"                   ann
zone:tokyo                            dan
cadence:steady                        bob mia
cadence="cold six"                    ann fay
cadence:cold                          ann fay
cadence:none is:due                   eve lou
lee                                   ann
LEE ACME                              ann
möller                                bob
moller societe                        bob
"ann lee"                             ann
"lee ann"                             -
ubergabe                              bob
königstr                              bob
"mochte hilfe"                        ann
"0151 2345"                           ann dan
+491512345                            ann dan
%                                     -
"50%"                                 ann
_                                     -
source:_                              ivy
source:%                              ivy
'                                     -
\\                                    -
ann or bob or -is:in-play             ann bob cay ivy jim kim
-(ann or bob) has:address             lou
relation:cold (star or is:decision)   ann fay
"""


@pytest.mark.parametrize("line", [line for line in FOUND.splitlines() if line])
def test_filters_find(people: sqlite3.Connection, line: str) -> None:
    """Every field, state and operator finds exactly those it names, and `-` finds all others."""
    text, ids = line[:38].rstrip(), line[38:].replace("-", "")
    assert found(people, text) == ids
    assert found(people, f"-({text})") == " ".join(key for key in EVERYBODY.split() if key not in ids.split())
    assert count(people, parse_filter(text), **WHEN) == len(ids.split())


LISTS = {
    "Overdue": "ann eve",
    "New inbound": "gil",
    "Under-worked": "fay jim",
    "At rest": "hal",
    "Decisions": "fay lou",
    "High capacity": "ann",
    "Nurture": "cay",
    "Promises": "cay lou",
    "Naked touches": "bob fay",
    "Went quiet": "mia",
    "Pool": "ivy",
    "Needs details": "eve ivy",
}


@pytest.mark.parametrize(("name", "text"), SMART_LISTS)
def test_smart_lists_find(people: sqlite3.Connection, name: str, text: str) -> None:
    """Each shipped list finds those it is named for."""
    assert found(people, text) == LISTS[name]


def test_everything_and_pages(people: sqlite3.Connection) -> None:
    """No filter finds everybody in the order of names, and pages follow one another."""
    everybody = matching_ids(people, Everything(), **WHEN)
    assert sorted(everybody) == EVERYBODY.split()
    assert everybody[0] == "ann"
    assert everybody[2] == "cay", "small letters sort among capitals"
    assert count(people, Everything(), **WHEN) == len(everybody)
    in_play = parse_filter("is:in-play")
    whole = matching_ids(people, in_play, **WHEN)
    pages = [matching_ids(people, in_play, **WHEN, limit=3, offset=begin) for begin in range(0, 12, 3)]
    assert [key for page in pages for key in page] == whole
    assert matching_ids(people, in_play, **WHEN, offset=8) == whole[8:]


def test_orders(people: sqlite3.Connection) -> None:
    """Every order gives the same people; dates come soonest first, what has none last."""
    for order in ORDERS:
        assert len(matching_ids(people, Everything(), **WHEN, order=order)) == 13
    assert matching_ids(people, parse_filter("due<=+9d"), **WHEN, order="due")[:3] == ["fay", "ann", "eve"]
    assert matching_ids(people, parse_filter("-due:none or is:pool"), **WHEN, order="due")[-1] == "ivy"
    with pytest.raises(UsageError, match="use one of name, company"):
        matching_ids(people, Everything(), **WHEN, order="shoe size")


def test_the_day_starts_when_it_starts(people: sqlite3.Connection) -> None:
    """At two in the night it is still yesterday: for today, for ages and for what was touched."""
    night = dt.datetime(2026, 11, 25, 2, 0, tzinfo=BERLIN)
    assert found(people, "due:today touched:today", now=night) == "gil"
    assert found(people, "touched:yesterday") == "cay", "touched today at 01:00"
    assert found(people, "touched:today", day_starts=dt.time(0)) == "cay gil"
    assert found(people, "touched:today", zone="America/New_York") == ""


def test_days_are_read_in_the_users_order(people: sqlite3.Connection) -> None:
    """27/11 or 11/27: the configuration decides what 3/4 is."""
    assert found(people, "due:27/11", date_order="dmy") == "cay"
    assert found(people, "due:11/27", date_order="mdy") == "cay"


def test_days_the_calendar_has_not(people: sqlite3.Connection) -> None:
    """Days at the edge of the calendar are an error with a column, never a crash."""
    for text, column in (("star or touched<0001-01-01", 17), ("touched<=9999-12-31", 10)):
        with pytest.raises(PhraseError, match=r"no day the calendar has|out of reach") as caught:
            found(people, text, zone="Asia/Tokyo")
        assert caught.value.column == column
    assert found(people, "due<=2299-12-31 star") == "ann"


def test_an_unknown_day_found_late_has_its_column(people: sqlite3.Connection) -> None:
    """A tree made by hand with a wrong day is refused with the column it carries."""
    with pytest.raises(PhraseError) as caught:
        matching_ids(people, Term("due", "<=", "blah", 7), **WHEN)
    assert caught.value.column == 7
    assert matching_ids(people, Words("lee"), **WHEN) == ["ann"]


def test_sqlalchemy_is_imported_for_the_first_filter_only() -> None:
    """Importing the module, and asking for everybody, is free of SQLAlchemy's start."""
    code = "import sys, followup_tui.storage.filter_sql; sys.exit('sqlalchemy' in sys.modules or 'lark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
