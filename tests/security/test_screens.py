"""Every screen and dialog of the real app over a database in which every text attacks or is naughty (T1, T3, R30)."""

from __future__ import annotations

import contextlib
import random
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from followup_tui.bootstrap import Services
from followup_tui.errors import FollowupError
from followup_tui.services.views import ProspectDraft, TemplateDraft, ValueDraft
from followup_tui.tui.app import FollowupApp
from followup_tui.tui.text import cells
from tests.exchange import test_naughty
from tests.factories import dump, log, open_at
from tests.figures import size
from tests.security.test_terminal_bytes import ATTACKS
from tests.tui.driving import lines, press, settle
from tests.tui.fake_services import HOSTILE

TEXTS = {
    "attacks": [*dict.fromkeys([*ATTACKS, *HOSTILE])],
    "naughty strings": [text for text in test_naughty.STRINGS if text.isprintable() or len(text) < 200],
}
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
FIELDS = ("name", "company", "title", "why", "benefit", "note", "source")
PLACES = """
|l|l 4|l tab|i|c|o|o l|o E|o m|o P|o C|o X|o R|o S|o f|o e|o enter|s|m|x|S|e|e v|e s|e C|d|h|D|t|t o|b|f|F|r|right|E
|z|B|a|W|W enter|w|w +|A|v|v a|v enter|T|T a|T enter|H|M|ctrl+o|/|/ a|: a|?|2|2 /|2 L|2 O|2 S|2 t|2 C|2 x|2 X|2 l
|2 space j space M|2 o|3|3 E|3 m|4
""".replace("\n", "").split("|")
"""Every place and dialog, by the keys that lead there from Today."""
CLICKED = ("2 j j j", "1 j", "1", "1 j j j j j j j j j", "1 o", "1 i", "1 l", "2", "2 o", "3", "1 v", "1 T")
"""Where the attacks are clicked."""


def filled(services: Services, texts: list[str], people: int) -> None:
    """Fill every text there is, then put the raw texts past the cleaning into the tables."""
    for number in range(people):
        draft = {field: texts[(number * 3 + at) % len(texts)] for at, field in enumerate(FIELDS)}
        draft["name"] = f"{texts[number % len(texts)]} {number:03}"
        with contextlib.suppress(FollowupError):
            who = services.prospects.add(
                ProspectDraft(**draft, relation="engaged", phone=f"+49 30 90{number:04}", email=f"e{number}@x.example",
                              tags=(texts[number % len(texts)],))
            )[0].id  # fmt: skip
            log(services, who, "spoke" if number % 3 else "not now", note=draft["note"], value=draft["company"])
    assert services.prospects.count() >= people * 9 // 10
    for number, text in enumerate(texts[:40]):
        for keep in (
            lambda text=text, n=number: services.library.add(ValueDraft(f"{text} {n}", text=text, tags=(text,))),
            lambda text=text, n=number: services.templates.add(TemplateDraft(f"{text} {n}", body=text, subject=text)),
            lambda text=text, n=number: services.lists.save(f"{text} {n}", "relation:engaged"),
        ):
            with contextlib.suppress(FollowupError):
                keep()


def unclean(path: Path, texts: list[str]) -> None:
    """Put the texts into the tables as they are, as somebody with the file could."""
    stored = [text.encode("utf-8", "ignore").decode() for text in texts]
    with contextlib.closing(sqlite3.connect(path)) as tampering, tampering:
        for table, columns in {
            "prospect": FIELDS, "detail": ("label",), "tag": ("tag",), "journal": ("note", "value"),
            "value_item": ("title", "text"), "template": ("name", "body", "subject"), "smart_list": ("name",),
        }.items():  # fmt: skip
            for number, (key,) in enumerate(tampering.execute(f"SELECT rowid FROM {table}").fetchall()):
                values = [f"{stored[(number + at) % len(stored)]} raw {number}" for at in range(len(columns))]
                sets = ", ".join(f"{column} = ?" for column in columns)
                tampering.execute(f"UPDATE {table} SET {sets} WHERE rowid = ?", (*values, key))


@asynccontextmanager
async def running(services: Services, window: tuple[int, int]) -> AsyncIterator[tuple[FollowupApp, Pilot[int]]]:
    app = FollowupApp(lambda: services, services.config)
    async with app.run_test(size=window, notifications=True) as pilot:
        await settle(app, pilot)
        yield app, pilot


