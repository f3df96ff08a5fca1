"""Which property of a vCard goes into which field; a handler that returns False leaves it beside the person."""

from __future__ import annotations

import re
from collections.abc import Callable

from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.model import Relation
from followup_tui.exchange.birthdays import NotADate, birthday
from followup_tui.exchange.details import address_key, join_address, not_a_phone, phone_key, split_emails
from followup_tui.exchange.rows import channels_in, is_zone
from followup_tui.exchange.vcard_collected import Collected, one_line
from followup_tui.exchange.vcard_lines import Property
from followup_tui.exchange.vcard_values import Parameters, parts, plain

Handler = Callable[[Collected, Property, Parameters, str], bool]
_TEL = re.compile(r"^(?:tel|callto|sip|fax):", re.I)
_TIME = re.compile(r"(?<=\d)T.*$")
_CONTEXT = re.compile(r";phone-context=(\+\d+)", re.I)
"""The country a `tel:` number without one is called in (RFC 3966)."""
_TEL_EXTRAS = re.compile(r";(?!ext=)[\w-]+(?:=[^;]*)?", re.I)
_MOBILE = {"cell", "mobile", "iphone", "mobil", "handy"}
_PAGERS = {"pager", "modem", "bbs", "textphone"}
UID = "followup:"
"""What our ids begin with on a card."""
_SAYS = {"X-FOLLOWUP-WHY": "why", "X-FOLLOWUP-BENEFIT": "benefit", "X-FOLLOWUP-SOURCE": "source"}
"""Fields of ours that no vCard has a property for."""


def _formatted_name(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    text = clean_stored(plain(raw, card.old))
    return bool(text) and card.once("name", text)


def _names(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    if card.names:
        return False
    card.names = [one_line(part) for part in parts(raw, ";", card.old)]
    return True


def _company(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    company, *units = (one_line(part) for part in parts(raw, ";", card.old))
    units = [unit for unit in units if unit]
    if not company or not card.once("company", company):
        return False
    if units:
        card.keep("ORG", "; ".join([company, *units]))
    return True


def _title(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    return card.once("title", one_line(plain(raw, card.old)))


def _role(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    if any(other.name == "TITLE" and other.value.strip() for other in card.card.properties):
        return False
    return _title(card, prop, about, raw)


def _phone(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    number = _number(clean_stored(plain(raw, card.old)))
    types = set(about.types)
    if types & _PAGERS and not types & (_MOBILE | {"voice"}):
        return False
    label = card.label(prop, about)
    words = types or {label.casefold()}
    kind = "fax" if any("fax" in word for word in words) else "mobile" if words & _MOBILE else "phone"
    label = "" if label.casefold() == kind else label
    if key := phone_key(number, card.region):
        card.add(kind, number, key, label, about.first("X-FOLLOWUP-BAD"))
    else:
        card.reject(prop, number, not_a_phone(number))
    return True


def _number(text: str) -> str:
    """Return a number without what an address of one (`tel:…;phone-context=+49`) says beside it."""
    number = _TEL.sub("", text)
    if number == text:
        return number
    context = _CONTEXT.search(number)
    number = _TEL_EXTRAS.sub("", number)
    return f"{context[1]} {number.lstrip('0')}" if context and not number.startswith("+") else number


def _email(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    found = list(split_emails(clean_stored(plain(raw, card.old), multiline=True)))
    for address, key in found:
        if key:
            card.add("email", address, key, card.label(prop, about), about.first("X-FOLLOWUP-BAD"))
        else:
            card.reject(prop, address, f"not an e-mail address: {address[:40]}; correct it and add it again")
    return bool(found)


def _address(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    cells = [one_line(part) for part in parts(raw, ";", card.old)]
    if sum(map(bool, cells)) > 1:
        cells = [cell.strip(" ,") for cell in cells]  # a whole address in one part, as ours are, stays as it is
    pobox, extended, street, city, state, code, country = (cells + [""] * 7)[:7]
    label = card.label(prop, about)
    address = join_address("", ", ".join(filter(None, (street, extended))), pobox, city, state, code, country)
    for more in filter(None, cells[7:]):
        if address and set(address_key(address).split()) <= set(address_key(more).split()):
            card.printed.append((more, label))  # Google writes the whole address once more behind its parts
        else:
            address = f"{address}, {more}" if address else more
    if printed := about.first("LABEL"):
        card.printed.append((clean_stored(plain(printed, False), multiline=True), label))
    if not (key := address_key(address)):
        return False
    card.add("address", address, key, label, about.first("X-FOLLOWUP-BAD"))
    return True


def _printed(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    card.printed.append((clean_stored(plain(raw, card.old), multiline=True), card.label(prop, about)))
    return True


def _birthday(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    text = clean_stored(raw)
    try:
        found = birthday(_TIME.sub("", text), card.region)
    except NotADate as error:
        card.reject(prop, text, str(error))
        return True
    return not found or card.once("birthday", found)


def _note(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    text = clean_stored(plain(raw, card.old), multiline=True)
    if text not in card.notes:
        card.notes.append(text)
    return True


def _categories(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    card.tags += [text for part in parts(raw, ",", card.old) if (text := clean_stored(part))]
    return True


def _zone(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    text = clean_stored(plain(raw, card.old))
    return is_zone(text) and card.once("zone", text)


def _kind(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    return clean_stored(raw).casefold() == "individual"


def _uid(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    """An id of ours tells somebody from the others of the file; ids of other programs are kept."""
    return raw.startswith(UID) and card.once("own", raw.removeprefix(UID))


def _said(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    return card.once(_SAYS[prop.name], clean_stored(plain(raw, card.old), multiline=True))


def _star(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    return raw.strip() == "1" and card.once("star", "1")


def _relation(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    text = clean_stored(raw)
    return text in set(Relation) and card.once("relation", text)


def _not_by(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    text = ", ".join(channels_in(clean_stored(plain(raw, card.old)))[0])
    return bool(text) and card.once("not_by", text)


def _extra(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    name, *rest = (clean_stored(part, multiline=True) for part in parts(raw, ";", card.old))
    card.keep(name or prop.name, "; ".join(filter(None, rest)))
    return True


def _nickname(card: Collected, prop: Property, about: Parameters, raw: str) -> bool:
    card.once("nickname", clean_stored(plain(raw, card.old)))
    return False


HANDLERS: dict[str, Handler] = {
    "FN": _formatted_name,
    "N": _names,
    "NICKNAME": _nickname,
    "ORG": _company,
    "TITLE": _title,
    "ROLE": _role,
    "TEL": _phone,
    "EMAIL": _email,
    "ADR": _address,
    "LABEL": _printed,
    "BDAY": _birthday,
    "NOTE": _note,
    "CATEGORIES": _categories,
    "TZ": _zone,
    "KIND": _kind,
    "UID": _uid,
    "X-FOLLOWUP-STAR": _star,
    "X-FOLLOWUP-RELATION": _relation,
    "X-FOLLOWUP-NOT-BY": _not_by,
    "X-FOLLOWUP-EXTRA": _extra,
    **dict.fromkeys(_SAYS, _said),
}
