"""Values of the domain out of JSON nobody vouches for: every field has to be what its type says."""

from __future__ import annotations

import json
import types
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from followup_tui.errors import FollowupError
from followup_tui.storage.codec import loads

T = TypeVar("T")
_LARGEST = 1 << 31
"""Counts, steps and days beyond it are damage, and no database column holds much more."""
_YEARS = range(1900, 2300)


def sound(kind: type[T], document: object) -> T:
    """Return an instance of `kind` from a JSON value; ValueError when a field is not what its type says."""
    if not isinstance(document, dict):
        raise ValueError(f"{kind.__name__} is no object")
    hints = _hints(cast(Hashable, kind))
    try:
        value = loads(kind, json.dumps(document))
    except FollowupError as error:
        raise ValueError(error.title) from None
    if unknown := _unheard(document, value):
        raise ValueError(f"{kind.__name__} has no {unknown[:40]}")
    for name, hint in hints.items():
        if not _fits(getattr(value, name), hint):
            raise ValueError(f"{kind.__name__}: {name} is not what it has to be")
    return value


def _unheard(document: Any, value: Any) -> str:
    """Return a name in a document that its type does not know, or nothing: it would be lost."""
    if isinstance(document, list) and isinstance(value, tuple):
        return next(filter(None, map(_unheard, document, value)), "")
    if not isinstance(document, dict) or not is_dataclass(value):
        return ""
    known = _hints(cast(Hashable, type(value)))
    return next((name for name in document if name not in known), "") or next(
        filter(None, (_unheard(item, getattr(value, name)) for name, item in document.items())), ""
    )


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _fits(value: Any, hint: Any) -> bool:
    """Return whether a value is of a type, all the way down."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return any(_fits(value, part) for part in get_args(hint))
    if origin in (tuple, frozenset):
        item = get_args(hint)[0]
        return isinstance(value, origin) and all(_fits(part, item) for part in value)
    if origin is Mapping:
        key, item = get_args(hint)
        return isinstance(value, dict) and all(_fits(k, key) and _fits(v, item) for k, v in value.items())
    if is_dataclass(hint):
        hints = _hints(cast(Hashable, hint))
        return type(value) is hint and all(_fits(getattr(value, name), part) for name, part in hints.items())
    if hint is int:
        return type(value) is int and abs(value) < _LARGEST
    if hint is datetime:
        return type(value) is datetime and value.tzinfo is not None and value.year in _YEARS
    if hint is date:
        return type(value) is date and value.year in _YEARS
    if hint is float:
        return type(value) in (int, float)
    return type(value) is hint
