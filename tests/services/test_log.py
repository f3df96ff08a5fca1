"""Logging: what the preview says is what the act does, and every option keeps to the rules (domain §4)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from followup_tui.domain.decisions import CHOICES
from followup_tui.domain.model import Outcome, PlanKind, Question, Relation, State
from followup_tui.errors import FollowupError, NothingFound, UsageError
from followup_tui.services.views import LogDraft, OutcomeView, ProspectDraft
from followup_tui.storage import settings
from tests.factories import BERLIN, MONDAY, add, dump, failed, log, open_at, planned, plant, slots

RELATIONS = [str(relation) for relation in Relation]
TIMES = {Outcome.CALL_BACK: (date(2026, 11, 26), time(10)), Outcome.MEETING_SET: (date(2026, 11, 27), time(14))}
THURSDAY = date(2026, 11, 26)


def in_relation(services, relation: str) -> str:
    """Return somebody in this relation; closed and do not contact as they come about."""
    if relation in ("closed", "do not contact"):
        who = add(services, relation=None).id
        log(services, who, "definite no" if relation == "closed" else "do not contact")
        return who
    return add(services, relation=relation).id


def said(view: OutcomeView) -> tuple:
    return view.next_touch, view.relation, view.explanation


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("channel", ["phone", "email", "in person"])
def test_the_act_does_what_the_preview_said(services, relation, channel):
    """For every outcome, from every relation: date, channel, step, relation, attempts left and words (§4)."""
    who = in_relation(services, relation)
    compared = 0
    for outcome in Outcome:
        until, until_time = TIMES.get(outcome, (None, None))
        shown = services.log.preview(who, channel=channel, until=until, until_time=until_time)
        offered = {one.outcome: one for one in shown.outcomes}
        if outcome is Outcome.SKIP:
            assert outcome.value not in offered
            continue
        view = offered[outcome.value]
        draft = LogDraft(channel, outcome, until=until, until_time=until_time, force=True, reason="asked us")
        if view.explanation.startswith("no-show needs a meeting"):
            with pytest.raises(UsageError, match="needs a meeting"):
                services.log.log(who, draft)
            continue
        done, changes = services.log.log(who, draft)
        after = done.prospect
        assert said(view) == (done.after, after.relation, done.explanation)
        left = None if after.attempts_limit is None else max(0, after.attempts_limit - after.attempts)
        assert view.attempts_left == left
        assert changes.prospects == {who}
        compared += 1
        services.undo.undo()
    assert compared >= 12


OPTIONS = {
    "a shift": {"shift": 2},
    "an earlier shift": {"shift": -1},
    "an own date": {"until": THURSDAY},
    "a promise": {"until": THURSDAY, "until_time": time(10)},
    "back-dated": {"at": datetime(2026, 11, 20, 11, tzinfo=BERLIN)},
    "an hour ago": {"at": datetime(2026, 11, 23, 8, tzinfo=BERLIN)},
    "not the step": {"completes": False},
    "the step": {"completes": True},
    "inbound": {"inbound": True},
}


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("outcome", ["left voicemail", "spoke", "replied"])
def test_the_act_does_what_the_preview_said_with_options(services, clock, option, outcome):
    """Options change preview and act alike, due today and not due yet."""
    who = add(services).id
    for _ in range(2):
        shown = {one.outcome: one for one in services.log.preview(who, channel="phone", **OPTIONS[option]).outcomes}
        done = log(services, who, outcome, **OPTIONS[option])
        assert said(shown[outcome]) == (done.after, done.prospect.relation, done.explanation)
        assert failed(services) == []
        services.undo.undo()
        log(services, who)


def test_a_shift_moves_the_next_date(services):
    """`+` before saving moves the date that comes, by so many days (interface §3)."""
    who = add(services).id
    plain = log(services, who).after
    services.undo.undo()
    assert log(services, who, shift=2).after.date == plain.date + timedelta(days=2)


def test_a_time_makes_a_promise_and_a_day_alone_an_own_date(services):
    """`until` without a time is the user's own date of the step; with a time it was told to the prospect (§4)."""
    who = add(services).id
    own = log(services, who, until=THURSDAY).after
    assert (own.kind, own.date, own.fixed) == ("step", THURSDAY, False)
    services.undo.undo()
    told = log(services, who, until=THURSDAY, until_time=time(10))
    assert (told.after.kind, told.after.date, told.after.time, told.after.fixed) == (
        "promise",
        THURSDAY,
        time(10),
        True,
    )
    assert told.touch.promise == "2026-11-26T10:00"


