"""JSON files: our own complete export, or another program's list of contacts read as the table it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
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
from followup_tui.exchange.headers import meaning, squash
from followup_tui.exchange.json_names import as_columns
from followup_tui.exchange.json_text import VALUE_LIMIT, JsonText, NotJson
from followup_tui.exchange.reading import Options, Reading
from followup_tui.exchange.recognise import source_of
from followup_tui.exchange.values import text_of
from followup_tui.exchange.whole import FORMAT, LIBRARY, VERSION, Complete, Whole
from followup_tui.records import dataclass

_COLUMNS = 2000
_DEPTH = 4
_FIRST_LINES = 20
_NAMING = {"name", "first_name", "last_name"}
_REACHING = {"company", "email", "phone", "mobile", "address", "street"}
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


def open_json(path: Path, options: Options) -> Reading:
    """Open a JSON file; FollowupError when it is no JSON, or holds no list of contacts."""
    encoding = detect(path)
    lines = _is_lines(path, encoding)
    with _text(path, encoding) as text:
        survey = _survey_lines(path, encoding) if lines else _survey(text)
    if survey.head.get("format") == FORMAT:
        return _complete(path, encoding, survey)
    alone = None if lines else _alone(path, encoding, survey)
    if alone is not None:
        survey.columns = dict.fromkeys(_flat(alone))
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
        if alone is not None:
            return iter([_record(1, alone, header)])
        return _line_records(path, encoding, header) if lines else _records(path, encoding, survey.key, header)

    def produce() -> Iterator[Draft | Rejection]:
        return people(head, rows(), options.default_region)

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
        return found
    for key in text.names():
        if text.peek() != "[" or key in ("cadences", "rules", *LIBRARY) or found.listed:
            found.head[key] = text.value()
            continue
        if found.head.get("format") == FORMAT and {"cadences", "rules", "version"} <= found.head.keys():
            found.key = key
            return found  # our own writer puts the people last
        found.key = key
        _look_through(text, found)
        if not found.columns:
            found.listed, found.key = False, None
    return found


def _alone(path: Path, encoding: Encoding, survey: _Survey) -> dict[str, Any] | None:
    """Return the object that is the whole file when it is a person: it has a name, and a way to reach or know them."""
    if survey.listed and (survey.key is None or not _fields([survey.key]) & _REACHING):
        return None
    if path.stat().st_size > VALUE_LIMIT:
        return None
    with _text(path, encoding) as text:
        entry = text.value()
    found = _fields(as_columns(list(_flat(entry)))) if isinstance(entry, dict) else set()
    return entry if found & _NAMING and found & _REACHING else None


def _fields(names: Sequence[str]) -> set[str]:
    return {what.field for name in names if (what := meaning(squash(name))) is not None}


def _look_through(text: JsonText, found: _Survey) -> None:
    """Collect the names of all entries in the order of their first appearance."""
    found.listed = True
    for line, entry in text.items():
        if isinstance(entry, dict) and len(found.columns) <= _COLUMNS:
            if not found.columns:
                found.line = line
            found.columns.update(dict.fromkeys(_flat(entry)))


def _entries(text: JsonText, key: str | None) -> Iterator[tuple[int, Any]]:
    if key is None:
        yield from text.items()
        return
    for name in text.names():
        if name == key and text.peek() == "[":
            yield from text.items()
        else:
            text.value()


def _records(path: Path, encoding: Encoding, key: str | None, header: list[str]) -> Iterator[Record]:
    with _text(path, encoding) as text:
        for number, (line, entry) in enumerate(_entries(text, key), 1):
            if not isinstance(entry, dict):
                yield Record(line, [], f"entry {number} is no object with names and values; left out")
                continue
            yield _record(line, entry, header)


def _record(line: int, entry: dict[str, Any], header: list[str]) -> Record:
    flat = _flat(entry)
    large = any(len(value) > CELL_LIMIT for value in flat.values())
    return Record(line, [] if large else [flat.get(name, "") for name in header], TOO_LARGE if large else "")


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
            found.columns.update(dict.fromkeys(_flat(entry)))
    return found


def _line_records(path: Path, encoding: Encoding, header: list[str]) -> Iterator[Record]:
    for number, entry in _lines(path, encoding):
        if isinstance(entry, str):
            yield Record(number, [], f"{entry}; left out")
        else:
            yield _record(number, entry, header)


def _flat(entry: dict[str, Any], before: str = "", depth: int = _DEPTH) -> dict[str, str]:
    """Return an entry as names and texts: what lies in another object gets both names, as `address city`."""
    found: dict[str, str] = {}
    for key, value in entry.items():
        name = f"{before} {key}".strip()
        if isinstance(value, list):
            if depth and value and all(isinstance(item, dict) for item in value):
                value = {str(number): item for number, item in enumerate(value, 1)}
            elif any(isinstance(item, (dict, list)) for item in value):
                value = json.dumps(value, ensure_ascii=False)
            else:
                value = " ::: ".join(filter(None, map(text_of, value)))
        if isinstance(value, dict):
            if depth:
                found |= _flat(value, name, depth - 1)
                continue
            value = json.dumps(value, ensure_ascii=False)
        found[name] = text_of(value)
    return found


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
