"""A touch logged wrong is corrected: the journal is told again with it as it was (domain §4)."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_tui.domain.model import Outcome
from followup_tui.domain.workdays import plus_days
from followup_tui.errors import FollowupError, NothingFound, UsageError
from followup_tui.services.views import LogDraft, ProspectDraft
from tests.factories import BERLIN, Clock, add, dump, failed, log, open_at

OUTCOMES = [outcome for outcome in Outcome if outcome is not Outcome.SKIP]


def touches(services, who: str):
    return services.prospects.timeline(who).timeline


def test_another_outcome_moves_the_dates_and_one_undo_takes_it_back(services, path):
    """Spoke instead of voicemail: the counters and the plan are what they had been, had it been logged so."""
    who = add(services, relation="cold").id
    touch = log(services, who).touch
    before = dump(path)
    view, changes = services.log.correct(touch.id, outcome=Outcome.SPOKE, note="with Bob")
    assert (view.touch.outcome, view.touch.note) == ("spoke", "with Bob")
    person = services.prospects.get(who)
    assert (person.relation, person.attempts) == ("engaged", 0)
    assert "cold → engaged" in view.explanation
    assert "attempts 1 → 0" in view.explanation
    assert (changes.name, view.undo) == ("Correct phone, spoke · Ann Lee", changes.name)
    assert failed(services) == []
    services.undo.undo()
    assert dump(path) == before


def test_a_dry_run_shows_the_dates_and_writes_nothing(services, path):
    """What is shown before is what happens."""
    who = add(services, relation="cold").id
    touch = log(services, who).touch
    before = dump(path)
    tried, changes = services.log.correct(touch.id, outcome=Outcome.DEFINITE_NO, dry_run=True)
    gone, _ = services.log.remove(touch.id, dry_run=True)
    assert dump(path) == before
    assert (changes.change, tried.undo) == (0, "")
    assert (tried.after, tried.touch.outcome) == (None, "definite no")
    assert "phone on Wed 25 Nov → nothing planned" in tried.explanation
    assert "phone on Wed 25 Nov → phone on Mon 23 Nov" in gone.explanation
    done, _ = services.log.correct(touch.id, outcome=Outcome.DEFINITE_NO)
    assert (done.before, done.after, done.explanation) == (tried.before, tried.after, tried.explanation)


def test_removing_a_touch_is_as_if_it_had_never_been(services, path):
    """State and plan are those before it; the undo brings the entry back with its id."""
    who = add(services, relation="cold").id
    before = dump(path)
    touch = log(services, who).touch
    after = dump(path)
    view, changes = services.log.remove(touch.id)
    assert dump(path) == before
    assert (view.touch.id, changes.name) == (touch.id, "Remove phone, left voicemail · Ann Lee")
    services.undo.undo()
    assert dump(path) == after
    services.undo.redo()
    with pytest.raises(NothingFound):
        services.log.remove(touch.id)


def test_later_touches_find_their_step_again(services, clock):
    """Without the first touch the second one was the first step; its companion follows it."""
    who = add(services).id
    first = log(services, who, value="a brochure").touch
    clock.at("2026-11-25T09:00")
    log(services, who, "sent", "email")
    clock.at("2026-11-30T09:00")
    log(services, who)
    assert [touch.step for touch in touches(services, who)] == [1, 2, 3]
    services.log.remove(first.id)
    assert [touch.step for touch in touches(services, who)] == [1, 2]
    assert failed(services) == []
    services.undo.undo()
    services.log.correct(first.id, channel="email", outcome=Outcome.SENT)
    assert [touch.step for touch in touches(services, who)] == [1, 2, 3]
    assert failed(services) == []


def test_a_companion_follows_the_touch_it_accompanied(services):
    """The e-mail after a call that was none is the step itself."""
    who = add(services).id
    call = log(services, who).touch
    mail = log(services, who, "sent", "email").touch
    assert touches(services, who)[1].companion_of == call.id
    services.log.remove(call.id)
    assert [(one.id, one.step, one.companion_of) for one in touches(services, who)] == [(mail.id, 1, None)]
    assert failed(services) == []


def test_the_time_can_be_corrected_but_not_into_the_future(services, clock):
    """The order of the journal stays; what is older than what was written before moves no date."""
    who = add(services).id
    clock.at("2026-11-24T09:00")
    touch = log(services, who).touch
    yesterday = clock.now - timedelta(hours=22)
    view, _ = services.log.correct(touch.id, at=yesterday)
    assert view.touch.at == yesterday
    assert services.prospects.get(who).next_touch.date == date(2026, 11, 25)
    assert failed(services) == []
    services.log.correct(touch.id, at=clock.now - timedelta(days=30))
    assert services.prospects.get(who).next_touch.step == 1
    assert failed(services) == []
    with pytest.raises(UsageError, match="future"):
        services.log.correct(touch.id, at=clock.now + timedelta(minutes=5))


def test_what_becomes_impossible_is_named_and_nothing_is_saved(services, path, clock):
    """An answer to a question nobody asked then: one line with its day."""
    who = add(services).id
    touch = log(services, who, "not now").touch
    clock.at("2026-11-24T09:00")
    services.log.answer(who, "yes")
    before = dump(path)
    with pytest.raises(FollowupError, match=r"the answer “yes” of Tue 24 Nov would be impossible") as caught:
        services.log.correct(touch.id, outcome=Outcome.SPOKE)
    assert "nothing was changed" in str(caught.value)
    assert dump(path) == before
    with pytest.raises(FollowupError, match="it would be impossible"):
        services.log.correct(touch.id, outcome=Outcome.NO_SHOW)
    with pytest.raises(FollowupError, match="it would be impossible"):
        services.log.correct(touch.id, outcome=Outcome.SKIP)


def test_a_bad_detail_logged_by_mistake_is_good_again(services):
    """The mark on the number goes with the outcome that made it, and comes with it."""
    who = add(services).id
    touch = log(services, who, "bad detail").touch
    assert services.prospects.get(who).bad_details == ("+49 30 901820",)
    services.log.correct(touch.id, outcome=Outcome.NO_ANSWER)
    assert services.prospects.get(who).bad_details == ()
    services.log.correct(touch.id, outcome=Outcome.BAD_DETAIL)
    assert services.prospects.get(who).bad_details == ("+49 30 901820",)
    services.log.remove(touch.id)
    assert services.prospects.get(who).bad_details == ()
    assert failed(services) == []


def test_dates_and_directions_follow_the_outcome(services):
    """A meeting that was none leaves no date behind; they wrote when it says replied; a call back needs its day."""
    who = add(services).id
    touch = log(services, who, "meeting set", until=date(2026, 11, 27), until_time=time(10)).touch
    services.log.correct(touch.id, outcome=Outcome.SPOKE)
    assert services.prospects.get(who).next_touch.kind == "step"
    assert touches(services, who)[0].promise is None
    services.log.correct(touch.id, outcome=Outcome.REPLIED)
    assert touches(services, who)[0].direction == "inbound"
    assert services.prospects.get(who).next_touch.kind == "answer"
    services.log.correct(touch.id, outcome=Outcome.LEFT_VOICEMAIL)
    assert touches(services, who)[0].direction == "outbound"
    with pytest.raises(FollowupError):
        services.log.correct(touch.id, outcome=Outcome.CALL_BACK)
    services.log.correct(touch.id, outcome=Outcome.CALL_BACK, until=date(2026, 11, 26), until_time=time(15))
    assert services.prospects.get(who).next_touch.kind == "promise"
    assert failed(services) == []


def test_words_alone_move_nothing(services, path):
    """Note, value and sentiment are corrected without a date; the same again is no change."""
    who = add(services).id
    touch = log(services, who, note="x", sentiment="good").touch
    standing = dump(path)["standing"]
    view, _ = services.log.correct(touch.id, note="two\nlines", value=" a  card ", sentiment="")
    assert (view.touch.note, view.touch.value, view.touch.sentiment) == ("two\nlines", "a  card", None)
    assert dump(path)["standing"] == standing
    assert services.log.correct(touch.id, note="two\nlines")[1].change == 0
    assert "the next touch stays" in view.explanation
    assert failed(services) == []
    with pytest.raises(UsageError):
        services.log.correct(touch.id, sentiment="great")


@pytest.mark.parametrize("touch", ["99", "x", "", "1", "-1", "٣", "9" * 40, "##1"])
def test_only_touches_can_be_corrected(services, touch):
    """An id nobody has, or of an entry that is no touch, is nothing found."""
    add(services)
    with pytest.raises(NothingFound):
        services.log.correct(touch, note="x")
    with pytest.raises(NothingFound):
        services.log.remove(touch)


def test_a_note_in_the_toast_does_not_reach_behind_a_correction(services, path):
    """The undo step of the log is older than the correction: words added to it now would be torn apart by undo."""
    who = add(services).id
    logged = log(services, who)
    services.log.correct(logged.touch.id, outcome=Outcome.SPOKE)
    with pytest.raises(NothingFound):
        services.log.amend(logged.change, note="late")
    services.undo.undo()
    with pytest.raises(NothingFound):
        services.log.amend(logged.change, note="late")
    assert failed(services) == []


acts = st.one_of(
    st.tuples(st.just("log"), st.sampled_from(OUTCOMES), st.sampled_from(["phone", "email", "text"])),
    st.tuples(st.just("skip")),
    st.tuples(st.just("move"), st.integers(0, 9)),
    st.tuples(st.just("pause"), st.integers(1, 9)),
    st.tuples(st.just("answer"), st.integers(0, 5)),
    st.tuples(st.just("edit"), st.sampled_from(["+4915112345", ""])),
    st.tuples(st.just("wait"), st.integers(1, 20)),
)


def act(services, who: str, clock: Clock, what: tuple) -> None:
    """Do one random thing; what is impossible is left out."""
    clock.pass_(minutes=7)
    day = plus_days(services.local_today(), what[1] if len(what) > 1 and isinstance(what[1], int) else 3)
    try:
        match what[0]:
            case "log":
                until = (day, time(11)) if what[1].asks_when else (None, None)
                draft = LogDraft(what[2], what[1], until=until[0], until_time=until[1], reason="x", force=True)
                services.log.log(who, draft)
            case "skip":
                services.log.skip(who)
            case "move":
                services.log.move(who, day)
            case "pause":
                services.log.pause(who, day)
            case "answer":
                asked = services.log.decision(who)
                if asked:
                    choice = asked.choices[what[1] % len(asked.choices)].choice
                    services.log.answer(who, choice, until=day, cadence="Twelve")
            case "edit":
                services.prospects.edit(who, ProspectDraft(mobile=what[1]))
            case "wait":
                clock.pass_(days=what[1])
    except FollowupError:
        pass


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(acts, min_size=2, max_size=12), st.data())
def test_any_correction_keeps_every_promise(template, story, data):
    """After a random story any touch is corrected or removed: doctor is content, and undo gives the exact rows."""
    folder = Path(tempfile.mkdtemp())
    path, clock = folder / "followup.db", Clock()
    shutil.copyfile(template, path)
    path.chmod(0o600)
    services = open_at(path, clock)
    who = add(services, relation=data.draw(st.sampled_from(["cold", "engaged"])), mobile="+49151777").id
    for what in story:
        act(services, who, clock, what)
    logged = [touch.id for touch in touches(services, who)]
    before = dump(path)
    for touch in logged[:4]:
        outcome = data.draw(st.none() | st.sampled_from(OUTCOMES))
        until = plus_days(date(2026, 11, 23), data.draw(st.integers(0, 200)))
        at = data.draw(st.none() | st.integers(0, 40).map(lambda days: clock.now - timedelta(days=days)))
        refused, changes = "", None
        try:
            if outcome is None:
                _, changes = services.log.remove(touch)
            else:
                asked = until if outcome.asks_when else None
                _, changes = services.log.correct(touch, outcome=outcome, channel="email", at=at, until=asked)
        except FollowupError as error:
            refused = str(error)
        if refused:
            assert "impossible" in refused
        elif changes.change:
            assert failed(services) == []
            services.undo.undo()
        assert dump(path) == before
    services.close()
    shutil.rmtree(folder)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(OUTCOMES[:5] + OUTCOMES[8:10]),
    st.sampled_from(OUTCOMES[:5]),
    st.lists(acts, max_size=5),
    st.booleans(),
)
def test_a_correction_is_what_would_have_been(template, wrong, right, story, late):
    """Logged wrong and corrected, at once or later, is the same as logged right in the first place."""
    told = []
    folder = Path(tempfile.mkdtemp())
    for number, outcome in enumerate((wrong, right)):
        path, clock = folder / f"{number}.db", Clock()
        shutil.copyfile(template, path)
        path.chmod(0o600)
        services = open_at(path, clock)
        who = add(services, mobile="+49151777").id
        touch = log(services, who, outcome).touch
        if number == 0 and not late:
            services.log.correct(touch.id, outcome=right)
        for what in story:
            act(services, who, clock, what)
        if number == 0 and late:
            with contextlib.suppress(FollowupError):
                services.log.correct(touch.id, outcome=right)
        tables = dump(path, ("standing", "journal"))
        told.append([[row[6] for row in tables["journal"]], tables["standing"][0][1:]])
        services.close()
    shutil.rmtree(folder)
    if told[0][0] == told[1][0]:
        assert told[0][1] == told[1][1]
    else:
        assert late, "the story could go another way only where it was told before the correction"


def test_times_keep_their_zone(services, clock):
    """A corrected time is shown in the user's zone."""
    who = add(services).id
    clock.at("2026-11-24T09:00")
    touch = log(services, who).touch
    view, _ = services.log.correct(touch.id, at=clock.now - timedelta(hours=1))
    assert view.touch.at.astimezone(BERLIN).hour == 8
