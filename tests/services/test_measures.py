"""A small known history gives exactly these measures (domain §14)."""

from __future__ import annotations

from datetime import date, time

import pytest

from followup_tui.domain import model
from followup_tui.errors import FollowupError
from followup_tui.services import counting
from followup_tui.services.views import ProspectDraft
from tests.factories import add, log, open_at


def measured(services, since: date | None = None) -> dict:
    return {one.name: one for one in services.measures.stats(since).measures}


def parts(measure) -> dict:
    """Return what each part came to: its share and from how many."""
    return {one.name: (None if one.value is None else round(one.value, 2), one.n) for one in measure.groups}


@pytest.fixture
def lived(services, clock):
    """Four people over four days: tried, answered, won with a referral, closed unanswered, come to us."""
    clock.at("2026-11-02T09:00")
    ann, bo = add(services, "Ann").id, add(services, "Bo").id
    log(services, ann, "left voicemail", "phone", value="checklist")
    log(services, ann, "sent", "email")
    log(services, bo, "no answer", "phone")
    clock.at("2026-11-03T14:00")
    log(services, ann, "replied", "email", inbound=True)
    log(services, ann, "spoke", "phone", value="Checklist")
    log(services, bo, "no answer", "phone")
    log(services, bo, "bad detail", "phone")
    clock.at("2026-11-10T10:00")
    log(services, ann, "won", "phone")
    services.referrals.refer(ann, ProspectDraft(name="Cy", phone="+49 30 901821"))
    services.prospects.close([bo], "no benefit")
    eve = add(services, "Eve", None, inbound=True).id
    clock.at("2026-11-10T10:04")
    log(services, eve, "spoke", "phone")
    add(services, "Fay", None, inbound=True)
    clock.at("2026-11-23T09:00")
    return services


def test_persistence_counts_as_the_domain_does(lived):
    """A companion counts with its step, a bad detail not at all; who was left unanswered after two was left early."""
    found = measured(lived)
    attempts = found["attempts_per_prospect"]
    assert (attempts.value, attempts.n, attempts.source) == (pytest.approx(6 / 3), 3, "S4, S1")
    assert [(one.value, one.source) for one in attempts.references] == [(1.3, "S4"), (2, "S1"), (12, "S1")]
    assert parts(attempts)["3 attempts"] == (0.33, 1)
    assert (found["calls_per_prospect"].value, found["calls_per_prospect"].n) == (2.0, 3)
    early = found["given_up_after_3"]
    assert (early.value, early.n, early.enough) == (1.0, 1, False)


def test_a_touch_is_answered_by_a_response_or_by_their_next(lived):
    """Ann's reply answers the e-mail right before it; spoke and won answer themselves; a bad detail is no touch."""
    found = measured(lived)
    assert (found["response_rate"].value, found["response_rate"].n) == (pytest.approx(4 / 7), 7)
    assert parts(found["response_by_channel"]) == {"phone": (0.5, 6), "email": (1.0, 1)}
    assert parts(found["response_by_hour"]) == {"09:00": (0.33, 3), "10:00": (1.0, 2), "14:00": (0.5, 2)}
    assert parts(found["response_by_weekday"]) == {"Monday": (0.33, 3), "Tuesday": (0.75, 4)}
    assert parts(found["response_by_value"]) == {"Checklist": (0.5, 2)}
    assert found["response_by_template"].value is None
    assert not any(one.enough for one in found["response_by_channel"].groups)


def test_an_answer_after_two_weeks_answers_nothing(services, clock):
    """Fourteen days count, fifteen not; one reply answers one touch."""
    clock.at("2026-11-02T09:00")
    soon, late = add(services, "Soon").id, add(services, "Late").id
    for who in (soon, late):
        log(services, who, "no answer", "phone")
        log(services, who, "left voicemail", "phone")
    clock.at("2026-11-16T08:59")
    log(services, soon, "left message", "phone", inbound=True)
    log(services, soon, "replied", "email", inbound=True)
    clock.at("2026-11-17T09:00")
    log(services, late, "replied", "email", inbound=True)
    assert parts(measured(services)["response_by_channel"]) == {"phone": (0.25, 4)}


