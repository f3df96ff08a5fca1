"""What was typed into the form of a new prospect is a draft until it is saved or thrown away."""

from __future__ import annotations

import json

from tests.tui.driving import press, running, settle, shown
from tests.tui.fake_services import fake_services


async def test_a_half_typed_prospect_is_there_again() -> None:
    """Typed, not saved, and the form opened by another session: the words stand there; thrown away, they are gone."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "a", *"Zoe")
        assert json.loads(app.drafts["+"]) == {"name": "Zoe"}
        kept = app.drafts["+"]
    async with running(fake_services()) as (app, pilot):
        app.drafts["+"] = kept
        await press(app, pilot, "a")
        await settle(app, pilot)
        assert "Zoe" in shown(app)
        await press(app, pilot, "escape", "escape")
        assert not app.drafts.get("+")
