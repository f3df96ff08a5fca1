"""Blocks: the week's template written into the configuration, and the blocks of single dates (domain §13)."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import date, time

import pytest

from followup_tui.bootstrap import Services, open_services
from followup_tui.config import BlockConfig, load_config
from followup_tui.errors import FollowupError, UsageError
from followup_tui.services.blocks import chosen, moved_to
from tests.factories import MONDAY, add, dump

TEXT = """\
zone = "Europe/Berlin"   # where I sit
[[block]] # the best hours
name = "Calls" # loud
start = "09:00"
end = "11:00"
channels = ["phone"]

# letters at noon
[[block]]
name = "Write"
start = "11:00"
end = "12:00"
channels = ["email"]

[minutes]
phone = 6 # measured
"""
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "mine" / "config.toml"
    path.parent.mkdir()
    path.write_text(TEXT)
    return path


@pytest.fixture
def services(path, clock, file):
    made = Services(path, load_config(file), clock, file)
    yield made
    made.close()


def placed(services):
    return [*enumerate(services.blocks.template())]


def at(text: str) -> time:
    return time.fromisoformat(text)


def test_what_is_saved_keeps_the_comments_and_holds_at_once(services, file):
    """The template is written with comments kept, 0600, and the next plan follows it without a restart."""
    blocks = placed(services)
    blocks[0] = (0, replace(blocks[0][1], start=at("09:30"), color="accent"))
    blocks.append((None, BlockConfig("Late", frozenset({0}), at("18:00"), at("19:00"), ("phone",), "has:phone")))
    services.blocks.save_template(blocks, {**services.blocks.minutes(), "email": 9})
    text = file.read_text()
    for kept in ("# where I sit", "# the best hours", "# loud", "# letters at noon", "# measured", "phone = 6"):
        assert kept in text
    fresh = load_config(file)
    assert fresh.problems == ()
    assert fresh.blocks == tuple(block for _, block in blocks) == services.config.blocks
    assert fresh.minutes["email"] == 9
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    shown = services.today.plan().blocks
    assert [(one.name, f"{one.start:%H:%M}", one.color) for one in shown] == [
        ("Calls", "09:30", "accent"),
        ("Write", "11:00", ""),
        ("Late", "18:00", ""),
    ]


def test_a_removed_block_leaves_the_comments_about_its_neighbours(services, file):
    """Taking one block away keeps what is written about the others; taking all away is a week without blocks."""
    services.blocks.save_template(placed(services)[1:])
    assert "# letters at noon" in file.read_text()
    assert [block.name for block in load_config(file).blocks] == ["Write"]
    services.blocks.save_template([])
    assert load_config(file).blocks == ()
    services.blocks.save_template([(None, BlockConfig("A", frozenset({0}), at("08:00"), at("09:00")))])
    assert [block.name for block in load_config(file).blocks] == ["A"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"end": at("09:00")}, "ends at or before its start"),
        ({"end": at("11:30")}, "overlaps Calls 09:00–11:30 on Mon, Tue, Wed, Thu, Fri"),
        ({"start": at("03:00"), "end": at("03:30")}, "before the day starts"),
        ({"name": " "}, "has no name"),
        ({"days": frozenset()}, "has no days"),
        ({"filter": "relation:"}, "column"),
        ({"filter": "colour:red"}, "unknown field"),
    ],
)
def test_what_can_not_be_is_refused_with_the_reason(services, file, change, reason):
    """Overlaps, impossible times and unknown filters are refused in words, and the file stays as it was."""
    blocks = placed(services)
    blocks[0] = (0, replace(blocks[0][1], **change))
    with pytest.raises(UsageError) as error:
        services.blocks.save_template(blocks)
    assert reason in f"{error.value} column" if reason == "column" else reason in str(error.value)
    assert file.read_text() == TEXT


def test_a_file_with_blocks_nobody_understands_is_left_alone(services, file):
    """Where a block of the file is broken, nothing is saved over it: the line is named."""
    file.write_text(TEXT.replace('end = "12:00"', 'end = "25:00"'))
    with pytest.raises(FollowupError, match="line 12"):
        services.blocks.save_template(placed(services)[:1])
    assert "25:00" in file.read_text()


def test_a_file_changed_meanwhile_is_not_written_over(services, file):
    """Somebody edited the file by hand since the start: it is said, and their blocks stay."""
    file.write_text(TEXT.replace("Calls", "Ring"))
    with pytest.raises(FollowupError, match="changed meanwhile"):
        services.blocks.save_template(placed(services)[:1])
    assert "Ring" in file.read_text()


def test_a_link_to_the_configuration_stays_a_link(services, file, tmp_path):
    """A configuration kept elsewhere and linked to is written where it is kept."""
    kept = tmp_path / "kept.toml"
    file.rename(kept)
    file.symlink_to(kept)
    services.blocks.save_template(placed(services)[:1])
    assert file.is_symlink()
    assert len(load_config(kept).blocks) == 1


def test_the_demo_never_writes_the_users_configuration(path, file):
    """What is edited in the demo is saved beside its throw-away database."""
    services = open_services(db=str(path), config_path=file, now="2026-11-23T09:00", demo=True)
    services.blocks.save_template(placed(services)[:1])
    services.close()
    assert file.read_text() == TEXT
    assert len(load_config(path.with_name("config.toml")).blocks) == 1


def test_one_date_has_blocks_of_its_own_and_undo_takes_them_back(services, path):
    """An exception changes one date only, a day off has no blocks, and each is one undo step."""
    before = dump(path)
    morning = BlockConfig("Early", frozenset({4}), at("07:00"), at("08:00"), ("phone",))
    view, changes = services.blocks.save_day(TUESDAY, [morning])
    assert changes.name == "Blocks · Tue 24 Nov"
    assert view.own
    assert [(one.name, one.days) for one in view.blocks] == [("Early", frozenset({1}))]
    plan = services.today.plan(TUESDAY)
    assert [block.name for block in plan.blocks] == ["Early"]
    assert plan.own_blocks
    assert [block.name for block in services.today.plan(date(2026, 12, 1)).blocks] == ["Calls", "Write"]
    services.blocks.save_day(TUESDAY, [])
    assert services.today.plan(TUESDAY).blocks == ()
    services.undo.undo()
    assert [block.name for block in services.today.plan(TUESDAY).blocks] == ["Early"]
    services.blocks.save_day(TUESDAY, None)
    assert not services.blocks.on(TUESDAY).own
    services.undo.undo(2)
    assert dump(path) == before


def test_a_past_date_keeps_its_blocks(services):
    """What was, was: blocks of a past date can't be changed."""
    with pytest.raises(UsageError, match="is past"):
        services.blocks.save_day(date(2026, 11, 20), [])


