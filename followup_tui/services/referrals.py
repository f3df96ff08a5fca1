"""Referrals: a win opens six slots; each is a name, credited both ways, or waived (domain §9, S2)."""

from __future__ import annotations

from dataclasses import replace

from followup_tui.domain.events import Referred, SlotsWaived
from followup_tui.errors import UsageError
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context, changes_of
from followup_tui.services.prospects import ProspectService
from followup_tui.services.recording import record, stored
from followup_tui.services.views import ProspectDraft, ProspectView
from followup_tui.storage import standing

REFERRAL = "Referral"


class ReferralService:
    """Filling and waiving referral slots."""

    def __init__(self, context: Context, prospects: ProspectService) -> None:
        self._context = context
        self._prospects = prospects

    def refer(self, prospect_id: str, draft: ProspectDraft) -> tuple[ProspectView, Changes]:
        """Add who was named, on the Referral cadence, credited to the prospect; one change, one undo.

        Somebody without an open slot may refer as well.
        """
        context = self._context
        with context.working("Refer") as work:
            referrer = stored(work.connection, prospect_id)
            named = replace(
                draft,
                relation=draft.relation or "cold",
                cadence=draft.cadence or REFERRAL,
                why=draft.why or f"referred by {referrer.name}",
                source=draft.source or "referral",
            )
            new = self._prospects.enter(work, named, prospect_id)
            record(context, work, prospect_id, Referred(new))
            work.name = f"Refer {stored(work.connection, new).name} · {referrer.name}"
        return self._prospects.get(new), changes_of(work)

    def waive(self, prospect_id: str, number: int | None = None) -> tuple[ProspectView, Changes]:
        """Give up open slots, all of them for None; UsageError when there are not so many."""
        context = self._context
        with context.working("Waive") as work:
            person = stored(work.connection, prospect_id)
            open_slots = standing.read(work, prospect_id).referral_slots
            wanted = open_slots if number is None else number
            if not 1 <= wanted <= open_slots:
                raise UsageError(f"{person.name} has {open_slots} open referral slots", "a win opens six")
            work.name = f"Waive {wanted} referral slot{'' if wanted == 1 else 's'} · {person.name}"
            record(context, work, prospect_id, SlotsWaived(wanted))
        return self._prospects.get(prospect_id), changes_of(work)
