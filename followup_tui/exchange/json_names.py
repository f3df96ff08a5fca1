"""Names in the JSON of other programs as a table would call them: `phones 2 number` is `Phone 2 - Value`.

Shapes: Google People, Microsoft Graph, HubSpot, Airtable, Pipedrive, Apple, Mailchimp, Attio, Zoho, and whatever keeps
phones, e-mails or addresses as lists of objects. A name that becomes none a table knows stays as the file has it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from followup_tui.exchange.headers import meaning, squash

_WRAPPED = re.compile(r"(?:(?:properties|fields|merge_fields|values|names? 1) )+", re.I)
"""What some programs put every field of a person into."""
_LISTED = re.compile(r"(?:postal ?)?(phone|e-?mail|address|organi[sz]ation|compan)\w*? (\d{1,3}) ([\w -]+)", re.I)
"""A list of objects: what it holds, the number of the entry, the name in it."""
_KINDS = {
    **{"phone": "Phone", "email": "E-mail", "e-mail": "E-mail", "address": "Address"},
    **{"organization": "Organization", "organisation": "Organization", "compan": "Organization"},
}
_LABELS = {"type", "label", "kind"}
_PARTS = {
    "Phone": dict.fromkeys(("value", "number", "phone", "phonenumber", "nummer"), "Value"),
    "E-mail": dict.fromkeys(("value", "address", "email", "emailaddress", "mail"), "Value"),
    "Address": {
        **dict.fromkeys(("formatted", "formattedvalue", "value", "full", "address"), "Formatted"),
        **{"countryorregion": "Country", "streetaddress": "Street", "line1": "Street", "line2": "Extended Address"},
    },
}
_VALUE = re.compile(r"(?: \d{1,3})? value$", re.I)
"""How a name ends whose value some programs put into an object (HubSpot before 2020) or a list of them (Attio)."""
_WHOLE = {
    **dict.fromkeys(("org_name", "org name", "orgname"), "Organization Name"),
    **dict.fromkeys(("personalnotes", "biographies 1 value"), "Notes"),
    **{"birthdays 1 date": "Birthday", "account_name name": "Organization Name", "fname": "First Name"},
    **{"lname": "Last Name", "address addr1": "Address Street", "address addr2": "Address Line 2"},
    **{"businessaddress countryorregion": "Business Country", "homeaddress countryorregion": "Home Country"},
}


def as_columns(names: Sequence[str]) -> list[str]:
    """Return the names of a table's columns; one that would be there twice stays as the file has it."""
    told = [_as_column(name) for name in names]
    if any(name.startswith("merge_fields ") for name in names):  # Mailchimp, where it says who wants no letters
        told = ["Email Subscription Status" if name == "status" else one for name, one in zip(names, told, strict=True)]
    often = Counter(told) + Counter(set(names).difference(told))
    taken = set(names)
    return [
        new if often[new] == 1 and (new == old or new not in taken) else old
        for old, new in zip(names, told, strict=True)
    ]


def _as_column(name: str) -> str:
    bare = _WRAPPED.sub("", name, count=1)
    told = _WHOLE.get(bare.casefold()) or _listed(bare)
    if told == bare and meaning(squash(bare)) is None:
        told = _VALUE.sub("", bare) if _VALUE.search(bare) else bare
    return told if told != name and meaning(squash(told)) is not None else name


def _listed(name: str) -> str:
    found = _LISTED.fullmatch(name)
    if found is None:
        return name
    kind = _KINDS[found[1].casefold()]
    word = squash(found[3])
    part = "Label" if word in _LABELS else _PARTS.get(kind, {}).get(word, found[3].capitalize())
    return f"{kind} {found[2]} - {part}"