def test_the_future_is_refused(services, path):
    """A touch can't have happened yet; a past promise can't be kept (§4)."""
    who = add(services).id
    before = dump(path)
    with pytest.raises(UsageError, match="future"):
        log(services, who, at=datetime(2026, 11, 23, 9, 2, tzinfo=BERLIN))
    with pytest.raises(UsageError, match="future"):
        services.log.preview(who, at=datetime(2026, 12, 23, tzinfo=BERLIN))
    with pytest.raises(UsageError, match="past"):
        log(services, who, "call back", until=date(2026, 11, 22))
    with pytest.raises(UsageError, match="needs a date"):
        log(services, who, "meeting set")
    assert dump(path) == before


def test_a_back_dated_touch_counts_and_moves_nothing(services):
    """Older than what the journal has: recorded, counted, no date moves (§4)."""
    who = add(services).id
    planned_next = log(services, who).after
    late = log(services, who, at=datetime(2026, 11, 20, 11, tzinfo=BERLIN))
    assert late.after == planned_next
    assert (late.prospect.attempts, late.prospect.touches) == (2, 2)
    assert [t.at.day for t in services.prospects.timeline(who).timeline] == [20, 23]
    assert late.prospect.last_touch.day == 23


def test_a_call_made_before_somebody_was_added_is_not_old(services, clock):
    """They were called at eight and added at nine: that call is the first step."""
    who = add(services).id
    done = log(services, who, at=datetime(2026, 11, 23, 8, tzinfo=BERLIN))
    assert (done.touch.step, done.after.step) == (1, 2)


@pytest.mark.parametrize("back", [{"hours": -1}, {"days": -1}, {"days": -400}])
def test_a_clock_set_back_makes_no_log_old(services, clock, back):
    """What is logged now is the newest, whatever the clock said before (R12)."""
    who = add(services).id
    clock.pass_(hours=2)
    log(services, who, "spoke")
    clock.pass_(**back)
    done = log(services, who, "spoke", completes=True)
    assert done.after.step == 3
    assert failed(services) == []


def test_do_not_contact_is_hard(services, path):
    """Nothing goes out without force and a reason; what they send is recorded; the preview does not pretend (§3)."""
    who = in_relation(services, "do not contact")
    before = dump(path)
    for options in ({}, {"force": True}, {"reason": "they asked"}, {"force": True, "reason": "  "}):
        with pytest.raises(FollowupError, match="asked not to be contacted"):
            log(services, who, "sent", "email", **options)
    assert dump(path) == before
    assert log(services, who, "replied", "email").touch.direction == "inbound"
    forced = log(services, who, "sent", "email", force=True, reason="they asked for the papers")
    assert forced.prospect.relation == "do not contact"
    assert forced.after is None
    assert forced.touch.reason == "they asked for the papers"


def test_do_not_contact_may_be_for_one_channel(services):
    """Asked not to be called, they may be written to; calling needs force and a reason (§10)."""
    who = add(services).id
    stopped = log(services, who, "do not contact", channel_only=True).prospect
    assert (stopped.relation, stopped.stopped_channels) == ("engaged", ("phone",))
    assert stopped.next_touch.channel == "email"
    with pytest.raises(FollowupError):
        log(services, who)
    assert log(services, who, "sent", "email").touch.channel == "email"


@pytest.mark.parametrize(("consent", "relation"), [(True, "nurture"), (False, "closed")])
def test_consent_given_at_once_needs_no_question(services, consent, relation):
    """*Not now* with the answer known records the consent and asks nothing (§10)."""
    who = add(services).id
    done = log(services, who, "not now", consent=consent, note="sure, write in spring")
    assert (done.prospect.relation, done.prospect.consent) == (relation, consent)
    assert services.log.decision(who) is None


def test_a_bad_detail_goes_to_the_next_channel(services):
    """The number is marked, the attempt not counted, the same step goes by e-mail (§4)."""
    who = add(services).id
    done = log(services, who, "bad detail")
    assert done.prospect.bad_details == ("+49 30 901820",)
    assert (done.prospect.attempts, done.after.step, done.after.channel) == (0, 1, "email")
    mended = services.prospects.edit(who, ProspectDraft(phone="+49 30 901821"))[0]
    assert (mended.bad_details, mended.next_touch.channel) == ((), "phone")
    assert failed(services) == []


