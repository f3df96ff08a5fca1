"""Somebody enrolled today, every touch made on its day: the dates in as many columns as are needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from followup_tui.services.views import AheadView
from followup_tui.tui import wording
from followup_tui.tui.text import content, fit
from followup_tui.tui.widgets.timeline_words import ahead_label

WHEN, WHAT = 16, 25
HEADS = ("Enrolled today, and every touch made on its day:", "Enrolled today, all on time:")


def dry_run(ahead: Sequence[AheadView], total: int, today: date, width: int, height: int) -> list[Content]:
    """Return a heading and the dates; a second column only when one is too low and the width allows it."""
    if not ahead or height < 3:
        return []
    cells = [(wording.day(a.date, today), ahead_label(a, total)) for a in ahead]
    columns = 1 if len(cells) <= height - 1 or width < 2 * (WHEN + WHAT) else 2
    rows = min(height - 1, -(-len(cells) // columns))
    lines = [content(HEADS[0] if width > len(HEADS[0]) else HEADS[1], "$muted")]
    room = min(WHAT, width - WHEN) if columns == 1 else WHAT
    for row in range(rows):
        parts: list[Content] = []
        for day, label in cells[row::rows][:columns]:
            parts += [content(fit(day, WHEN), "$due"), content(fit(label, room))]
        lines.append(Content.assemble(*parts))
    return lines
