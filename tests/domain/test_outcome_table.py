"""The whole relation × outcome table (domain §4): what every cell does to relation, attempts and plans.

The effects are spelled out in `EFFECTS`; `advance` and `skip` depend on whether the step is due, not due or overdue.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from followup_tui.domain.events import Skipped
from followup_tui.domain.model import Outcome, PlanKind, Question, Relation
from followup_tui.errors import UsageError
from tests.domain.factories import Story, cold, customer, engaged, nurtured, out_of_play, said

RELATIONS = ("pool", "cold", "engaged", "nurture", "customer", "closed", "do not contact")
TABLE = """
outcome        | pool      | cold       | engaged    | nurture    | customer   | closed    | do not contact
no answer      | noted +1  | advance +1 | advance +1 | advance +1 | advance +1 | noted +1  | noted +1
left voicemail | noted +1  | advance +1 | advance +1 | advance +1 | advance +1 | noted +1  | noted +1
left message   | noted +1  | advance +1 | advance +1 | advance +1 | advance +1 | noted +1  | noted +1
sent           | noted +1  | advance +1 | advance +1 | advance +1 | advance +1 | noted +1  | noted +1
spoke          | → what    | → advance  | advance    | advance    | advance    | → what    | noted
call back      | → promise | → promise  | promise    | → promise  | promise    | → promise | noted
meeting set    | → meeting | → meeting  | meeting    | → meeting  | meeting    | → meeting | noted
replied        | → answer  | → answer   | answer     | → answer   | answer     | → answer  | noted
not now        | → permit  | permit     | permit     | permit     | pause      | noted     | noted
definite no    | ends      | ends       | ends       | ends       | ends       | noted     | noted
won            | won       | won        | won        | won        | won        | won       | noted
bad detail     | detail =  | detail =   | detail =   | detail =   | detail =   | detail =  | detail =
do not contact | stop      | stop       | stop       | stop       | stop       | stop      | noted
skip           | refused   | skip =     | skip =     | skip =     | skip =     | refused   | refused
no-show        | refused   | refused    | refused    | refused    | refused    | refused   | refused
"""
"""`→` becomes engaged · `+1` counts an attempt, `=` leaves the attempts alone, neither: a response, attempts are 0."""
BECOMES = {"→": "engaged", "ends": "closed", "won": "customer", "stop": "do not contact"}


def cells() -> list[tuple[str, str, str]]:
    """Return every cell as relation, outcome, effect."""
    header, *rows = [[part.strip() for part in line.split("|")] for line in TABLE.strip().splitlines()]
    assert tuple(header[1:]) == RELATIONS
    return [(relation, row[0], cell) for row in rows for relation, cell in zip(RELATIONS, row[1:], strict=True)]


def somebody(relation: str) -> Story:
    """Return a prospect with two unanswered attempts; in play, its third step is planned."""
    match relation:
        case "cold":
            return cold("1 Mar").log("1 Mar").log("3 Mar")
        case "engaged":
            return engaged("1 Mar").log("1 Mar").log("3 Mar")
        case "nurture":
            return nurtured("1 Jan").log("1 Feb", "sent", "article").log("1 Mar", "sent", "email")
        case "customer":
            return customer("1 Feb").log("7 Feb", "sent", "mail").log("14 Feb")
        case _:
            return out_of_play(relation).log("2 Feb").log("3 Feb")


DUE = {"cold": "7 Mar", "engaged": "7 Mar", "nurture": "1 Apr", "customer": "14 Mar"}
BEFORE = {"cold": "5 Mar", "engaged": "5 Mar", "nurture": "20 Mar", "customer": "10 Mar"}
AFTER = {"cold": "9 Mar", "engaged": "9 Mar", "nurture": "6 Apr", "customer": "16 Mar"}
ADVANCED = {
    "due": {"cold": "14 Mar", "engaged": "14 Mar", "nurture": "1 May", "customer": "14 Apr"},
    "overdue": {"cold": "16 Mar", "engaged": "16 Mar", "nurture": "6 May", "customer": "16 Apr"},
}
"""Where the fourth step falls: gap +7 for cold and engaged, a month for the others."""
STAYED = {"cold": "9 Mar", "engaged": "9 Mar", "nurture": "20 Apr", "customer": "10 Apr"}
"""An extra touch before step 3 is due: the later of its date and touch + gap (+4, or a month)."""
SKIPPED = {"not due": ADVANCED["due"], "due": ADVANCED["due"], "overdue": ADVANCED["overdue"]}
WHEN = {"not due": BEFORE, "due": DUE, "overdue": AFTER}
AGAIN = "20 May"
"""The day told to the prospect where one is asked for."""


def touched(story: Story, outcome: str, on: str) -> Story:
    """Log an outcome with what it needs: a day for 6 and 7."""
    if outcome == "skip":
        return story.tell(Skipped(), on)
    needs = {"until": AGAIN} if outcome in ("call back", "meeting set") else {}
    return story.log(on, outcome, story.state.plans[0].channel or "phone" if story.state.plans else "phone", **needs)


def check_advance(story: Story, relation: str, timing: str, on: str) -> None:
    assert story.kinds == ["step"]
    step = story.plan("step")
    if timing == "not due":
        assert (step.step, said(step.date)) == (3, STAYED[relation])
    else:
        assert (step.step, said(step.date)) == (4, ADVANCED[timing][relation])


def check_skip(story: Story, relation: str, timing: str, on: str) -> None:
    assert (story.plan("step").step, said(story.plan("step").date)) == (4, SKIPPED[timing][relation])


def check_noted(story: Story, relation: str, timing: str, on: str) -> None:
    assert story.state.plans == ()
    assert story.state.touches >= 3


def check_promise(story: Story, relation: str, timing: str, on: str) -> None:
    promise = story.plan("promise")
    assert said(promise.date) == AGAIN
    assert promise.step == (3 if relation in DUE else None)
    assert_asks_what_next(story, relation)


def check_meeting(story: Story, relation: str, timing: str, on: str) -> None:
    assert said(story.plan("meeting").date) == AGAIN
    assert "step" not in story.kinds
    assert_asks_what_next(story, relation)


def check_answer(story: Story, relation: str, timing: str, on: str) -> None:
    answer = story.plan("answer")
    assert said(answer.date) == on
    assert answer.since is not None
    assert_asks_what_next(story, relation)


def assert_asks_what_next(story: Story, relation: str) -> None:
    """Pool and closed come back with a decision today; the others go on without one."""
    asked = Question.WHAT_NEXT if relation in ("pool", "closed") else None
    assert story.asks() is asked


def check_what(story: Story, relation: str, timing: str, on: str) -> None:
    assert story.kinds == ["decision"]
    assert story.next.question is Question.WHAT_NEXT
    assert said(story.next.date) == on


def check_permit(story: Story, relation: str, timing: str, on: str) -> None:
    assert story.kinds == ["decision"]
    assert story.next.question is Question.PERMISSION
    assert story.state.enrolment is None


def check_pause(story: Story, relation: str, timing: str, on: str) -> None:
    assert story.next.question is Question.PAUSE
    assert story.plan("step").step == 3


def check_nothing(story: Story, relation: str, timing: str, on: str) -> None:
    assert story.state.plans == ()
    assert story.state.enrolment is None


def check_won(story: Story, relation: str, timing: str, on: str) -> None:
    assert story.state.referral_slots == 6
    assert story.state.enrolment is not None
    assert story.rules.cadence(story.state.enrolment.cadence_id).name == "Customer"
    assert story.kinds == ["step"]
    assert (story.plan("step").step, story.plan("step").channel) == (1, "mail")
    assert (story.plan("step").date - story.state.enrolment.started).days == 6
    assert said(story.state.enrolment.started) == on


def check_detail(story: Story, relation: str, timing: str, on: str) -> None:
    assert story.last is not None
    assert story.last.bad_detail not in story.state.good
    if relation in DUE:
        assert (story.plan("step").step, said(story.plan("step").date)) == (3, DUE[relation])


EFFECTS: dict[str, Callable[[Story, str, str, str], None]] = {
    "advance": check_advance,
    "skip": check_skip,
    "noted": check_noted,
    "promise": check_promise,
    "meeting": check_meeting,
    "answer": check_answer,
    "what": check_what,
    "permit": check_permit,
    "pause": check_pause,
    "ends": check_nothing,
    "stop": check_nothing,
    "won": check_won,
    "detail": check_detail,
}


def read(cell: str, relation: str) -> tuple[str, str, int]:
    """Return relation, effect and attempts afterwards."""
    words = cell.split()
    after = BECOMES.get(words[0], relation)
    if words[0] == "→":
        words.pop(0)
    attempts = {"+1": 3, "=": 2}[words[1]] if len(words) > 1 else 0
    return after, words[0], attempts


def test_the_table_is_total() -> None:
    """Seven relations × fifteen outcomes, no cell left out."""
    assert len(cells()) == 7 * 15


def test_the_keys_of_the_outcomes() -> None:
    """Each outcome has the key of §4."""
    assert [outcome.key for outcome in Outcome] == [*"1234567890wbDx–"]


@pytest.mark.parametrize("timing", ["not due", "due", "overdue"])
@pytest.mark.parametrize(("relation", "outcome", "cell"), cells())
def test_every_cell(relation: str, outcome: str, cell: str, timing: str) -> None:
    """Every outcome does to every relation what the table of §4 says, whether the step is due or not."""
    story = somebody(relation)
    before = story.state
    on = WHEN[timing].get(relation, "9 Mar")
    if cell == "refused":
        with pytest.raises(UsageError):
            touched(story, outcome, on)
        assert story.state is before
        return
    touched(story, outcome, on)
    after, effect, attempts = read(cell, relation)
    assert story.state.relation is Relation(after)
    assert story.state.attempts == attempts
    EFFECTS[effect](story, relation, timing, on)


@pytest.mark.parametrize("outcome", ["no answer", "left voicemail", "left message", "sent", "replied"])
@pytest.mark.parametrize("relation", RELATIONS)
def test_what_they_send_waits_for_an_answer(relation: str, outcome: str) -> None:
    """Their own voicemail, message or letter is a reply: an answer is due now, and attempts start again at 0."""
    on = DUE.get(relation, "9 Mar")
    story = somebody(relation).log(on, outcome, "phone", inbound=True)
    assert story.state.attempts == 0
    if relation == "do not contact":
        assert story.state.plans == ()
        return
    stays = Relation.CUSTOMER if relation == "customer" else Relation.ENGAGED
    assert story.state.relation is stays
    check_answer(story, relation, "due", on)
    assert story.state.companion is None or said(story.state.companion.on) != on


@pytest.mark.parametrize("timing", ["not due", "due", "overdue"])
@pytest.mark.parametrize("relation", ["cold", "engaged", "nurture", "customer"])
def test_an_inbound_call_taken_is_answered(relation: str, timing: str) -> None:
    """An inbound call logged *spoke* leaves no answer open and counts like a talk of ours."""
    story = somebody(relation).log(WHEN[timing][relation], "spoke", inbound=True)
    assert PlanKind.ANSWER.value not in story.kinds
    check_advance(story, relation, timing, WHEN[timing][relation])
