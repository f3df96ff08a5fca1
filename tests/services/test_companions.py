"""A companion waits under the step made today, blocks nothing and lapses at the day's end (domain §4)."""

from __future__ import annotations

import pytest

from followup_tui.errors import UsageError
from tests.factories import add, failed, log


def waiting(services) -> list[tuple[str, str, str, int]]:
    return [(slot.prospect.id, slot.kind, slot.channel, slot.minutes) for slot in services.today.plan().companions]


def test_it_waits_after_the_call_and_is_logged_as_an_email(services):
    """The call completes the step; the e-mail stays for today and, sent, is no second attempt."""
    who = add(services).id
    assert waiting(services) == []
    log(services, who)
    assert waiting(services) == [(who, "companion", "email", 4)]
    planned = services.prospects.get(who).next_touch
    sent = log(services, who, "sent", "email")
    assert (sent.prospect.attempts, sent.after, sent.touch.companion_of is None) == (1, planned, False)
    assert waiting(services) == []
    services.undo.undo()
    assert len(waiting(services)) == 1


def test_waiving_is_one_undo_step_and_moves_no_date(services):
    """`skip --companion` takes it away and nothing else."""
    who = add(services).id
    after = log(services, who).after
    done, changes = services.log.waive(who)
    assert (done.after, changes.name) == (after, "Waive the companion · Ann Lee")
    assert waiting(services) == []
    assert failed(services) == []
    with pytest.raises(UsageError):
        services.log.waive(who)
    services.undo.undo()
    assert len(waiting(services)) == 1


def test_it_lapses_at_the_days_end(services, clock):
    """The day ends when the next one starts, at four in the morning; then nothing is owed any more."""
    who = add(services).id
    log(services, who)
    clock.at("2026-11-24T02:30")
    assert len(waiting(services)) == 1
    clock.at("2026-11-24T09:00")
    assert waiting(services) == []
    with pytest.raises(UsageError):
        services.log.waive(who)


def test_an_answer_goes_first(services):
    """When they write meanwhile the e-mail is the answer, so no companion is offered."""
    who = add(services).id
    log(services, who)
    log(services, who, "replied", "email")
    assert waiting(services) == []
