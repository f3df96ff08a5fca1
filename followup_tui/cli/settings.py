"""Commands about the configuration: config show, check, edit, path."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import typer

from followup_tui.cli.command import group, offer
from followup_tui.cli.output import plain
from followup_tui.cli.session import Session
from followup_tui.cli.table import line
from followup_tui.errors import FollowupError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    config = group("config", "The configuration.")
    for verb in (show, check, edit, path):
        offer(config, verb.__name__, verb)
    app.add_typer(config)


def show(session: Session) -> None:
    """Print what holds now, defaults included."""
    values = _values(session)
    session.show(values, _lines(values))


def check(session: Session) -> int:
    """Name what is wrong in the configuration; exit 1 when something is."""
    from followup_tui.config import load_config

    file = session.options.config_path
    problems = load_config(file, required=session.options.named_config is not None).problems
    here = "is fine" if file.exists() else "is not there: the defaults hold"
    data = {"file": str(file), "ok": not problems, "problems": problems}
    session.show(data, [line(problem) for problem in problems] or [f"{line(file)} {here}"])
    return 1 if problems else 0


def edit(session: Session) -> int:
    """Open the configuration in $VISUAL or $EDITOR, made with every key commented when it is not there."""
    import shlex
    import subprocess

    file = session.options.config_path
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    if not sys.stdin.isatty():
        raise FollowupError(f"an editor needs a terminal; the file is {file}", "followup config path prints it")
    _make(file)
    try:
        subprocess.run([*shlex.split(editor), str(file)], check=True)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        raise FollowupError(f"the editor “{editor}” failed ({error})", "set EDITOR to another one") from None
    return check(session)


def path(session: Session) -> None:
    """Print where the configuration file is."""
    file = session.options.config_path
    session.show({"file": str(file), "exists": file.exists()}, [line(file)])


def _make(file: Path) -> None:
    """Write the commented example where no file is, for its owner's eyes."""
    from followup_tui.config_example import EXAMPLE

    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    except OSError as error:
        raise FollowupError(f"{file} can't be written ({error.strerror})", "choose another with --config") from None
    with os.fdopen(handle, "w", encoding="utf-8") as text:
        text.write(EXAMPLE)


def _values(session: Session) -> dict[str, object]:
    """Return the configuration as the file would say it."""
    config = session.config
    found: dict[str, object] = {}
    for one in fields(config):
        value = getattr(config, one.name)
        if one.name in ("blocks", "problems"):
            continue
        found[one.name] = _days(value) if one.name == "working_days" else plain(value)
    found["block"] = [{**plain(block), "days": _days(block.days)} for block in config.blocks]
    return found


def _days(numbers: frozenset[int]) -> list[str]:
    """Return weekdays by name, Monday first."""
    return [DAYS[number] for number in sorted(numbers)]


def _lines(values: dict[str, object]) -> Iterator[str]:
    """Return the values as TOML: plain keys first, then tables, then blocks."""
    for key, value in values.items():
        if not isinstance(value, dict) and key != "block":
            yield f"{_key(key)} = {_toml(value)}"
    for key, value in values.items():
        if isinstance(value, dict):
            yield f"\n[{key}]"
            yield from (f"{_key(name)} = {_toml(item)}" for name, item in value.items())
    blocks = values["block"]
    assert isinstance(blocks, list)
    for block in blocks:
        yield "\n[[block]]"
        yield from (f"{_key(name)} = {_toml(item)}" for name, item in block.items())


def _key(name: str) -> str:
    """Return a key as TOML writes it."""
    return name if name.replace("_", "").isalnum() and name.isascii() else _toml(name)


def _toml(value: object) -> str:
    """Return a value as TOML writes it; what is nothing is an empty text."""
    import json

    return json.dumps("" if value is None else value, ensure_ascii=False)
