"""Rules of the table whose checkers stand elsewhere, run here under their ids (quality §1, T1–T14 and R28–R30)."""

from __future__ import annotations

import os
from datetime import time
from pathlib import Path

import pytest

from followup_tui.config import BlockConfig
from followup_tui.domain.cleaning import clean_stored
from followup_tui.errors import FollowupError
from tests.exchange import test_naughty
from tests.factories import add, change, failed, log
from tests.figures import size
from tests.security.test_terminal_bytes import ATTACKS
from tests.services import test_export
from tests.services.test_export import FORMULAS, full
from tests.storage import test_opening
from tests.tui import test_hostile

__all__ = ["full"]
TEXTS = [*dict.fromkeys([*ATTACKS, *test_naughty.STRINGS])]


async def test_t01_hostile_names_on_every_screen(figure):
    """Names with markup, escapes, wide and stacked characters are drawn cleaned, every line keeps its width (T1)."""
    places = [(), ("2",), ("3",), ("l",), ("i",), ("o",), ("a",), ("/",), (":",), ("?",)]
    for keys in places:
        await test_hostile.test_hostile_names_on_today_and_its_dialogs((120, 36), keys)
    figure("T1", len(places), "places and dialogs with hostile names")


async def test_t03_a_click_only_selects(figure):
    """Markup in a name is never an action (T3)."""
    await test_hostile.test_a_click_on_a_hostile_name_only_selects()
    figure("T3", 9, "clicks on hostile names")


@pytest.mark.parametrize("text", FORMULAS)
def test_t06_nothing_computes(services, tmp_path, text, figure):
    """A formula in a cell is safe by default and comes back, and is as it was with --raw (T6)."""
    test_export.test_csv_computes_nothing(services, tmp_path, text)
    figure("T6", 1, f"formula through CSV and back ({text!r})")


def test_t07_no_field_breaks_out_of_a_card(services, path, tmp_path, figure):
    """Line breaks and separators of every kind in every field leave the number of properties as it is (T7)."""
    breaks = ["\r\n", "\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\\n", ";", ","]
    for turn, mark in enumerate(breaks):
        who = add(services, f"P{turn}", company="A", why="x", title="t", tags=("a",)).id
        raw = (f"A{mark}FN:Eve", f"x{mark}TEL:1", f"t{mark}END:VCARD", who)
        change(path, "UPDATE prospect SET company = ?, why = ?, title = ? WHERE id = ?", *raw)  # past the cleaning
    services.exchange.export(tmp_path / "people.vcf", format="vcard")
    cards = (tmp_path / "people.vcf").read_bytes().split(b"BEGIN:VCARD")[1:]
    assert len(cards) == len(breaks)
    counts = {len([line for line in card.split(b"\r\n") if line and not line.startswith(b" ")]) for card in cards}
    assert len(counts) == 1
    figure("T7", len(breaks), "breaks in every field of a vCard")


def test_t07_no_field_breaks_out_of_an_event(services, tmp_path, figure):
    """Line breaks and separators of every kind in every field leave the number of properties as it is (T7)."""
    from icalendar import Calendar

    breaks = ["x", "\r\n", "\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\\n", ";", ",", ":", '"']
    counts = set()
    for turn, mark in enumerate(breaks):
        who = add(services, f"P{mark}END:VEVENT", company=f"A{mark}ATTACH:http://x.example", why=f"x{mark}URL:1").id
        blocks = [BlockConfig(f"B{mark}RRULE:FREQ=DAILY", frozenset({0}), time(9), time(11), ("phone",))]
        services.blocks.save_day(services.local_today(), blocks)
        services.agenda.write(tmp_path / f"{turn}.ics", 1)
        data = (tmp_path / f"{turn}.ics").read_bytes()
        lines = [line for line in data.split(b"\r\n") if line and not line.startswith(b" ")]
        names = sorted(line.split(b":")[0].split(b";")[0] for line in lines)
        assert not {b"ATTACH", b"URL", b"RRULE"} & set(names)
        assert not [line for line in data.splitlines() if line.startswith((b"ATTACH", b"URL", b"RRULE"))]
        assert len(Calendar.from_ical(data).walk("VEVENT")) == 2
        counts.add(tuple(names))
        services.prospects.erase(who)
    assert len(counts) == 1
    figure("T7", len(breaks), "breaks in every field of an agenda")


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_t12_modes_whatever_the_umask(tmp_path, umask, figure):
    """0600 in 0700 for the database, whatever the umask (T12)."""
    test_opening.test_file_and_folder_are_private(tmp_path, umask)
    figure("T12", 1, f"database made with umask {umask:03o}")


def test_t12_links_at_database_and_export(services, tmp_path, figure):
    """A link planted at the database or at an export is refused, and what it points to stays (T12)."""
    test_opening.test_what_is_no_ordinary_file_is_refused(tmp_path / "db", _linked)
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "out.json").symlink_to(victim)
    with pytest.raises(FollowupError):
        services.exchange.export(tmp_path / "out.json")
    assert victim.read_text() == "mine"
    figure("T12", 2, "links planted at database and export")


def _linked(path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to(path.with_name("nowhere"))


def test_r28_json_without_loss(services, path, full, tmp_path, clock, figure):
    """A complete export comes back as it was (R28); what CSV and vCard lose is said in the modules that write them."""
    test_export.test_a_complete_export_comes_back_as_it_was(services, path, full, tmp_path, clock)
    figure("R28", 1, "complete export and import compared row by row")


def test_r30_naughty_strings_in_every_field(services, path, figure):
    """The naughty strings are stored cleaned as documented, or refused, and are found and shown again (R30)."""
    texts = TEXTS if size(0, 1) else TEXTS[:: max(1, len(TEXTS) // 120)]
    refused = 0
    for turn, text in enumerate(texts):
        try:
            who = add(services, f"p{turn} {text}", company=text, title=text, why=text, benefit=text, source=text).id
            log(services, who, note=text, value=text)
        except FollowupError:
            refused += 1
            continue
        person = services.prospects.get(who)
        want = clean_stored(text)
        assert (person.company, person.title, person.why) == (want, want, want)
        assert services.prospects.timeline(who).timeline[0].note == clean_stored(text, multiline=True)
    assert failed(services) == []
    assert services.prospects.count() + refused >= len(texts)
    services.today.plan()
    assert os.path.getsize(path)
    figure("R30", len(texts), f"naughty strings in every text field, {refused} refused")
