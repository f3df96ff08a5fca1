"""People by a few words as one types: the surest first, never more than asked for, misspelt names forgiven."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from followup_tui.domain.folding import fold, number_digits

_OWNERS = "SELECT f.prospect_id FROM {0} JOIN finding f ON f.id = {0}.rowid WHERE {0} MATCH ? LIMIT ?"
_BESIDE = "SELECT t.prospect_id FROM {0} JOIN {1} t ON t.id = {0}.rowid WHERE {0} MATCH ? LIMIT ?"
_BEGINS = "SELECT id FROM prospect WHERE search >= ? AND search < ? ORDER BY search, id LIMIT ?"
_NUMBER = (
    "SELECT prospect_id FROM detail WHERE id IN (SELECT id FROM detail WHERE kind IN ('phone', 'mobile', 'fax') "
    "AND key LIKE ?) LIMIT ?"
)
_ABROAD = (
    "SELECT prospect_id FROM detail WHERE id IN (SELECT id FROM detail WHERE kind IN ('phone', 'mobile', 'fax') "
    "AND substr(key, 1, 1) <> '+' AND length(key) > 6 AND instr(?, ltrim(key, '0'))) LIMIT ?"
)
"""Numbers known without their country that end the one typed with it."""
_INSIDE = 3
"""Letters from which on words are looked for inside others."""
LIKE_ENOUGH, SHORT_ENOUGH = 74, 60
"""Ours: how alike (0–100) a word must be to the one that was typed; of four letters, one may be wrong."""
_NEAR = 4
"""Words of the index tried for a word that is not in it."""


class NameWords:
    """The words of all names, read once and again only when a name came, went or changed.

    Reading them takes 30 ms at 100,000 people; whether they are the same is told by two rows the index keeps of itself.
    """

    _STAMP = "SELECT block FROM found_name_data WHERE id IN (1, 10) ORDER BY id"
    """How many there are, and which segments they lie in: every write to the index makes a new one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: tuple[object, list[str]] = (None, [])

    def read(self, connection: sqlite3.Connection) -> list[str]:
        """Return the words, folded."""
        stamp = (self._file(), connection.execute(self._STAMP).fetchall())
        kept = self._kept
        if kept[0] != stamp:
            kept = self._kept = (stamp, [str(row[0]) for row in connection.execute("SELECT term FROM found_word")])
        return kept[1]

    def _file(self) -> int:
        """Return the number of the file: a backup that was restored is another one."""
        try:
            return os.stat(self._path).st_ino
        except OSError:
            return 0


def search(connection: sqlite3.Connection, text: str, limit: int, names: NameWords) -> list[str]:
    """Return ids: names that begin so, names with such words, then numbers, addresses and notes; else like names."""
    found = surest(connection, text, limit)
    if len(found) < limit and (inside := _inside(connection, fold(text), limit)):
        found = list(dict.fromkeys([*found, *inside]))[:limit]
    return found or alike(connection, text, limit, names)


def surest(connection: sqlite3.Connection, text: str, limit: int) -> list[str]:
    """Return the ids that indexes know, which come first in `search`: at once, however many people there are."""
    folded = fold(text)
    if not folded or limit < 1:
        return []
    found: dict[str, None] = {}
    for ids in _sure(connection, folded, limit):
        found.update(dict.fromkeys(ids))
        if len(found) >= limit:
            break
    return list(found)[:limit]


def alike(connection: sqlite3.Connection, text: str, limit: int, names: NameWords) -> list[str]:
    """Return ids of people whose names have words like those typed, the likest first."""
    words = fold(text).split()
    if not words or limit < 1:
        return []
    from rapidfuzz import fuzz, process

    known = names.read(connection)
    parts = []
    for word in words:
        least = LIKE_ENOUGH if len(word) > 4 else SHORT_ENOUGH
        near = process.extract(word, known, scorer=fuzz.ratio, limit=_NEAR, score_cutoff=least)
        if not near:
            return []
        parts.append("(" + " OR ".join(_quoted(other) for other, *_ in near) + ")")
    rows = connection.execute(
        "SELECT f.prospect_id, p.search FROM found_name JOIN finding f ON f.id = found_name.rowid "
        "JOIN prospect p ON p.id = f.prospect_id WHERE found_name MATCH ? LIMIT 400",
        (" AND ".join(parts),),
    ).fetchall()
    wanted = " ".join(words)
    rows.sort(key=lambda row: (-fuzz.token_set_ratio(wanted, row[1]), row[1]))
    return [str(row[0]) for row in rows[:limit]]


def _sure(connection: sqlite3.Connection, folded: str, limit: int) -> Iterator[list[str]]:
    words = folded.split()
    each = " AND ".join(f"{_quoted(word)} *" for word in words if any(map(str.isalnum, word)))

    def ask(sql: str, values: Sequence[str]) -> list[str]:
        return [str(row[0]) for row in connection.execute(sql, (*values, limit))]

    yield ask(_BEGINS, (folded, folded + "\U0010ffff"))
    if each:
        yield ask(_OWNERS.format("found_name"), (each,))
        yield ask(_BESIDE.format("found_detail", "detail"), (each,))
    digits = number_digits(folded)
    if len(digits) >= 4 and not any(map(str.isalpha, folded)):
        yield ask(_NUMBER, (f"%{digits}%",))
        if len(digits) > 8:
            yield ask(_ABROAD, (digits,))
    if each and len(folded) > 2:
        yield ask(_OWNERS.format("found_about"), (each,))
        yield ask(_BESIDE.format("found_note", "journal"), (each,))


def _inside(connection: sqlite3.Connection, folded: str, limit: int) -> list[str]:
    """Return ids of names and e-mails that hold the words anywhere, as schmidt in Goldschmidt; everybody is looked at.

    Of plain letters three at least; writing without spaces, as Chinese, has its words inside others always.
    """
    words = folded.split()
    if not words or any(word.isascii() and len(word) < _INSIDE for word in words):
        return []
    held = " AND ".join(["instr(search, ?)"] * len(words))
    found = [
        str(row[0]) for row in connection.execute(f"SELECT id FROM prospect WHERE {held} LIMIT ?", (*words, limit))
    ]
    if len(found) < limit and folded.isascii() and len(words) == 1:
        keys = "SELECT id FROM detail WHERE kind = 'email' AND instr(key, ?)"
        by_mail = f"SELECT prospect_id FROM detail WHERE id IN ({keys}) LIMIT ?"
        found += [str(row[0]) for row in connection.execute(by_mail, (folded, limit))]
    return found


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
