"""Words that come with the program: templates to start from, and prompts that help to think of something of value."""

from __future__ import annotations

import tomllib
from typing import Any


def templates() -> list[dict[str, str]]:
    """Return the templates that ship: name, channels, subject, body, tags, source."""
    return [{name: str(value).strip("\n") for name, value in one.items()} for one in _read("templates")["template"]]


def value_prompts() -> list[tuple[str, str]]:
    """Return kind and prompt of ideas for a touch that gives something (S0)."""
    return [(str(one["kind"]), str(one["prompt"])) for one in _read("value_prompts")["prompt"]]


def _read(name: str) -> dict[str, Any]:
    from importlib.resources import files

    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
