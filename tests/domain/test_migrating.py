"""Moving to another version of a cadence: step by number, date by the new gaps, never before today (domain §5)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from followup_tui.domain.builtin import BUILTIN
from followup_tui.domain.cadence import Cadence, Repeat, Step
from followup_tui.domain.events import Migrated
from followup_tui.domain.lifecycle import replay
from followup_tui.domain.migrating import last_step
from followup_tui.errors import UsageError
from tests.domain.factories import Story, day, rules

P, E = Step(("phone",)), Step(("email",))


def version(number: int, *gaps: int, then="ask") -> Cadence:
    """Return a version of one cadence: phone steps with these gaps."""
    return Cadence(90 + number, "Mine", tuple(Step(("phone",), gap) for gap in gaps), then, version=number)


def story(*versions: Cadence, **added) -> Story:
    """Return somebody enrolled on the first version on 1 March; all of them are known."""
    of = rules()
    known = {**of.cadences, **{one.id: one for one in versions}}
    return Story(replace(of, cadences=known, current={**of.current, "Mine": versions[0].id}), **added).enrol("Mine")


MOVES = {
    "longer gap": ((0, 4, 7), (0, 9, 7), ["1 Mar"], "2 Mar", 2, "10 Mar"),
    "shorter gap": ((0, 9, 7), (0, 4, 7), ["1 Mar"], "2 Mar", 2, "5 Mar"),
    "gap long over": ((0, 9, 7), (0, 4, 7), ["1 Mar"], "8 Mar", 2, "8 Mar"),
    "overdue stays as late": ((0, 4, 7), (0, 4, 9), ["1 Mar"], "20 Mar", 2, "5 Mar"),
    "overdue, and later now": ((0, 4, 7), (0, 30, 7), ["1 Mar"], "20 Mar", 2, "31 Mar"),
    "fewer steps": ((0, 4, 7), (0, 2), ["1 Mar", "5 Mar"], "6 Mar", 2, "7 Mar"),
    "more steps": ((0, 4), (0, 4, 7, 9), ["1 Mar"], "2 Mar", 2, "5 Mar"),
}


@pytest.mark.parametrize("name", MOVES)
def test_step_and_date(name):
    """What each change of the gaps does to somebody in the middle."""
    old, new, logs, today, step, on = MOVES[name]
    told = story(version(1, *old), version(2, *new))
    for when in logs:
        told.log(when)
    told.tell(Migrated(92), today)
    assert (told.state.enrolment.cadence_id, told.state.enrolment.step) == (92, step)
    assert (told.next.step, told.next.date) == (step, day(on))
    assert replay(told.journal) == told.state


def test_in_a_repetition_the_number_is_kept():
    """Past the steps people stay past the steps, as long as the new version goes on there."""
    endless, ending = Repeat((P, E), 30), Repeat((P, E), 30, times=2)
    told = story(version(1, 0, 2, then=endless), version(2, 0, 2, then=ending), version(3, 0))
    for when in ("1 Mar", "3 Mar", "2 Apr", "2 May"):
        told.log(when, "spoke")
    assert told.state.enrolment.step == 5
    told.tell(Migrated(92), "3 May")
    assert (told.state.enrolment.step, told.next.channel) == (4, "email")
    told.tell(Migrated(93), "3 May")
    assert told.state.enrolment.step == 1
    assert last_step(version(1, 0, then=endless), told.state.enrolment, star=False) is None


def test_a_late_start_keeps_its_day():
    """Somebody enrolled at step 3 a moment ago has no gap to count from."""
    told = story(version(1, 0, 4, 7), version(2, 0, 4, 30))
    told.enrol("Mine", "2 Mar", 3).tell(Migrated(92), "2 Mar")
    assert (told.next.step, told.next.date) == (3, day("2 Mar"))


def test_months_stay_anchored():
    """From every 30 days to monthly: the day of the month is that of the last touch."""
    told = story(version(1, 0, then=Repeat((P,), 30)), version(2, 0, then=Repeat((P,))))
    told.log("31 Mar").tell(Migrated(92), "1 Apr")
    assert told.next.date == day("30 Apr")
    told.log("30 Apr")
    assert told.next.date == day("31 May")


def test_only_a_running_enrolment_of_the_same_cadence():
    """Nobody is put on a cadence by migrating."""
    told = story(version(1, 0), version(2, 0))
    with pytest.raises(UsageError, match="is not on Steady"):
        told.tell(Migrated(BUILTIN[0].id))
    with pytest.raises(UsageError, match="already"):
        told.tell(Migrated(91))
    told.log("1 Mar", "definite no")
    with pytest.raises(UsageError, match="is on no cadence"):
        told.tell(Migrated(92))