def looked_at(app: FollowupApp, window: tuple[int, int], where: str) -> None:
    """The app lives, no line holds a control character, and every line keeps its width."""
    assert app.is_running, (where, app.return_value, app._exception)
    assert not FORBIDDEN.findall("".join(lines(app))), where
    assert {strip.cell_length for strip in app.screen._compositor.render_strips()} == {window[0]}, where
    assert acts(app) == [], (where, "something drawn runs an action when it is clicked")


@pytest.mark.parametrize("kind", TEXTS)
async def test_t01_every_screen_and_dialog(services, path, clock, monkeypatch, kind, figure):
    """Over 600 hostile people and 515 naughty strings each place and dialog draws clean text and no more (T1, R30)."""
    monkeypatch.setenv("EDITOR", "true")
    texts = TEXTS[kind]
    people = size(15, 600 if kind == "attacks" else len(texts))
    filled(services, texts, people)
    clock.pass_(days=9)
    unclean(path, texts)
    services.close()
    rng = random.Random(kind)
    windows = [(80, 24), (120, 36)]
    seen = 0
    again = open_at(path, clock)
    async with running(again, windows[1]) as (app, pilot):
        for keys in PLACES[len(kind) % 6 :: size(6, 1)]:
            window = rng.choice(windows)
            await pilot.resize_terminal(*window)
            await press(app, pilot, "1", *["j"] * rng.randrange(4))
            for key in keys.split():
                await press(app, pilot, key)
                looked_at(app, window, f"{kind}: {keys} ({key})")
                seen += 1
            await press(app, pilot, "escape", "escape", "escape")
            looked_at(app, window, f"{kind}: after {keys}")
        await press(app, pilot, "1", "home")
        for number in range(size(5, people)):
            await pilot.press("j")
            if number % 10 == 0:
                await settle(app, pilot)
            looked_at(app, window, f"{kind}: a card")
            seen += 1
    again.close()
    figure("T1" if kind == "attacks" else "R30", seen, f"screens over {people} people of {kind}")


HOT = re.compile("Markup|app.quit|Clip|Title|Link|evil")
"""Words of the attacks: where a text that acts would be clicked."""


def hot(app: FollowupApp, clicked: set[tuple[str, int]]) -> tuple[int, int] | None:
    """Return a cell in which an attack is drawn and was not clicked yet; those that name an action come first."""
    found = [
        (one[0] not in ("Markup", "app.quit"), cells(line[: one.start()]) + aside, y, line)
        for y, line in enumerate(lines(app))
        for one in HOT.finditer(line)
        for aside in (0, 2)
    ]
    new = min((one for one in found if (one[3], one[1]) not in clicked), default=None)
    if new is None:
        return None
    clicked.add((new[3], new[1]))
    return new[1], new[2]


def acts(app: FollowupApp) -> list[object]:
    """Return the actions that a click on some cell of the screen would run."""
    segments = (segment for strip in app.screen._compositor.render_strips() for segment in strip)
    return [segment.style.meta["@click"] for segment in segments if segment.style and "@click" in segment.style.meta]


async def test_t03_clicks_and_enter_do_nothing_by_themselves(services, path, figure):
    """Clicking wherever an attack is drawn, and enter, selects or opens; nothing is written, copied or left (T3)."""
    filled(services, TEXTS["attacks"], 25)
    unclean(path, TEXTS["attacks"])
    services.close()
    again = open_at(path, services.now)
    before, trials = dump(path), 0
    async with running(again, (120, 36)) as (app, pilot):
        for keys in CLICKED[:: size(6, 1)]:
            await press(app, pilot, "escape", "escape", "escape", *keys.split())
            clicked: set[tuple[str, int]] = set()
            while len(clicked) < size(8, 16) and (at := hot(app, clicked)) is not None:
                await pilot.click(offset=at)
                await settle(app, pilot)
                trials += 1
                assert app.is_running, (keys, at)
                assert app.clipboard == "", (keys, at)
                if len(app.screen_stack) > 1:
                    await press(app, pilot, "escape", "escape", *keys.split())
        await press(app, pilot, "escape", "escape", "1", "o", "escape", "2", "enter", "escape")
    begun = {"setting", "day_record"}
    assert {name for name, rows in dump(path).items() if rows != before[name]} <= begun, "the day was begun"
    again.close()
    assert trials > 10
    figure("T3", trials, "clicks on attacks where they are drawn, and enters")
