"""The filter language: what is understood, and where a mistake is said to stand."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_tui.errors import PhraseError
from followup_tui.language.filter_fields import FIELDS
from followup_tui.language.filters import (
    MAX_CONDITIONS,
    MAX_DEPTH,
    MAX_LENGTH,
    And,
    Everything,
    Node,
    Not,
    Or,
    Term,
    Words,
    parse_filter,
)
from followup_tui.language.smart_lists import SMART_LISTS


def said(node: Node) -> str:
    """Return a tree as a text that shows its shape: & | ! and parentheses."""
    match node:
        case Everything():
            return "*"
        case Words():
            return f"“{node.text}”"
        case Term():
            return f"{node.field}{node.operator}{node.value}"
        case Not():
            return f"!{said(node.part)}"
        case And() | Or():
            mark = " & " if isinstance(node, And) else " | "
            return "(" + mark.join(map(said, node.parts)) + ")"


SHAPES = r"""
relation:cold attempts<3              (relation=cold & attempts<3)
due<=today and last:phone             (due<=today & last=phone)
tag:roof or tag:vip star              (tag=roof | (tag=vip & is=starred))
(tag:roof or tag:vip) star            ((tag=roof | tag=vip) & is=starred)
((a))                                 “a”
a b c                                 (“a” & “b” & “c”)
a (b c)                               (“a” & “b” & “c”)
a or (b or c)                         (“a” | “b” | “c”)
-tag:vip                              !tag=vip
not tag:vip x                         (!tag=vip & “x”)
-(a or b)                             !(“a” | “b”)
- a                                   !“a”
--a                                   “a”
not not not a                         !“a”
NOT a OR b AND c                      (!“a” | (“b” & “c”))
-"a b"                                !“a b”
not(a)                                !“a”
Ann-Marie                             “ann-marie”
+49151                                “+49151”
030 90 18 20                          “030 90 18 20”
+49 (0)30 901820 a                    (“+49 (0)30 901820” & “a”)
(415) 555-0100                        “(415) 555-0100”
(relation:cold 030/90 18 20)          (relation=cold & “030/90 18 20”)
030 901820 -5551234                   (“030” & “901820” & !“5551234”)
030 1234                              “030 1234”
030 123                               (“030” & “123”)
030901820 a                           (“030901820” & “a”)
12345678 87654321                     (“12345678” & “87654321”)
(5 or 6)                              (“5” | “6”)
android order notary                  (“android” & “order” & “notary”)
"Zoë  MÜLLER"                         “zoe muller”
“curly words”                         “curly words”
"say \"hi\" \\ there"                 “say "hi" \ there”
"and" "star"                          (“and” & “star”)
STAR                                  is=starred
★                                     is=starred
company:"Acme Ltd"                    company:acme ltd
company="Acme Ltd"                    company=acme ltd
RELATION:Cold                         relation=cold
relation:dnc                          relation=do not contact
relation:"do not contact"             relation=do not contact
relation:do-not-contact               relation=do not contact
relation:won                          relation=customer
relation!=cold                        !relation=cold
relation≠cold                         !relation=cold
attempts >= 3                         attempts>=3
attempts≤03                           attempts<=3
attempts:3                            attempts=3
momentum<50%                          momentum<50
touched>14d                           touched>14d
touched:never                         touched=none
touched>=2026-01-02                   touched>=2026-01-02
due<=+3d                              due<=+3d
due:fri                               due=fri
due<"next tue"                        due<next tue
due:none                              due=none
last:call                             last=phone
last:none                             last=none
channel:e                             channel=email
outcome:"left voicemail"              outcome=left voicemail
outcome:vm                            outcome=left voicemail
has:email                             has=email
has:e-mail                            has=email
has:birthday                          has=birthday
is:overdue                            is=overdue
is:in-play                            is=in play
is:"at rest"                          is=resting
is:dnc                                is=do not contact
kind:promise                          kind=promise
star:no                               star=no
tag:or x                              (tag=or & “x”)
email:ann@example.org                 email:ann@example.org
phone:"+49 151"                       phone:+49 151
cadence:none                          cadence=none
note:100%                             note:100%
"""


@pytest.mark.parametrize("line", [line for line in SHAPES.splitlines() if line])
def test_filters_mean_one_tree(line: str) -> None:
    """`and` is implied and binds tighter than `or`, `-` tightest; values come in their one form."""
    text, shape = line[:38].rstrip(), line[38:]
    assert said(parse_filter(text)) == shape


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_empty_is_everything(text: str) -> None:
    """No condition excludes nobody."""
    assert parse_filter(text) == Everything()


def test_terms_know_their_column() -> None:
    """A term remembers where its value begins, for errors that only show when it is used."""
    assert parse_filter('-due:"fri"') == Not(Term("due", "=", "fri", 7))
    assert parse_filter("due <= fri") == Term("due", "<=", "fri", 8)


MISTAKES = [
    ("relatoin:cold", 1, "did you mean relation?"),
    ("a  http://x", 4, "unknown field “http” – quote it"),
    ("a\nfoo:b", 3, "unknown field “foo”"),
    ("relation:cald", 10, "did you mean cold?"),
    ("is:ovrdue", 4, "did you mean overdue?"),
    ("has:zebra", 5, "use one of phone, mobile"),
    ("last:pigeon", 6, "“last” has no value “pigeon”"),
    ("outcome:left", 9, "left voicemail"),
    ("star:maybe", 6, "use one of yes, no"),
    ("a tag:", 7, "“tag:” has no value – write tag:roof"),
    ("tag: roof", 6, "without a space"),
    ("(tag:)", 6, "“tag:” has no value"),
    ('company:""', 10, "“company” has no value"),
    ("attempts<", 10, "write attempts<3"),
    ("attempts<many", 10, "needs a whole number, not “many”"),
    ("attempts:-1", 10, "needs a whole number"),
    ("relation<cold", 9, "“relation” can't be compared with <"),
    ("due<=blah", 6, "“blah” is not understood as a date – write due<=today"),
    ('due<="next blah"', 12, "blah"),
    ("due:2026-02-30", 5, "not a date the calendar has"),
    ("due:13/14", 5, "13/14"),
    ("due>14d", 5, "write due<=+14d"),
    ("touched>14", 9, "write touched>14d"),
    ('due:"fri 3pm"', 6, "needs a day without a time"),
    ("touched>999999y", 9, "longer than 36500 days"),
    ("a or", 5, "something is missing after “or”"),
    ("or a", 1, "something is missing before “or”"),
    ("a or or b", 6, "something is missing before “or”"),
    ("a and or b", 7, "something is missing before “or”"),
    ("-", 2, "something is missing after “-”"),
    ("a not", 6, "something is missing after “not”"),
    ("a ()", 4, "something is missing before “)”"),
    ("(a or )", 7, "something is missing before “)”"),
    ("a (b", 3, "“(” is never closed"),
    ("((a)", 1, "“(” is never closed"),
    ("a) b", 2, "“)” closes nothing"),
    ('a "b c', 3, "the quote is never closed"),
    ("a “b c", 3, "the quote is never closed"),
    ("a b”", 4, "the quote closes nothing"),
    ('company:"Acme', 9, "the quote is never closed"),
    ('""', 1, "no words to look for"),
    ("\ud800", 1, "no words to look for"),
    ("x" * 300, 1, "too long"),
    ("tag:" + "x" * 300, 5, "too long"),
]


@pytest.mark.parametrize(("text", "column", "words"), MISTAKES, ids=[repr(text)[:30] for text, _, _ in MISTAKES])
def test_mistakes_say_where_and_what(text: str, column: int, words: str) -> None:
    """An error points at the 1-based column and says in one line what would be right."""
    with pytest.raises(PhraseError) as caught:
        parse_filter(text)
    assert caught.value.column == column, str(caught.value)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.hint


DEEP = {
    "parentheses": "(" * 900 + "a" + ")" * 900,
    "one too deep": "(a " * (MAX_DEPTH + 1) + ")" * (MAX_DEPTH + 1),
    "open parentheses": "(" * 100_000,
    "100 kB": "word " * 20_000,
    "one long word": "a" * 100_000,
    "quotes": '"' * 100_001,
    "minus": "-" * 100_000 + "a",
    "conditions": "a " * (MAX_CONDITIONS + 1),
    "too long by one": " " * MAX_LENGTH + "a",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
def test_too_much_is_refused_in_a_line(text: str) -> None:
    """Depth, length and number of conditions have limits, and no text crashes the parser."""
    with pytest.raises(PhraseError) as caught:
        parse_filter(text)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


def test_limits_themselves_are_allowed() -> None:
    """What is just within the limits is understood."""
    assert isinstance(parse_filter("(a " * MAX_DEPTH + ")" * MAX_DEPTH), And)
    assert isinstance(parse_filter("a " * MAX_CONDITIONS), And)
    assert parse_filter("-" * (MAX_LENGTH - 2) + "a") == Words("a")


FRAGMENTS = [
    *(f"{name}:" for name in FIELDS),
    *"()\"-“”<>=≤:'\\%_;",
    "and",
    "or",
    "not",
    " ",
    "3",
    "today",
    "14d",
    "cold",
]


@settings(max_examples=1_500, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join)))
def test_any_text_is_a_filter_or_an_error(text: str) -> None:
    """Whatever is typed becomes a tree, or an error whose column lies in the text or right behind it."""
    try:
        said(parse_filter(text))
    except PhraseError as error:
        caught = error
    else:
        return
    assert 1 <= caught.column <= len(text) + 1
    assert "\n" not in str(caught)


def test_the_twelve_lists_ship() -> None:
    """Every shipped list has its name and a filter that is understood."""
    assert [name for name, _ in SMART_LISTS] == [
        "Overdue",
        "New inbound",
        "Under-worked",
        "At rest",
        "Decisions",
        "High capacity",
        "Nurture",
        "Promises",
        "Naked touches",
        "Went quiet",
        "Pool",
        "Needs details",
    ]
    assert all(parse_filter(text) != Everything() for _, text in SMART_LISTS)


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_shows_a_right_example(name: str) -> None:
    """The example that errors recommend is itself understood."""
    assert said(parse_filter(FIELDS[name].example)).startswith(name)


def test_lark_is_imported_for_the_first_filter_only() -> None:
    """Starting costs nothing for filters nobody types."""
    code = "import sys, followup_tui.language.filters as f; f.parse_filter(''); sys.exit('lark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
