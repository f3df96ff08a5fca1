"""Frames in fewer bytes look as they did, on whatever the terminal showed before."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from textual.drivers.linux_driver import LinuxDriver

from followup_tui.tui import driver
from followup_tui.tui.terse import terse
from tests.tui.driving import press, running
from tests.tui.fake_services import fake_services

COLOURS = st.sampled_from(["31", "97", "38;5;9", "38;2;1;2;3", "38;2;4;5;6"])
GROUNDS = st.sampled_from(["41", "100", "48;5;9", "48;2;1;2;3", "48;2;0;0;0"])
STYLES = st.builds(
    lambda *parts: ";".join(filter(None, parts)),
    st.sampled_from(["", "1", "4", "1;3", "7"]),
    st.one_of(st.just(""), COLOURS),
    st.one_of(st.just(""), GROUNDS),
)
MOVES = st.builds(lambda y, x: f"\x1b[{y};{x}H", st.integers(1, 6), st.integers(1, 20))
WORDS = st.text("ab ─中", max_size=4)
PIECES = st.one_of(
    MOVES,
    WORDS,
    st.just("\n"),
    st.builds(lambda style, words: f"\x1b[{style}m{words}\x1b[0m" if style else words, STYLES, WORDS),
)


def picture(*frames: str) -> list[list[object]]:
    """Return every cell with its looks, and what would be typed next."""
    screen = pyte.Screen(24, 8)
    stream = pyte.Stream(screen)
    for frame in frames:
        stream.feed(frame)
    stream.feed("\x1b[8;1H.")
    return [[screen.buffer[y][x] for x in range(24)] for y in range(8)]


@given(st.lists(PIECES, max_size=30).map("".join), st.lists(PIECES, max_size=30).map("".join))
def test_a_terse_frame_looks_the_same(first: str, second: str) -> None:
    """Whatever pieces, styles and moves there are, and whatever was there before, each cell is as it was."""
    assert picture(terse(first), terse(second)) == picture(first, second)


def test_a_frame_of_another_make_is_left_alone() -> None:
    """A style on top of another one, without a reset between them, is not what this knows."""
    frame = "\x1b[1ma\x1b[31mb\x1b[0mc"
    assert terse(frame) == frame


async def test_half_of_a_frame_goes_away() -> None:
    """A frame of Today keeps its picture in less than three fifths of the bytes."""
    async with running(fake_services()) as (app, pilot):
        await press(app, pilot, "j")
        strips = app.screen._compositor.render_strips()
        console = Console(color_system="truecolor", force_terminal=True)
        frame = "".join(f"\x1b[{y + 1};1H{strip.render(console)}" for y, strip in enumerate(strips))
    assert len(terse(frame)) < 0.6 * len(frame), (len(terse(frame)), len(frame))
    wide, high = 130, 40
    shown = []
    for text in (frame, terse(frame)):
        screen = pyte.Screen(wide, high)
        pyte.Stream(screen).feed(text)
        shown.append([[screen.buffer[y][x] for x in range(wide)] for y in range(high)])
    assert shown[0] == shown[1]


def test_a_frame_is_handed_over_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """What announces a frame goes with it, nothing is lost or changes places, and short words go as they are."""
    written: list[str] = []
    monkeypatch.setattr(LinuxDriver, "write", lambda self, data: written.append(data))
    made = driver._prompt_driver(None)
    one = object.__new__(made)
    one._begun = ""
    frame = "\x1b[1;1H" + "\x1b[31ma\x1b[0m" * 200
    for data in ("\x1b]2;title\x07", driver.BEGIN, frame, "\x1b[?2026l", driver.BEGIN, "short", "\x1b[?2026l"):
        one.write(data)
    assert written == [
        "\x1b]2;title\x07",
        driver.BEGIN + terse(frame),
        "\x1b[?2026l",
        f"{driver.BEGIN}short",
        "\x1b[?2026l",
    ]
