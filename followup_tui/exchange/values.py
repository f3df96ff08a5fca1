"""Typed values – numbers, dates, yes and no – as the text a person would have typed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

_EXACT = 1e21
"""Beyond it a number is no phone number any more and keeps its exponent."""


def text_of(value: object) -> str:
    """Return the text of one cell: `4.930123e10` is a phone number and no measurement, a day is an ISO date."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(value)


def _number(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return repr(value)
