"""Starting the user's own programs to call, write or look: words, never a shell, and only schemes that are harmless.

The configured line is split into words before anything is filled in, so that what fills a place stays inside its word;
the program's own name has no place to fill.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import subprocess
from collections.abc import Mapping
from urllib.parse import quote

from followup_tui.errors import FollowupError, UsageError

SCHEMES = frozenset({"tel", "callto", "sip", "sips", "sms", "mailto", "https", "http"})
PATIENCE = 3.0
"""Seconds a program may take to fail; one that still runs then has opened."""
_PLACE = re.compile(r"\{(\w+)\}", re.ASCII)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):\S", re.ASCII)
_BEHIND = re.compile(r"(?:;ext=|,|;|x)(\d{1,8})$", re.ASCII)


def arguments(command: str, values: Mapping[str, str]) -> list[str]:
    """Return the words of a configured command with its places filled; UsageError when it can't be run safely."""
    try:
        words = shlex.split(command)
    except ValueError:
        raise UsageError(f"[commands] “{command}” has quotes that do not match", "mend it in config.toml") from None
    if not words or _PLACE.search(words[0]):
        raise UsageError("[commands] names no program", "as xdg-open tel:{phone}")
    return [words[0], *(_filled(word, values) for word in words[1:])]


def _filled(word: str, values: Mapping[str, str]) -> str:
    """Return one word with its places filled; UsageError when it became an option or a link nobody may open."""
    names = _PLACE.findall(word)
    for name in names:
        if not values.get(name):
            raise UsageError(f"there is nothing to put in for {{{name}}}", "see [commands] in config.toml")
    filled = _PLACE.sub(lambda found: values[found[1]], word)
    if not names:
        return word
    if "\0" in filled:
        raise UsageError("a zero byte can't be handed to a program")
    if filled.startswith("-") and not word.startswith("-"):
        raise UsageError(f"“{filled[:40]}” would be taken for an option", "nothing was started")
    scheme = _SCHEME.match(filled)
    if scheme and scheme[1].casefold() not in SCHEMES:
        raise UsageError(f"links of the kind {scheme[1][:20]}: are not opened", "nothing was started")
    return filled


def start(words: list[str]) -> None:
    """Run a program beside the app; FollowupError in one line when it can't be started, or fails at once."""
    name = os.path.basename(words[0])
    try:
        running = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise FollowupError(f"{name} could not be started: {why}", "see [commands] in config.toml") from None
    with contextlib.suppress(subprocess.TimeoutExpired):
        if code := running.wait(PATIENCE):
            raise FollowupError(f"{name} failed (exit {code})", "see [commands] in config.toml")


def dialled(number: str, key: str) -> str:
    """Return a number as `tel:` takes it: + and digits, an extension behind a comma. UsageError when there is none.

    `key` is the stored one, E.164 where the country is known: a (0) people write but do not dial is gone from it.
    """
    text = (key or number).replace(" ", "")
    behind = _BEHIND.search(text)
    main = text[: text.rfind(behind[1])] if behind else text
    digits = "".join(char for char in main if char.isascii() and char.isdigit())
    if not 3 <= len(digits) <= 20:
        raise UsageError(f"“{number[:40]}” is not a number that can be dialled")
    return ("+" if main.lstrip().startswith("+") else "") + digits + (f",{behind[1]}" if behind else "")


def mailto(to: str, subject: str, body: str) -> str:
    """Return a mailto link (RFC 6068): the address and the words percent-encoded, lines ended by CR LF; no more fields.

    UsageError when the address is none: an @ alone decides who reads it.
    """
    from followup_tui.exchange.details import email_key

    if not email_key(to):
        raise UsageError(f"“{to[:60]}” is not an e-mail address", "mend it with E")
    local, _, domain = to.rpartition("@")
    address = f"{quote(local, safe='.!$*+-=_~')}@{quote(domain, safe='.-')}"
    fields = [("subject", subject), ("body", "\r\n".join(body.splitlines()))]
    said = "&".join(f"{name}={quote(text, safe='')}" for name, text in fields if text)
    return f"mailto:{address}" + (f"?{said}" if said else "")
