"""Cadences as TOML: written for people to edit, read with every mistake named by line and field."""

from __future__ import annotations

import re
import stat
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from followup_tui.config_lines import line_of, shown
from followup_tui.domain.cadence import Anchor, Cadence, Repeat, Step
from followup_tui.domain.channels import BY_NAME
from followup_tui.domain.cleaning import clean_stored
from followup_tui.errors import FollowupError, UsageError
from followup_tui.records import dataclass

MOST_STEPS = 200
MOST_DAYS = 1000
"""A gap longer than this is a slip of the finger."""
MOST_BYTES = 1 << 20
MOST_NAME = 60
"""Characters of a name: what a list can show."""
_MOST_FAULTS = 50
"""Mistakes named one by one; a file with more of them is something else."""
RELATIONS = ("any", "cold", "engaged", "nurture", "customer")
_TOP = ("name", "for", "then", "first_after_days", "days", "source", "preselect", "no_repeat_channel", "step", "repeat")
_STEP = (
    *("gap", "channels", "companion", "star_channel", "star_only", "anchor", "days", "urgent"),
    *("purpose", "template", "value"),
)
_REPEAT = ("every_days", "monthly", "times", "then", "rotation")


class CadenceFileError(UsageError):
    """A cadence file with mistakes: `faults` names each by line, field and what is expected."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults[:8]) + (f"; and {len(faults) - 8} more" if len(faults) > 8 else ""))
        self.faults = faults


def read_text(path: Path) -> str:
    """Return the text of a cadence file; FollowupError when it can't be read."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise FollowupError(f"{path.name} is not a file", "name a file with one cadence as TOML")
        if found.st_size > MOST_BYTES:
            raise FollowupError(f"{path.name} is larger than 1 MiB", "that is no cadence file")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise FollowupError(f"{path.name} is no UTF-8 text", "write the cadence as TOML") from None
    except OSError as error:
        raise FollowupError(f"{path.name}: {error.strerror}", "check the path") from None


def parse(text: str, file: str, known: Collection[str]) -> Cadence:
    """Return the cadence in a TOML text; CadenceFileError naming every mistake. `known`: names `then` may use."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CadenceFileError([_no_toml(file, str(error))]) from None
    except ValueError:
        raise CadenceFileError([f"{file}: a number has more digits than a number can have"]) from None
    except RecursionError:
        raise CadenceFileError([f"{file}: nested too deeply"]) from None
    reader = _Reader(text, file, known)
    cadence = reader.cadence(table)
    if reader.faults or cadence is None:
        raise CadenceFileError(reader.faults or [f"{file}: no cadence in it"])
    return cadence


def same_name(name: str, names: Collection[str]) -> str | None:
    """Return the one of `names` that is this name, case aside; None when there is none."""
    if name in names:
        return name
    return next((other for other in names if other.casefold() == name.casefold()), None)


def _no_toml(file: str, why: str) -> str:
    """Return what TOML's reader says, with the line where people look for it."""
    at = re.search(r" \(at line (\d+), column \d+\)$", why)
    return f"{file} line {at[1]}: {why[: at.start()]}" if at else f"{file}: {why}"


