"""What commands hand to the services, and what people read."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from followup_tui.cli import words
from followup_tui.cli.output import Paint
from followup_tui.cli.table import fit, rows, width
from followup_tui.domain.model import Outcome, PauseRule
from followup_tui.domain.outcomes import find_outcome
from followup_tui.services.views import NextTouchView
from tests.cli.fake import NOW, TODAY


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        *((outcome.value, outcome) for outcome in Outcome),
        *((outcome.key, outcome) for outcome in Outcome),
        ("VM", Outcome.LEFT_VOICEMAIL),
        ("Left-Voicemail", Outcome.LEFT_VOICEMAIL),
        ("na", Outcome.NO_ANSWER),
        ("callback", Outcome.CALL_BACK),
        ("dnc", Outcome.DO_NOT_CONTACT),
        ("do_not_contact", Outcome.DO_NOT_CONTACT),
        ("no", Outcome.DEFINITE_NO),
        ("noshow", Outcome.NO_SHOW),
        ("no show", Outcome.NO_SHOW),
        ("-", Outcome.NO_SHOW),
        ("meet", Outcome.MEETING_SET),
        ("def", Outcome.DEFINITE_NO),
    ],
)
def test_outcomes_by_name_key_synonym_and_beginning(text, outcome):
    """People write what they mean; one meaning each."""
    assert find_outcome(text) is outcome


def test_log_hands_over_everything(run, fake):
    """Every option arrives in the draft, dates understood in the user's zone."""
    done = run(
        *("log", "ann", "call", "6", "--note", "n", "--value", "v", "--at", "yesterday 3pm", "--sentiment", "good"),
        *("--inbound", "--until", "thu 10:00", "--consent", "yes", "--reason", "r", "--force"),
    )
    assert done.code == 0
    (who, draft), _ = fake.last("log.log")
    assert (who, draft.channel, draft.outcome, draft.note, draft.value) == ("p1", "phone", Outcome.CALL_BACK, "n", "v")
    assert draft.at == datetime(2026, 11, 22, 15, tzinfo=NOW.tzinfo)
    assert (draft.until, draft.until_time) == (date(2026, 11, 26), time(10))
    assert (draft.sentiment, draft.inbound, draft.consent, draft.reason, draft.force) == ("good", True, True, "r", True)


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("yesterday", datetime(2026, 11, 22, 12, tzinfo=NOW.tzinfo)),
        ("today", NOW),
        ("2026-11-20", datetime(2026, 11, 20, 12, tzinfo=NOW.tzinfo)),
        ("8:30", datetime(2026, 11, 23, 8, 30, tzinfo=NOW.tzinfo)),
    ],
)
def test_a_day_without_a_time_is_its_noon(run, fake, said, at):
    """Back-dating by day needs no clock; today means now."""
    run("log", "ann", "phone", "vm", "--at", said)
    assert fake.last("log.log")[0][1].at == at


def test_skip_through_log_is_a_skip(run, fake):
    """A skip is not a touch."""
    run("log", "ann", "phone", "skip", "--reason", "holiday")
    assert fake.last("log.skip")[0] == ("p1", "holiday")
    assert not any(name == "log.log" for name, _, _ in fake.calls)


def test_planning_verbs_hand_over_dates(run, fake):
    """Phrases turn into dates before they reach the services."""
    run("move", "ann", "fri 2pm")
    assert fake.last("log.move")[0] == ("p1", date(2026, 11, 27), time(14))
    run("snooze", "ann", "3pm")
    assert fake.last("log.snooze")[0] == ("p1", datetime(2026, 11, 23, 15, tzinfo=NOW.tzinfo))
    run("snooze", "ann")
    assert fake.last("log.snooze")[0] == ("p1", None)
    run("pause", "ann", "--until", "+3d", "--rule", "keep")
    assert fake.last("log.pause")[0] == ("p1", date(2026, 11, 26), PauseRule.KEEP)
    run("answer", "ann", "own date", "--until", "+3d")
    assert fake.last("log.answer") == (
        ("p1", "own date"),
        {"until": date(2026, 11, 26), "until_time": None, "cadence": None, "reason": ""},
    )


