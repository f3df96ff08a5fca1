"""The figures as a table: on the terminal row by row, as Markdown rule by rule, written between two marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

RULES = {
    "R1": "`kill -9` and power cuts while logging",
    "R3": "an error at every statement of a verb",
    "R5": "full disk",
    "R7": "folders, links, pipes, read-only files in our place",
    "R8": "four writers with the app open",
    "R10": "another process's write is shown",
    "R12": "clock and zone changed while one works",
    "R13": "changes of clocks in 12 zones",
    "R14": "damaged databases and backups",
    "R15": "files of others in our place",
    "R16": "backups restored and compared row by row",
    "R18": "older and newer databases",
    "R22": "random stories, undo, redo, rebuilt states",
    "R24": "`kill -9` in an import of 10,000 rows",
    "R25": "signals and resizes with a note half typed",
    "R28": "export and import again",
    "R29": "malformed files",
    "R30": "naughty strings in every field, on every screen",
    "T1": "hostile names on every screen",
    "T2": "bytes written to the terminal",
    "T3": "clicks on hostile names",
    "T6": "formulas in exported tables",
    "T7": "line breaks in cards and calendars",
    "T10": "dial, compose, links",
    "T12": "permissions and planted links",
    "T14": "generated filters",
}
"""Every rule with a test, in the order of the table."""
FILES = ("README.md", "docs/reliability.md")
BEGIN, END = "<!-- torture: written by make torture WRITE=1 -->", "<!-- /torture -->"


@dataclass(frozen=True)
class Row:
    """One figure."""

    rule: str
    what: str
    trials: int
    lost: int
    seconds: float

    @property
    def order(self) -> tuple[int, str]:
        """Rules as in the table, then what belongs to none."""
        return [*RULES, self.rule].index(self.rule), self.what

    @staticmethod
    def with_missing(rows: Iterable[Row], whole: bool) -> list[Row]:
        """Return the rows in order; in a whole run a rule of which nothing was heard is lost."""
        found = [*rows]
        silent = [rule for rule in RULES if whole and rule not in {row.rule for row in found}]
        return sorted([*found, *(Row(rule, "FAILED: no figure", 0, 1, 0.0) for rule in silent)], key=lambda r: r.order)


def merged(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield figures that say the same but for what stands in brackets or behind a colon as one."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        said = row.what if row.what.startswith("FAILED") else re.sub(r" \(.*", "", row.what)
        found.setdefault((row.rule, said), []).append(row)
    for (rule, said), some in found.items():
        yield Row(rule, said, sum(r.trials for r in some), sum(r.lost for r in some), sum(r.seconds for r in some))


def table(rows: Iterable[Row], whole: bool) -> Iterator[str]:
    """Yield the lines of the table for a terminal."""
    ordered = [*merged(Row.with_missing(rows, whole))]
    yield f"{'id':<4}{'trials':>9}{'lost':>6}{'seconds':>9}  what"
    for row in (*ordered, _sum(ordered, "all", f"of {len({row.rule for row in ordered})} rules")):
        yield f"{row.rule:<4}{row.trials:>9,}{row.lost:>6}{row.seconds:>9.1f}  {row.what}"


def markdown(rows: Iterable[Row]) -> str:
    """Return the table by rule as Markdown; a test that failed is named in its row."""
    ordered = Row.with_missing(rows, True)
    lines = ["| rule | what | trials | lost | seconds |", "| --- | --- | ---: | ---: | ---: |"]
    for rule in dict.fromkeys(row.rule for row in ordered):
        some = [row for row in ordered if row.rule == rule]
        broken = "".join(f"; {row.what}" for row in some if row.what.startswith("FAILED"))
        lines.append(_line(_sum(some, rule, RULES.get(rule, "no rule") + broken)))
    return "\n".join([*lines, _line(_sum(ordered, "all", "")), ""])


def markdown_written(rows: Iterable[Row], root: Path) -> Iterator[str]:
    """Write the table between the marks of each file, and say where."""
    made = markdown([*rows])
    for name in FILES:
        text = (root / name).read_text(encoding="utf-8")
        if BEGIN in text and END in text.split(BEGIN, 1)[1]:
            before, rest = text.split(BEGIN, 1)
            (root / name).write_text(f"{before}{BEGIN}\n{made}{END}{rest.split(END, 1)[1]}", encoding="utf-8")
            yield f"written into {name}"
        else:
            yield f"NOT written into {name}: it has no lines “{BEGIN}” and “{END}”"


def _sum(rows: Iterable[Row], rule: str, what: str) -> Row:
    some = [*rows]
    return Row(rule, what, sum(r.trials for r in some), sum(r.lost for r in some), sum(r.seconds for r in some))


def _line(row: Row) -> str:
    return f"| {row.rule} | {row.what} | {row.trials:,} | {row.lost} | {row.seconds:,.0f} |"
