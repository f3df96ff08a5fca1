"""Whatever is pressed, typed or pasted, in whatever order and size: the app goes on, and the database stays sound."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from textual import events
from textual.pilot import Pilot

from followup_tui.services.demo import demo_database
from followup_tui.tui.app import FollowupApp
from followup_tui.tui.bindings import known_commands
from tests.factories import CONFIG, Clock, open_at
from tests.tui.driving import press, settle

KEYS = int(os.environ.get("RANDOM_KEYS", "400"))
SEED = int(os.environ.get("RANDOM_SEED", "0"))
SIZES = [(80, 24), (120, 36), (40, 10), (20, 5), (200, 60)]
LEAVING = {"q", "ctrl+q", "ctrl+c", "ctrl+z"}
PLACES = ["1", "2", "3", "4", "v", "T", "W", "w", "/", ":"]
HOSTILE = [
    "[/b][@click=app.quit]x[/]",
    "\x1b[2J\x1b]52;c;eA==\x07",
    "a\x00b",
    "‮drow⁦",
    "客" * 200,
    "👩‍👩‍👧‍👦" * 20,
    "long " * 2000,
    "two\nlines\r\nand a third",
    "relation:cold (",
    "tue 3pm",
]


def every_key() -> list[str]:
    """Return each declared key but those that leave, and what moves within fields."""
    declared = {key for binding in known_commands().values() for key in binding.key.split(",")}
    return [*sorted(declared - LEAVING), "enter", "escape", "tab", "shift+tab", "backspace", "delete", "ctrl+u"]


async def disturb(app: FollowupApp, pilot: Pilot[int], dice: Random) -> str:
    """Press a key, now and then paste something or change the size, and return what it was."""
    chance = dice.random()
    if chance < 0.04:
        text = dice.choice(HOSTILE)
        app.post_message(events.Paste(text))
        await pilot.pause()
        return f"paste {text[:20]!r}"
    if chance < 0.07:
        size = dice.choice(SIZES)
        await pilot.resize_terminal(*size)
        return f"size {size}"
    if chance < 0.13:
        key = dice.choice(["escape", *PLACES])
    elif chance < 0.23:
        key = "enter"
    else:
        key = dice.choice(every_key())
    await pilot.press(key)
    if dice.random() < 0.7:
        await settle(app, pilot)
    return key


@pytest.mark.parametrize("start", ["1", "2", "3", "4"])
async def test_random_keys_break_nothing(tmp_path: Path, start: str) -> None:
    """No order of keys, pastes and sizes ends the app with an error, and doctor finds nothing wrong afterwards."""
    config = replace(CONFIG, commands={"dial": "true", "compose": "true", "copy": "true"})
    clock = Clock()
    path = demo_database(24, 3, now=clock(), folder=tmp_path, config=config)
    services = open_at(path, clock, config)
    dice = Random(f"{SEED}{start}")
    app = FollowupApp(lambda: services, config)
    pressed: list[str] = []
    try:
        async with app.run_test(size=dice.choice(SIZES), notifications=True) as pilot:
            await settle(app, pilot)
            await press(app, pilot, start)
            for _ in range(KEYS // 4):
                pressed.append(await disturb(app, pilot, dice))
                assert app.is_running
            await settle(app, pilot)
    except BaseException as error:
        error.add_note(f"after {pressed[-60:]}")
        raise
    assert all(check.ok for check in services.doctor.check())
    services.close()
