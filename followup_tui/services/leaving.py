"""Taking people out: complete JSON, CSV that a spreadsheet can open safely, or vCards for an address book.

CSV has one row a person with the first detail of each kind; the journal, further details and what stands beside a
person are in the JSON alone. What vCards lose is said in `exchange/vcard_writing.py`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, TextIO

from followup_tui import __version__
from followup_tui.errors import FollowupError, NothingFound
from followup_tui.exchange.drafts import DetailDraft, Draft
from followup_tui.services.context import Context
from followup_tui.storage import people
from followup_tui.storage.whole import beside, cadence_documents, journal_of, library_documents, rules_documents

Progress = Callable[[int], bool]
"""Gets the number written so far and returns False to cancel."""
_LOT = 400
_COLUMNS = (
    *("id", "name", "company", "title", "phone", "mobile", "email", "fax", "address", "zone", "relation", "cadence"),
    *("why", "benefit", "source", "birthday", "star", "tags", "note", "not by"),
)
Whom = str | Sequence[str]
"""A filter (empty: everybody), or the ids of those chosen."""
Out = AbstractContextManager[TextIO]
"""Opens what is written to, and puts it in place when it is whole."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet compute (quality T6)."""


def write_json(context: Context, target: Out, where: Whom, raw: bool, progress: Progress | None = None) -> int:
    """Write everything about the prospects that match: facts, details, tags, the whole journal, rules and cadences."""
    written = 0
    with context.database.reading() as connection, target as out:
        wanted = _wanted(context, connection, where)
        head = {"format": "followup", "version": 1, "made_by": __version__, "at": context.now().isoformat()}
        head["cadences"] = cadence_documents(connection)
        head["rules"] = rules_documents(connection)
        head |= library_documents(connection)
        out.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "prospects": [')
        for lot in _lots(wanted):
            journals = journal_of(connection, lot)
            made, keys = beside(connection, lot)
            for person in people.people(connection, lot):
                document = _document(person, keys) | {"created_at": made[person.id]}
                document["journal"] = journals.get(person.id, [])
                out.write(",\n" if written else "\n")
                out.write(json.dumps(document, ensure_ascii=False))
                written += 1
            _tell(progress, written)
        out.write("\n]}\n")
    return written


def _document(person: people.Person, keys: Mapping[int, str]) -> dict[str, Any]:
    facts: dict[str, Any] = {
        name: getattr(person, name)
        for name in people.Person.__slots__
        if name not in ("state", "snoozed_until", "details", "tags", "extra")
    }
    facts["extra"] = json.loads(person.extra)
    facts["tags"] = list(person.tags)
    facts["details"] = [
        {
            "kind": detail.kind,
            "value": detail.value,
            "key": keys[detail.id],
            "label": detail.label,
            "bad": detail.bad,
        }
        for detail in person.details
    ]
    facts["state"] = json.loads(person.state)
    return facts


def write_csv(context: Context, target: Out, where: Whom, raw: bool, progress: Progress | None = None) -> int:
    """Write one row a prospect; cells that a spreadsheet would compute get a leading apostrophe unless `raw`."""
    written = 0
    with context.database.reading() as connection, target as out:
        rules = context.rules(connection)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(_COLUMNS)
        for lot in _lots(_wanted(context, connection, where)):
            for person in people.people(connection, lot):
                writer.writerow([_cell(value, raw) for value in _values(person, rules)])
                written += 1
            out.write(text.getvalue())
            text.seek(0)
            text.truncate()
            _tell(progress, written)
        out.write(text.getvalue())
    return written


def write_vcards(context: Context, target: Out, where: Whom, raw: bool, progress: Progress | None = None) -> int:
    """Write one vCard 4.0 a prospect."""
    from followup_tui.exchange.vcard_writing import card

    written = 0
    with context.database.reading() as connection, target as out:
        for lot in _lots(_wanted(context, connection, where)):
            found = people.people(connection, lot)
            out.writelines(card(_as_draft(person), person.id) for person in found)
            written += len(found)
            _tell(progress, written)
    return written


def _as_draft(person: people.Person) -> Draft:
    from followup_tui.services.present import state_of

    state = state_of(person)
    details = (DetailDraft(d.kind, d.value, "", d.label, "yes" if d.bad else "") for d in person.details)
    return Draft(
        line=0,
        name=person.name,
        company=person.company,
        title=person.title,
        details=tuple(details),
        why=person.why,
        benefit=person.benefit,
        source=person.source,
        birthday=person.birthday,
        zone=person.zone if person.zone_confirmed else "",
        tags=person.tags,
        star=person.star,
        note=person.note,
        relation=state.relation.value,
        extra=json.loads(person.extra),
        not_by=tuple(sorted(state.stopped_channels)),
    )


Writer = Callable[[Context, Out, Whom, bool, Progress | None], int]
WRITERS: Mapping[str, Writer] = {"json": write_json, "csv": write_csv, "vcard": write_vcards}
"""Format → what writes it: context, where to, filter, raw (CSV only), progress; returns how many people."""


def _tell(progress: Progress | None, written: int) -> None:
    if progress is not None and not progress(written):
        raise FollowupError("the export was cancelled: nothing was written")


def _values(person: people.Person, rules: Any) -> list[str]:
    from followup_tui.services.present import state_of

    state = state_of(person)
    enrolment = state.enrolment
    cadence = rules.cadence(enrolment.cadence_id).name if enrolment else ""
    details = [person.detail(kind) for kind in ("phone", "mobile", "email", "fax", "address")]
    return [
        person.id,
        person.name,
        person.company,
        person.title,
        *details,
        person.zone,
        str(state.relation),
        cadence,
        person.why,
        person.benefit,
        person.source,
        person.birthday,
        "yes" if person.star else "",
        ", ".join(person.tags),
        person.note,
        ", ".join(sorted(state.stopped_channels)),
    ]


def _cell(value: str, raw: bool) -> str:
    """Return a cell that computes nothing; a phone number keeps its +, an import takes the apostrophe off."""
    if raw or not value:
        return value
    if value.startswith("'") and value[1:].startswith(FORMULA):
        return "'" + value
    if not value.startswith(FORMULA):
        return value
    if value.startswith("+") and all(char.isdigit() or char in " ()-./" for char in value[1:]):
        return value
    return "'" + value


def _wanted(context: Context, connection: Any, where: Whom) -> list[str]:
    """Return who is written, by name or as chosen; NothingFound for nobody a filter finds, and no file is made."""
    if not isinstance(where, str):
        return list(where)
    if not where.strip():
        return people.ids(connection, None, 0)
    from followup_tui.services.filtering import matching_ids

    found = matching_ids(context, connection, where, None, 0)
    if not found:
        raise NothingFound(f"nobody matches {where}", "nothing was written")
    return found


def _lots(ids: list[str]) -> Iterator[list[str]]:
    for begin in range(0, len(ids), _LOT):
        yield ids[begin : begin + _LOT]
