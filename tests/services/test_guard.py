"""The over-contact guard speaks before an extra touch and refuses nothing (domain §5)."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from followup_tui.domain.guard import WEEK, Made, too_much
from followup_tui.storage import journal
from tests.factories import BERLIN, add, log

NOW = datetime(2026, 11, 23, 9, tzinfo=BERLIN)


def ago(hours: int, channel: str = "phone", companion: bool = False) -> Made:
    return Made(channel, datetime.fromtimestamp(NOW.timestamp() - hours * 3600, BERLIN), companion)


@pytest.mark.parametrize(
    ("made", "channel", "speaks"),
    [
        ([], "phone", ""),
        ([ago(23)], "phone", "one call already in the last 24 hours"),
        ([ago(24)], "phone", ""),
        ([ago(1)], "email", ""),
        ([ago(1, "email")], "phone", ""),
        ([ago(30, "email"), ago(60, "mail"), ago(90)], "email", "3 touches already in the last 7 days"),
        ([ago(30, "email"), ago(60, "mail"), ago(24 * 7)], "email", ""),
        ([ago(30, "email"), ago(60, "mail"), ago(60, "email", True)], "email", ""),
    ],
)
def test_what_is_too_much(made, channel, speaks):
    """More than one call in 24 hours or three touches in 7 days; a companion counts with its step."""
    assert too_much(made, channel, NOW, 1, 3).startswith(speaks)
    assert bool(too_much(made, channel, NOW, 1, 3)) is bool(speaks)


def test_steps_companions_promises_and_answers_are_exempt(services, clock):
    """What is owed is never too much; what is extra is said in preview and log, and logged all the same."""
    who = add(services).id
    assert services.guard.warning(who, "phone") == ""
    assert log(services, who).guard == ""
    assert services.guard.warning(who, "email") == ""  # the companion
    assert "one call already" in services.guard.warning(who, "phone")
    assert services.log.preview(who, channel="phone").guard == services.guard.warning(who, "phone")
    assert "one call already" in log(services, who).guard
    assert services.prospects.get(who).attempts == 2
    clock.at("2026-11-23T15:00")
    log(services, who, "call back", until=date(2026, 11, 23), until_time=time(15, 30))
    assert services.guard.warning(who, "phone") == ""  # a promise of today
    log(services, who, "replied", "email")
    assert services.guard.warning(who, "phone") == ""  # they wait for an answer


def test_text_to_cold_people_reminds_of_consent_once(services, clock):
    """One line about the law before the first one, to cold people only, however long ago that was."""
    cold = add(services, "Cold", "cold", mobile="+49 151 12345678").id
    warm = add(services, "Warm", "engaged", mobile="+49 151 12345679").id
    assert "consent" in services.guard.warning(cold, "text")
    assert services.guard.warning(warm, "text") == ""
    log(services, cold, "sent", "text")
    assert "consent" not in services.guard.warning(cold, "text")
    clock.pass_(days=200)
    assert "consent" not in services.guard.warning(cold, "text")


def test_a_week_is_read_and_no_more(services, clock):
    """Touches of the last seven days are counted to the hour; older ones are not even read."""
    who = add(services, "Ann Lee", "engaged").id
    for _ in range(services._context.config.guard.touches_per_week):
        log(services, who, "spoke", "in person")
    assert "in the last 7 days" in services.guard.warning(who, "in person")
    clock.pass_(days=6, hours=23)
    connection = services._context.database.connection()
    assert len(list(journal.outbound(connection, who, clock.now - WEEK))) > 1
    clock.pass_(hours=1)
    assert list(journal.outbound(connection, who, clock.now - WEEK)) == []
    assert len(list(journal.outbound(connection, who, clock.now - WEEK, "in person"))) > 1
