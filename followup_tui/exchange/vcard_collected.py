"""What a vCard has said so far: fields, details, and everything that found no field."""

from __future__ import annotations

from followup_tui.domain.cleaning import clean_stored
from followup_tui.exchange.details import address_key
from followup_tui.exchange.drafts import DetailDraft, Rejection
from followup_tui.exchange.vcard_lines import Card, Property
from followup_tui.exchange.vcard_values import Parameters, label_of, parameters, plain, text_of


class Collected:
    """Fills up while the properties of one card are read."""

    def __init__(self, card: Card, region: str, fallback: str) -> None:
        self.card = card
        self.region = region
        self.fallback = fallback
        """The encoding of what is not UTF-8 and names none."""
        self.old = card.version.startswith("2")
        self.texts: dict[str, str] = {}
        self.names: list[str] = []
        """The parts of N, in the order of the property."""
        self.details: dict[tuple[str, str], DetailDraft] = {}
        self.printed: list[tuple[str, str]] = []
        """Addresses as they are printed, with their labels."""
        self.tags: list[str] = []
        self.notes: list[str] = []
        self.extra: dict[str, str] = {}
        self.rejections: list[Rejection] = []
        self._group_labels = {
            prop.group: label_of(self._plain(prop))
            for prop in card.properties
            if prop.group and prop.name == "X-ABLABEL"
        }

    def _plain(self, prop: Property) -> str:
        raw = text_of(prop, parameters(prop), self.fallback)
        return clean_stored(plain(raw or "", self.old))

    def keep(self, name: str, text: str) -> None:
        """Keep a text beside the person; several of one name follow one another."""
        name = clean_stored(name)
        if text and text not in (known := self.extra.get(name, "")).split("; "):
            self.extra[name] = f"{known}; {text}" if known else text

    def reject(self, prop: Property, text: str, why: str) -> None:
        """Leave a value out of its field, say why, and keep it."""
        self.keep(prop.name, clean_stored(text, multiline=True))
        self.rejections.append(Rejection(prop.line, prop.name.lower(), f"{why} (kept under {prop.name})"))

    def once(self, field: str, text: str) -> bool:
        """Fill a field that is still empty; False when it is filled with something else."""
        return self.texts.setdefault(field, text) == text

    def label(self, prop: Property, about: Parameters) -> str:
        """Return the word that tells this one from others of its kind: Apple's own label, else the type."""
        return self._group_labels.get(prop.group) or about.label()

    def title(self, prop: Property, about: Parameters) -> str:
        """Return the name a property is kept under."""
        label = self.label(prop, about)
        return f"{prop.name} ({label})" if label else prop.name

    def add(self, kind: str, value: str, key: str, label: str, bad: str) -> None:
        """Keep a detail once; a number called mobile anywhere is a mobile."""
        family = "phone" if kind == "mobile" else kind
        known = self.details.get((family, key))
        if known is None or (kind == "mobile" and known.kind == "phone"):
            self.details[family, key] = DetailDraft(kind, value, key, label, bad)

    def take_printed(self) -> None:
        """Take the addresses that stand there printed only; those said in parts already are nothing new."""
        known = [set(key.split()) for kind, key in self.details if kind == "address"]
        for text, label in self.printed:
            address = one_line(text)
            words = set(address_key(address).split())
            if not words or any(words <= other for other in known):
                continue
            if any(detail.kind == "address" and detail.label == label for detail in self.details.values()):
                self.keep(f"LABEL ({label})" if label else "LABEL", text)
            else:
                self.add("address", address, address_key(address), label, "")


def one_line(text: str) -> str:
    """Return text of several lines as one, commas between."""
    if "\n" not in text:
        return clean_stored(text)
    return clean_stored(", ".join(filter(None, (line.strip(" ,\r") for line in text.split("\n")))))
