"""What only the journal knows about one prospect, added to its view where one is looked at (domain §7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from followup_tui.domain.cadence import Rules
from followup_tui.services import present
from followup_tui.services.coach import hint_for
from followup_tui.services.context import Context
from followup_tui.services.library import proposed
from followup_tui.services.views import ProspectView, ReferredView
from followup_tui.storage import journal, people


def referrals_of(connection: Any, prospect_id: str, context: Context, rules: Rules) -> tuple[ReferredView, ...]:
    """Return the people a prospect named, oldest first; those gone since, and themselves, are left out."""
    named = dict(journal.referrals(connection, prospect_id))
    found = people.people(connection, [key for key in named if key != prospect_id])
    return tuple(ReferredView(present.who_view(one, context), rules.day(named[one.id])) for one in found)


def named_by(connection: Any, person: people.Person, context: Context, rules: Rules) -> ReferredView | None:
    """Return who named a prospect, and when; None when nobody did, or is gone since."""
    found = people.people(connection, [person.referred_by]) if person.referred_by else []
    named = dict(journal.referrals(connection, found[0].id)) if found else {}
    return (
        ReferredView(present.who_view(found[0], context), rules.day(named[person.id])) if person.id in named else None
    )


def known(connection: Any, person: people.Person, context: Context, rules: Rules, now: datetime) -> ProspectView:
    """Return a prospect's view with what the history says: two bad sentiments running suggest to reel back."""
    view = present.prospect_view(person, context, rules, now)
    feelings = journal.newest_sentiments(connection, view.id)
    referrer = people.people(connection, [view.referred_by]) if view.referred_by else []
    rule = hint_for(connection, person, context, rules, now)
    channel = view.next_touch.channel if view.next_touch else None
    value = proposed(connection, person.id, channel or "", person.tags, context) if view.next_touch else None
    return replace(
        view,
        reel_back=view.step is not None and feelings == ["bad", "bad"],
        referrer=referrer[0].name if referrer else "",
        coach=rule.line if rule else None,
        coach_id=rule.id if rule else None,
        proposed_value=value.title if value else "",
        proposed_given=value.given if value else None,
    )
