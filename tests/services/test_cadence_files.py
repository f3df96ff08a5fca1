"""Cadences as TOML: what is written is read back equal, and every mistake is named by line and field."""

from __future__ import annotations

import contextlib
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_tui.domain.builtin import BUILTIN
from followup_tui.domain.cadence import Anchor, Cadence, Repeat, Step
from followup_tui.domain.channels import BY_NAME
from followup_tui.domain.cleaning import clean_stored
from followup_tui.errors import FollowupError
from followup_tui.services.cadence_files import MOST_DAYS, MOST_NAME, RELATIONS, CadenceFileError, parse, read_text
from followup_tui.services.cadence_text import write

KNOWN = [one.name for one in BUILTIN]
STEP = '\n[[step]]\ngap = 2\nchannels = ["phone"]\n'
ROTATION = '\n[[repeat.rotation]]\nchannels = ["phone"]\n'


def faults(text: str) -> list[str]:
    """Return the mistakes found in a text; none is a failure."""
    with pytest.raises(CadenceFileError) as caught:
        parse(text, "mine.toml", KNOWN)
    assert "\n" not in str(caught.value)
    return caught.value.faults


words = st.text(max_size=30).map(clean_stored)
channels = st.sampled_from(list(BY_NAME))
steps = st.builds(
    Step,
    channels=st.lists(channels, min_size=1, max_size=3).map(tuple),
    gap=st.integers(0, MOST_DAYS),
    companion=st.none() | channels,
    star_channel=st.none() | channels,
    star_only=st.booleans(),
    anchor=st.sampled_from(Anchor),
    days=st.sampled_from([None, "calendar", "working"]),
    urgent=st.booleans(),
    purpose=words,
    template=words,
    value=words,
)
ends = st.sampled_from(["ask", "nurture", "cadence Twelve"])
repeats = st.builds(
    Repeat,
    rotation=st.lists(steps.map(lambda step: Step(step.channels, 0, step.companion)), min_size=1, max_size=3).map(
        tuple
    ),
    every_days=st.none() | st.integers(1, MOST_DAYS),
    times=st.none() | st.integers(1, MOST_DAYS),
    then=ends,
)
cadences = st.builds(
    Cadence,
    id=st.just(0),
    name=st.text(min_size=1, max_size=MOST_NAME).map(clean_stored).filter(lambda name: name and name != "Twelve"),
    steps=st.lists(steps, min_size=1, max_size=5).map(tuple),
    then=ends | repeats,
    for_relation=st.sampled_from(RELATIONS),
    source=words,
    no_repeat_channel=st.booleans(),
    preselect=st.sampled_from(["nurture", "keep going", "close"]),
)


@settings(max_examples=150, deadline=None)
@given(cadences)
def test_what_is_written_reads_back_equal(cadence):
    """Any cadence, through TOML and back, is the same one."""
    assert parse(write(cadence), "mine.toml", KNOWN) == cadence


@pytest.mark.parametrize("cadence", BUILTIN, ids=lambda one: one.name)
def test_the_built_in_ones_read_back_equal(cadence):
    """The nine that ship can be exported, edited and read again."""
    read = parse(write(cadence), "mine.toml", KNOWN)
    assert (read.steps, read.then, read.name, read.for_relation) == (
        cadence.steps,
        cadence.then,
        cadence.name,
        cadence.for_relation,
    )


def test_the_first_day_may_be_said_by_itself():
    """`first_after_days` is the gap of the first step (S2, busy people)."""
    assert parse(f'name = "Mine"\nfirst_after_days = 6{STEP}', "mine.toml", KNOWN).steps[0].gap == 6


