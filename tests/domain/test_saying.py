"""What to say: first names, placeholders, the six rules of the linter, free times (domain §8)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui import shipped
from followup_tui.domain.free_time import LENGTH, free_starts, two_of
from followup_tui.domain.linter import Me, lint, lint_template
from followup_tui.domain.naming import first_name
from followup_tui.domain.placeholders import PLACEHOLDERS, fill, places, require_known
from followup_tui.errors import PhraseError

ME = Me("+49 30 123456", "sam@example.com")
GOOD = "Hello Ann,\n\nshall I call you on Tuesday?\n\nSam, +49 (30) 12 34 56"
DAY = 29_000_000 // 1440 * 1440
"""Some midnight, in minutes since the epoch."""


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        ("Ann Lee", "Ann"),
        ("Dr. Ann Lee", "Ann"),
        ("Dr Ann Lee", "Ann"),
        ("LEE, Ann", "Ann"),
        ("Lee, Dr. Ann", "Ann"),
        ("Ann Lee, PhD", "Ann"),
        ("Ann Lee Jr.", "Ann"),
        ("ANN LEE", "Ann"),
        ("Ann (Annie) Lee", "Ann"),
        ("Mr. Lee", "Mr. Lee"),
        ("Dr. Lee", "Dr. Lee"),
        ("Prof. Dr. med. Hans Müller", "Hans"),
        ("Dipl.-Ing. Max Muster", "Max"),
        ("Phil Collins", "Phil"),
        ("van der Berg, Jan", "Jan"),
        ("Jean-Luc Picard", "Jean-Luc"),
        ("J. Robert Oppenheimer", "Robert"),
        ("J. R. R. Tolkien", "J. R. R. Tolkien"),
        ("山田太郎", "山田太郎"),
        ("Bo", "Bo"),
        ("", ""),
    ],
)
def test_first_names(whole, said):
    """People are addressed by their first name, without titles and degrees; a lone surname keeps its title (§8)."""
    assert first_name(whole) == said


@given(st.text(max_size=60))
def test_any_name_gives_something_to_say(name):
    """No name breaks the greeting, and one with a letter never leaves it empty (§8)."""
    said = first_name(name)
    assert said or not any(char.isalpha() for char in name)


def test_an_unknown_placeholder_is_named_with_its_column():
    """A place nobody fills is an error that points at it and names the likely one (issue 5)."""
    with pytest.raises(PhraseError) as caught:
        require_known("Hello,\nthis is for {frist_name}", "body")
    assert caught.value.column == 13
    assert "line 2, column 13: unknown placeholder {frist_name}" in str(caught.value)
    assert "{first_name}" in caught.value.hint


@given(st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.text(max_size=20)), st.text(max_size=80))
def test_filling_fills_once(values, text):
    """What stands in a value is never filled again, and what has no value stays to be seen (§8)."""
    whole = "".join(f"<{{{name}}}>" for name in PLACEHOLDERS)
    assert fill(whole, values) == "".join(f"<{values.get(name) or f'{{{name}}}'}>" for name in PLACEHOLDERS)
    assert fill(text, {}) == text


def failing(body: str, subject: str = "", me: Me = ME) -> list[str]:
    """Return the rules that speak."""
    return [finding.rule for finding in lint(body, subject, me=me) if not finding.ok]


def test_a_good_message_passes_all_six():
    """Contact, length, no deflection, no receipt, an action, all filled: nothing speaks (§8)."""
    assert failing(GOOD) == []
    assert [(one.rule, one.source) for one in lint(GOOD, me=ME)] == [
        ("contact", "S1"), ("length", "ours"), ("deflection", "S2"), ("receipt", "S1"), ("action", "S2"),
        ("placeholder", "ours"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (GOOD.replace("+49 (30) 12 34 56", ""), "contact"),
        (GOOD + " word" * 80, "length"),
        (GOOD + "\nI know you are busy.", "deflection"),
        (GOOD + "\nI know you’re very busy.", "deflection"),
        (GOOD + "\nSorry to bother you.", "deflection"),
        (GOOD + "\nif you have time", "deflection"),
        (GOOD + "\nI know how busy you must be", "deflection"),
        (GOOD + "\nApologies for disturbing you", "deflection"),
        (GOOD + "\nI hate to bother you", "deflection"),
        (GOOD + "\nWhen it is convenient", "deflection"),
        (GOOD + "\nI just wanted to check in", "deflection"),
        (GOOD + "\nIch weiß, dass Sie sehr beschäftigt sind", "deflection"),
        (GOOD + "\nEntschuldigen Sie die Störung", "deflection"),
        (GOOD + "\nwenn Sie mal Zeit haben", "deflection"),
        (GOOD + "\nPlease acknowledge receipt", "receipt"),
        (GOOD + "\nmit Lesebestätigung", "receipt"),
        (GOOD + "\nPlease confirm receipt", "receipt"),
        ("Disposition-Notification-To: me\n" + GOOD, "receipt"),
        (GOOD.replace("shall I call you on Tuesday?", "here is the news."), "action"),
        (GOOD + " {benefit}", "placeholder"),
    ],
)
def test_each_rule_speaks_alone(text, rule):
    """Each of the six rules finds just what it is for (§8)."""
    assert failing(text) == [rule]


@pytest.mark.parametrize(
    "words", ["don't bother with forms", "our busy season", "a receipt for the gift", "no time limit"]
)
def test_harmless_words_are_no_deflection(words) -> None:
    """Words that only look like a way out or a receipt are let be."""
    assert failing(f"{GOOD}\n{words}") == []


@pytest.mark.parametrize("words", ["Rufen Sie mich an", "Antworten Sie mit einem Tag", "melde dich", "Let me know"])
def test_asking_in_english_and_german(words) -> None:
    """A call for action counts in both languages."""
    assert failing(GOOD.replace("shall I call you on Tuesday?", f"{words}.")) == []


def test_without_ones_own_number_the_contact_rule_says_where_to_write_it():
    """Nobody's number set means no message can carry it: the rule says so (S1)."""
    assert failing(GOOD, me=Me()) == ["contact"]
    assert "[me]" in lint(GOOD, me=Me())[0].line


