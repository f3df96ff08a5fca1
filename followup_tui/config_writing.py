"""Writes what is edited on screen into the configuration file: comments kept, whole or not at all, mode 0600."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followup_tui.config import BlockConfig, Config
from followup_tui.config_rules import DAYS
from followup_tui.errors import FollowupError

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def save_week(
    path: Path, config: Config, blocks: Sequence[tuple[int | None, BlockConfig]], minutes: Mapping[str, int]
) -> Config:
    """Write the week's blocks and the minutes of channels, and return the configuration that holds from now on.

    Each block comes with its place among `config.blocks`, None for a new one; places missing are removed. Only what
    differs is touched. FollowupError when the file can't be read or written, or holds blocks nobody understands.
    """
    from followup_tui.config_reading import read_config

    text = _read(path)
    default = _bare(config)
    before = read_config(path, default)
    broken = next((problem for problem in before.problems if "block" in problem or "TOML" in problem), None)
    if broken is not None:
        raise FollowupError(broken, "mend that line first (followup config edit); nothing was saved")
    document = _document(text)
    if "block" in document and before.blocks != config.blocks:
        raise FollowupError(f"{path} was changed meanwhile", "start again to see its blocks; nothing was saved")
    _put_blocks(document, before, blocks)
    _put_minutes(document, before, minutes)
    fresh = _settled(document.as_string(), path, default)
    if fresh.blocks != tuple(block for _, block in blocks) or dict(fresh.minutes) != dict(minutes):
        raise FollowupError(f"{path} has blocks in a form that can't be edited here", "use followup config edit")
    write_config(path, document.as_string())
    return replace(config, blocks=fresh.blocks, minutes=fresh.minutes)


def write_config(path: Path, text: str) -> None:
    """Put a text in the file's place in one step, 0600; where the file is a link, what it points to is replaced."""
    target = path.resolve()
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if target.exists() and not target.stat().st_mode & stat.S_IWUSR:
            raise PermissionError(13, "it may only be read")
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        os.replace(draft, target)
    except OSError as error:
        why = error.strerror or str(error)
        raise FollowupError(f"{path} can't be written ({why})", "nothing was saved; what you typed is kept") from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def _bare(config: Config) -> Config:
    """Return what holds where the file is silent: the machine's zone, and the template on the usual days."""
    from followup_tui.config import default_config

    return replace(default_config(), zone=config.zone)


def _read(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():
            raise FollowupError(f"{path} is not a file", "choose another with --config; nothing was saved")
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise FollowupError(f"{path} can't be read ({error.strerror})", "nothing was saved") from None
    except UnicodeDecodeError:
        raise FollowupError(f"{path} is not UTF-8 text", "mend it first; nothing was saved") from None


def _document(text: str) -> TOMLDocument:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        return tomlkit.parse(text)
    except TOMLKitError as error:
        raise FollowupError(f"config.toml is not TOML ({error})", "mend it first; nothing was saved") from None


def _settled(text: str, path: Path, default: Config) -> Config:
    """Return the configuration a text stands for, read the way a start reads it."""
    from followup_tui.config_reading import parsed

    return parsed(path.name, text, tomllib.loads(text), default)


def _put_blocks(document: TOMLDocument, before: Config, blocks: Sequence[tuple[int | None, BlockConfig]]) -> None:
    """Change, add and take away blocks; those that did not change keep their lines as they are."""
    import tomlkit

    if tuple(block for _, block in blocks) == before.blocks:
        return
    written: Any = document.get("block")
    if written is None or not len(written) or not blocks:
        document.pop("block", None)
        if not blocks:
            document.add("block", tomlkit.array())
            return
        written = tomlkit.aot()
        for _, block in blocks:
            written.append(_table(block))
        document.append("block", written)
        return
    kept = {place for place, _ in blocks if place is not None}
    for place, block in blocks:
        if place is not None and block != before.blocks[place]:
            _put(written[place], block, before.blocks[place])
    for place in reversed(range(len(before.blocks))):
        if place not in kept:
            tail = _tail(written[place])
            del written[place]
            _leave(tail, written, place)
    for place, block in blocks:
        if place is None:
            written.append(_table(block) if isinstance(written, tomlkit.items.AoT) else _values(block))


def _put(table: Any, block: BlockConfig, before: BlockConfig) -> None:
    """Set the keys of one block that differ."""
    was, tail = _values(before), _tail(table)
    for key, value in _values(block).items():
        if value != was.get(key):
            table[key] = value
    for key in was.keys() - _values(block).keys():
        table.pop(key, None)
    table.value.body.extend(tail)


def _tail(table: Any) -> list[Any]:
    """Take the comments behind a block's last key off it: they are about what comes next."""
    body: list[Any] = table.value.body
    last = max((place for place, (key, _) in enumerate(body) if key is not None), default=-1)
    tail = body[last + 1 :]
    del body[last + 1 :]
    return tail


def _leave(tail: list[Any], written: Any, place: int) -> None:
    """Keep the comments behind a block that is gone: behind the one before it, else in front of the next."""
    if not any(type(item).__name__ == "Comment" for _, item in tail):
        return
    if place:
        written[place - 1].value.body.extend(tail)
    elif len(written):
        written[0].value.body[:0] = tail


def _values(block: BlockConfig) -> dict[str, Any]:
    """Return a block as the file says it; texts that are empty are left out."""
    found: dict[str, Any] = {
        "name": block.name,
        "days": [DAYS[day] for day in sorted(block.days)],
        "start": f"{block.start:%H:%M}",
        "end": f"{block.end:%H:%M}",
        "channels": list(block.channels),
    }
    return found | {key: text for key, text in (("filter", block.filter), ("color", block.color)) if text}


def _table(block: BlockConfig) -> Any:
    import tomlkit

    table = tomlkit.table()
    for key, value in _values(block).items():
        table.add(key, value)
    return table


def _put_minutes(document: TOMLDocument, before: Config, minutes: Mapping[str, int]) -> None:
    import tomlkit

    changed = {name: number for name, number in minutes.items() if before.minutes.get(name) != number}
    if not changed:
        return
    if "minutes" not in document:
        document.append("minutes", tomlkit.table())
    table: Any = document["minutes"]
    for name, number in changed.items():
        table[name] = number
