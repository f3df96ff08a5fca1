"""Two prospects become one: nothing is lost, the state is what the journal says, one undo brings both back (§1)."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from datetime import date, time

import pytest

from followup_tui.domain.merging import stricter
from followup_tui.domain.model import Consent, Outcome, PlanKind, State
from followup_tui.errors import FollowupError, NothingFound, UsageError
from followup_tui.services.views import LogDraft, ProspectDraft
from followup_tui.storage import people
from followup_tui.storage.codec import loads
from tests.factories import CONFIG, MONDAY, add, change, dump, failed, log, open_at
from tests.services.test_any_history import act

MERGES = int(os.environ.get("MERGES", "8"))


@pytest.fixture
def services(path, clock):
    opened = open_at(path, clock)
    yield opened
    opened.close()


def person(services, key: str) -> people.Person:
    with services._context.database.reading() as connection:
        return people.people(connection, [key])[0]


def state(services, key: str) -> State:
    return loads(State, person(services, key).state)


def touched(services, *keys: str) -> Counter:
    """Count the touches of some people by all they say, but for whose they are."""
    rows = (row for key in keys for row in services.prospects.timeline(key).timeline)
    return Counter((row.id, row.channel, row.outcome, row.at, row.note, row.value, row.sentiment) for row in rows)


def test_the_timelines_are_one_and_the_state_is_what_they_say(services, clock):
    """Touches of both stand in the order of time, and doctor agrees with the stored state."""
    one, two = add(services, "Ann Lee"), add(services, "Anne Lee", mobile="+49 151 1234567", email="ann@lee.example")
    for hour, (who, note) in enumerate([(one, "first"), (two, "second"), (one, "third"), (two, "fourth")], start=10):
        clock.at(f"2026-11-23T{hour}:00")
        log(services, who.id, note=note)
    view, changes = services.merging.merge(one.id, two.id)
    assert [row.note for row in services.prospects.timeline(one.id).timeline] == ["first", "second", "third", "fourth"]
    assert (view.touches, view.undo, changes.prospects) == (4, "Merge Anne Lee into Ann Lee", {one.id, two.id})
    assert failed(services) == []
    with pytest.raises(NothingFound):
        services.prospects.get(two.id)


def test_facts_of_both_are_there(services):
    """Labels, bad marks, tags, star, notes, clashing extras: the other value stands under a second name."""
    one = add(services, "Ann Lee", company="Acme", why="the hail", tags=("roof",), note="called twice", zone="UTC")
    two = add(services, "Anne Lee", company="Acme Ltd", why="a quote", benefit="dry", star=True, tags=("vip", "roof"))
    services.prospects.edit(two.id, ProspectDraft(note="likes tea", mobile="+49 151 1234567", birthday="1980-02-03"))
    log(services, two.id, "bad detail", channel="text")
    with services._context.working("Extra") as work:
        work.update("prospect", one.id, {"extra": json.dumps({"floor": "3", "same": "x"})})
        work.update("prospect", two.id, {"extra": json.dumps({"floor": "4", "same": "x", "other name": "A. Lee"})})
        key = work.execute("SELECT id FROM detail WHERE prospect_id = ? AND kind = 'phone'", (two.id,)).fetchone()[0]
        work.update("detail", key, {"label": "desk"})
    services.merging.merge(one.id, two.id)
    kept = person(services, one.id)
    assert (kept.name, kept.company, kept.why, kept.benefit) == ("Ann Lee", "Acme", "the hail", "dry")
    assert kept.note == "called twice\n\nlikes tea\n\nOther why: a quote"
    assert json.loads(kept.extra) == {
        **{"floor": "3", "same": "x", "floor 2": "4", "other name": "A. Lee"},
        **{"other name 2": "Anne Lee", "other company": "Acme Ltd"},
    }
    assert (kept.star, kept.tags, kept.birthday, kept.zone) == (True, ("roof", "vip"), "1980-02-03", "UTC")
    details = [(one.kind, one.value, one.label, one.bad) for one in kept.details]
    assert details == [
        ("phone", "+49 30 901820", "desk", False),
        ("email", "ann@acme.example", "", False),
        ("mobile", "+49 151 1234567", "", True),
    ]
    assert state(services, one.id).good == {"phone", "email"}
    assert failed(services) == []


def test_what_is_chosen_stands_first(services):
    """`keep` takes b's value; a's is kept beside it, and a detail chosen is the one that is dialled."""
    one = add(services, "Ann Lee", company="Acme", phone="+49 30 1111111")
    two = add(services, "Anne Lee", company="Acme Roofing", phone="+49 30 2222222")
    view, _ = services.merging.merge(one.id, two.id, {"company": "b", "phone": "b", "name": "a"})
    kept = person(services, one.id)
    assert (kept.name, kept.company, kept.detail("phone")) == ("Ann Lee", "Acme Roofing", "+49 30 2222222")
    assert json.loads(kept.extra)["other company"] == "Acme"
    assert {one.field: one.chosen for one in view.fields}["phone"] == "b"
    assert people.search_text("Ann Lee", "Acme Roofing") == dump(services.path)["prospect"][0][-2]


def test_the_birthday_chosen_is_the_one_cards_follow(services):
    """The rules know the birthday that stands first, and cards of both sides are planned once."""
    one, two = add(services, "Ann Lee", "customer"), add(services, "Anne Lee", "customer")
    for who, birthday in ((one, "1980-12-03"), (two, "--12-04")):
        services.prospects.edit(who.id, ProspectDraft(birthday=birthday, address="1 High St, Ely"))
    shown = services.merging.preview(one.id, two.id, {"birthday": "b"})
    services.merging.merge(one.id, two.id, {"birthday": "b"})
    assert (person(services, one.id).birthday, state(services, one.id).birthday) == ("--12-04", "--12-04")
    assert services.prospects.get(one.id).next_touch == shown.next_touch
    assert failed(services) == []


def test_one_cadence_runs_on_and_the_preview_says_which(services):
    """The kept prospect's, unless it has none or the other's was chosen; the act does what the preview showed."""
    one, two = add(services, "Ann Lee", "engaged"), add(services, "Anne Lee", "cold")
    three = add(services, "A. Lee", "pool")
    shown = services.merging.preview(one.id, two.id)
    assert (shown.cadence, shown.relation) == ("Steady", "engaged")
    assert shown.told[0] == "Steady runs on, step 1 (Ann Lee); Cold six ends (Anne Lee)"
    assert services.merging.preview(one.id, two.id, {"cadence": "b"}).cadence == "Cold six"
    shown = services.merging.preview(three.id, two.id)
    assert (shown.cadence, shown.relation) == ("Cold six", "cold")
    done, _ = services.merging.merge(three.id, two.id)
    assert (done.next_touch, done.told, done.fields) == (shown.next_touch, shown.told, shown.fields)
    assert services.prospects.get(three.id).next_touch == shown.next_touch


def test_the_stricter_holds(services):
    """Do not contact on either side is do not contact; so is a channel somebody asked us not to use."""
    one, two = add(services, "Ann Lee"), add(services, "Anne Lee")
    three = add(services, "A. Lee")
    services.log.log(three.id, LogDraft("text", Outcome.DO_NOT_CONTACT, channel_only=True))
    services.merging.merge(one.id, three.id)
    assert state(services, one.id).stopped_channels == {"text"}
    services.log.log(two.id, LogDraft("phone", Outcome.DO_NOT_CONTACT))
    view, _ = services.merging.merge(one.id, two.id)
    assert (view.relation, view.next_touch, view.cadence) == ("do not contact", None, None)
    assert failed(services) == []


def test_a_no_holds_until_they_talk_to_us(services):
    """Closed and cold is closed; closed and engaged is in play, and the answer that was given is kept."""
    one, two, three = add(services, "Ann", "cold"), add(services, "Anne", "engaged"), add(services, "An", "engaged")
    services.log.log(two.id, LogDraft("phone", Outcome.NOT_NOW, consent=False, note="never"))
    assert services.merging.preview(one.id, two.id).relation == "closed"
    view, _ = services.merging.merge(three.id, two.id)
    assert view.relation == "engaged"
    consent = state(services, three.id).consent
    assert consent is not None
    assert (consent.given, consent.words) == (False, "never")


def test_promises_and_meetings_of_both_stay(services, clock):
    """Each is there after the merge, and keeping one leaves the other where it is."""
    one, two = add(services, "Ann Lee"), add(services, "Anne Lee")
    first, second = date(2026, 11, 25), date(2026, 12, 2)
    log(services, one.id, "meeting set", until=first, until_time=time(10))
    log(services, two.id, "meeting set", until=second, until_time=time(11))
    services.merging.merge(one.id, two.id)
    assert [plan.date for plan in state(services, one.id).plans if plan.kind is PlanKind.MEETING] == [first, second]
    services.log.move(one.id, date(2026, 11, 26))
    clock.at("2026-11-26T14:00")
    services.log.answer(one.id, "cancelled")
    assert [plan.date for plan in state(services, one.id).plans if plan.kind is PlanKind.MEETING] == [second]
    assert failed(services) == []


def test_referrals_follow_both_ways(services):
    """Whom the other named, and who named the other, now say the one who stays; nobody refers themselves."""
    boss, one = add(services, "Boss"), add(services, "Ann Lee")
    two, _ = services.referrals.refer(boss.id, ProspectDraft(name="Anne Lee", phone="+49 30 1"))
    named, _ = services.referrals.refer(two.id, ProspectDraft(name="Cy", phone="+49 30 2"))
    self, _ = services.referrals.refer(one.id, ProspectDraft(name="Ann", phone="+49 30 3"))
    log(services, two.id, "won")
    services.merging.merge(one.id, two.id)
    assert person(services, one.id).referred_by == boss.id
    assert person(services, named.id).referred_by == one.id
    assert [who.prospect.id for who in services.prospects.timeline(boss.id).referrals] == [one.id]
    assert state(services, one.id).referral_slots == 6
    services.merging.merge(one.id, self.id)
    assert person(services, one.id).referred_by == boss.id
    assert one.id not in [who.prospect.id for who in services.prospects.timeline(one.id).referrals]
    assert failed(services) == []


def test_a_merged_one_is_merged_again(services, path):
    """Strands within strands: the journal is still told to the same state, and all of it is undone at once."""
    keys = [
        add(services, f"Ann {n}", relation).id for n, relation in enumerate(("cold", "engaged", "pool", "customer"))
    ]
    for key in keys:
        log(services, key, "spoke")
    before = dump(path)
    services.merging.merge(keys[1], keys[0])
    services.merging.merge(keys[3], keys[1])
    services.merging.merge(keys[2], keys[3])
    assert failed(services) == []
    assert state(services, keys[2]).touches == 4
    services.undo.undo(3)
    assert dump(path) == before


def test_strands_of_one_name_stay_two(services, path):
    """A journal brought back from a file may hold a strand of an id that somebody else has here."""
    one, two, three = (add(services, name) for name in ("Ann", "Anne", "An"))
    for who in (one, two, three):
        log(services, who.id, "spoke")
    services.merging.merge(one.id, three.id)
    change(path, "UPDATE journal SET strand = ? WHERE strand = ?", two.id, three.id)
    change(path, "UPDATE journal SET event = replace(event, ?, ?) WHERE kind = 'merge'", three.id, two.id)
    assert failed(services) == []
    services.merging.merge(one.id, two.id)
    assert failed(services) == []
    assert state(services, one.id).touches == 3


def test_a_bad_mark_on_either_side_holds(services):
    """A number that was bad for one is bad for the person, and nothing is planned on it."""
    one, two = add(services, "Ann Lee", email=None), add(services, "Anne Lee")
    log(services, two.id, "bad detail")
    services.merging.merge(one.id, two.id)
    assert [(detail.kind, detail.bad) for detail in person(services, one.id).details] == [
        ("phone", True),
        ("email", False),
    ]
    assert state(services, one.id).good == {"email"}
    assert services.prospects.get(one.id).next_touch.channel == "email"


def test_the_stricter_answer_holds():
    """A no before a yes, whichever side it is on; of two alike the newer."""
    no, early, late = (Consent(given, date(2026, 11, day)) for given, day in ((False, 1), (True, 2), (True, 3)))
    assert [stricter(*two) for two in ((no, late), (late, no), (early, late), (late, early), (None, early))] == [
        *(no, no, late, late, early)
    ]
    assert stricter(None, None) is None


def test_a_touch_of_the_other_can_be_corrected(services):
    """What was logged wrong before the merge is told again in its own strand, and reaches the state."""
    one, two = add(services, "Ann Lee", "cold"), add(services, "Anne Lee", "cold")
    wrong = log(services, two.id, "no answer").touch.id
    log(services, one.id, "no answer")
    services.merging.merge(one.id, two.id)
    assert (state(services, one.id).relation, state(services, one.id).attempts) == ("cold", 2)
    services.log.correct(wrong, outcome=Outcome.SPOKE)
    assert (state(services, one.id).relation, state(services, one.id).attempts) == ("engaged", 1)
    assert failed(services) == []


def test_complete_exports_carry_merges(services, path, tmp_path, clock):
    """JSON out and in gives the same person with the same strands, and life goes on."""
    one, two = add(services, "Ann Lee"), add(services, "Anne Lee", email="x@lee.example", phone="+49 30 7777777")
    log(services, two.id, "spoke")
    services.merging.merge(one.id, two.id)
    file = tmp_path / "all.json"
    services.exchange.export(file)
    other = open_at(tmp_path / "other.db", clock)
    view, _ = other.exchange.import_files([file])
    assert [report.rejected for report in view.files] == [()]
    assert failed(other) == []
    assert person(other, one.id).state == person(services, one.id).state
    assert touched(other, one.id).total() == 1
    document = json.loads(file.read_text())
    for entry in document["prospects"][0]["journal"]:
        entry["strand"] = entry["strand"] and "elsewhere"
    file.write_text(json.dumps(document))
    again = open_at(tmp_path / "again.db", clock)
    view, _ = again.exchange.import_files([file])
    assert "no strand" in view.files[0].rejected[0].why
    again.close()
    other.close()


def test_who_cannot_be_merged(services):
    """Oneself, nobody, a field that is none: one line, nothing written."""
    one = add(services, "Ann Lee")
    before = dump(services.path)
    with pytest.raises(UsageError, match="themselves"):
        services.merging.merge(one.id, one.id)
    with pytest.raises(NothingFound):
        services.merging.merge(one.id, "zzzz")
    with pytest.raises(UsageError, match="no field “shoe”"):
        services.merging.preview(one.id, one.id, {"shoe": "a"})
    assert dump(services.path) == before


def test_erasing_the_kept_one_erases_both(services, path):
    """Nothing of the merged record is left, in the undo history neither."""
    one, two = add(services, "Ann Lee"), add(services, "Zebulon Quirk", email="zeb@quirk.example")
    log(services, two.id, note="a zebra")
    services.merging.merge(one.id, two.id)
    services.prospects.erase(one.id)
    text = path.read_bytes()
    assert [word for word in (b"Zebulon", b"zebra", b"zeb@quirk") if word in text] == []


@pytest.mark.parametrize("seed", range(MERGES))
def test_any_two_histories_lose_nothing(path, clock, seed):
    """Touches, details and tags are those of both; the invariant and the replay hold; undo and redo are exact."""
    dice = random.Random(seed)
    services = open_at(path, clock, CONFIG)
    relations = ("cold", "engaged", "nurture", "customer", "pool")
    people_ids = []
    for number in range(4):
        facts = {"mobile": "+49 151 1234567"} if dice.random() < 0.5 else {"email": f"p{number}@lee.example"}
        tags = tuple(dice.sample(("a", "b", "c"), 2))
        people_ids.append(add(services, f"P{number}", dice.choice(relations), tags=tags, **facts).id)
    for _ in range(40):
        clock.pass_(hours=dice.choice((0, 1, 7, 25, 72)))
        try:
            act(services, dice, people_ids)
        except FollowupError:
            continue
    while len(people_ids) > 1:
        one, two = dice.sample(people_ids, 2)
        before = dump(path)
        touches = touched(services, one, two)
        both = [person(services, one), person(services, two)]
        course = dice.choice(("a", "b"))
        shown = services.merging.preview(one, two, {"cadence": course})
        done, _ = services.merging.merge(one, two, {"cadence": course})
        after = dump(path)
        kept = person(services, one)
        assert (shown.next_touch, shown.relation) == (services.prospects.get(one).next_touch, done.relation)
        assert touched(services, one) == touches
        assert {(d.kind, d.key) for d in kept.details} == {(d.kind, d.key) for who in both for d in who.details}
        assert set(kept.tags) == {tag for who in both for tag in who.tags}
        assert failed(services) == []
        services.undo.undo()
        assert dump(path) == before
        services.undo.redo()
        assert dump(path) == after
        people_ids.remove(two)
        for _ in range(6):
            clock.pass_(hours=dice.choice((1, 25, 72)))
            try:
                act(services, dice, people_ids)
            except FollowupError:
                continue
        assert failed(services) == []
    services.close()


def test_the_morning_after(services):
    """Logging goes on as ever: the merged person's next touch is on today's plan and can be made."""
    one, two = add(services, "Ann Lee"), add(services, "Anne Lee")
    services.merging.merge(one.id, two.id)
    assert services.prospects.get(one.id).next_touch.date == MONDAY
    log(services, one.id)
    assert failed(services) == []