BAD = {
    f'name = "Mine"{STEP}[[step]]\nchannels = ["phone"]\ngap = -1\n': "mine.toml line 7: step.gap: “-1”",
    f'name = "Mine"{STEP}[[step]]\ngap = 1\nchannels = ["pigeon"]\n': "mine.toml line 7: step.channels: “pigeon”",
    'name = "Mine"\n[[step]]\nchannels = [["phone"]]\n': "mine.toml line 3: step.channels: expected a list",
    'name = "Mine"\n[[step]]\nchannels = []\n': "mine.toml line 3: step.channels: expected a list",
    'name = "Mine"\n[[step]]\ngap = 3\n': "step.channels: expected a list",
    'name = "Mine"\n': "step: there is none",
    "name = 3\n" + STEP: "mine.toml line 1: name: “3”: expected text in quotes",
    STEP: "name: is missing",
    f'name = "{"x" * 61}"{STEP}': "name: has 61 characters",
    f'name = "Mine"\nthen = "cadence Nine"{STEP}': "mine.toml line 2: then: there is no cadence “Nine”",
    f'name = "Mine"\nthen = "Cadence"{STEP}': "mine.toml line 2: then: “Cadence” is not known",
    f'name = "Mine"\nthen = "cadence mine"{STEP}': "mine.toml line 2: then: leads to itself",
    f'name = "Mine"\nthen = "ask"{STEP}[repeat]\nevery_days = 3{ROTATION}': "then: stands beside [repeat]",
    f'name = "Mine"{STEP}[repeat]\nevery_days = 0{ROTATION}': "mine.toml line 6: repeat.every_days",
    f'name = "Mine"{STEP}[repeat]\nevery_days = 3\ntimes = 0{ROTATION}': "mine.toml line 7: repeat.times",
    f'name = "Mine"{STEP}[repeat]\nmonthly = true\nevery_days = 3{ROTATION}': "every_days: stands beside monthly",
    f'name = "Mine"{STEP}[repeat]\nevery_days = 3\n': "repeat.rotation: expected",
    f'name = "Mine"\nfor = "pool"{STEP}': "mine.toml line 2: for: “pool” is not known",
    f'name = "Mine"\ndays = "holidays"{STEP}': "mine.toml line 2: days: “holidays”",
    f'name = "Mine"{STEP}anchor = "mast"\n': "mine.toml line 5: step.anchor: “mast”",
    f'name = "Mine"{STEP}urgent = 1\n': "mine.toml line 5: step.urgent: “1”: expected true or false",
    f'name = "Mine"{STEP}colour = "red"\n': "mine.toml line 5: step.colour: is not known",
    f'name = "Mine"{STEP}gap = 3\n': "mine.toml line 5: Cannot overwrite a value",
    'name = "Mine"\n' + STEP * 201: "201 steps, at most 200",
    'name = "Mine"\n' + STEP * 10_000: "10000 steps, at most 200",
    "name = \x00": "mine.toml line 1: Invalid value",
    'step = "none"\nname = "Mine"': "mine.toml line 1: step: expected [[step]] tables",
    "a = " + "9" * 5000: "mine.toml: a number has more digits",
    "a = " + "[" * 5000: "mine.toml: nested too deeply",
}


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
def test_a_mistake_is_named_by_line_and_field(text):
    """File, line, field, what was found, what is expected: one line."""
    assert BAD[text] in " | ".join(faults(text))


def test_every_mistake_is_named_at_once():
    """Nobody mends a file one mistake at a time; a file of nothing but mistakes is soon done with."""
    text = 'name = "Mine"\n[[step]]\ngap = -1\nchannels = ["owl"]\n[[step]]\ngap = 5000\nchannels = ["fax"]\n'
    assert [fault.split(":")[0] for fault in faults(text)] == [f"mine.toml line {line}" for line in (4, 3, 6)]
    assert len(faults("".join(f"k{number} = 1\n" for number in range(20_000)))) <= 60


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_never_breaks_the_reader(data):
    """Whatever is cut or put in, a cadence or named mistakes come out."""
    text = write(data.draw(cadences))
    begin, end = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))
    text = text[:begin] + data.draw(st.text(max_size=5)) + text[end:]
    with contextlib.suppress(CadenceFileError):
        assert parse(text, "mine.toml", KNOWN).name


def test_what_is_no_cadence_file_is_refused(tmp_path):
    """Binary, huge, a folder, a pipe, nothing at all: one line each."""
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "huge").write_bytes(b"#" * ((1 << 20) + 1))
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    said = {
        "binary": "UTF-8",
        "huge": "larger than",
        "folder": "is not a file",
        "pipe": "is not a file",
        "none": "No such",
    }
    for name, why in said.items():
        with pytest.raises(FollowupError, match=why) as caught:
            read_text(tmp_path / name)
        assert "\n" not in str(caught.value)
