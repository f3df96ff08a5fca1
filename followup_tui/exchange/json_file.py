"""JSON files: our own complete export, or another program's list of contacts read as the table it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import Any

from followup_tui.errors import FollowupError, NewerVersion
from followup_tui.exchange.columns import wanted_names
from followup_tui.exchange.delimited import CELL_LIMIT, TOO_LARGE, Record
from followup_tui.exchange.drafts import Draft, Rejection
from followup_tui.exchange.encodings import Encoding, detect
from followup_tui.exchange.grid import head_of, people, samples_of
from followup_tui.exchange.headers import squash
from followup_tui.exchange.json_entries import NAMING, REACHING, deeper, fields_of, is_person, rows_in
from followup_tui.exchange.json_names import as_columns
from followup_tui.exchange.json_text import VALUE_LIMIT, JsonText, NotJson
from followup_tui.exchange.reading import Options, Reading
from followup_tui.exchange.recognise import source_of
from followup_tui.exchange.whole import FORMAT, LIBRARY, VERSION, Complete, Whole
from followup_tui.records import dataclass

_COLUMNS = 2000
_FIRST_LINES = 20
_ADVICE = "export the contacts as CSV or vCard and import that"


@dataclass(slots=True)
class _Survey:
    """What a first look through the file found."""

    head: dict[str, Any] = field(default_factory=dict)
    """What stands beside the list."""
    key: str | None = None
    """The name of the list; None when the file is nothing but a list, or has none."""
    listed: bool = False
    line: int = 1
    columns: dict[str, None] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    """Names of other lists that seem to hold people too."""
    more: int = 0
    """The line of what stands behind the object the file begins with; 0 when nothing does."""

    def likeness(self) -> tuple[bool, bool]:
        """Return whether the entries name and reach people, and whether they do either."""
        found = fields_of(as_columns(list(self.columns)))
        return bool(found & NAMING and found & {"email", "phone", "mobile"}), bool(found & (NAMING | REACHING))


def open_json(path: Path, options: Options) -> Reading:
    """Open a JSON file; FollowupError when it is no JSON, or holds no list of contacts."""
    encoding = detect(path)
    lines = _is_lines(path, encoding)
    with _text(path, encoding) as text:
        survey = _survey_lines(path, encoding) if lines else _survey(text)
    if survey.head.get("format") == FORMAT:
        return _complete(path, encoding, survey)
    held = None if lines else _held(path, encoding, survey)
    if held is not None:
        survey.columns = dict.fromkeys(name for _, entry in held for name in _names(entry))
    elif survey.more:
        raise FollowupError(f"{path.name}: line {survey.more}: more stands behind the end of the list", _ADVICE)
    elif not survey.listed or not survey.columns:
        raise FollowupError(f"{path.name}: no list of contacts in this JSON", _ADVICE)
    if len(survey.columns) > _COLUMNS:
        raise FollowupError(f"{path.name}: its entries have more than {_COLUMNS} different names", _ADVICE)
    header = list(survey.columns)
    source = source_of(header)
    source = "table" if source.startswith("google") else source  # its table has such names, its JSON has others
    wanted = wanted_names(options.mapping)
    names = [old if squash(old) in wanted else new for old, new in zip(header, as_columns(header), strict=True)]
    head = head_of(path, names, survey.line, options, source)

    def rows() -> Iterator[Record]:
        if held is not None:
            return _row_records(held, header)
        return _line_records(path, encoding, header) if lines else _records(path, encoding, survey.key, header)

    def produce() -> Iterator[Draft | Rejection]:
        for name in survey.others:
            why = f"the list “{name}” seems to hold people too and was not read; import it from a file of its own"
            yield Rejection(1, "list", why)
        yield from people(head, rows(), options.default_region)

    return Reading(
        path,
        format=head.source,
        encoding=encoding.name,
        columns=head.plan.columns,
        produce=produce,
        samples=lambda: samples_of(head, rows()),
        recalled=head.recalled,
    )


@contextmanager
def _text(path: Path, encoding: Encoding) -> Iterator[JsonText]:
    """Open the file; what is not JSON becomes one clear line."""
    with encoding.open(path) as file:
        try:
            yield JsonText(file)
        except NotJson as error:
            raise FollowupError(f"{path.name}: {error}", "nothing was imported; export it again, or mend it") from None


def _survey(text: JsonText) -> _Survey:
    found = _Survey()
    if text.peek() == "[":
        _look_through(text, found)
        text.end()
        return found
    lists: list[_Survey] = []
    for key in text.names():
        if text.peek() != "[" or key in ("cadences", "rules", *LIBRARY):
            found.head[key] = text.value()
            continue
        if found.head.get("format") == FORMAT and {"cadences", "rules", "version"} <= found.head.keys():
            found.key = key
            return found  # our own writer puts the people last
        lists.append(_Survey(key=key))
        _look_through(text, lists[-1])
    if lists := [one for one in lists if one.columns]:
        best = max(lists, key=_Survey.likeness)
        found.listed, found.key, found.line, found.columns = True, best.key, best.line, best.columns
        found.others = [str(one.key) for one in lists if one is not best and one.likeness()[0]]
    found.more = text.line if text.peek() else 0
    return found


def _held(path: Path, encoding: Encoding, survey: _Survey) -> list[tuple[int, Any]] | None:
    """Return line and entry of people who are in no list at the top of the file; None when they are in one.

    The object that is the whole file, several behind one another, a list further down, or people under a key each.
    """
    if survey.listed and (survey.key is None or not fields_of([survey.key]) & REACHING):
        return None
    if path.stat().st_size > VALUE_LIMIT:
        return None
    values: list[tuple[int, Any]] = []
    with _text(path, encoding) as text:
        while text.peek():
            line = text.line
            values.append((line, text.value()))
    if any(is_person(entry) for _, entry in values):
        return values
    return [(1, entry) for entry in deeper(values[0][1])] or None if len(values) == 1 else None


def _look_through(text: JsonText, found: _Survey) -> None:
    """Collect the names of all entries in the order of their first appearance."""
    found.listed = True
    for line, entry in text.items():
        if isinstance(entry, dict) and len(found.columns) <= _COLUMNS:
            if not found.columns:
                found.line = line
            found.columns.update(dict.fromkeys(_names(entry)))


def _names(entry: Any) -> list[str]:
    return [name for row in rows_in(entry) for name in row] if isinstance(entry, dict) else []


def _entries(text: JsonText, key: str | None) -> Iterator[tuple[int, Any]]:
    if key is None:
        yield from text.items()
    else:
        for name in text.names():
            if name == key and text.peek() == "[":
                yield from text.items()
            else:
                text.value()
    text.end()


def _records(path: Path, encoding: Encoding, key: str | None, header: list[str]) -> Iterator[Record]:
    with _text(path, encoding) as text:
        yield from _row_records(_entries(text, key), header)


def _row_records(entries: Iterable[tuple[int, Any]], header: list[str]) -> Iterator[Record]:
    for number, (line, entry) in enumerate(entries, 1):
        if isinstance(entry, dict):
            yield from (_record(line, row, header) for row in rows_in(entry))
        else:
            yield Record(line, [], f"entry {number} is no object with names and values; left out")


def _record(line: int, row: dict[str, str], header: list[str]) -> Record:
    large = any(len(value) > CELL_LIMIT for value in row.values())
    return Record(line, [] if large else [row.get(name, "") for name in header], TOO_LARGE if large else "")


def _is_lines(path: Path, encoding: Encoding) -> bool:
    """Return whether each line is an object of its own (JSON Lines): the first two tell."""
    with encoding.open(path) as file:
        lines = (file.readline(VALUE_LIMIT).strip("\ufeff \t\r\n") for _ in range(_FIRST_LINES))
        first, second = next(filter(None, lines), ""), next(filter(None, lines), "")
    return first.startswith("{") and first.endswith("}") and second.startswith("{") and isinstance(_object(first), dict)


def _object(line: str) -> dict[str, Any] | str:
    """Return what a line holds, or why it is no object."""
    try:
        found = json.loads(line) if len(line) <= VALUE_LIMIT else None
    except RecursionError:
        return "nested too deeply"
    except ValueError as error:
        return f"no JSON: {getattr(error, 'msg', error)}"
    return found if isinstance(found, dict) else "no object with names and values"


def _lines(path: Path, encoding: Encoding) -> Iterator[tuple[int, dict[str, Any] | str]]:
    with encoding.open(path) as file:
        number = 0
        while line := file.readline(VALUE_LIMIT + 2):
            number += 1
            if line.strip(" \t\r\n\ufeff"):
                yield number, _object(line)
            while not line.endswith("\n") and (line := file.readline(VALUE_LIMIT)):
                pass  # the rest of a line too long to hold


def _survey_lines(path: Path, encoding: Encoding) -> _Survey:
    found = _Survey(listed=True)
    for _, entry in _lines(path, encoding):
        if isinstance(entry, dict) and len(found.columns) <= _COLUMNS:
            found.columns.update(dict.fromkeys(_names(entry)))
    return found


def _line_records(path: Path, encoding: Encoding, header: list[str]) -> Iterator[Record]:
    for number, entry in _lines(path, encoding):
        if isinstance(entry, str):
            yield Record(number, [], f"{entry}; left out")
        else:
            yield from (_record(number, row, header) for row in rows_in(entry))


def _complete(path: Path, encoding: Encoding, survey: _Survey) -> Reading:
    version = survey.head.get("version")
    if version != VERSION:
        made = f"{path.name}: a complete export of version {version}, this program reads {VERSION}"
        raise NewerVersion(made, "update Followup, or export again")

    def wholes() -> Iterator[Whole | Rejection]:
        with _text(path, encoding) as text:
            for number, (line, entry) in enumerate(_entries(text, "prospects"), 1):
                if isinstance(entry, dict):
                    yield Whole(line, entry)
                else:
                    yield Rejection(line, "", f"entry {number} is no prospect; left out")

    library = {name: survey.head.get(name) for name in LIBRARY}
    complete = Complete(survey.head.get("cadences"), survey.head.get("rules"), wholes, library)
    return Reading(path, format=FORMAT, encoding=encoding.name, produce=lambda: iter(()), complete=complete)
