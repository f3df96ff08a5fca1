"""Reads the configuration file: each unknown key and bad value is named with its line, and its default is used."""

from __future__ import annotations

import re
import stat
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from os import devnull
from pathlib import Path
from typing import Any, TypeVar

from followup_tui import config_rules as rules
from followup_tui.config import BlockConfig, Config, Windows, default_blocks
from followup_tui.config_lines import line_of, shown
from followup_tui.domain.channels import BY_NAME, CHANNELS
from followup_tui.records import dataclass, replace

T = TypeVar("T")
MAX_BYTES = 1_000_000
_BINDING = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*", re.ASCII)

TOP: dict[str, Callable[[object], Any]] = {
    "zone": rules.zone,
    "day_starts": rules.day_start,
    "working_days": rules.days,
    "holidays": rules.holidays,
    "default_region": rules.region,
    "date_order": rules.one_of("dmy", "mdy"),
    "theme": rules.theme,
    "symbols": rules.one_of("unicode", "ascii"),
    "meeting_minutes": rules.whole(5, 480),
    "prompt_keys": rules.yes_or_no,
    "early_picture": rules.yes_or_no,
}
TABLES: dict[str, dict[str, Callable[[object], Any]]] = {
    "me": dict.fromkeys(("name", "phone", "email"), rules.line),
    "commands": {
        "dial": rules.command("phone", "name"),
        "compose": rules.command("mailto", "email", "subject", "body"),
        "open": rules.command("link"),
    },
    "limits": {
        "cold": rules.whole(1, 99),
        "engaged": rules.whole(1, 99),
        "per_day": rules.whole(1, 1000),
        "words": rules.whole(10, 1000),
    },
    "guard": {"calls_per_day": rules.whole(1, 50), "touches_per_week": rules.whole(1, 100)},
    "load": {"percent": rules.whole(0, 50)},
    "windows": dict.fromkeys(("hard_start", "hard_end", "start", "end"), rules.clock),
    "pace": {"gentle": rules.number(1, 5)},
    "streak": {"percent": rules.whole(1, 100)},
    "cards": {
        "birthday": rules.relations,
        "holiday": rules.month_day,
        "holiday_name": rules.line,
        "holiday_for": rules.relations,
        "channel": rules.channel,
        "lead_days": rules.whole(0, 30),
    },
}
BLOCK: dict[str, Callable[[object], Any]] = {
    "name": rules.line,
    "days": rules.days,
    "start": rules.clock,
    "end": rules.clock,
    "channels": rules.channels,
    "filter": rules.line,
    "color": rules.color,
}


def read_config(path: Path, default: Config, *, required: bool = False) -> Config:
    """Return the file's configuration over the default one; never raises."""
    try:
        text = _read(path)
    except FileNotFoundError:
        return replace(default, problems=(f"{path.name}: there is no such file",)) if required else default
    except OSError as error:
        return replace(default, problems=(f"{path.name}: can't be read ({error.strerror or error})",))
    except ValueError as error:
        return replace(default, problems=(f"{path.name}: {error}",))
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return replace(default, problems=(_syntax(path.name, str(error)),))
    return parsed(path.name, text, values, default)


def parsed(name: str, text: str, values: dict[str, Any], default: Config) -> Config:
    """Return the configuration of a text of TOML and its values over the default one."""
    return _Reading(name, text, values).config(default)


def _read(path: Path) -> str:
    """Return the text of a regular file; OSError or ValueError says why not."""
    if str(path) == devnull:
        return ""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise ValueError("is not a file")
    if found.st_size > MAX_BYTES:
        raise ValueError("is far too large for a configuration")
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} is not UTF-8 text") from None


def _syntax(name: str, message: str) -> str:
    """Return a TOML error with its line first."""
    match = re.search(r"^(.*) \(at line (\d+), column (\d+)\)$", message)
    if match is None:
        return f"{name}: is not TOML ({message}); nothing of it is used"
    return f"{name} line {match[2]}: is not TOML ({match[1]}, column {match[3]}); nothing of the file is used"