def test_a_moved_block_takes_its_touches_along(services, clock):
    """The plan of a date follows its blocks: the same touches, at the block's new time."""
    clock.at("2026-11-23T08:00")
    ids = {add(services, f"P{n}").id for n in range(3)}
    blocks = list(services.blocks.on(MONDAY).blocks)
    before = services.today.plan().blocks[0]
    assert {slot.prospect.id for slot in before.slots} == ids
    services.blocks.save_day(MONDAY, [moved_to(blocks[0], at("14:00")), blocks[1]])
    after = next(block for block in services.today.plan().blocks if block.name == "Calls")
    assert [slot.prospect.id for slot in after.slots] == [slot.prospect.id for slot in before.slots]
    assert f"{after.slots[0].start:%H:%M}" == "14:00"


def test_a_day_off_makes_the_load_rule_see_no_room(services):
    """Capacity counts the blocks of the date, not those of the template."""
    from followup_tui.services.load import Capacity

    services.blocks.save_day(TUESDAY, [])
    with services._context.database.reading() as connection:
        capacity = Capacity(connection, services.config)
        assert capacity.fill(TUESDAY, "phone").room == 0
        assert capacity.fill(date(2026, 11, 25), "phone").room == 120


def test_a_block_is_named_by_number_or_name(services):
    """A number counts from one; a name must be unique; what is wrong lists what there is."""
    blocks = services.blocks.template()
    assert chosen(blocks, "2") == chosen(blocks, "write") == 1
    with pytest.raises(UsageError, match="1 Calls 09:00–11:00, 2 Write"):
        chosen(blocks, "3")
    with pytest.raises(UsageError, match="past midnight"):
        moved_to(blocks[0], at("23:00"))
