"""Damage: flipped bits, overwritten pages and cuts are noticed, or named by the sha256 of a backup (quality R14)."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from pathlib import Path

import pytest

from followup_tui.errors import FollowupError
from followup_tui.storage import backup
from tests.factories import failed, open_at
from tests.figures import size
from tests.reliability.test_backups import everything
from tests.services.test_doctor import full

__all__ = ["full"]
PAGE = 4096


def flipped(data: bytearray, rng: random.Random) -> None:
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def overwritten(data: bytearray, rng: random.Random) -> None:
    begin = rng.randrange(len(data) // PAGE) * PAGE
    data[begin : begin + PAGE] = rng.choice([bytes(PAGE), rng.randbytes(PAGE), b"\xff" * PAGE])


def cut(data: bytearray, rng: random.Random) -> None:
    del data[rng.randrange(len(data)) :]


DAMAGES = {"flipped bits": (flipped, 12, 300), "overwritten pages": (overwritten, 8, 200), "cuts": (cut, 8, 200)}


def noticed(path: Path) -> bool:
    """Whether opening, planning or doctor says that something is wrong; whatever else is raised fails the test."""
    services = open_at(path)
    try:
        services.today.plan()
        return any(line for line in failed(services) if not line.startswith("backups:"))
    except FollowupError:
        return True
    finally:
        services.close()


def content(path: Path) -> object:
    """Return every row; None when SQLite can't read them."""
    try:
        return everything(path)
    except (sqlite3.Error, UnicodeDecodeError):
        return None


@pytest.mark.parametrize("kind", DAMAGES)
def test_r14_damage_of_the_database(full, path, kind, figure):
    """Damage is noticed or harmless: what no check sees changed no more than a word; never a traceback (R14)."""
    full.close()
    whole, before = path.read_bytes(), content(path)
    assert isinstance(before, dict)
    damage, quick, most = DAMAGES[kind]
    rng = random.Random(kind)
    trials, seen, harmless, words = size(quick, most), 0, 0, 0
    for _ in range(trials):
        data = bytearray(whole)
        damage(data, rng)
        path.write_bytes(data)
        if noticed(path):
            seen += 1
        elif (after := content(path)) == before:
            harmless += 1
        else:
            assert isinstance(after, dict), "what SQLite can't read has to be noticed"
            changed = sum(a != b for table in before for a, b in zip(before[table], after[table], strict=True))
            assert changed <= 1, (kind, "more than one row is another, and nobody said so")
            words += 1
    assert kind == "flipped bits" or words == 0
    said = f"{kind} of the database: {seen} named, {harmless} changed nothing, {words} one word no check can know"
    figure("R14", trials, said)


@pytest.mark.parametrize("kind", DAMAGES)
def test_r14_damage_of_a_backup(full, path, clock, kind, figure):
    """Every damage of a backup is named by its sha256; it is not restored, and the good one is offered (R14)."""
    good = full.backups.make()
    clock.pass_(days=1)
    bad = Path(full.backups.make().file)
    whole, before = bad.read_bytes(), everything(path)
    damage, quick, most = DAMAGES[kind]
    rng = random.Random(kind)
    trials = size(quick, most)
    for _ in range(trials):
        data = bytearray(whole)
        damage(data, rng)
        if bytes(data) == whole:
            continue
        bad.write_bytes(data)
        with contextlib.suppress(FollowupError):
            assert "sha256" in full.backups.look(bad).problem
        with pytest.raises(FollowupError):
            full.backups.restore(bad)
        assert full.backups.newest_good().file == good.file
    bad.write_bytes(whole)
    assert everything(path) == before
    assert backup.why_bad(bad) == ""
    figure("R14", trials, f"{kind} of a backup, each named and not restored")