def test_wins_referrals_and_the_first_contact(lived):
    """Won on the third attempt, one name given; four minutes until who came was called, and one still waits."""
    found = measured(lived)
    won = found["wins_from_5th_touch"]
    assert (won.value, won.n) == (0.0, 1)
    assert parts(won) == {"touch 1": (0.0, 0), "touch 2": (0.0, 0), "touch 3": (1.0, 1)}
    assert (found["referrals_per_win"].value, found["referrals_per_win"].n) == (1.0, 1)
    speed = found["speed_to_first_contact"]
    assert (speed.value, speed.n) == (4.0, 1)
    assert "1 still wait" in speed.note
    assert parts(speed) == {"within 5 minutes": (1.0, 1)}
    assert parts(found["why_not"]) == {"no benefit": (1.0, 1)}
    assert (found["lines_in_the_water"].value, found["lines_in_the_water"].references[0].value) == (4.0, 100)


def test_since_counts_what_happened_since(lived):
    """From the tenth on: the win is still the third attempt, what came before is not counted, undone things never."""
    found = measured(lived, date(2026, 11, 10))
    assert (found["attempts_per_prospect"].value, found["attempts_per_prospect"].n) == (1.0, 2)
    assert parts(found["wins_from_5th_touch"])["touch 3"] == (1.0, 1)
    assert parts(found["response_by_hour"]) == {"10:00": (1.0, 2)}
    later = measured(lived, date(2026, 11, 11))
    assert later["response_rate"].n == later["wins_from_5th_touch"].n == later["why_not"].n == 0
    log(lived, lived.prospects.resolve("Cy"))
    assert measured(lived, date(2026, 11, 11))["response_rate"].n == 1
    lived.undo.undo()
    assert measured(lived, date(2026, 11, 11))["response_rate"].n == 0


def test_spans_add_up(lived, monkeypatch):
    """Counted entry by entry it is what it is counted at once: wins, replies and people cross the borders."""
    at_once = lived.measures.stats()
    monkeypatch.setattr(counting, "SPAN", 1)
    assert lived.measures.stats() == at_once
    assert lived.measures.stats(date(2026, 11, 3)).measures != at_once.measures


def test_momentum_is_lost_and_saved(services, clock):
    """Two due, one of them three days over: what tomorrow costs and what is lost; an ended day tells what it kept."""
    clock.at("2026-11-20T09:00")
    late = add(services, "Late").id
    clock.at("2026-11-23T09:00")
    add(services, "Due")
    services.days.begin()
    found = measured(services)
    assert found["momentum_at_risk"].value == pytest.approx(0.1 + 0.0729)
    assert (found["momentum_at_risk"].n, found["momentum_lost"].n) == (2, 1)
    assert found["momentum_lost"].value == pytest.approx(1 - 0.729)
    assert found["momentum_saved"].value is None
    log(services, late)
    services.days.close()
    saved = measured(services)["momentum_saved"]
    assert (saved.value, saved.n) == (pytest.approx(0.0729), 1)


def test_a_year_of_days_tells_records_from_touches(services, clock):
    """A day that was looked at and kept, one missed, one in part, one known by its touches alone, and the streak."""
    clock.at("2026-11-16T09:00")
    people = [add(services, f"P{turn}").id for turn in range(4)]
    log(services, people[0], "left voicemail", "phone", note="not looked at")
    for day, done in ((17, 4), (18, 0), (19, 1)):
        clock.at(f"2026-11-{day}T09:00")
        for who in people:
            services.log.move(who, date(2026, 11, day))
        services.days.begin()
        for who in people[:done]:
            log(services, who)
    clock.at("2026-11-20T09:00")
    found = measured(services)
    days = parts(found["days_kept"])
    assert days["2026-11-16"] == (None, 1)
    assert days["2026-11-17"] == (1.0, 4)
    assert days["2026-11-18"] == (0.0, 0)
    assert days["2026-11-19"] == (0.25, 1)
    assert "2026-11-15" not in days  # a Sunday without a touch
    assert (found["days_kept"].value, found["days_kept"].n) == (pytest.approx(1 / 3), 3)
    assert found["streak"].value == services.days.streak().days


