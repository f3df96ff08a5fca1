"""One row of cells to one draft, with a reason for every cell that was not taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from followup_tui.domain.channels import CHANNELS
from followup_tui.domain.model import Relation
from followup_tui.exchange.birthdays import NotADate, birthday
from followup_tui.exchange.cells import Row
from followup_tui.exchange.columns import Plan
from followup_tui.exchange.contacts import GROUP_MARK, details_of
from followup_tui.exchange.drafts import DetailDraft, Draft, Rejection
from followup_tui.exchange.headers import squash
from followup_tui.exchange.plain_rows import PlainRows, Unusual

_RELATIONS = {squash(relation.value): relation.value for relation in Relation} | {"dnc": Relation.DO_NOT_CONTACT.value}
_YES = {
    *("yes", "y", "true", "1", "x", "on", "star", "starred", "vip", "checked"),
    *("ja", "j", "wahr", "oui", "o", "vrai", "si", "s", "verdadero"),
}
_NO = {"", "no", "n", "false", "0", "off", "none", "unchecked", "nein", "falsch", "non", "faux", "falso"}
_OUT = _YES | {
    *("optedout", "optout", "unsubscribed", "unsubscribe", "donotallow", "notallowed", "donotcontact", "donotcall"),
    *("donotemail", "blocked", "stop", "cleaned", "abgemeldet", "desabonne", "desinscrit", "dadodebaja", "baja"),
}
_IN = _NO | {
    *("subscribed", "active", "optedin", "optin", "allow", "allowed", "ok", "confirmed", "pending", "abonniert"),
    *("angemeldet", "abonne", "inscrit", "suscrito"),
}
_DATED = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?")
"""When somebody opted out: they did."""
STOPS = {
    "do_not_email": "email", "do_not_call": "phone", "do_not_text": "text", "do_not_mail": "mail", "do_not_fax": "fax",
}  # fmt: skip
"""Field → channel that is not wanted."""
_OURS = {"id", "why", "benefit", "not by"}
"""Columns that our own export has, and no other program."""
_WORDS = ("title", "why", "benefit", "source", "cadence")
_TAG_SPLIT = re.compile(r"\s*(?::::|[,;|\n])\s*")
STARRED_GROUPS = {"starred", "starred in android"}
SYSTEM_GROUPS = {"mycontacts", "my contacts"} | STARRED_GROUPS


class RowReader:
    """Reads the rows of one table by its plan."""

    def __init__(self, plan: Plan, region: str = "") -> None:
        self.plan = plan
        self.region = region
        self._words = [field for field in _WORDS if plan.singles.get(field)]
        self._has = {field for field, columns in plan.singles.items() if columns}
        self._stops = [field for field in (*STOPS, "not_by") if field in self._has]
        self._id = plan.headers.index("id") if set(plan.headers) >= _OURS else -1
        self._plain = PlainRows(plan, region, self._id, _parted)

    def read(self, line: int, cells: list[str], plain: bool = False) -> Sequence[Draft | Rejection]:
        """Return the person in a row, if any, and what could not be taken.

        `plain`: all of it is printable ASCII without an apostrophe.
        """
        if plain:
            try:
                return [self._plain.read(line, cells)]
            except Unusual:
                pass
        return self._read(Row(self.plan, line, cells, plain))

    def _read(self, row: Row) -> Sequence[Draft | Rejection]:
        """Read whatever a row may hold."""
        line = row.line
        has = self._has
        details = details_of(row, self.region)
        company = row.single("company") if "company" in has else ""
        name = _name(row) or company or reach(details)
        if not name:
            return [Rejection(line, "", "no name, company, e-mail or phone; add one of them")]
        tags, starred = _groups(row) if "tags" in has else ((), False)
        draft = Draft(
            line=line,
            name=name,
            company=company,
            details=details,
            birthday=_birthday(row, self.region) if "birthday" in has else "",
            zone=_zone(row) if "zone" in has else "",
            tags=tags,
            star=("star" in has and _flag(row, "star")) or starred,
            note="\n".join(row.all("note")) if "note" in has else "",
            relation=_relation(row) if "relation" in has or "do_not_contact" in has else "",
            extra=row.extra,
            not_by=_not_by(row, self._stops) if self._stops else (),
            own=row.text(self._id) if self._id >= 0 else "",
            **{field: row.single(field) for field in self._words},
        )
        row.keep_extras()
        return [draft, *row.rejections]


def _name(row: Row) -> str:
    if whole := row.single("name"):
        return whole
    return " ".join(filter(None, map(row.single, ("first_name", "middle_name", "last_name"))))


def reach(details: tuple[DetailDraft, ...]) -> str:
    """Return the e-mail address, else the number, that stands for a name that is not known."""
    return next((d.value for kinds in ({"email"}, {"phone", "mobile"}) for d in details if d.kind in kinds), "")


def _birthday(row: Row, region: str) -> str:
    index = row.first("birthday")
    if index < 0:
        return ""
    text = row.text(index)
    try:
        return birthday(text, region)
    except NotADate as error:
        row.reject(index, "birthday", text, str(error))
        return ""


def _zone(row: Row) -> str:
    text = row.single("zone")
    if not text:
        return ""
    if zone := zone_called(text):
        return zone
    row.reject(row.first("zone"), "zone", text, f"no time zone called {text[:40]}; write it as Europe/Berlin")
    return ""


@lru_cache(maxsize=512)
def zone_called(text: str) -> str:
    """Return the time zone of a name, HubSpot's `europe_slash_berlin` too; empty when this machine knows none."""
    if is_zone(text):
        return text
    wanted = text.strip().casefold().replace("_slash_", "/").replace(" ", "_")
    return next((name for name in available_timezones() if name.casefold() == wanted), "")


