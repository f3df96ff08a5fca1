"""A cadence as TOML text, every value with the word people edit; `cadence_files.parse` reads it back equal."""

from __future__ import annotations

from typing import Any

from followup_tui.domain.cadence import Anchor, Cadence, Repeat, Step

_HEAD = (
    "gap = days after the touch before (the first: after the enrolment day). channels in order of preference.",
    "days = calendar or working; without it calls and visits fall on working days. anchor = after done, from start or",
    "same weekday. then = ask, nurture or “cadence NAME”; or a [repeat] with every_days = N or monthly = true.",
)


def write(cadence: Cadence) -> str:
    """Return the TOML text of a cadence."""
    import tomlkit

    document = tomlkit.document()
    for line in _HEAD:
        document.add(tomlkit.comment(line))
    document.add("name", tomlkit.item(cadence.name))
    document.add("for", tomlkit.item(cadence.for_relation))
    if cadence.source:
        document.add("source", tomlkit.item(cadence.source))
    if cadence.no_repeat_channel:
        document.add("no_repeat_channel", tomlkit.item(True))
    if cadence.preselect != "nurture":
        document.add("preselect", tomlkit.item(cadence.preselect))
    if not isinstance(cadence.then, Repeat):
        document.add("then", tomlkit.item(cadence.then))
    if cadence.steps:
        document.add("step", _tables(cadence.steps, gaps=True))
    if isinstance(cadence.then, Repeat):
        document.add("repeat", _repeat(cadence.then))
    return tomlkit.dumps(document)


def _repeat(repeat: Repeat) -> Any:
    import tomlkit

    table = tomlkit.table()
    if repeat.every_days is None:
        table.add("monthly", True)
    else:
        table.add("every_days", repeat.every_days)
    if repeat.times is not None:
        table.add("times", repeat.times)
    if repeat.then != "ask":
        table.add("then", repeat.then)
    table.add("rotation", _tables(repeat.rotation, gaps=False))
    return table


def _tables(steps: tuple[Step, ...], *, gaps: bool) -> Any:
    import tomlkit

    rows = tomlkit.aot()
    for step in steps:
        row = tomlkit.table()
        if gaps:
            row.add("gap", step.gap)
        row.add("channels", list(step.channels))
        for name in ("companion", "star_channel", "days", "purpose", "template", "value"):
            if text := getattr(step, name):
                row.add(name, text)
        for name in ("star_only", "urgent"):
            if getattr(step, name):
                row.add(name, True)
        if step.anchor is not Anchor.AFTER_DONE:
            row.add("anchor", step.anchor.value)
        rows.append(row)
    return rows