def test_promises_of_the_span(services, clock):
    """One kept, one not; since the later one only that one counts."""
    who = add(services).id
    log(services, who, "call back", until=date(2026, 11, 24), until_time=time(10))
    clock.at("2026-11-24T10:05")
    log(services, who, "call back", until=date(2026, 11, 26), until_time=time(10))
    clock.at("2026-11-26T16:00")
    log(services, who, "spoke")
    kept = measured(services)["promises_kept"]
    assert (kept.value, kept.n) == (0.5, 2)
    assert measured(services, date(2026, 11, 24))["promises_kept"].n == 2
    later = services.insights.promises_to([who], date(2026, 11, 25))
    assert (later.value, later.n) == (0.0, 1)


def test_templates_are_looked_over_for_words_and_contact(services, clock):
    """Of three touches written from templates two are short enough, and the same two can be answered."""
    from followup_tui.services.views import TemplateDraft

    services.templates.add(TemplateDraft(name="Short", body="Call me? {my_phone}"))
    services.templates.add(TemplateDraft(name="Long", body="word " * 90))
    who = add(services).id
    for template in ("Short", "Short", "Long"):
        log(services, who, "sent", "email", template=template)
    found = measured(services)
    assert [(found[name].value, found[name].n) for name in ("words", "contact_information")] == [
        (pytest.approx(2 / 3), 3)
    ] * 2
    assert parts(found["response_by_template"]) == {"Short": (0.0, 2), "Long": (0.0, 1)}


def test_an_empty_database_says_what_will_be_here(services):
    """Nothing is counted from nothing; each measure without a value names how to get one; weeks ahead are shown."""
    told = []
    view = services.measures.stats(tell=told.append)
    assert len({one.name for one in view.measures}) == len(view.measures) == sum(len(one.measures) for one in told)
    for one in view.measures:
        assert one.source
        assert one.n == 0
        assert one.value is not None or one.empty, one.name
    assert len(view.measures[-1].groups) == 8


def test_counting_can_be_ended(lived):
    """Whoever leaves the screen ends it."""
    with pytest.raises(FollowupError, match="cancelled"):
        lived.measures.stats(progress=lambda what, done, of: what != "touches")
    with pytest.raises(FollowupError, match="cancelled"):
        lived.measures.stats(progress=lambda what, done, of: what != "the weeks ahead")


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/New_York"])
def test_hours_are_those_of_the_users_clock(path, clock, zone):
    """Nine forty in Berlin is ten past two in Kolkata, and three at night in New York: the day before."""
    from dataclasses import replace

    from tests.factories import CONFIG

    clock.at("2026-11-23T09:40")
    services = open_at(path, clock, replace(CONFIG, zone=zone))
    log(services, add(services).id)
    found = measured(services)
    hour, day = {"Asia/Kolkata": ("14:00", "2026-11-23"), "America/New_York": ("03:00", "2026-11-22")}[zone]
    assert parts(found["response_by_hour"]) == {hour: (0.0, 1)}
    assert parts(found["days_kept"])[day] == (None, 1)
    services.close()


def test_every_outcome_is_counted_or_left_out_by_its_kind(services):
    """What the domain calls no attempt is not in the statements either."""
    from followup_tui.storage import measuring

    left_out = {one.value for one in model.Outcome if one.kind is model.OutcomeKind.NONE}
    assert {name.strip("' ") for name in measuring._NO_TOUCH.split(",")} == left_out
