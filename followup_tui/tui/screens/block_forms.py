"""One block, and the minutes of the channels, as forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from textual.app import ComposeResult

from followup_tui.config import BLOCK_COLORS, BlockConfig
from followup_tui.config_rules import DAYS, clock, days
from followup_tui.domain.channels import CHANNELS, find_channel
from followup_tui.errors import FollowupError, UsageError
from followup_tui.tui.screens.form import Form
from followup_tui.tui.widgets.form_fields import Choice, TextField

PLAIN = "plain"


class BlockForm(Form[BlockConfig]):
    """Gives the block as typed; whether it fits among the others is said in the editor."""

    FIELD = "#name"

    def __init__(self, block: BlockConfig, on: str = "") -> None:
        """`on` names the date the block is for; empty: it has days of the week."""
        super().__init__()
        self._block = block
        self._on = on

    @property
    def heading(self) -> str:
        """What is edited."""
        return f"Block · {self._on}" if self._on else "Block of the week"

    def rows(self) -> ComposeResult:
        """Yield what makes a block."""
        block, symbols = self._block, self.home.config.symbols
        names = ", ".join(channel.name for channel in CHANNELS)
        yield from self.row("name", TextField(block.name, id="name", hint="Calls"))
        if not self._on:
            said = " ".join(DAYS[day] for day in sorted(block.days))
            yield from self.row("days", TextField(said, id="days", hint="mon tue wed thu fri"))
        yield from self.row("from", TextField(f"{block.start:%H:%M}", id="start", hint="09:00"))
        yield from self.row("to", TextField(f"{block.end:%H:%M}", id="end", hint="11:00"))
        yield from self.row("takes", TextField(", ".join(block.channels), id="channels", hint=f"empty: any of {names}"))
        hint = "empty: everybody; relation:cold, tag:roof …"
        yield from self.row("for", TextField(block.filter, id="filter", hint=hint))
        colors = (PLAIN, *BLOCK_COLORS)
        yield from self.row("colour", Choice(colors, block.color or PLAIN, id="color", symbols=symbols))

    def save(self, values: dict[str, str]) -> None:
        """Give the block back, or say what is wrong with it."""
        try:
            color = "" if values["color"] == PLAIN else values["color"]
            self.dismiss(
                replace(
                    self._block,
                    name=values["name"],
                    days=self._block.days if self._on else read_days(values["days"]),
                    start=read_clock(values["start"]),
                    end=read_clock(values["end"]),
                    channels=read_channels(values["channels"]),
                    filter=values["filter"],
                    color=color,
                )
            )
        except FollowupError as error:
            self.refused(error)


class MinutesForm(Form[dict[str, int]]):
    """How long one touch takes, by channel; gives all of them."""

    FIELD = "#m0"

    def __init__(self, minutes: dict[str, int]) -> None:
        super().__init__()
        self._minutes = minutes

    @property
    def heading(self) -> str:
        """What is edited."""
        return "Minutes one touch takes"

    def rows(self) -> ComposeResult:
        """Yield a field a channel."""
        for place, (channel, number) in enumerate(self._minutes.items()):
            yield from self.row(channel, TextField(str(number), id=f"m{place}", hint="minutes"))

    def save(self, values: dict[str, str]) -> None:
        """Give the minutes back, or say which is no number."""
        found = {}
        for place, channel in enumerate(self._minutes):
            text = values[f"m{place}"]
            if not (text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= 480):
                self.refused(UsageError(f"{channel}: “{text}” is no number from 1 to 480"))
                return
            found[channel] = int(text)
        self.dismiss(found)


def read_clock(text: str) -> time:
    """Return a time of day; UsageError otherwise."""
    try:
        return clock(text if ":" in text else f"{text}:00")
    except ValueError as error:
        raise UsageError(f"“{text}” {error}") from None


def read_days(text: str) -> frozenset[int]:
    """Return weekdays; UsageError naming what was expected."""
    try:
        return days(text.replace(",", " ").split())
    except ValueError as error:
        raise UsageError(f"days: “{text}” {error}") from None


def read_channels(text: str) -> tuple[str, ...]:
    """Return channels in order, each once; UsageError for one nobody knows."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    if [name.casefold() for name in names] == ["any"]:
        return ()
    return tuple(dict.fromkeys(find_channel(name).name for name in names))
