"""Tags: words the user puts on prospects."""

from __future__ import annotations

from collections.abc import Sequence

from followup_tui.domain.cleaning import clean_stored
from followup_tui.storage.unit_of_work import UnitOfWork


def set_tags(work: UnitOfWork, prospect_id: str, tags: Sequence[str], *, only: bool = False) -> None:
    """Add tags; one that begins with - is taken away, and with `only` every other one too."""
    rows = work.execute("SELECT id, tag FROM tag WHERE prospect_id = ?", (prospect_id,)).fetchall()
    have = {str(tag): key for key, tag in rows}
    words = [clean_stored(tag).casefold() for tag in tags]
    wanted = [word for word in words if word and not word.startswith("-")]
    gone = [word.removeprefix("-") for word in words if word.startswith("-")]
    if only:
        gone += [tag for tag in have if tag not in wanted]
    for tag in gone:
        if tag in have:
            work.delete("tag", have.pop(tag))
    for tag in dict.fromkeys(wanted):
        if tag not in have:
            work.insert("tag", {"prospect_id": prospect_id, "tag": tag})