def test_of_two_numbers_only_the_one_used_is_bad(services, tmp_path):
    """The first good one was called: it is marked, and the same step is a call to the other (§4)."""
    who = add(services).id
    (tmp_path / "more.csv").write_text("name,email,phone\nAnn Lee,ann@acme.example,+49 30 901821\n")
    services.exchange.import_files([tmp_path / "more.csv"])
    shown = next(one for one in services.log.preview(who).outcomes if one.outcome == "bad detail")
    done = log(services, who, "bad detail")
    assert done.prospect.bad_details == ("+49 30 901820",)
    assert (done.after, done.after.channel) == (shown.next_touch, "phone")
    assert done.explanation == shown.explanation == "the phone is marked bad; another one is left"
    done = log(services, who, "bad detail")
    assert done.prospect.bad_details == ("+49 30 901820", "+49 30 901821")
    assert done.after.channel == "email"
    assert failed(services) == []


def test_words_are_cleaned_as_they_enter(services):
    """Escape sequences and lone surrogates never reach the file; line breaks stay in a note only."""
    who = add(services, "Ann\x1b]52;c;aGk=\x07 \udcff Lee", why="a\nb").id
    done = log(services, who, note="one\r\ntwo\x1b[31m", value="x\ny", reason="\udcff")
    assert services.prospects.get(who).name == "Ann  Lee"
    assert (done.touch.note, done.touch.value, done.touch.reason) == ("one\ntwo", "x y", "")


def test_unknown_words_are_refused(services):
    """A sentiment, a channel or a cadence nobody knows is named, and nothing is written."""
    who = add(services).id
    for options in ({"sentiment": "great"}, {"channel": "pigeon"}):
        with pytest.raises(UsageError):
            log(services, who, **options)
    with pytest.raises(NothingFound):
        log(services, "nobody")
    assert services.prospects.get(who).touches == 0


def asking(question: Question) -> State:
    """Return somebody engaged to whom the app has this question."""
    enrolled = {"good": frozenset({"phone", "email", "address"}), "interacted": True}
    if question is Question.MEETING:
        return State(
            Relation.ENGAGED, plans=(planned("meeting", date(2026, 11, 20), time(10), "in person"),), **enrolled
        )
    relation = Relation.CUSTOMER if question is Question.PAUSE else Relation.ENGAGED
    return State(relation, plans=(planned("decision", MONDAY, channel=None, question=question),), **enrolled)


@pytest.mark.parametrize(
    ("question", "choice"), [(question, choice) for question, some in CHOICES.items() for choice in some]
)
def test_every_choice_of_every_question_can_be_answered(services, path, question, choice):
    """Each answer is offered with its consequence, does it, and is one undo step (§3)."""
    plant(services, "ann", asking(question))
    before = dump(path)
    decision = services.log.decision("ann")
    assert decision.question == question.value
    assert {one.choice for one in decision.choices} == {one.name for one in CHOICES[question]}
    assert decision.preselected in {one.choice for one in decision.choices}
    offered = next(one for one in decision.choices if one.choice == choice.name)
    needs = {"when": {"until": THURSDAY, "until_time": time(11)}, "cadence": {"cadence": "steady"}}
    done, changes = services.log.answer("ann", choice.key, **needs.get(choice.asks, {}))
    if choice.asks not in ("when", "cadence"):
        assert done.prospect.relation in offered.consequence or done.prospect.relation == decision_relation(question)
        if done.after is not None and done.after.kind != "decision":
            assert str(done.after.date.day) in offered.consequence
    after = services.log.decision("ann")
    assert after is None or after.question != decision.question
    assert len(services.undo.history()) == 2
    assert changes.prospects == {"ann"}
    services.undo.undo()
    assert dump(path) == before


def decision_relation(question: Question) -> str:
    return "customer" if question is Question.PAUSE else "engaged"


@pytest.mark.parametrize("choice", ["own date", "enrol"])
def test_an_answer_that_lacks_something_asks_for_it(services, path, choice):
    """An own date needs the date, another cadence its name; nothing is written without."""
    plant(services, "ann", asking(Question.WHAT_NEXT))
    before = dump(path)
    with pytest.raises(UsageError, match="which"):
        services.log.answer("ann", choice)
    with pytest.raises(UsageError, match="does not answer"):
        services.log.answer("ann", "perhaps")
    with pytest.raises(UsageError, match="no decision"):
        services.log.answer(add(services, "Bob").id, "close")
    services.undo.undo()
    assert dump(path) == before


def test_a_held_meeting_is_a_touch(services):
    """Held and no-show belong into the timeline; what came of it is asked next (§4)."""
    plant(services, "ann", asking(Question.MEETING))
    held = services.log.answer("ann", "held")[0]
    assert (held.touch.outcome, held.touch.channel, held.after.question) == ("spoke", "in person", "after meeting")
    services.undo.undo()
    missed = services.log.answer("ann", "no-show")[0]
    assert (missed.touch.outcome, missed.prospect.cadence) == ("no-show", "No-show")


