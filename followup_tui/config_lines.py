"""Where a key stands in the configuration file, and how its value is shown: what tomllib does not tell."""

from __future__ import annotations

import re
from datetime import date, datetime, time


def line_of(text: str, table: str, key: str, index: int = 0) -> int:
    """Return the line of a key in a table (the index-th of its name), of the table when the key has none, else 0."""
    header, count, header_line, long = "", -1, 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if long:
            long = "" if bare.count(long) % 2 else long
            continue
        opened = re.match(r"\[\[?\s*([^\]]+?)\s*\]", bare)
        if opened and "=" not in bare.partition("#")[0]:
            header = opened[1].replace('"', "").replace("'", "")
            count += header == table
        here = header == table and (not bare.startswith("[") or not key) and (not table or count == index)
        if here and not header_line:
            header_line = number
        name = re.match(r"""["']?(.*?)["']?\s*=""", bare)
        written = re.sub(r"""["'\s]""", "", name[1]) if name else ""
        if key and here and (written == key or written.startswith(f"{key}.")):
            return number
        if not header and table and written in (table, f"{table}.{key}"):
            return number
        if not table and opened and header.partition(".")[0] == key:
            return number
        long = next((quotes for quotes in ('"""', "'''") if bare.count(quotes) % 2), "")
    return header_line if table else 0


def shown(value: object) -> str:
    """Return a value as a person would recognise it from the file, short and on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, list):
        return f"“{', '.join(str(item) for item in value)[:60]}”"
    if isinstance(value, dict):
        return "a table"
    line = " ".join(str(value).split())
    return f"“{line[:60]}{'…' if len(line) > 60 else ''}”"
