"""What users' text can't do: break the screen, act as markup, reach the terminal as a command."""

from __future__ import annotations

import pytest

from tests.tui.driving import lines, press, running, shown
from tests.tui.fake_services import hostile


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize(
    "keys", [(), ("j", "j", "enter"), ("l",), ("i",), ("l", "6"), ("x",), ("c",), ("right",), ("l", "4")]
)
async def test_hostile_names_on_today_and_its_dialogs(size: tuple[int, int], keys: tuple[str, ...]) -> None:
    """Names with markup, escapes, wide and stacked characters are drawn cleaned, and every line keeps its width."""
    async with running(hostile(), size) as (app, pilot):
        await press(app, pilot, *keys)
        assert app.is_running
        assert "\x1b" not in shown(app)
        assert "‮" not in shown(app)
        assert all(strip.cell_length == size[0] for strip in app.screen._compositor.render_strips())
        assert "app.quit" in shown(app) or "[/]" in shown(app) or lines(app)


async def test_a_click_on_a_hostile_name_only_selects() -> None:
    """Markup in a name is never an action."""
    async with running(hostile()) as (app, pilot):
        for y in range(3, 12):
            await pilot.click(offset=(50, y))
        assert app.is_running
