"""The channels a touch can use, with their effectiveness and what they need (domain §2)."""

from __future__ import annotations

from functools import lru_cache

from followup_tui.errors import UsageError
from followup_tui.records import dataclass

DETAIL_KINDS = ("phone", "mobile", "fax", "email", "address")


@dataclass(frozen=True, slots=True)
class Channel:
    """One medium."""

    name: str
    letter: str
    rank: int | None
    """1 is the most effective (S1); None: not ranked."""
    minutes: int
    """How long one touch takes, ours."""
    needs: tuple[str, ...]
    """Any one of these details is enough."""
    hours: str
    """`business`, `window` or `any`: when the prospect may be contacted."""
    working: bool
    """Whether its steps roll to working days when the step does not say (§5)."""
    symbol: str
    lead_days: int = 0
    """Days before it arrives, ours."""
    synonyms: tuple[str, ...] = ()


CHANNELS: tuple[Channel, ...] = (
    Channel("in person", "i", 1, 45, ("address",), "business", True, "◉", 0, ("visit", "person", "in-person", "meet")),
    Channel("phone", "p", 2, 5, ("phone", "mobile"), "window", True, "☏", 0, ("call", "voicemail", "video", "tel")),
    Channel("mail", "m", 3, 10, ("address",), "any", False, "▭", 3, ("letter", "postcard", "card", "post")),
    Channel("text", "t", 4, 2, ("mobile",), "window", False, "≡", 0, ("sms", "whatsapp", "message")),
    Channel("fax", "f", 5, 5, ("fax",), "any", False, "▤", 0, ()),
    Channel("email", "e", 6, 4, ("email",), "any", False, "✉", 0, ("e-mail", "mail to", "e mail")),
    Channel("gift", "g", None, 15, ("address",), "any", False, "◈", 3, ("present",)),
    Channel("article", "a", None, 5, ("email", "address"), "any", False, "¶", 0, ("post about", "link", "press")),
)
BY_NAME: dict[str, Channel] = {channel.name: channel for channel in CHANNELS}
RANKED: tuple[str, ...] = tuple(c.name for c in sorted(CHANNELS, key=lambda c: c.rank or 99) if c.rank)


def find_channel(text: str) -> Channel:
    """Return the channel people mean by a name, a letter or a clear synonym; UsageError otherwise."""
    wanted = " ".join(text.split()).casefold()
    for channel in CHANNELS:
        if wanted in (channel.name, channel.letter, *channel.synonyms):
            return channel
    names = ", ".join(channel.name for channel in CHANNELS)
    raise UsageError(f"unknown channel “{text}”", f"use one of {names}")


@lru_cache(maxsize=4096)
def usable(name: str, good: frozenset[str], stopped: frozenset[str] = frozenset()) -> bool:
    """Whether the channel has a good detail and the prospect did not stop it."""
    channel = BY_NAME.get(name)
    reach = good - {"email"} if "email" in stopped else good  # an article must not slip past a stop of e-mail
    return channel is not None and name not in stopped and any(kind in reach for kind in channel.needs)


def detail_used(name: str, good: frozenset[str]) -> str:
    """Return the kind of detail a touch on this channel uses: the first good one it needs, else the first."""
    needs = BY_NAME[name].needs
    return next((kind for kind in needs if kind in good), needs[0])
