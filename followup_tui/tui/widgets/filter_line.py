"""Where a filter is wrong, in a line that stands under it."""

from __future__ import annotations


def problem_line(message: str, column: int | None) -> str:
    """Return the message with a `^` under the 1-based column it is about, when there is one.

    The field starts in the same cell as this line. A mark far to the right is followed by the message only when both
    still make sense in one line; else the message comes first.
    """
    if column is None:
        return message
    if column <= 40:
        return f"{' ' * (column - 1)}^ {message}"
    return f"{message} (column {column})"
