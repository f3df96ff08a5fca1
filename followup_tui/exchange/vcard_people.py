"""One vCard to one draft: each property to its field, everything else beside the person under its own name."""

from __future__ import annotations

from collections.abc import Iterator

from followup_tui.domain.cleaning import clean_stored
from followup_tui.exchange.details import address_key
from followup_tui.exchange.drafts import Draft, Rejection
from followup_tui.exchange.rows import STARRED_GROUPS, SYSTEM_GROUPS, channels_in, reach
from followup_tui.exchange.vcard_collected import Collected
from followup_tui.exchange.vcard_fields import HANDLERS
from followup_tui.exchange.vcard_lines import VALUE_LIMIT, Card, Property
from followup_tui.exchange.vcard_values import decoded, parameters, plain, text_of

_ABOUT_THE_FILE = {"PRODID"}
_GROUP_KINDS = {"KIND", "X-ADDRESSBOOKSERVER-KIND"}


def person_of(card: Card, region: str, fallback: str) -> Iterator[Draft | Rejection]:
    """Yield the person on a card, if any, and what could not be taken."""
    if any(prop.name in _GROUP_KINDS and prop.value.strip().lower() == b"group" for prop in card.properties):
        yield Rejection(card.line, "", "a group of people and no person; give its members a tag instead")
        return
    said = Collected(card, region, fallback)
    for prop in card.properties:
        _place(said, prop)
    for line, text, why in card.strays:
        if shown := clean_stored(decoded(text[:VALUE_LIMIT], fallback)):
            said.keep("other lines", shown)
            said.rejections.append(Rejection(line, "line", f"{why} (kept under other lines): {shown[:40]}"))
    said.take_printed()
    name = _name(said)
    if not name:
        why = "no name, company, e-mail or phone; add one of them"
        yield Rejection(card.line, "", why if card.ended else "the card is cut off before it names anybody")
        return
    yield _draft(said, name)
    if not card.ended:
        yield Rejection(card.line, "END", "the card has no END:VCARD; taken as far as it goes, look it over")
    yield from said.rejections


def _place(said: Collected, prop: Property) -> None:
    if prop.name in _ABOUT_THE_FILE or (prop.name == "X-ABLABEL" and prop.group):
        return
    about = parameters(prop)
    raw = text_of(prop, about, said.fallback)
    if raw is None:
        kind = (about.first("MEDIATYPE") or about.label() or "data").removeprefix("image/")
        said.keep(prop.name, f"{kind}, {max(1, prop.size * 3 // 4096):,} KB, left out")
    elif prop.size > VALUE_LIMIT:
        said.reject(prop, raw[:100], "larger than 1 MiB; shorten it and import the card again")
    elif raw.strip(" ;,\r\n\t"):
        handle = HANDLERS.get(prop.name)
        if handle is None or not handle(said, prop, about, raw):
            said.keep(said.title(prop, about), clean_stored(plain(raw, said.old), multiline=True))


def _name(said: Collected) -> str:
    """Return FN, else the names of N as people say them, else whatever else names or reaches the person."""
    order = (1, 2, 0, 4)
    given = " ".join(said.names[i] for i in order if i < len(said.names) and said.names[i])
    texts = said.texts
    name = texts.get("name") or given or texts.get("company") or texts.get("nickname")
    name = name or reach(tuple(said.details.values()))
    if not _words(" ".join(said.names)) <= _words(name):
        said.keep("N", "; ".join(said.names).strip("; "))
    return name


def _words(text: str) -> set[str]:
    return set(address_key(text).split())


def _draft(said: Collected, name: str) -> Draft:
    texts = said.texts
    return Draft(
        line=said.card.line,
        name=name,
        company=texts.get("company", ""),
        title=texts.get("title", ""),
        details=tuple(said.details.values()),
        why=texts.get("why", ""),
        benefit=texts.get("benefit", ""),
        source=texts.get("source", ""),
        birthday=texts.get("birthday", ""),
        zone=texts.get("zone", ""),
        tags=tuple(tag for tag in dict.fromkeys(said.tags) if tag.casefold() not in SYSTEM_GROUPS),
        star=bool(texts.get("star")) or any(tag.casefold() in STARRED_GROUPS for tag in said.tags),
        note="\n".join(said.notes),
        relation=texts.get("relation", ""),
        extra=said.extra,
        not_by=tuple(channels_in(texts.get("not_by", ""))[0]),
        own=texts.get("own", ""),
    )
