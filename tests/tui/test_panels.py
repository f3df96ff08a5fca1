"""Panels that are made before they are opened."""

from __future__ import annotations

import pytest

from followup_tui.tui.screens.panel import Panel
from followup_tui.tui.typing_pauses import Typing
from tests.tui.driving import press, running, settle
from tests.tui.fake_services import fake_services


async def test_what_was_made_behind_the_keys_opens_with_all_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first time it is laid out, which is a frame of the whole screen: only later ones are of the box alone."""
    alone: list[bool] = []
    usual = Panel.paint_box

    def noted(self: Panel[object]) -> None:
        usual(self)
        alone.append(self._only_box)

    async with running(fake_services()) as (app, pilot):
        monkeypatch.setattr(Typing, "keys_pause", 0.0)
        app.prepare_log()
        app.prepare_help()
        await settle(app, pilot)
        monkeypatch.setattr(Panel, "paint_box", noted)
        for key in "l", "question_mark":
            await press(app, pilot, key, "escape")
            assert not alone[0]
            alone.clear()
            await press(app, pilot, key, "escape")
            assert alone[0]
            alone.clear()