@dataclass(slots=True)
class _Reading:
    """One pass over a file, with the problems it met."""

    name: str
    text: str
    values: dict[str, Any]
    problems: list[tuple[int, str]] = field(default_factory=list)
    """Line (0: of the whole file) and text."""

    def config(self, default: Config) -> Config:
        """Return the configuration over the default one."""
        self._unknown(self.values, {*TOP, *TABLES, "minutes", "keys", "block"}, "")
        found: dict[str, Any] = self._values(self.values, TOP, "")
        for table, known in TABLES.items():
            values = self._table(table)
            self._unknown(values, known, table)
            found[table] = replace(getattr(default, table), **self._values(values, known, table))
        found["windows"] = self._windows(found["windows"])
        found["minutes"] = {**default.minutes, **self._minutes()}
        found["keys"] = self._keys()
        days = found.get("working_days", default.working_days)
        found["blocks"] = self._blocks(days)
        return replace(default, **found, problems=tuple(text for _, text in sorted(self.problems)))

    def _table(self, name: str) -> dict[str, Any]:
        """Return a table, empty when it is missing or something else."""
        values = self.values.get(name, {})
        if isinstance(values, dict):
            return values
        self._complain("", name, f"{shown(values)} is not a table, expected [{name}]")
        return {}

    def _values(
        self, values: Mapping[str, Any], known: Mapping[str, Callable[[object], T]], table: str, index: int = 0
    ) -> dict[str, T]:
        """Return the good ones of the known values."""
        found = {}
        for key, rule in known.items():
            if key not in values:
                continue
            try:
                found[key] = rule(values[key])
            except ValueError as error:
                left_out = "; block left out" if table == "block" else ""
                self._complain(table, key, f"{shown(values[key])} {error}{left_out}", index)
        return found

    def _unknown(self, values: Mapping[str, Any], known: Iterable[str], table: str, index: int = 0) -> None:
        """Name the keys nobody reads, with the nearest one somebody does."""
        for key in values:
            if key not in known:
                from difflib import get_close_matches

                near = get_close_matches(key, list(known), 1)
                hint = f"did you mean {near[0]}?" if near else "expected one of " + ", ".join(sorted(known))
                self._complain(table, key, f"unknown key, {hint}", index)

    def _windows(self, windows: Windows) -> Windows:
        """Return windows whose hours lie within each other."""
        if windows.hard_start <= windows.start < windows.end <= windows.hard_end:
            return windows
        self._complain("windows", "", "the hours do not lie within each other: hard_start, start, end, hard_end")
        return Windows()

    def _minutes(self) -> dict[str, int]:
        """Return the minutes of the channels that are named."""
        values = self._table("minutes")
        self._unknown(values, BY_NAME, "minutes")
        return self._values(values, {channel.name: rules.whole(1, 480) for channel in CHANNELS}, "minutes")

    def _keys(self) -> dict[str, str]:
        """Return the rebound keys; whether a binding of that name exists is known on the screen."""
        found = {}
        for key, value in self._table("keys").items():
            if not _BINDING.fullmatch(key):
                hint = f'expected "{key}.…" = in quotes' if isinstance(value, dict) else 'expected as "today.log"'
                self._complain("keys", key, f"is not the name of a command, {hint}")
            elif isinstance(value, dict):
                self._complain("keys", key, f'is not a key, expected the name in quotes as "{key}.log"')
            elif not isinstance(value, str) or not value.strip():
                self._complain("keys", key, f'{shown(value)} is not a key, expected as "l,enter"')
            else:
                found[key] = value.strip()
        return found

    def _blocks(self, working_days: frozenset[int]) -> tuple[BlockConfig, ...]:
        """Return the good blocks; those of the template when the file has none that is good."""
        values = self.values.get("block")
        if values is None:
            return default_blocks(working_days)
        if not isinstance(values, list) or not all(isinstance(item, dict) for item in values):
            self._complain("", "block", f"{shown(values)} is not a list of blocks, expected [[block]]")
            return default_blocks(working_days)
        kept: list[BlockConfig] = []
        for index, item in enumerate(values):
            block = self._block(item, index, working_days)
            other = next((other for other in kept if block and _overlap(block, other)), None)
            if other:
                self._complain("block", "start", f"overlaps “{other.name}” {_span(other)}; block left out", index)
            elif block:
                kept.append(block)
        return tuple(kept) if kept or not values else default_blocks(working_days)

    def _block(self, item: Mapping[str, Any], index: int, working_days: frozenset[int]) -> BlockConfig | None:
        """Return one block, or None when it can't be used."""
        self._unknown(item, BLOCK, "block", index)
        before = len(self.problems)
        found = self._values(item, BLOCK, "block", index)
        for key in ("start", "end"):
            if key not in item:
                self._complain("block", "", f"has no {key}, expected {key} = “HH:MM”; block left out", index)
        if len(self.problems) > before:
            return None
        block = BlockConfig(**{"name": "Block", "days": working_days, **found})
        if block.end <= block.start:
            self._complain("block", "end", f"ends at or before its start ({_span(block)}); block left out", index)
            return None
        return block

    def _complain(self, table: str, key: str, what: str, index: int = 0) -> None:
        """Note one problem with its line and the full name of the key."""
        line = line_of(self.text, table, key, index)
        full = f"{table}.{key}" if table and key else table or key
        where = f"{self.name} line {line}" if line else self.name
        self.problems.append((line, f"{where}: {full}: {what}"))


def _overlap(one: BlockConfig, other: BlockConfig) -> bool:
    """Whether two blocks share a day and a minute."""
    return bool(one.days & other.days) and one.start < other.end and other.start < one.end


def _span(block: BlockConfig) -> str:
    """Return a block's hours as written."""
    return f"{block.start:%H:%M}–{block.end:%H:%M}"
