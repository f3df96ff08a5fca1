"""Frozen dataclasses of the domain ⇄ JSON.

Our own sixty lines rather than pydantic's TypeAdapter: the queue and the log use it, and pydantic is off the start
path (it costs as much to import as the whole of sqlite3, pendulum and the domain together).
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from followup_tui.errors import NotOurDatabase

T = TypeVar("T")
_NEVER = object()
"""The default of a field that is always written."""


def plain(value: Any) -> Any:
    """Return a JSON value; fields at their default are left out of dataclasses."""
    kind: Any = type(value)
    return _writer(kind)(value)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def dumps(value: Any) -> str:
    """Return compact, stable JSON text."""
    return _encode(plain(value))


@cache
def _writer(kind: Any) -> Callable[[Any], Any]:
    """Return the function that makes a JSON value of one type."""
    if kind is type(None) or issubclass(kind, (bool, int, float)):
        return _as_it_is
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, str):
        return _as_it_is
    if issubclass(kind, (date, time)):
        return lambda value: value.isoformat()
    if issubclass(kind, frozenset):
        return lambda value: sorted(map(plain, value))
    if issubclass(kind, (tuple, list)):
        return lambda value: list(map(plain, value))
    if issubclass(kind, dict):
        return lambda value: {str(key): plain(item) for key, item in value.items()}
    if is_dataclass(kind):
        return _dataclass_writer(kind)
    raise TypeError(f"no JSON form for {kind.__name__}")


def _dataclass_writer(kind: Any) -> Callable[[Any], Any]:
    of = fields(kind)
    names = [field.name for field in of]
    defaults = [_NEVER if field.name == "kind" else field.default for field in of]
    values_of: Any = attrgetter(*names) if len(names) > 1 else lambda value: [getattr(value, name) for name in names]

    def write(value: Any) -> dict[str, Any]:
        return {
            name: item if item is None or type(item) is str else plain(item)
            for name, default, item in zip(names, defaults, values_of(value), strict=True)
            if item is not default and item != default
        }

    return write


def loads(cls: type[T], text: str) -> T:
    """Return an instance of `cls` from JSON text; NotOurDatabase when it does not fit, for we wrote it.

    The last ones are remembered, for nothing changes them: a log looks at the same state six times.
    """
    kind: Any = cls
    result: T = _read(kind, text)
    return result


@lru_cache(maxsize=16)
def _read(kind: Any, text: str) -> Any:
    try:
        return _reader(kind)(json.loads(text))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise NotOurDatabase(f"a stored {kind.__name__} is damaged ({error})", "run followup doctor") from error


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return the function that reads one type from its JSON value."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _optional(kind)
    if origin in (tuple, frozenset):
        item = _reader(get_args(kind)[0])
        return origin if item is _as_it_is else lambda value: origin(map(item, value))
    if kind is datetime or kind is date or kind is time:
        return lambda value: kind.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _enum_reader(kind)
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _enum_reader(kind: type[Enum]) -> Callable[[Any], Any]:
    """Read a member by its value; looked up here, for calling the class takes four times as long."""
    members = {member.value: member for member in kind}

    def read(value: Any) -> Any:
        return members.get(value) or kind(value)

    return read


def _optional(kind: Any) -> Callable[[Any], Any]:
    """Read `X | None`; of several classes the first whose fields fit."""
    choices = [part for part in get_args(kind) if part is not type(None)]
    if len(choices) == 1:
        inner = _reader(choices[0])
        if inner is _as_it_is:
            return inner
        return lambda value: None if value is None else inner(value)
    readers = [_reader(choice) for choice in choices]

    def read(value: Any) -> Any:
        if isinstance(value, dict):
            return readers[-1](value)
        return None if value is None else readers[0](value)

    return read


def _dataclass_reader(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    plain_ones = frozenset(name for name, reader in readers.items() if reader is _as_it_is)

    def read(value: Any) -> Any:
        return kind(
            **{
                name: item if name in plain_ones else readers[name](item)
                for name, item in value.items()
                if name in readers
            }
        )

    return read