@lru_cache(maxsize=512)
def is_zone(name: str) -> bool:
    """Return whether this machine knows the time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _flag(row: Row, field: str) -> bool:
    index = row.first(field)
    if index < 0:
        return False
    text = row.text(index)
    word = squash(text)
    if word in _YES or text in {"*", "✓", "✔"}:
        return True
    if word not in _NO:
        row.reject(index, field.replace("_", " "), text, f"neither yes nor no: {text[:40]}; write yes or no")
    return False


def _not_by(row: Row, fields: Sequence[str]) -> tuple[str, ...]:
    """Return the channels somebody asked not to be contacted on."""
    found = [STOPS[field] for field in fields if field in STOPS and _opted_out(row, field)]
    for text in row.all("not_by"):
        named, unknown = channels_in(text)
        found += named
        if unknown:
            row.reject(row.first("not_by"), "not by", unknown, f"no channel called {unknown[:40]}")
    return tuple(dict.fromkeys(found))


def channels_in(text: str) -> tuple[list[str], str]:
    """Return the channels named in a list, and the first name that is none."""
    names = [name.strip().casefold() for name in re.split("[,;|]", text) if name.strip()]
    known = {channel.name for channel in CHANNELS}
    return [name for name in names if name in known], next((name for name in names if name not in known), "")


def _opted_out(row: Row, field: str) -> bool:
    """Return whether any column says that they opted out, which stays beside the person word for word."""
    found = False
    for index in row.plan.singles.get(field, ()):
        text = row.text(index)
        word = squash(text)
        if word in _OUT or text in {"✓", "✔"} or _DATED.fullmatch(text):
            found = True
            row.extra[row.plan.headers[index]] = text
        elif word not in _IN:
            row.reject(index, field.replace("_", " "), text, f"neither yes nor no: {text[:40]}; write yes or no")
    return found


def _relation(row: Row) -> str:
    if _opted_out(row, "do_not_contact"):
        return Relation.DO_NOT_CONTACT.value
    text = row.single("relation")
    relation = _RELATIONS.get(squash(text), "") if text else ""
    if text and not relation:
        why = f"no relation called {text[:40]}; use one of {', '.join(Relation)}"
        row.reject(row.first("relation"), "relation", text, why)
    return relation


def _groups(row: Row) -> tuple[tuple[str, ...], bool]:
    """Return the words of all tag columns, each once, and whether one of them is a star."""
    cells = row.all("tags")
    return _parted(*cells) if len(cells) == 1 else _tags(cells)


@lru_cache(maxsize=2000)
def _parted(cell: str) -> tuple[tuple[str, ...], bool]:
    return _tags([cell])


def _tags(cells: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    words = (GROUP_MARK.sub("", word.strip('"')) for text in cells for word in _TAG_SPLIT.split(text))
    groups = [word for word in dict.fromkeys(words) if word]
    starred = any(group.casefold() in STARRED_GROUPS for group in groups)
    return tuple(group for group in groups if group.casefold() not in SYSTEM_GROUPS), starred