COLD = "--relation", "COLD", "--zone", "UTC"


def test_add_and_edit_hand_over_fields(run, fake):
    """What was not said stays None; an empty text is said."""
    run("add", "Ann", "--company", "Acme", "--tag", "a", "--tag", "b", "--star", "--inbound", *COLD)
    draft = fake.last("prospects.add")[0][0]
    assert (draft.name, draft.company, draft.tags, draft.star) == ("Ann", "Acme", ("a", "b"), True)
    assert (draft.inbound, draft.relation, draft.phone) == (True, "cold", None)
    run("edit", "ann", "--phone", "", "--no-star", "--name", "Bo")
    who, draft = fake.last("prospects.edit")[0]
    assert (who, draft.name, draft.phone, draft.star, draft.tags) == ("p1", "Bo", "", False, None)


def test_find_takes_a_filter_as_words(run, fake):
    """A minus before a condition is part of the filter, not an option."""
    assert run("find", "relation:cold", "-tag:vip", "attempts<3").code == 0
    assert fake.last("prospects.rows") == (("relation:cold -tag:vip attempts<3",), {"limit": 500, "offset": 0})
    run("tag", "ann", "roof", "-vip")
    assert fake.last("prospects.tag")[0] == (["p1"], ["roof", "-vip"])
    run("find", "-is:paused", "--limit", "3", "--json")
    assert fake.last("prospects.find") == (("-is:paused",), {"limit": 3, "offset": 0})


def test_enrol_and_files_hand_over(run, fake):
    """One person or everybody who matches; mappings as pairs."""
    run("enrol", "ann", "Cold six", "--step", "2", "--on", "tomorrow", "--per-day", "5")
    expected = {"step": 2, "on": date(2026, 11, 24), "per_day": 5}
    assert fake.last("cadences.enrol") == ((["p1"], "Cold six"), expected)
    run("enrol", "--where", "tag:x", "Steady")
    assert fake.last("prospects.find")[0] == ("tag:x",)
    run(
        "import", "a.csv", "b.vcf", "--map", "phone=Direct = line", "--cadence", "Steady", "--per-day", "3", "--dry-run"
    )
    args, kwargs = fake.last("exchange.import_files")
    assert args == ([Path("a.csv"), Path("b.vcf")],)
    assert (kwargs["mapping"], kwargs["format"]) == ({"phone": "Direct = line"}, "auto")
    assert (kwargs["cadence"], kwargs["per_day"], kwargs["dry_run"]) == ("Steady", 3, True)
    assert kwargs["progress"](5), "the line that counts cancels nothing"
    run("export", "out.VCF", "--where", "star", "--raw")
    written = dict(fake.last("exchange.export")[1])
    assert written.pop("progress")(5)
    assert written == {"format": "vcard", "where": "star", "raw": True, "replace": False, "out": None}
    run("export", "out.csv", "--replace")
    assert fake.last("exchange.export")[1]["replace"]


def test_log_prints_what_changed_and_what_comes(run, fake):
    """Three lines: the touch, the next one, the way back."""
    assert run("log", "ann", "phone", "vm").out.splitlines() == [
        "Logged: phone, left voicemail · Ann Lee, Acme Ltd",
        "Next: Wed 23 Dec, in 30 days – mail, step 6 of 6 (+30 after voicemail on Mon 23 Nov)",
        "followup undo takes it back",
    ]


def test_today_prints_the_plan(run, fake):
    """Blocks with their slots, promises, decisions, and what is left over with why."""
    out = run("today").out
    assert out.startswith("Mon 23 Nov, today · Europe/Berlin · 09:12\n")
    assert "\nCalls 09:12–11:12 · phone · 5 of 108 min\n" in out
    assert "\n  09:12  phone + email  Ann Lee  step 5 of 6  2 days late  81 %  03:12 there" in out
    assert "\nPromises\n  09:12  phone + email  Ann Lee  promise, told 14:30  2 days late" in out
    assert "\n1 decision\n  Ann Lee  The attempts are used up. What now? nurture | close" in out
    assert "\nLeft over\n  Ann Lee  waiting for a decision\n" in out


