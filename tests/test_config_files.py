import os
from pathlib import Path

import pytest

from followup_tui.config import Config, default_config, load_config

BERLIN = {"TZ": "Europe/Berlin", "LANG": "de_DE.UTF-8"}


@pytest.fixture
def load(tmp_path):
    def read(text: str | bytes) -> Config:
        path = tmp_path / "config.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_config(path, BERLIN)

    return read


BLOCK = '[[block]]\nname = "{}"\nstart = "{}"\nend = "{}"\n'


def test_a_block_that_overlaps_is_left_out(load):
    """Two blocks can't have the same minute of the same day."""
    config = load(BLOCK.format("A", "09:00", "11:00") + BLOCK.format("B", "10:59", "12:00"))
    assert [block.name for block in config.blocks] == ["A"]
    assert config.problems == ("config.toml line 7: block.start: overlaps “A” 09:00–11:00; block left out",)


def test_blocks_may_touch_and_may_share_hours_on_other_days(load):
    """An end is the next one's start; other days are other days."""
    text = BLOCK.format("A", "09:00", "11:00") + BLOCK.format("B", "11:00", "12:00")
    config = load(text + BLOCK.format("C", "09:00", "12:00") + 'days = ["sat"]\n')
    assert [block.name for block in config.blocks] == ["A", "B", "C"]
    assert config.problems == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BLOCK.format("A", "11:00", "09:00"), "line 4: block.end: ends at or before its start (11:00–09:00)"),
        (
            BLOCK.format("A", "11:00", "12:00") + 'channels = ["pigeon"]',
            "line 5: block.channels: “pigeon” has a channel",
        ),
        ('[[block]]\nname = "A"\nstart = "09:00"', "line 1: block: has no end"),
        (BLOCK.format("A", "11:00", "12:00") + "color = 3", "line 5: block.color: “3” is not a text"),
        (BLOCK.format("A", "11:00", "12:00") + "size = 3", "line 5: block.size: unknown key"),
        ("block = 3", "line 1: block: “3” is not a list of blocks"),
    ],
)
def test_a_bad_block_is_named(load, text, expected):
    """A block is taken whole or not at all; when none is good, ours hold."""
    config = load(text)
    assert any(expected in problem for problem in config.problems), config.problems
    assert config.blocks == default_config(BERLIN).blocks or [block.name for block in config.blocks] == ["A"]


def test_the_line_is_that_of_the_block_meant(load):
    """The second block's mistake is not blamed on the first."""
    config = load(BLOCK.format("A", "09:00", "10:00") + BLOCK.format("B", "12:00", "11:00"))
    assert config.problems[0].startswith("config.toml line 8: block.end")


def test_no_blocks_can_be_wished(load):
    """An empty list is an answer, not a mistake."""
    config = load("block = []")
    assert (config.blocks, config.problems) == ((), ())


def test_blocks_follow_the_working_days(load):
    """The week's template stands on the days one works."""
    config = load('working_days = ["sun", "mon"]')
    assert {frozenset(block.days) for block in config.blocks} == {frozenset({6, 0})}


def test_a_syntax_error_is_named_with_its_line(load):
    """Nothing of a file that is not TOML is used."""
    config = load('zone = "UTC"\n[me\nname = 3\n')
    assert config.zone == "Europe/Berlin"
    assert len(config.problems) == 1
    assert config.problems[0].startswith("config.toml line 2: is not TOML (")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'zone = "UTC"\n\xff\xfe = 3', "config.toml: line 2 is not UTF-8 text"),
        (b"a = " + b"[" * 5000, "config.toml"),
        (b"\x00", "config.toml line 1: is not TOML"),
        (b"#" * 1_000_001, "config.toml: is far too large for a configuration"),
    ],
)
def test_a_file_that_is_no_text_is_a_problem_and_no_traceback(load, data, expected):
    """Whatever the file holds, the app starts."""
    config = load(data)
    assert len(config.problems) == 1
    assert config.problems[0].startswith(expected)


def test_a_byte_order_mark_and_windows_line_ends_are_fine(load):
    """Editors write them."""
    assert load(b'\xef\xbb\xbfzone = "UTC"\r\ntheme = "paper"\r\n').theme == "paper"


def test_a_folder_or_a_pipe_in_the_files_place_is_named(tmp_path):
    """A pipe would wait for ever; a folder is no file."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        assert load_config(tmp_path / name, BERLIN).problems == (f"{name}: is not a file",)
    (tmp_path / "file").write_text("")
    assert "can't be read" in load_config(tmp_path / "file" / "config.toml", BERLIN).problems[0]


def test_the_null_device_is_an_empty_configuration():
    """FOLLOWUP_CONFIG=/dev/null asks for the defaults."""
    assert load_config(Path(os.devnull), BERLIN, required=True).problems == ()
