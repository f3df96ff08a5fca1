"""The ways to reach the person in a row: its phones, fax numbers, e-mail and postal addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from followup_tui.exchange.cells import Row
from followup_tui.exchange.columns import AddressColumns, ContactColumn
from followup_tui.exchange.details import address_key, join_address, not_a_phone, phone_key, split_emails, split_phones
from followup_tui.exchange.drafts import DetailDraft
from followup_tui.exchange.headers import squash

GROUP_MARK = re.compile(r"^\*\s*")
"""Google writes its own labels and groups as `* Work`."""
_MOBILE_LABEL = re.compile("mobil|cell|handy|iphone|portable|movil|celular|gsm|whatsapp")
_FAX_LABEL = re.compile("fax|telecopi")
_Found = dict[tuple[str, str], DetailDraft]


def details_of(row: Row, region: str) -> tuple[DetailDraft, ...]:
    """Return every detail of a row once; what is none is rejected and kept."""
    found: _Found = {}
    for column in row.plan.contacts:
        if row.cells[column.index]:
            if column.kind == "email":
                _emails(found, row, column)
            else:
                _phones(found, row, column, region)
    for address in row.plan.addresses:
        _addresses(found, row, address)
    return tuple(found.values())


def keep(found: dict[tuple[str, str], DetailDraft], detail: DetailDraft) -> None:
    """Keep a detail once; a number called mobile anywhere is a mobile."""
    kind = detail.kind
    key = ("phone" if kind == "mobile" else kind, detail.key)
    known = found.get(key)
    if known is None or (kind == "mobile" and known.kind == "phone"):
        found[key] = detail


def _labels(row: Row, index: int, fixed: str) -> Sequence[str]:
    """Return the labels of a cell's values, as many as its label column has."""
    if index < 0 or not (text := row.text(index)):
        return (fixed,)
    return separate(text)


@lru_cache(maxsize=1000)
def separate(text: str) -> tuple[str, ...]:
    """Return the labels in a cell."""
    return tuple(GROUP_MARK.sub("", label.strip()) for label in text.split(":::"))


def _nth(labels: Sequence[str], place: int) -> str:
    return labels[min(place, len(labels) - 1)]


def _phones(found: _Found, row: Row, column: ContactColumn, region: str) -> None:
    labels = _labels(row, column.label_index, column.label)
    for place, number in enumerate(split_phones(row.text(column.index, True))):
        if not number:
            continue
        kind, label = kind_and_label(column.kind, _nth(labels, place))
        if key := phone_key(number, region):
            keep(found, DetailDraft(kind, number, key, label))
        else:
            row.reject(column.index, kind, number, not_a_phone(number))


@lru_cache(maxsize=1000)
def kind_and_label(kind: str, label: str) -> tuple[str, str]:
    """Return the kind of a phone column's value as its label corrects it, and the label that is kept."""
    if not label:
        return kind, ""
    plain = squash(label)
    if kind == "phone" and _FAX_LABEL.search(plain):
        kind = "fax"
    elif kind == "phone" and _MOBILE_LABEL.search(plain):
        kind = "mobile"
    if plain == kind:
        return kind, ""
    return kind, label if label == "WhatsApp" else label.lower()


def _emails(found: _Found, row: Row, column: ContactColumn) -> None:
    labels = _labels(row, column.label_index, column.label)
    for place, (address, key) in enumerate(split_emails(row.text(column.index, True))):
        if key:
            keep(found, DetailDraft("email", address, key, _nth(labels, place).lower()))
        else:
            why = f"not an e-mail address: {address[:40]}; correct it and add it again"
            row.reject(column.index, "email", address, why)


def _addresses(found: _Found, row: Row, columns: AddressColumns) -> None:
    if columns.alone >= 0:
        _whole_addresses(found, row, columns, columns.alone)
        return
    cells = row.cells
    texts: dict[str, list[str]] = {}
    joined: dict[str, str] = {}
    for part, indexes in columns.parts.items():
        texts[part] = pieces = [_one_line(row.text(i, True)) if cells[i] else "" for i in indexes]
        joined[part] = pieces[0] if len(pieces) == 1 else ", ".join(filter(None, pieces))
    if not any(joined.values()):
        return
    said = joined.get
    whole, pobox = said("address", ""), said("pobox", "")
    town = [said("city", ""), said("state", ""), said("zip", ""), said("country", "")]
    street = ", ".join(filter(None, (said("street", ""), said("street2", ""))))
    wholes = [piece.strip(" ,") for piece in whole.split(":::")]
    if len(wholes) > 1 or (whole and street):
        town = ["", "", "", ""]  # a full address beside its parts, or several: nothing to complete
    labels = _labels(row, columns.label_index, columns.label)
    for place, piece in enumerate(wholes):
        address = join_address(piece, street, pobox, *town)
        if key := address_key(address):
            keep(found, DetailDraft("address", address, key, _nth(labels, place).lower()))
            continue
        # A town alone takes no letter and no visit: kept as it is written.
        for part, indexes in columns.parts.items():
            row.extra.update((row.plan.headers[i], t) for i, t in zip(indexes, texts[part], strict=True) if t)


def _whole_addresses(found: _Found, row: Row, columns: AddressColumns, index: int) -> None:
    """Take the addresses of a column that holds them whole, with no other column to complete them."""
    if not row.cells[index] or not (whole := _one_line(row.text(index, True))):
        return
    labels = _labels(row, columns.label_index, columns.label)
    for place, piece in enumerate(whole.split(":::")):
        address = piece.strip(" ,")
        if key := address_key(address):
            keep(found, DetailDraft("address", address, key, _nth(labels, place).lower()))
        else:
            row.extra[row.plan.headers[index]] = whole


def _one_line(text: str) -> str:
    if "\n" not in text:
        return text
    return ", ".join(filter(None, (line.strip(" ,\r") for line in text.splitlines())))
