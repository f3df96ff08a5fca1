"""Write a small file and read it back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from followup_tui.exchange.drafts import Draft, Rejection
from followup_tui.exchange.formats import open_file
from followup_tui.exchange.reading import Reading


class Read(NamedTuple):
    reading: Reading
    drafts: list[Draft]
    rejections: list[Rejection]

    @property
    def only(self) -> Draft:
        (draft,) = self.drafts
        return draft

    def details(self) -> list[tuple[str, str, str]]:
        return [(detail.kind, detail.key, detail.label) for detail in self.only.details]


def write(folder: Path, content: str | bytes, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(
    folder: Path,
    content: str | bytes,
    *,
    mapping: Mapping[str, str] | None = None,
    region: str = "",
    format: str = "auto",
) -> Read:
    reading = open_file(write(folder, content), format=format, mapping=mapping or {}, default_region=region)
    items = list(reading)
    return Read(
        reading,
        [item for item in items if isinstance(item, Draft)],
        [item for item in items if isinstance(item, Rejection)],
    )