def test_what_ships_passes_its_own_linter():
    """Three templates and a dozen value prompts ship, known placeholders only, tagged challenge and relate (§8)."""
    templates = shipped.templates()
    assert len(templates) == 3
    assert len(shipped.value_prompts()) == 12
    assert {one["tags"] for one in templates} == {"challenge", "relate"}
    for one in templates:
        require_known(one["subject"] + one["body"], one["name"])
        assert all(finding.ok for finding in lint_template(one["body"], one["subject"]))
    assert {place.name for one in templates for place in places(one["subject"] + one["body"])} <= set(PLACEHOLDERS)


minutes = st.integers(0, 2880)
windows = st.lists(st.tuples(minutes, minutes).map(lambda pair: (DAY + min(pair), DAY + max(pair))), max_size=5)


@given(windows, windows, windows, st.sampled_from([0, 60, 330, -210, 345]))
def test_offered_times_are_really_free(blocks, taken, hours, offset):
    """An offered time lies in a block and in their hours, overlaps nothing planned, and is a half hour (§8)."""
    for start in free_starts(blocks, taken, hours, offset):
        stop = start + LENGTH
        assert any(begin <= start and stop <= end for begin, end in blocks)
        assert any(begin <= start and stop <= end for begin, end in hours)
        assert not any(start < end and begin < stop for begin, end in taken)
        assert (start + offset) % 30 == 0


def test_two_times_stand_on_two_days_and_in_two_halves():
    """The second time is on another day, and in its other half where that is free (S2: two concrete times)."""
    first, second = DAY + 9 * 60, DAY + 1440
    days = [([], DAY), ([first, first + 300], DAY), ([second + 600, second + 900], second)]
    assert two_of(days) == [first, second + 900]
    assert two_of(iter([([first], DAY)])) == [first]


@pytest.mark.parametrize(
    ("me", "signed"),
    [
        ({"my_phone": "030", "my_email": "s@x.example"}, "Sam\n030 · s@x.example"),
        ({"my_phone": "030"}, "Sam\n030"),
        ({"my_email": "s@x.example"}, "Sam\ns@x.example"),
        ({}, "Sam\n{my_phone} · {my_email}"),
    ],
)
def test_a_signature_leaves_out_what_nobody_entered(me: dict[str, str], signed: str) -> None:
    """One of phone and e-mail is enough to be answered; with neither the places stay, to be seen and refused."""
    assert fill("{my_name}\n{my_phone} · {my_email}", {"my_name": "Sam", **me}) == signed
    assert fill("call {my_phone} · {my_email} soon", {"my_phone": "1"}) == "call 1 · {my_email} soon"