def test_show_prints_a_card(run, fake):
    """Who, what happened, what comes; nothing in a note steers the terminal."""
    out = run("show", "ann").out
    assert out.startswith("Ann Lee, Acme Ltd * p1\n")
    assert "\n  zone      America/New_York ~\n" in out
    assert "engaged, Steady step 6 of 6, 2 of 12 attempts, 5 touches, 3 days late, momentum 73 %" in out
    assert "“asked ·[31mfor· Bob”" in out
    assert "\x1b" not in out
    assert "\nAhead, if every touch is made on its day\n  Wed 23 Dec, in 30 days  mail  step 6  +30\n" in out


def test_import_prints_a_short_report(run, fake):
    """The first rejected rows are named, the rest counted."""
    out = run("import", "leads.csv").out
    assert "leads.csv (csv, utf-8, semicolon)\n  40 rows: 8 created, 1 updated, 1 skipped, 30 rejected\n" in out
    assert out.count("\n  line ") == 20
    assert "\n  … and 10 more; --json lists all\n" in out


def test_find_prints_a_table(run, fake):
    """A head and aligned columns."""
    head, row = run("find").out.splitlines()
    assert head.split()[0] == "name"
    assert row.startswith("Ann Lee *  Acme     engaged   Wed 23 Dec, in 30 days – mail")
    assert head.index("relation") == row.index("engaged")


def test_colour_only_where_it_is_seen(run, fake, monkeypatch):
    """A file, NO_COLOR, --no-color and a dumb terminal get plain text."""

    class Terminal:
        def isatty(self):
            return True

    monkeypatch.setenv("TERM", "xterm")
    assert Paint.suited(Terminal()).on
    assert not Paint.suited(Terminal(), off=True).on
    monkeypatch.setenv("NO_COLOR", "1")
    assert not Paint.suited(Terminal()).on
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not Paint.suited(Terminal()).on
    assert "\x1b" not in run("today").out


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (date(2026, 11, 23), "Mon 23 Nov, today"),
        (date(2026, 11, 24), "Tue 24 Nov, tomorrow"),
        (date(2026, 11, 22), "Sun 22 Nov, yesterday"),
        (date(2026, 11, 30), "Mon 30 Nov, in 7 days"),
        (date(2027, 1, 1), "Fri 1 Jan 2027, in 39 days"),
        (date(2026, 11, 1), "Sun 1 Nov, 22 days ago"),
    ],
)
def test_days_are_said_as_people_say_them(when, said):
    """Weekday and distance, the year only when it is another."""
    assert words.day(when, TODAY) == said


@pytest.mark.parametrize(
    ("touch", "said"),
    [
        (None, "nothing planned"),
        (NextTouchView("decision", TODAY, None, None, None, "", False), "Mon 23 Nov, today – a decision"),
        (NextTouchView("promise", TODAY, time(15), "phone", 5, "", True), "Mon 23 Nov 15:00, today – phone, promise"),
        (NextTouchView("meeting", TODAY, time(15), None, None, "", True), "Mon 23 Nov 15:00, today – meeting"),
        (
            NextTouchView("step", TODAY, None, None, 2, "", False),
            "Mon 23 Nov, today – blocked, no detail is good, step 2",
        ),
        (NextTouchView("own", TODAY, None, "email", None, "", False), "Mon 23 Nov, today – email, a date of your own"),
    ],
)
def test_next_touches_in_words(touch, said):
    """Day, distance, channel, what it is."""
    assert words.next_touch(touch, TODAY) == said


def test_counts():
    """Numbers with their noun."""
    assert [words.count(number, "row") for number in (0, 1, 1200)] == ["no rows", "1 row", "1,200 rows"]


def test_columns_stand_under_each_other_whatever_is_in_them():
    """Wide characters take two cells, marks none; long text is cut with an ellipsis."""
    table = rows([("漢字", "b"), ("e\u0301", "b"), ("x" * 50, "b"), ("\x1b[2J\n", "b")])
    assert {width(line) for line in table} == {2 + 32 + 2 + 1}
    assert fit("漢字かな", 5) == "漢字…"
    assert rows([]) == []
