"""After any history: what a preview shows is what the log does, for every outcome; undoing all gives the start (§4)."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import time

import pytest

from followup_tui.config import WORKING_DAYS, BlockConfig
from followup_tui.domain.model import Outcome
from followup_tui.domain.workdays import plus_days
from followup_tui.errors import FollowupError
from followup_tui.services.views import LogDraft, ProspectDraft
from tests.factories import CONFIG, add, dump, failed, open_at

TIGHT = replace(
    CONFIG,
    cards=replace(CONFIG.cards, holiday="12-25", birthday=frozenset({"cold", "engaged", "nurture", "customer"})),
    blocks=(
        BlockConfig("Calls", WORKING_DAYS, time(9), time(9, 10), ("phone",)),
        BlockConfig("Mail", WORKING_DAYS, time(11), time(11, 8), ("email", "article", "text")),
    ),
)
"""Two calls and two e-mails a day, so that days fill up."""
RELATIONS = ("cold", "engaged", "nurture", "customer", "pool", "engaged")
OUTCOMES = [outcome for outcome in Outcome if outcome is not Outcome.SKIP]
HISTORIES = int(os.environ.get("HISTORIES", "2"))
STEPS = int(os.environ.get("HISTORY_STEPS", "60"))


def act(services, dice: random.Random, people: list[str]) -> None:
    """Do one thing a session can do; most of what is refused is refused for a reason."""
    who, log = dice.choice(people), services.log
    day = plus_days(services.local_today(), dice.randint(0, 12))
    outcome = dice.choice(OUTCOMES)
    acts = [
        lambda: log.log(
            who, LogDraft(dice.choice(("phone", "email", "text")), outcome, until=day, until_time=time(10))
        ),
        lambda: log.log(who, LogDraft("phone", dice.choice((Outcome.NO_ANSWER, Outcome.LEFT_VOICEMAIL)))),
        lambda: log.log(who, LogDraft("email", Outcome.SENT, sentiment="bad", value=dice.choice(("", "news")))),
        lambda: answer(services, who, dice, day),
        lambda: log.skip(who, "pushy"),
        lambda: log.move(who, day),
        lambda: log.waive(who),
        lambda: log.waive_confirm(who),
        lambda: log.reel(who, "too much"),
        lambda: log.pause(who, plus_days(day, 1), dice.choice(("freeze", "restart", "keep"))),
        lambda: log.resume(who),
        lambda: services.prospects.edit(who, ProspectDraft(pace=dice.choice(("normal", "gentle", "+3 +7")))),
        lambda: services.prospects.edit(who, ProspectDraft(birthday=dice.choice(("", "--12-03", "1980-02-29")))),
        lambda: correct(services, who, dice),
        lambda: services.prospects.edit(who, ProspectDraft(goal=dice.choice(("", "quick")), phase="respect")),
        lambda: services.prospects.reopen([who]),
        lambda: services.cadences.enrol([who], dice.choice(("Steady", "Stay in touch", "Twelve")), step=1),
        lambda: services.referrals.refer(who, ProspectDraft(name="Named", phone="+49 30 901899")),
        lambda: services.referrals.waive(who, 1),
        lambda: services.coach.dismiss(who),
        lambda: services.away.apply(
            day, plus_days(day, dice.randint(0, 5)), dice.choice(("freeze", "restart", "keep"))
        ),
        lambda: services.standing.set("has:phone", "Cold six", dice.randint(1, 8)),
        lambda: services.standing.apply(),
    ]
    dice.choice([*acts, *acts[:4], *acts[:4]])()


def correct(services, who: str, dice: random.Random) -> None:
    """Say that a touch went otherwise, was at another hour, or never was."""
    touches = services.prospects.timeline(who).timeline
    if not touches:
        return
    touch = dice.choice(touches)
    if dice.random() < 0.3:
        services.log.remove(touch.id)
    elif dice.random() < 0.5:
        services.log.correct(touch.id, outcome=dice.choice((Outcome.SPOKE, Outcome.NO_ANSWER, Outcome.SENT)))
    else:
        services.log.correct(touch.id, note="said later", at=touch.at)


def answer(services, who: str, dice: random.Random, day) -> None:
    decision = services.log.decision(who)
    if decision is not None:
        services.log.answer(who, dice.choice(decision.choices).choice, until=day, cadence="Steady")


def compare(services, who: str, channel: str) -> None:
    """Log every outcome, compare it with what was shown, and take it back."""
    day = plus_days(services.local_today(), 2)
    for shown in services.log.preview(who, channel=channel, until=day, until_time=time(10)).outcomes:
        draft = LogDraft(channel, Outcome(shown.outcome), until=day, until_time=time(10), force=True, reason="x")
        try:
            done, _ = services.log.log(who, draft)
        except FollowupError as error:
            refused = str(error)
        else:
            refused = ""
        if refused:
            assert (shown.next_touch, shown.explanation) == (None, refused)
            continue
        assert (shown.next_touch, shown.relation, shown.explanation) == (
            done.after,
            done.prospect.relation,
            done.explanation,
        )
        services.undo.undo()


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_any_history(path, clock, seed):
    """Preview is act along the way, doctor is content at the end, and undoing everything gives the empty start."""
    dice = random.Random(seed)
    services = open_at(path, clock, TIGHT)
    start = dump(path)
    people = [add(services, f"P{n}", relation, mobile="+49 151 1234567").id for n, relation in enumerate(RELATIONS)]
    for number in range(STEPS):
        clock.pass_(hours=dice.choice((0, 0, 1, 7, 25, 72)))
        try:
            act(services, dice, people)
        except FollowupError:
            continue
        if number % 12 == 0:
            compare(services, dice.choice(people), dice.choice(("phone", "email")))
    assert failed(services) == []
    done = [one for one in services.undo.history(10_000) if not one.undone]
    services.undo.undo(len(done))
    assert dump(path) == start
    services.undo.redo(len(done))
    assert failed(services) == []
    services.close()
