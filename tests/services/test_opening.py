"""Opening a prospect in parts: the newest, the whole, and what became of promises agree with the whole read at once."""

from __future__ import annotations

from collections import Counter
from datetime import date, time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from followup_tui.domain.model import Outcome, OutcomeKind
from followup_tui.errors import FollowupError
from followup_tui.services import opening
from followup_tui.services.demo import demo_database
from followup_tui.services.fates import Fates, promises_of
from tests.factories import Clock, add, log, open_at
from tests.figures import size

RESPONSES = {outcome.value for outcome in Outcome if outcome.kind is OutcomeKind.RESPONSE}


def test_the_parts_agree_with_the_whole(tmp_path, monkeypatch):
    """Newest touches, numbers and promises of everybody in a demo are those of the timeline read and told at once."""
    services = open_at(demo_database(size(60, 2_000), 3, folder=tmp_path), Clock())
    monkeypatch.setattr(opening, "SHORT", 0)
    for who in services.prospects.listing().ids:
        whole = services.prospects.timeline(who)
        touches = list(whole.timeline)
        opened = services.prospects.opened(who, promises=True)
        assert (opened.view, opened.goes_on) == (whole, False)
        first = services.prospects.opened(who, 3)
        seen = [(one.id, one.at, one.note) for one in first.view.timeline]
        assert seen == [(one.id, one.at, one.note) for one in touches[-3:]]
        assert first.view.prospect == whole.prospect
        assert (first.view.ahead, first.view.referrals) == (whole.ahead, whole.referrals)
        sent = Counter(one.channel for one in touches if one.direction == "outbound")
        answered = Counter(one.channel for one in touches if one.outcome in RESPONSES)
        for one in (opened, first):
            assert (one.touches, one.first) == (len(touches), touches[0].at if touches else None)
            assert [(tally.channel, tally.sent) for tally in one.tallies if tally.sent] == list(sent.items())
            assert {tally.channel: tally.answered for tally in one.tallies if tally.answered} == answered
            assert {tally.channel for tally in one.tallies} == {one.channel for one in touches}
    services.close()


STEPS = st.lists(st.sampled_from(("promise", "call", "wait", "edit", "undo", "redo", "skip", "other")), max_size=14)


@settings(max_examples=size(8, 300), deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
@example(steps=["promise", "wait", "wait", "call", "edit", "undo", "undo", "call"])
def test_promises_told_so_far_go_on_as_if_told_anew(tmp_path_factory, steps):
    """Whatever is logged, corrected, undone and done again: what was told before is never trusted where it changed."""
    clock = Clock("2026-11-24T09:00")
    services = open_at(tmp_path_factory.mktemp("fates") / "f.db", clock)
    ids, fates = [add(services).id, add(services, "Bo Lee").id], Fates()
    for step in steps:
        try:
            match step:
                case "promise":
                    log(services, ids[0], "call back", until=clock.now.date(), until_time=time(12))
                case "call":
                    log(services, ids[0], "spoke")
                case "wait":
                    clock.pass_(hours=3)
                case "edit":
                    touch = services.prospects.timeline(ids[0]).timeline[0]
                    services.log.correct(touch.id, outcome=Outcome.NO_ANSWER)
                case "undo":
                    services.undo.undo()
                case "redo":
                    services.undo.redo()
                case "skip":
                    services.log.skip(ids[0], "busy")
                case "other":
                    ids.reverse()
        except (FollowupError, IndexError):
            pass  # impossible just then
        with services._context.database.reading() as connection:
            assert fates.of(connection, ids[0]) == promises_of(connection, ids[0])
    services.close()


def test_nobody_waits_for_a_telling_that_was_given_up(services, monkeypatch):
    """A long history is not told to its end for a screen that is gone; the next one who asks gets the truth."""
    who = add(services).id
    for _ in range(3):
        log(services, who, "call back", until=date(2026, 11, 23), until_time=time(9, 10))
    monkeypatch.setattr("followup_tui.services.fates._LOT", 1)
    answers = iter([True, True, False])
    with pytest.raises(FollowupError):
        services.prospects.opened(who, promises=True, alive=lambda: next(answers))
    assert services.prospects.opened(who).view == services.prospects.timeline(who)