def test_a_snooze_hides_today_only(services, clock):
    """Hidden until the time, the plan unchanged, never past the day's end, gone once something happens (§1)."""
    who = add(services).id
    planned_next = services.prospects.get(who).next_touch
    done = services.log.snooze(who)[0]
    assert (done.before, done.after) == (planned_next, planned_next)
    assert slots(services.today.plan()) == []
    clock.at("2026-11-23T09:59")
    assert slots(services.today.plan()) == []
    clock.at("2026-11-23T10:00")
    assert [slot.prospect.id for slot in slots(services.today.plan())] == [who]
    services.log.snooze(who, datetime(2026, 12, 1, 9, tzinfo=BERLIN))
    clock.at("2026-11-24T03:59")
    assert not slots(services.today.plan()) + list(services.today.plan().left_over)
    clock.at("2026-11-24T08:30")
    assert [slot.prospect.id for slot in slots(services.today.plan())] == [who]
    with pytest.raises(UsageError, match="later today"):
        services.log.snooze(who, clock.now)
    services.log.snooze(who)
    log(services, who, "no answer", completes=False)
    assert services.today.plan().totals.due == 1


def test_nothing_planned_cannot_be_snoozed_moved_or_skipped(services, path):
    """The pool and the paused have no next touch; each verb says so with the name."""
    pool = add(services, "Pia Pool", "pool").id
    paused = add(services, "Paul", "cold").id
    services.log.pause(paused)
    before = dump(path)
    for who in (pool, paused):
        with pytest.raises(UsageError):
            services.log.snooze(who)
    for act in (services.log.skip, lambda who: services.log.move(who, MONDAY), services.log.pause, services.log.resume):
        with pytest.raises(UsageError):
            act(pool)
    assert dump(path) == before


def test_a_pause_hides_and_resumes_by_its_rule(services, clock):
    """Paused until a date there is no next touch; on the date it is back by itself, with no write (§5)."""
    who = add(services).id
    log(services, who)
    services.log.pause(who, date(2026, 12, 7), "freeze")
    assert services.prospects.get(who).next_touch is None
    assert services.today.plan(date(2026, 11, 25)).totals.due == 0
    clock.at("2026-12-07T09:00")
    view = services.prospects.get(who)
    assert (view.paused, view.next_touch.date) == (False, date(2026, 12, 9))
    assert failed(services) == []


def test_services_work_in_any_thread(path):
    """Each thread has its own connection; sixteen at once read and write without trouble."""
    from concurrent.futures import ThreadPoolExecutor

    services = open_at(path)
    who = add(services).id
    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(log, services, who, "spoke", completes=True) for _ in range(16)]
        plans = [pool.submit(services.today.plan) for _ in range(16)]
        assert {future.result().undo for future in futures} == {"Log phone, spoke · Ann Lee"}
        assert all(plan.result().totals.prospects == 1 for plan in plans)
    assert services.prospects.get(who).step == 17
    assert failed(services) == []
    services.close()


def test_kinds_of_plans_are_those_of_the_domain():
    """The kinds that views hand out are the contract of interface §2."""
    assert {str(kind) for kind in PlanKind} == {"decision", "answer", "promise", "meeting", "step", "card", "own"}


def test_a_log_reads_nothing_twice(services):
    """What was read of a prospect, and the rules, hold until something is written: each statement is a log's time."""
    who = add(services, "Ann Lee", cadence="Steady").id
    log(services, who)
    seen: list[str] = []
    connection = services._context.database.connection()
    connection.set_trace_callback(seen.append)
    log(services, who)
    connection.set_trace_callback(None)
    asked = [sql for sql in seen if not sql.startswith("--")]
    for question in ("group_concat(id || retired", "FROM detail WHERE prospect_id IN", "FROM prospect p JOIN standing"):
        assert sum(question in sql for sql in asked) == 1, question
    assert sum(sql.startswith(("INSERT INTO change ", "UPDATE change SET name")) for sql in asked) == 1
    assert len(asked) < 45, asked


def test_the_rules_follow_what_a_unit_of_work_writes_itself(services):
    """They are looked up once while nothing else can be in force, and anew once the work wrote others."""
    context = services._context
    with context.working("Go away") as work:
        before = context.rules(work.connection)
        assert context.rules(work.connection) is before
        settings.write(work, settings.AWAY, "2026-11-24/2026-11-27")
        assert context.rules(work.connection).calendar != before.calendar
    assert context._working == {}
