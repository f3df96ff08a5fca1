"""What other programs call a touch: the words for channel, outcome and direction."""

from __future__ import annotations

import re

_CHANNELS = (
    ("fax", r"fax|telefax"),
    ("text", r"sms|text message|text|whats ?app|imessage"),
    ("mail", r"postal mail|letter|postcard|brief|postkarte|courrier|post"),
    ("gift", r"gift|geschenk|cadeau|regalo"),
    ("email", r"(?:incoming|forwarded|outgoing|logged)?[ _-]?e-?mails?|incoming_email|forwarded_email|mail|correo"),
    ("phone", r"calls?|phone|telephone|anruf|telefonat|telefon|appel|llamada|voicemail|video|video call|zoom"),
    ("in person", r"meetings?|lunch|visit|demo|dinner|coffee|besuch|termin|treffen|in person|rendez-vous|reuni[oó]n"),
)
"""Tried in this order; a whole word has to fit."""
_NO_TOUCH = re.compile(r"\b(?:task|deadline|to-?do|note|aufgabe|notiz|frist|linkedin)\b", re.I)
_OUTCOMES = (
    ("left voicemail", r"voice ?mail|mailbox|answering machine|anrufbeantworter"),
    ("left message", r"left (?:a )?(?:live )?message|message left|nachricht hinterlassen"),
    ("no answer", r"no answer|not reached|unreachable|busy|wrong number|missed|failed|nicht erreicht|keine antwort"
     r"|besetzt|pas de r[ée]ponse|sin respuesta"),
    ("spoke", r"connected|spoke|reached|talked|answered|held|completed|gesprochen|erreicht|joint|contactado"),
)  # fmt: skip
_DISPOSITIONS = {
    "9d9162e7-6cf3-4944-bf63-4dff82258764": "busy",
    "f240bbac-87c9-4f6e-bf70-924b57d47db7": "connected",
    "a4c4c377-d246-4b32-a13b-75a56a4cd0ff": "left live message",
    "b2cf5968-551e-4856-9783-52b3da59a7d0": "left voicemail",
    "73a0d17f-1163-4015-bdd5-ec830791da20": "no answer",
    "17b47fee-58de-441e-a44c-c6300d46f273": "wrong number",
}
"""HubSpot's default outcomes of calls."""
_NOT_HELD = re.compile(r"no.?show|cancell?ed|rescheduled|scheduled|abgesagt|verschoben|geplant|queued", re.I)
_INWARDS = re.compile(r"\bin(?:bound|coming)|eingehend|entrant", re.I)


def channel_of(kind: str) -> str:
    """Return the channel a type of activity is a touch of; empty for tasks, notes and what is not known."""
    words = re.sub(r"[_]+", " ", kind).strip()
    if not words or _NO_TOUCH.search(words):
        return ""
    return next((name for name, known in _CHANNELS if re.search(rf"\b(?:{known})\b", words, re.I)), "")


def outcome_of(channel: str, outcome: str, subject: str, inbound: bool) -> str:
    """Return what came of a touch; where nothing says it, what is least: an attempt, or for theirs a response."""
    if channel in ("phone", "in person"):
        for text in (outcome, subject):
            found = next((name for name, known in _OUTCOMES if re.search(rf"\b(?:{known})\b", text, re.I)), "")
            if found:
                return "spoke" if inbound and found == "no answer" and not outcome else found
        return "spoke" if inbound or channel == "in person" else "no answer"
    return "replied" if inbound else "sent"


def meant(outcome: str) -> str:
    """Return an outcome in words: HubSpot's own are ids in what its API gives, and `NO_ANSWER` is no answer."""
    return _DISPOSITIONS.get(outcome.lower(), outcome.replace("_", " "))


def points_inwards(kind: str, direction: str) -> bool:
    """Return whether the touch was theirs."""
    return bool(_INWARDS.search(f"{kind.replace('_', ' ')} {direction.replace('_', ' ')}"))


def was_held(outcome: str) -> bool:
    """Return whether it took place: a meeting that was cancelled, or is still to come, did not."""
    return _NOT_HELD.search(outcome) is None
