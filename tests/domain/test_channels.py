"""Channels, what they need, and what a step does without it (domain §2, §5)."""

from __future__ import annotations

import pytest

from followup_tui.domain.builtin import BUILTIN
from followup_tui.domain.channels import BY_NAME, CHANNELS, RANKED, detail_used, find_channel, usable
from followup_tui.domain.events import Changed
from followup_tui.errors import UsageError
from tests.domain.factories import EVERYTHING, WEEK, Story, cold, customer, engaged, nurtured, rules, said

TABLE = """
in person i 1 45 address
phone     p 2 5  phone/mobile
mail      m 3 10 address
text      t 4 2  mobile
fax       f 5 5  fax
email     e 6 4  email
gift      g - 15 address
article   a - 5  email/address
"""


def test_the_table_of_channels() -> None:
    """Names, letters, ranks, minutes and needs are those of §2."""
    rows = [
        f"{c.name} {c.letter} {c.rank or '-'} {c.minutes} {'/'.join(c.needs)}".split() for c in CHANNELS
    ]  # split: the table below is aligned for people
    assert rows == [line.split() for line in TABLE.strip().splitlines()]
    assert {c.name for c in CHANNELS if c.working} == {"in person", "phone"}
    assert {c.name: c.lead_days for c in CHANNELS if c.lead_days} == {"mail": 3, "gift": 3}
    assert {c.name for c in CHANNELS if c.hours == "window"} == {"phone", "text"}


def test_every_symbol_is_its_own() -> None:
    """Nothing is told by colour alone: letters and symbols differ and take one cell."""
    assert len({c.letter for c in CHANNELS}) == len({c.symbol for c in CHANNELS}) == len(CHANNELS)
    assert all(len(c.symbol) == len(c.letter) == 1 for c in CHANNELS)
    assert RANKED == ("in person", "phone", "mail", "text", "fax", "email")


def test_builtin_cadences_use_known_channels() -> None:
    """Every step and companion names a channel of the table."""
    for cadence in BUILTIN:
        for step in cadence.steps:
            assert set(step.channels) <= set(BY_NAME)
            assert step.companion is None or step.companion in BY_NAME


@pytest.mark.parametrize(
    ("text", "name"),
    [("phone", "phone"), ("P", "phone"), (" In  Person ", "in person"), ("sms", "text"), ("e-mail", "email")],
)
def test_a_channel_by_name_letter_or_synonym(text: str, name: str) -> None:
    """People may say a channel in several ways."""
    assert find_channel(text).name == name


def test_an_unknown_channel_is_named() -> None:
    """The error lists what there is."""
    with pytest.raises(UsageError, match="in person, phone, mail"):
        find_channel("smoke signal")


@pytest.mark.parametrize(
    ("good", "channel"),
    [
        ({"phone", "email"}, "phone"),
        ({"mobile", "email"}, "phone"),
        ({"email"}, "email"),
        ({"address", "email"}, "in person"),
        ({"fax", "email"}, "fax"),
        (set(), None),
    ],
)
def test_a_step_takes_the_best_channel_left(good: set[str], channel: str | None) -> None:
    """A phone step without a number takes the next-ranked channel with a good detail; blocked when none is left."""
    story = cold("1 Mar", good=frozenset(good))
    assert story.next.channel == channel
    assert story.next.blocked is (channel is None)
    assert story.next.reason.endswith("; blocked: no good detail for any channel") is (channel is None)


def test_a_bad_number_moves_the_same_step_on() -> None:
    """Bad detail: the step stays, today, on the next channel with a good detail, until none is left."""
    story = cold("1 Mar", good=frozenset({"phone", "mobile", "email", "fax"}))
    seen = []
    for kind in ("phone", "mobile", "fax", "email"):
        story.log("1 Mar", "bad detail", story.next.channel or "")
        assert story.last is not None
        assert story.last.bad_detail == kind
        assert story.last.step == 1
        seen.append(story.due)
    ways = ("phone", "fax", "email", None)
    assert seen == [f"step 1 on 1 Mar by {channel}" for channel in ways]
    assert (story.state.attempts, story.state.touches, story.state.relation) == (0, 4, "cold")
    assert not story.state.interacted


def test_the_bad_detail_may_be_named() -> None:
    """The log may say which detail was bad."""
    story = cold("1 Mar").log("1 Mar", "bad detail", "phone", detail="mobile")
    assert story.state.good == EVERYTHING - {"mobile"}


