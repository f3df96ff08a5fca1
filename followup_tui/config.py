"""The configuration as frozen values. What is wrong in the file takes its default and is named in `problems`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field
from datetime import time
from pathlib import Path

from followup_tui.domain.channels import CHANNELS
from followup_tui.domain.occasions import CardRules
from followup_tui.records import dataclass

WORKING_DAYS = frozenset(range(5))
CARDS_FOR = frozenset({"nurture", "customer"})
"""Who gets cards unless the user says otherwise, ours: those one stays in touch with; a stranger would wonder."""
BLOCK_COLORS = ("accent", "value", "inbound", "fixed", "high", "mid", "low")
"""Roles of the theme a block may take its colour from."""
_MONTH_FIRST = ("US", "PH", "PR", "GU")
CARDS = CardRules(birthday=CARDS_FOR, holiday_for=CARDS_FOR)


@dataclass(frozen=True, slots=True)
class Me:
    """Who writes: filled into templates."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class BlockConfig:
    """One reserved span of the week (domain §13)."""

    name: str
    days: frozenset[int]
    """0 is Monday."""
    start: time
    end: time
    channels: tuple[str, ...] = ()
    """Empty: any."""
    filter: str = ""
    color: str = ""
    """The theme's role it is drawn in, one of BLOCK_COLORS; empty: plain."""


@dataclass(frozen=True, slots=True)
class Commands:
    """Programs the app starts, as words with places to fill; empty: none."""

    dial: str = "xdg-open tel:{phone}"
    compose: str = "xdg-open {mailto}"
    open: str = "xdg-open {link}"


@dataclass(frozen=True, slots=True)
class Limits:
    """Attempts before the app asks, and how many people start on one day."""

    cold: int = 6
    """S2: the cold maximum of six."""
    engaged: int = 12
    """S1: at least twelve contacts."""
    per_day: int = 20
    """Enrolments spread over one working day at most, ours."""
    words: int = 80
    """Words a message may have before the linter speaks, ours."""


@dataclass(frozen=True, slots=True)
class Guard:
    """When one more touch would be too much (§5), ours."""

    calls_per_day: int = 1
    touches_per_week: int = 3


@dataclass(frozen=True, slots=True)
class Load:
    """How far a step may fall later when its day is full (§5), ours."""

    percent: int = 10
    """Of the step's gap; 0 turns it off."""


@dataclass(frozen=True, slots=True)
class Windows:
    """When prospects may be contacted, in their own zone (§2)."""

    hard_start: time = time(8)
    hard_end: time = time(21)
    """The US dialling rule."""
    start: time = time(9)
    end: time = time(18)
    """Preferred hours."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The factor of the gentle pace, ours."""

    gentle: float = 1.5


@dataclass(frozen=True, slots=True)
class Streak:
    """The share of the due slots that keeps a day, ours."""

    percent: int = 80


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a user can set (interface §5)."""

    zone: str = "UTC"
    """IANA name."""
    day_starts: time = time(4)
    working_days: frozenset[int] = WORKING_DAYS
    """0 is Monday."""
    holidays: str = ""
    """A country as `DE`, or a part of it as `DE-BY`; empty: none."""
    default_region: str = ""
    """Two letters, for phone numbers without a country code."""
    date_order: str = "dmy"
    """`dmy` or `mdy`: what 3/4 means."""
    theme: str = "harbour"
    symbols: str = "unicode"
    """`unicode` or `ascii`."""
    meeting_minutes: int = 60
    prompt_keys: bool = True
    """Whether ESC and leaving are served at once, where the installed Textual is known to allow it."""
    early_picture: bool = True
    """Whether the last picture of Today is kept in a private file, and shown while the app is being loaded."""
    me: Me = Me()
    blocks: tuple[BlockConfig, ...] = ()
    minutes: Mapping[str, int] = field(default_factory=lambda: default_minutes())
    """How long one touch takes, by channel."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Binding id → keys, with commas between them."""
    commands: Commands = Commands()
    limits: Limits = Limits()
    guard: Guard = Guard()
    load: Load = Load()
    windows: Windows = Windows()
    pace: Pace = Pace()
    streak: Streak = Streak()
    cards: CardRules = CARDS
    """Birthday cards are on; a holiday is chosen by the user."""
    problems: tuple[str, ...] = ()
    """`config.toml line 7: day_starts: “25:00” is not a time, expected HH:MM`; each took its default."""


def load_config(path: Path, env: Mapping[str, str] | None = None, *, required: bool = False) -> Config:
    """Return the configuration of a file; never raises: what is wrong is in `problems` and takes its default.

    A missing file is no problem unless it is `required`, as when somebody named it.
    """
    from followup_tui.config_reading import read_config

    return read_config(path, default_config(env), required=required)


def default_config(env: Mapping[str, str] | None = None) -> Config:
    """Return what holds without a file: the machine's zone and order of dates, and ours for the rest."""
    env = os.environ if env is None else env
    return Config(zone=machine_zone(env), date_order=_date_order(env), blocks=default_blocks(WORKING_DAYS))


def default_minutes() -> dict[str, int]:
    """Return how long one touch takes, by channel (domain §2)."""
    return {channel.name: channel.minutes for channel in CHANNELS}


def default_blocks(days: frozenset[int]) -> tuple[BlockConfig, ...]:
    """Return the week's template on these days (domain §13)."""
    return (
        BlockConfig("Answer", days, time(8, 30), time(9)),
        BlockConfig("Calls", days, time(9), time(11), ("phone",)),
        BlockConfig("Write", days, time(11), time(12), ("email", "text", "article", "fax")),
        BlockConfig("Visits", days, time(14), time(16), ("in person",)),
        BlockConfig("Calls", days, time(16), time(17), ("phone",)),
        BlockConfig("Post", days, time(17), time(17, 20), ("mail", "gift")),
    )


def is_zone(name: str) -> bool:
    """Whether the name is an IANA zone this machine knows."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return bool(name)


def machine_zone(env: Mapping[str, str]) -> str:
    """Return the IANA name of the machine's zone: TZ, else what /etc/localtime links to, else UTC."""
    try:
        linked = os.path.realpath("/etc/localtime")
    except OSError:
        linked = ""
    for source in (env.get("TZ", "").removeprefix(":"), linked):
        name = source.rpartition("zoneinfo/")[2] if "zoneinfo/" in source else source
        for variant in ("posix/", "right/"):
            name = name.removeprefix(variant)
        if name and not name.startswith("/") and is_zone(name):
            return "UTC" if name == "Etc/UTC" else name
    return "UTC"


def _date_order(env: Mapping[str, str]) -> str:
    """Return the order of day and month that the locale writes."""
    locale = env.get("LC_ALL") or env.get("LC_TIME") or env.get("LANG") or ""
    region = locale.partition(".")[0].partition("@")[0].rpartition("_")[2]
    return "mdy" if region in _MONTH_FIRST else "dmy"
