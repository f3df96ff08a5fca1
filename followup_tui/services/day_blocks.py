"""The blocks that hold on a date: its own where the user changed it, else the week's template (domain §13)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from followup_tui.config import BlockConfig, Config
from followup_tui.errors import NotOurDatabase
from followup_tui.storage import day_exceptions


def blocks_on(connection: Any, config: Config, day: date) -> tuple[BlockConfig, ...]:
    """Return the blocks of a date, the earliest first."""
    own = day_exceptions.read(connection, day)
    return template_on(config, day) if own is None else stored_blocks(own, day)


def has_own(connection: Any, day: date) -> bool:
    """Whether a date has blocks of its own."""
    return day_exceptions.read(connection, day) is not None


def template_on(config: Config, day: date) -> tuple[BlockConfig, ...]:
    """Return the template's blocks of a date's weekday, the earliest first."""
    return in_order(block for block in config.blocks if day.weekday() in block.days)


def in_order(blocks: Iterable[BlockConfig]) -> tuple[BlockConfig, ...]:
    """Return blocks as they follow each other in a day."""
    return tuple(sorted(blocks, key=lambda block: (block.start, block.end, block.name)))


def length(block: BlockConfig) -> int:
    """Return how many minutes a block reserves."""
    return (block.end.hour - block.start.hour) * 60 + block.end.minute - block.start.minute


def stored_blocks(text: str, day: date) -> tuple[BlockConfig, ...]:
    """Return the blocks of one date from their JSON list; NotOurDatabase when it is damaged, for we wrote it."""
    try:
        return in_order(
            BlockConfig(
                str(one["name"]),
                frozenset({day.weekday()}),
                time.fromisoformat(one["start"]),
                time.fromisoformat(one["end"]),
                tuple(str(channel) for channel in one.get("channels", ())),
                str(one.get("filter", "")),
                str(one.get("color", "")),
            )
            for one in json.loads(text)
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotOurDatabase(f"the blocks of {day.isoformat()} are damaged ({error})", "run followup doctor") from error


def as_stored(blocks: Iterable[BlockConfig]) -> str:
    """Return blocks of one date as their JSON list."""
    found = [
        {
            "name": block.name,
            "start": f"{block.start:%H:%M}",
            "end": f"{block.end:%H:%M}",
            "channels": list(block.channels),
            "filter": block.filter,
            "color": block.color,
        }
        for block in in_order(blocks)
    ]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