def test_a_found_number_unblocks() -> None:
    """When details change the plans take the best channel again; dates stay."""
    story = cold("1 Mar", good=frozenset())
    story.tell(Changed(frozenset({"email"}), star=False, pace="normal"), "5 Mar")
    assert story.due == "step 1 on 1 Mar by email"


def test_a_promise_without_its_channel_finds_another() -> None:
    """A promised call whose number is bad goes the next way, and comes back with a new number."""
    story = cold("1 Mar", good=frozenset({"phone"})).log("1 Mar", "call back", until="3 Mar")
    story.log("2 Mar", "bad detail", "phone")
    assert (story.kinds, story.next.channel) == (["promise"], None)
    story.tell(Changed(frozenset({"mobile"}), star=False, pace="normal"), "2 Mar")
    assert (story.next.channel, said(story.next.date)) == ("phone", "3 Mar")


def test_a_star_changes_the_channel() -> None:
    """★ gets the gift instead of the letter."""
    story = customer("1 Mar")
    assert story.next.channel == "mail"
    story.tell(Changed(EVERYTHING, star=True, pace="normal"))
    assert story.next.channel == "gift"


@pytest.mark.parametrize(
    ("channel", "good", "stopped", "expected"),
    [
        ("phone", {"mobile"}, set(), True),
        ("text", {"phone"}, set(), False),
        ("phone", {"phone"}, {"phone"}, False),
        ("article", {"email"}, {"email"}, False),
        ("article", {"email", "address"}, {"email"}, True),
        ("smoke signal", {"email"}, set(), False),
    ],
)
def test_usable(channel: str, good: set[str], stopped: set[str], expected: bool) -> None:
    """A channel needs a good detail and no stop; an article never slips past a stop of e-mail."""
    assert usable(channel, frozenset(good), frozenset(stopped)) is expected


def test_the_detail_used() -> None:
    """The first good detail a channel needs is the one used; without any, the first."""
    assert detail_used("phone", EVERYTHING) == "phone"
    assert detail_used("phone", frozenset({"mobile"})) == "mobile"
    assert detail_used("phone", frozenset()) == "phone"


def test_not_on_this_channel() -> None:
    """Do not contact on one channel: everything else goes on, without it."""
    story = cold("1 Mar").log("1 Mar", "do not contact", "phone", channel_only=True)
    assert story.state.stopped_channels == {"phone"}
    assert story.state.relation == "engaged"
    assert story.due == "step 1 on 1 Mar by in person"


@pytest.mark.parametrize("relation", ["pool", "closed"])
def test_not_on_this_channel_out_of_play(relation: str) -> None:
    """A stop of one channel is kept for people out of play as well."""
    story = Story(relation=relation).log("1 Mar", "do not contact", "email", channel_only=True)
    assert story.state.stopped_channels == {"email"}
    assert (story.state.relation, story.state.plans) == (relation, ())


def test_a_customer_stays_one_without_a_channel() -> None:
    """Stopping a channel takes nothing else away."""
    story = engaged("1 Mar").log("1 Mar", "won").log("2 Mar", "do not contact", "mail", channel_only=True)
    assert (story.state.relation, story.next.channel) == ("customer", "in person")


def test_nobody_is_blocked_for_want_of_variety() -> None:
    """Never the same channel twice, unless there is no other."""
    story = nurtured("1 Jan", good=frozenset({"fax"})).log("1 Feb", "sent", "fax")
    assert story.next.channel == "fax"


def test_the_companion_needs_a_detail_and_another_channel() -> None:
    """No second e-mail when the call already went by e-mail, and none without an address."""
    assert cold("1 Mar", good=frozenset({"email"})).log("1 Mar", "sent", "email").state.companion is None
    assert cold("1 Mar", good=frozenset({"phone"})).log("1 Mar").state.companion is None
    stopped = cold("1 Mar", of=rules()).log("1 Mar", "do not contact", "email", channel_only=True)
    assert stopped.log("1 Mar").state.companion is None


def test_a_call_that_replaces_a_letter_keeps_working_days() -> None:
    """The letter of a Saturday becomes a call: on Monday; a date the user chose stays."""
    good = frozenset({"address", "phone"})
    story = customer("1 Mar", of=rules(calendar=WEEK), good=good)
    assert story.due == "step 1 on 7 Mar by mail"
    assert story.log("3 Mar", "bad detail", "mail").due == "step 1 on 9 Mar by phone"
    chosen = customer("1 Mar", of=rules(calendar=WEEK), good=good).move("1 Mar", "8 Mar")
    assert chosen.log("3 Mar", "bad detail", "mail").due == "step 1 on 8 Mar by phone"
