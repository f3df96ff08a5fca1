"""The bytes that reach the terminal over a hostile database: Textual's own, and one title of fixed words (T2, T3)."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from pathlib import Path

from tests.figures import size
from tests.journeys.test_a_morning import environment, followup
from tests.terminal import Terminal

ATTACKS = (
    "\x1b]52;c;aGFja2Vk\x07Clip", "\x1b]0;owned\x07Title", "\x1b]8;;http://evil.example\x07Link\x1b]8;;\x07",
    "\x1b]4;1;rgb:00/00/00\x07Colour", "\x1bPq#0\x1b\\Sixel", "\x1b_Gf=100\x1b\\Kitty", "\x9b31mC1",
    "\x9d0;owned\x9cC1", "\x90q\x9cDcs", "[@click=app.quit]Markup[/]", "[/]",
    "\x1b[2J\x1b[HClear", "‮Rtl", "a\x00b\x08\x7fCtrl", "\x1bcReset",
)  # fmt: skip
TITLE = re.compile(rb"\x1b\]2;Followup \xe2\x80\x93 \d+ left today\x07")
POINTER = re.compile(rb"\x1b\]22;[a-z-]*\x07")
"""Textual's own: the shape of the mouse pointer."""
CSI = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]")


def hostile(folder: Path, people: int) -> Path:
    """Write a file whose every field attacks."""
    fields = ("name", "company", "title", "why", "benefit", "source", "address")
    rows = [
        {field: ATTACKS[(n + at) % len(ATTACKS)] for at, field in enumerate(fields)}
        | {"name": f"{ATTACKS[n % len(ATTACKS)]} {n:03}", "phone": f"+49 30 90{n:04}", "tags": [ATTACKS[n % 5]]}
        for n in range(people)
    ]
    path = folder / "people.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


def unclean(path: Path) -> None:
    """Put the attacks into the database as they are, past the cleaning of what comes in."""
    with contextlib.closing(sqlite3.connect(path)) as tampering, tampering:
        for number, (key,) in enumerate(tampering.execute("SELECT id FROM prospect").fetchall()):
            attack = ATTACKS[number % len(ATTACKS)]
            tampering.execute(
                "UPDATE prospect SET name = ?, company = ?, title = ?, why = ?, benefit = ? WHERE id = ?",
                (f"{attack} {number:03}", *[attack] * 4, key),
            )


def strange(written: bytes) -> list[bytes]:
    """Return every sequence that neither Textual nor our fixed title would write."""
    left = CSI.sub(b"", POINTER.sub(b"", TITLE.sub(b"", written)))
    found = [left[at : at + 40] for at in (match.start() for match in re.finditer(rb"\x1b", left))]
    known = (b"\x1b7", b"\x1b8", b"\x1b=", b"\x1b>", b"\x1b(B", b"\x1bP$q", b"\x1bP+q")
    text = left.decode("utf-8", "replace")
    controls = re.findall("[\x00-\x06\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    return [one for one in found if not one.startswith(known)] + [control.encode() for control in controls]


def test_t02_only_textuals_own_sequences_reach_the_terminal(tmp_path: Path, figure):
    """Every place and dialog over a hostile database: no OSC but the title, no DCS, APC or C1 (T2)."""
    people = size(30, 600)
    env = environment(tmp_path)
    followup(env, "import", str(hostile(tmp_path, people)), "--format", "json", "--cadence", "Cold six")
    unclean(Path(env["FOLLOWUP_DB"]))
    with Terminal(env=env) as app:
        app.until("call 1 of 6")
        for keys, shown in (
            ("i", None), ("\x1b", None), ("l", "Log ·"), ("2", "1/"), ("o", None), ("\x1b", None), ("2", "Prospects"),
            ("/", None), ("\x1b", None), ("3", None), ("4", None), ("?", None), ("\x1b", None), (":", None),
            ("\x1b", None), ("1", "Day"), ("x", None), ("\x1b", None), ("j", None), ("u", None),
        ):  # fmt: skip
            before = len(app.written)
            app.press(keys)
            if shown is not None:
                app.until(shown)
            else:
                app.until(lambda _, before=before: len(app.written) > before)
                while app.read(0.3) and len(app.written) > before:
                    before = len(app.written)
        app.press("q")
        assert app.wait_for_end() in (0,)
    assert strange(app.written) == []
    (log,) = (tmp_path / "state" / "followup").glob("*.log")
    assert log.stat().st_mode & 0o777 == 0o600
    assert not [
        text for text in ("Clip", "Title", "evil", "Colour", "Rtl", "+49 30", "Markup") if text in log.read_text()
    ]
    titles = TITLE.findall(app.written)
    assert titles
    said = f"{len(app.written):,} bytes written over hostile people, {len(titles)} titles of fixed words; a log of ids"
    figure("T2", people, said)


def test_t02_the_parser_sees_every_attack(figure):
    """Each attack, were it to reach the terminal, is recognised by the parser of the test above."""
    seen = [attack for attack in ATTACKS if strange(attack.encode("utf-8"))]
    plain = {"[@click=app.quit]Markup[/]", "[/]", "\x1b[2J\x1b[HClear"}
    assert {*ATTACKS} - {*seen} == plain
    figure("T2", len(seen), "attacks recognised by the parser")
