"""Commands that read texts, whole numbers and paths themselves.

From 0.26 on typer has pydantic convert every value, which takes longer than most commands of ours. The values we take
are simple, so their conversion is replaced where typer has it; any other typer converts as it always did.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args, get_origin

import typer
from typer.core import TyperCommand, TyperGroup


class Plain:
    """Converts what one parameter got."""

    def __init__(self, kind: type, low: int | None, high: int | None) -> None:
        """`kind` is str, int, bool or Path; a whole number lies between `low` and `high`."""
        self.kind, self.low, self.high = kind, low, high

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value, or values, as the kind; BadParameter names what was expected."""
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if isinstance(value, list | tuple):
            return [self._one(item, param, ctx) for item in value]
        return self._one(value, param, ctx)

    def _one(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return one value as the kind."""
        if self.kind is not int:
            return self.kind(value)
        try:
            number = int(value)
        except ValueError:
            raise typer.BadParameter(f"“{value}” is not a whole number", ctx=ctx, param=param) from None
        if not (self.low is None or self.low <= number) or not (self.high is None or number <= self.high):
            raise typer.BadParameter(f"{number} is not {self._span()}", ctx=ctx, param=param)
        return number

    def _span(self) -> str:
        """Return the limits in words."""
        if self.high is None:
            return f"{self.low} or more"
        return f"between {self.low} and {self.high}"


def _lighten(params: list[Any]) -> list[Any]:
    """Let simple parameters convert their values themselves; return the same list."""
    for param in params:
        kind = getattr(getattr(param, "type_descriptor", None), "annotation", None)
        if get_origin(kind) is list:
            kind = get_args(kind)[0]
        if kind in (str, int, bool, Path) and hasattr(param, "get_runtime_param"):
            plain = Plain(kind, getattr(param, "min", None), getattr(param, "max", None))
            param.get_runtime_param = lambda plain=plain: plain
    return params


class PlainCommand(TyperCommand):
    """A command whose simple values cost nothing."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters, --help among them."""
        return _lighten(super().get_params(ctx))


class PlainGroup(TyperGroup):
    """A group whose simple values cost nothing."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters, --help among them."""
        return _lighten(super().get_params(ctx))