@dataclass(slots=True)
class _Reader:
    """Reads one file and collects what is wrong with it."""

    text: str
    file: str
    known: Collection[str]
    faults: list[str] = field(default_factory=list)

    def fault(self, table: str, key: str, index: int, why: str) -> None:
        """Remember one mistake with its line."""
        if len(self.faults) >= _MOST_FAULTS:
            return
        where = f"{table}.{key}" if table and key else key or table
        self.faults.append(f"{self.file} line {line_of(self.text, table, key, index) or 1}: {where}: {why}")

    def cadence(self, table: Mapping[str, Any]) -> Cadence | None:
        """Return the whole cadence, or None when the rest makes no sense."""
        self._unknown(table, _TOP, "", 0)
        name = self._word(table, "name", "", 0)
        if not name:
            self.fault("", "name", 0, "is missing, expected a name")
        elif len(name) > MOST_NAME:
            self.fault("", "name", 0, f"has {len(name)} characters, at most {MOST_NAME} make sense")
        for_relation = self._one_of(table, "for", RELATIONS, "any", "", 0)
        steps = self._steps(table)
        then = self._then(table, name)
        if not steps and not isinstance(then, Repeat):
            self.fault("", "step", 0, "there is none, expected at least one [[step]] or a [repeat]")
        first = self._number(table, "first_after_days", 0, "", 0)
        if first and steps:
            steps = (replace(steps[0], gap=first), *steps[1:])
        return Cadence(
            0,
            name,
            steps,
            then,
            for_relation=for_relation,
            source=self._word(table, "source", "", 0),
            no_repeat_channel=self._flag(table, "no_repeat_channel", "", 0),
            preselect=self._one_of(table, "preselect", ("nurture", "keep going", "close"), "nurture", "", 0),
        )

    def _steps(self, table: Mapping[str, Any]) -> tuple[Step, ...]:
        rows = table.get("step", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.fault("", "step", 0, "expected [[step]] tables")
            return ()
        if len(rows) > MOST_STEPS:
            self.fault("step", "", MOST_STEPS, f"{len(rows)} steps, at most {MOST_STEPS} make sense")
            rows = rows[:1]
        default = table.get("days")
        if default is not None:
            self._one_of(table, "days", ("calendar", "working"), None, "", 0)
        return tuple(self._step(row, "step", number, default) for number, row in enumerate(rows))

    def _step(self, row: Mapping[str, Any], table: str, index: int, days: Any) -> Step:
        self._unknown(row, _STEP, table, index)
        return Step(
            channels=self._channels(row, table, index),
            gap=self._number(row, "gap", 0, table, index),
            companion=self._channel(row, "companion", table, index),
            star_channel=self._channel(row, "star_channel", table, index),
            star_only=self._flag(row, "star_only", table, index),
            anchor=Anchor(self._one_of(row, "anchor", tuple(Anchor), Anchor.AFTER_DONE, table, index)),
            days=self._one_of(
                row, "days", ("calendar", "working"), days if isinstance(days, str) else None, table, index
            ),
            urgent=self._flag(row, "urgent", table, index),
            purpose=self._word(row, "purpose", table, index),
            template=self._word(row, "template", table, index),
            value=self._word(row, "value", table, index),
        )

    def _then(self, table: Mapping[str, Any], name: str) -> str | Repeat:
        repeat = table.get("repeat")
        if repeat is None:
            return self._rest(table, "then", "", name)
        if not isinstance(repeat, dict):
            self.fault("", "repeat", 0, "expected a [repeat] table")
            return "ask"
        if "then" in table:
            self.fault("", "then", 0, "stands beside [repeat]; write it inside [repeat]")
        self._unknown(repeat, _REPEAT, "repeat", 0)
        rows = repeat.get("rotation", [])
        if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
            self.fault("repeat", "rotation", 0, "expected [[repeat.rotation]] tables with channels")
            return "ask"
        rotation = tuple(self._step(row, "repeat.rotation", number, None) for number, row in enumerate(rows))
        monthly = self._flag(repeat, "monthly", "repeat", 0)
        every = None if monthly else self._number(repeat, "every_days", 0, "repeat", 0)
        if every == 0:
            self.fault("repeat", "every_days", 0, "expected days from 1 on, or monthly = true")
        if monthly and "every_days" in repeat:
            self.fault("repeat", "every_days", 0, "stands beside monthly; choose one")
        times = self._number(repeat, "times", 0, "repeat", 0) or None
        if "times" in repeat and times is None:
            self.fault("repeat", "times", 0, "expected a number from 1 on; without it the cadence repeats for ever")
        return Repeat(rotation, every, times, self._rest(repeat, "then", "repeat", name))

    def _rest(self, row: Mapping[str, Any], key: str, table: str, name: str) -> str:
        """Return what comes after: ask, nurture, or another cadence, not the same again."""
        then = self._word(row, key, table, 0) or "ask"
        if then in ("ask", "nurture"):
            return then
        other = then.removeprefix("cadence ").strip()
        if not then.startswith("cadence ") or not other:
            self.fault(table, key, 0, f"{shown(then)} is not known, expected ask, nurture or “cadence NAME”")
        elif other.casefold() == name.casefold():
            self.fault(table, key, 0, "leads to itself; use [repeat] for that")
        elif (there := same_name(other, self.known)) is None:
            self.fault(table, key, 0, f"there is no cadence {shown(other)}")
        else:
            return f"cadence {there}"
        return then

    def _channels(self, row: Mapping[str, Any], table: str, index: int) -> tuple[str, ...]:
        found = row.get("channels")
        if not isinstance(found, list) or not found or not all(isinstance(name, str) for name in found):
            self.fault(table, "channels", index, 'expected a list, as ["phone", "email"]')
            return ("phone",)
        for name in found:
            self._known_channel(name, "channels", table, index)
        return tuple(str(name) for name in found)

    def _channel(self, row: Mapping[str, Any], key: str, table: str, index: int) -> str | None:
        name = row.get(key)
        if name is None:
            return None
        self._known_channel(name, key, table, index)
        return str(name)

    def _known_channel(self, name: Any, key: str, table: str, index: int) -> None:
        if not isinstance(name, str) or name not in BY_NAME:
            self.fault(table, key, index, f"{shown(name)} is no channel, expected one of {', '.join(BY_NAME)}")

    def _number(self, row: Mapping[str, Any], key: str, default: int, table: str, index: int) -> int:
        value = row.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_DAYS:
            self.fault(
                table, key, index, f"{shown(value)} is not possible, expected a whole number from 0 to {MOST_DAYS}"
            )
            return default
        return value

    def _flag(self, row: Mapping[str, Any], key: str, table: str, index: int) -> bool:
        value = row.get(key, False)
        if not isinstance(value, bool):
            self.fault(table, key, index, f"{shown(value)}: expected true or false")
            return False
        return value

    def _word(self, row: Mapping[str, Any], key: str, table: str, index: int) -> str:
        value = row.get(key, "")
        if not isinstance(value, str):
            self.fault(table, key, index, f"{shown(value)}: expected text in quotes")
            return ""
        return clean_stored(value)

    def _one_of(
        self, row: Mapping[str, Any], key: str, choices: Collection[str], default: Any, table: str, index: int
    ) -> Any:
        value = row.get(key, default)
        if value != default and value not in choices:
            self.fault(table, key, index, f"{shown(value)} is not known, expected one of {', '.join(choices)}")
            return default
        return value

    def _unknown(self, row: Mapping[str, Any], keys: Collection[str], table: str, index: int) -> None:
        for key in row:
            if key not in keys:
                self.fault(table, key, index, f"is not known, expected one of {', '.join(keys)}")
