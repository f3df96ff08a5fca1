"""What a dialog leaves in memory when it is closed."""

from __future__ import annotations

import gc

from textual.strip import Strip

from followup_tui.bootstrap import Services
from tests.tui.driving import press, running


def painted() -> int:
    """Return how many painted lines are kept anywhere."""
    gc.collect()
    return sum(1 for one in gc.get_objects() if type(one) is Strip)


async def test_closed_dialogs_leave_no_picture(services: Services) -> None:
    """Help opened and closed again and again: Textual keeps their caches, but no lines are in them."""
    async with running(services) as (app, pilot):
        await press(app, pilot, *["question_mark", "escape"] * 3)
        before = painted()
        await press(app, pilot, *["question_mark", "escape"] * 3)
        assert painted() < before + 3 * 150
