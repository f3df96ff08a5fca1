"""Prospects: adding, changing, finding and looking at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.events import Added, Changed, Closed, Enrolled, Event, Placed, Reopened, Tuned
from followup_tui.domain.model import Relation
from followup_tui.errors import FollowupError, UsageError
from followup_tui.services import details
from followup_tui.services.cards import tell_birthday
from followup_tui.services.changes import Changes
from followup_tui.services.choosing import chosen_goal, chosen_pace, chosen_phase
from followup_tui.services.context import changes_of, new_id
from followup_tui.services.erasing import Erasing
from followup_tui.services.finding import Finding
from followup_tui.services.knowing import known
from followup_tui.services.opening import Opening
from followup_tui.services.recording import record, stored
from followup_tui.services.tagging import set_tags
from followup_tui.services.views import ProspectDraft, ProspectView
from followup_tui.services.zones import suggestion
from followup_tui.storage import people, standing
from followup_tui.storage.unit_of_work import UnitOfWork, Value, instant

_WORDS = ("name", "company", "title", "why", "benefit", "source", "goal")
STARTS_IN = {"cold": "Cold six", "engaged": "Steady", "nurture": "Stay in touch", "customer": "Customer"}
"""The cadence of somebody added without one (domain §3)."""
INBOUND = "New inbound"


class ProspectService(Finding, Opening, Erasing):
    """Everything about people but logging."""

    def get(self, prospect_id: str) -> ProspectView:
        """Return one prospect; NothingFound when it is gone."""
        context = self._context
        with context.database.reading() as connection:
            person = stored(connection, prospect_id)
            return known(connection, person, context, context.rules(connection), context.now())

    def add(self, draft: ProspectDraft) -> tuple[ProspectView, Changes]:
        """Add somebody and put them on a cadence, unless they stay in the pool (§3)."""
        with self._context.working("Add") as work:
            prospect_id = self.enter(work, draft)
            work.name = f"Add {stored(work.connection, prospect_id).name}"
        return self.get(prospect_id), changes_of(work)

    def enter(self, work: UnitOfWork, draft: ProspectDraft, referred_by: str | None = None) -> str:
        """Write a new prospect within a unit of work and return the id; UsageError without a name."""
        context = self._context
        name = clean_stored(draft.name or "") or clean_stored(draft.company or "")
        if not name:
            raise UsageError("a name is missing", "followup add “Ann Lee”")
        relation = _relation(draft)
        prospect_id = new_id(lambda fresh: work.one("prospect", fresh) is not None)
        row: dict[str, Value] = {"id": prospect_id, "name": name, "created_at": instant(work.now)}
        row |= self._columns(draft)
        row |= {"name": name, "search": people.search_text(name, str(row.get("company", "")))}
        work.insert("prospect", {**row, "referred_by": referred_by})
        good = details.insert(work, prospect_id, details.chosen(draft), context.config.default_region)
        self._suggest_zone(work, prospect_id)
        set_tags(work, prospect_id, draft.tags or ())
        interacted = draft.inbound or relation in (Relation.ENGAGED, Relation.CUSTOMER)
        added = Added(
            relation, good, bool(draft.star), draft.pace or "normal", interacted, str(row.get("birthday", ""))
        )
        record(context, work, prospect_id, added, new=True)
        self._tune(work, prospect_id, draft)
        self._start(work, prospect_id, draft, relation)
        return prospect_id

    def edit(self, prospect_id: str, draft: ProspectDraft) -> tuple[ProspectView, Changes]:
        """Change what the draft names; details, star and pace reach the plan too."""
        context = self._context
        with context.working("Edit") as work:
            person = stored(work.connection, prospect_id)
            work.name = f"Edit {person.name}"
            if draft.name is not None and not clean_stored(draft.name):
                raise UsageError("a name can't be empty")
            columns = self._columns(draft)
            name = str(columns.get("name", person.name))
            columns["search"] = people.search_text(name, str(columns.get("company", person.company)))
            work.update("prospect", prospect_id, columns)
            details.change(work, person, details.chosen(draft), context.config.default_region)
            if draft.tags is not None:
                set_tags(work, prospect_id, draft.tags, only=True)
            self._follow(work, prospect_id, draft)
            self._start_again(work, prospect_id, draft)
        return self.get(prospect_id), changes_of(work)

    def _follow(self, work: UnitOfWork, prospect_id: str, draft: ProspectDraft) -> None:
        """Tell the rules about facts they look at, when these changed."""
        person = stored(work.connection, prospect_id)
        state = standing.read(work, prospect_id)
        good = details.good_kinds(person.details)
        changed = Changed(good, person.star, chosen_pace(draft.pace) if draft.pace is not None else state.pace)
        if (changed.good, changed.star, changed.pace) != (state.good, state.star, state.pace):
            record(self._context, work, prospect_id, changed)
        tell_birthday(self._context, work, prospect_id)
        self._tune(work, prospect_id, draft)

    def _tune(self, work: UnitOfWork, prospect_id: str, draft: ProspectDraft) -> None:
        """Tell the rules about goal and phase, when these changed."""
        state = standing.read(work, prospect_id)
        goal = state.goal if draft.goal is None else chosen_goal(draft.goal)
        phase = state.phase if draft.phase is None else chosen_phase(draft.phase)
        if (goal, phase) != (state.goal, state.phase):
            record(self._context, work, prospect_id, Tuned(goal, phase))

    def _start_again(self, work: UnitOfWork, prospect_id: str, draft: ProspectDraft) -> None:
        if draft.relation is not None:
            self._place(work, prospect_id, _relation(draft))
        if draft.inbound and draft.cadence is None:
            draft = replace(draft, cadence=INBOUND)
        if draft.cadence is not None:
            cadence = self._context.cadence_named(work.connection, draft.cadence)
            record(self._context, work, prospect_id, Enrolled(cadence.id, self._context.today()))

    def _place(self, work: UnitOfWork, prospect_id: str, relation: Relation) -> None:
        """Correct where somebody stands; in play, they start as if they had been added so."""
        state = standing.read(work, prospect_id)
        if relation is state.relation:
            return
        record(self._context, work, prospect_id, Placed(relation))
        if relation.in_play and state.good:
            cadence = self._context.cadence_named(work.connection, STARTS_IN[relation.value])
            record(self._context, work, prospect_id, Enrolled(cadence.id, self._context.today()))

    def _start(self, work: UnitOfWork, prospect_id: str, draft: ProspectDraft, relation: Relation) -> None:
        name = draft.cadence or (INBOUND if draft.inbound else STARTS_IN.get(relation.value))
        if name is None or (relation is Relation.POOL and not draft.cadence and not draft.inbound):
            return
        cadence = self._context.cadence_named(work.connection, name)
        record(self._context, work, prospect_id, Enrolled(cadence.id, self._context.today()))

    def _suggest_zone(self, work: UnitOfWork, prospect_id: str) -> None:
        row = work.one("prospect", prospect_id)
        if row is None or row["zone"]:
            return
        sql = "SELECT kind, value, key FROM detail WHERE prospect_id = ? ORDER BY position"
        zone, _ = suggestion(work.execute(sql, (prospect_id,)))
        if zone and zone != self._context.config.zone:
            work.update("prospect", prospect_id, {"zone": zone})

    def _columns(self, draft: ProspectDraft) -> dict[str, Value]:
        """Return the columns of `prospect` a draft sets, cleaned and checked."""
        row: dict[str, Value] = {
            name: clean_stored(text) for name in _WORDS if (text := getattr(draft, name)) is not None
        }
        if draft.note is not None:
            row["note"] = clean_stored(draft.note, multiline=True)
        if draft.zone is not None:
            row["zone"] = details.checked_zone(draft.zone)
            row["zone_confirmed"] = int(bool(row["zone"]))
        if draft.birthday is not None:
            row["birthday"] = details.checked_birthday(draft.birthday, self._context.config.default_region)
        if draft.star is not None:
            row["star"] = int(draft.star)
        if draft.goal is not None:
            row["goal"] = chosen_goal(draft.goal)
        if draft.pace is not None:
            chosen_pace(draft.pace)
        return row

    def star(self, ids: Sequence[str], on: bool | None = None) -> tuple[int, Changes]:
        """Star prospects, unstar them, or turn it round for None."""
        context = self._context
        with context.working("Star") as work:
            for prospect_id in ids:
                person = stored(work.connection, prospect_id)
                wanted = (not person.star) if on is None else on
                work.name = _several("Star" if wanted else "Unstar", person.name, len(ids))
                work.update("prospect", prospect_id, {"star": int(wanted)})
                self._follow(work, prospect_id, ProspectDraft())
        return len(ids), changes_of(work)

    def tag(self, ids: Sequence[str], tags: Sequence[str]) -> tuple[int, Changes]:
        """Add tags; one that begins with - is taken away."""
        with self._context.working("Tag") as work:
            for prospect_id in ids:
                person = stored(work.connection, prospect_id)
                work.name = _several("Tag", person.name, len(ids))
                set_tags(work, prospect_id, tags)
        return len(ids), changes_of(work)

    def close(self, ids: Sequence[str], reason: str = "") -> tuple[int, Changes]:
        """Close prospects: nothing more is planned; they can be reopened."""
        return self._each("Close", ids, Closed(clean_stored(reason)))

    def reopen(self, ids: Sequence[str]) -> tuple[int, Changes]:
        """Reopen closed prospects, with a decision today."""
        return self._each("Reopen", ids, Reopened())

    def _each(self, verb: str, ids: Sequence[str], event: Event) -> tuple[int, Changes]:
        with self._context.working(verb) as work:
            for prospect_id in ids:
                person = stored(work.connection, prospect_id)
                work.name = _several(verb, person.name, len(ids))
                try:
                    record(self._context, work, prospect_id, event)
                except UsageError as error:
                    raise FollowupError(f"{person.name} {error.title}", error.hint) from None
        return len(ids), changes_of(work)


def _several(verb: str, name: str, number: int) -> str:
    return f"{verb} {name}" if number == 1 else f"{verb} {number} prospects"


def _relation(draft: ProspectDraft) -> Relation:
    """Return where somebody added stands: as said; engaged when they came to us; else cold."""
    if draft.relation is None:
        return Relation.ENGAGED if draft.inbound else Relation.COLD
    wanted = " ".join(draft.relation.replace("-", " ").split()).casefold()
    try:
        return Relation(wanted)
    except ValueError:
        names = ", ".join(relation.value for relation in Relation)
        raise UsageError(f"unknown relation “{draft.relation}”", f"use one of {names}") from None
