"""Each of the twelve rules speaks when its condition holds, and not a step before (domain §11)."""

from __future__ import annotations

import pytest

from followup_tui.domain.coach import BY_ID, RULES, Facts, Sent, hint
from followup_tui.domain.model import Relation

MAIL, CALL, GAVE = Sent("email"), Sent("phone"), Sent("email", True)
CASES = {
    "slow-first": (Facts(waiting_minutes=5), Facts(waiting_minutes=4)),
    "rests": (Facts(blocked=True), Facts(Relation.POOL, planned=False)),
    "burst": (Facts(burst=True), Facts()),
    "under-worked": (
        Facts(Relation.CLOSED, 2, touches=2, planned=False),
        Facts(Relation.CLOSED, 3, touches=3, planned=False),
    ),
    "no-benefit": (Facts(attempts=5, benefit=False), Facts(attempts=4, benefit=False)),
    "quitting-point": (Facts(attempts=3), Facts(attempts=2)),
    "same-again": (
        Facts(sent=(Sent("email", True, "news"), Sent("email", True, "news"))),
        Facts(sent=(Sent("email", True, "news"), Sent("email", True, "ask"))),
    ),
    "email-only": (Facts(sent=(GAVE, GAVE), good=frozenset({"phone"})), Facts(sent=(GAVE, GAVE))),
    "one-channel": (Facts(sent=(Sent("phone", True),) * 4), Facts(sent=(Sent("phone", True),) * 3)),
    "naked": (Facts(sent=(MAIL, CALL)), Facts(sent=(MAIL, GAVE))),
    "no-contact-info": (Facts(sent=(GAVE,), contact_info=False), Facts(sent=(CALL,), contact_info=False)),
    "too-dense": (Facts(Relation.NURTURE, gap=20), Facts(Relation.NURTURE, gap=21)),
}


def test_there_are_twelve_with_source_and_line():
    """Every rule of §11, each named once, with one line and where it is from."""
    assert len(RULES) == len(BY_ID) == 12
    assert set(CASES) == set(BY_ID)
    assert all(rule.line and rule.source.startswith("S") and len(rule.line) <= 90 for rule in RULES)


@pytest.mark.parametrize("rule", CASES)
def test_it_speaks_when_it_should(rule):
    """Its condition, and just short of it; dismissed it is silent."""
    speaks, silent = CASES[rule]
    assert hint(speaks, frozenset()) is BY_ID[rule]
    assert hint(silent, frozenset()) is not BY_ID[rule]
    assert hint(speaks, frozenset({rule})) is not BY_ID[rule]


def test_at_most_one_at_a_time():
    """When several apply the first of the list speaks; once it is put away, the next."""
    facts = Facts(attempts=5, benefit=False, sent=(CALL,) * 4)
    put_away: frozenset[str] = frozenset()
    said = []
    while rule := hint(facts, put_away):
        said.append(rule.id)
        put_away |= {rule.id}
    assert said == ["no-benefit", "quitting-point", "one-channel", "naked"]
