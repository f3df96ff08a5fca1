"""Value items and templates of a complete export: those that are not here come in, one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from followup_tui.domain.channels import BY_NAME
from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.placeholders import require_known
from followup_tui.errors import UsageError
from followup_tui.exchange.drafts import Rejection
from followup_tui.services.kept import tag_words
from followup_tui.services.library import KINDS, checked_link
from followup_tui.services.templates import LONGEST
from followup_tui.storage import library
from followup_tui.storage.first_rows import shipped_templates
from followup_tui.storage.unit_of_work import Row, UnitOfWork, instant

_SEVERAL = ("text", "body")
"""Columns of several lines."""


def take_library(work: UnitOfWork, given: Mapping[str, object]) -> list[Rejection]:
    """Store what is not here yet; return what could not be taken.

    A name that is taken keeps the words here, but a template still as it ships takes those of the file.
    """
    refused = _taken(work, "value_item", given.get("value_items"), _item)
    return refused + _taken(work, "template", given.get("templates"), _template)


def _taken(work: UnitOfWork, table: str, entries: object, read: Callable[[Mapping[str, Any]], Row]) -> list[Rejection]:
    refused = []
    named = library.NAMED[table]
    for number, entry in enumerate(entries if isinstance(entries, list) else [], 1):
        try:
            row = read(entry) if isinstance(entry, Mapping) else {}
        except (UsageError, ValueError, TypeError) as error:
            refused.append(Rejection(0, f"{table} {number}", f"{str(error)[:160]}; left out"))
            continue
        if not row.get(named):
            refused.append(Rejection(0, f"{table} {number}", f"has no {named}; left out"))
        elif why := _put(work, table, row):
            refused.append(Rejection(0, f"{table} {number}", why))
    return refused


def _put(work: UnitOfWork, table: str, row: Row) -> str:
    """Store one row; return why it was not, when other words are here under its name."""
    name = str(row[library.NAMED[table]])
    here = library.row_named(work, table, name)
    if here is None:
        work.insert(table, row)
        return ""
    differing = {column for column, value in row.items() if column != "created_at" and here[column] != value}
    if not differing:
        return ""
    if table == "template" and _as_shipped(here):
        work.update(table, here["id"], row)
        return ""
    return f"{name[:60]} is here already and says something else; it stays as it is"


def _as_shipped(row: Row) -> bool:
    """Whether a template still is what came with the program."""
    return any(all(row[column] == value for column, value in one.items()) for one in shipped_templates())


def _words(entry: Mapping[str, Any], table: str) -> Row:
    """Return the texts of a row, cleaned; ValueError when one is none."""
    row: Row = {}
    for column in library.COLUMNS[table]:
        if column in ("id", "retired", "created_at"):
            continue
        value = entry.get(column, "")
        if not isinstance(value, str) or len(value) > LONGEST:
            raise ValueError(f"{column} is no text, or far too long")
        row[column] = clean_stored(value, multiline=column in _SEVERAL)
    row["channels"] = ",".join(name for name in library.listed(str(row["channels"])) if name in BY_NAME)
    row["tags"] = tag_words(library.listed(str(row["tags"])))
    row["retired"] = int(entry.get("retired") is True)
    row["created_at"] = instant(datetime.fromisoformat(str(entry.get("created_at"))))
    return row


def _item(entry: Mapping[str, Any]) -> Row:
    row = _words(entry, "value_item")
    row["link"] = checked_link(str(row["link"]))
    if row["kind"] not in KINDS:
        raise ValueError(f"the kind {str(row['kind'])[:20]} is not known")
    return row


def _template(entry: Mapping[str, Any]) -> Row:
    row = _words(entry, "template")
    require_known(str(row["subject"]), "subject")
    require_known(str(row["body"]), "body")
    return row
