"""Commands about blocks: followup block list, add, edit, remove, on, minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date as Day
from datetime import time
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli import words
from followup_tui.cli.command import group, offer
from followup_tui.cli.session import Session
from followup_tui.cli.table import line, rows
from followup_tui.errors import UsageError

if TYPE_CHECKING:
    from followup_tui.config import BlockConfig

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
On = Annotated[str | None, typer.Option("--on", metavar="WHEN", help="This date only; without it, every week.")]
Which = Annotated[str, typer.Argument(metavar="BLOCK", help="Its number in the list, or its name.")]
Days = Annotated[list[str] | None, typer.Option("--days", metavar="DAY", help="mon … sun; several, or mon,tue.")]
Channels = Annotated[
    list[str] | None, typer.Option("--channel", metavar="CHANNEL", help="What it takes; again for more; any: all.")
]
Filter = Annotated[str | None, typer.Option("--filter", metavar="FILTER", help="Who it is for, as in find.")]
Color = Annotated[str | None, typer.Option("--color", metavar="ROLE", help="accent, value, inbound, fixed, high …")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    blocks = group("block", "The reserved spans of the week, and of single dates.")
    offer(blocks, "list", list_)
    for verb in (add, edit, remove, on, minutes):
        offer(blocks, verb.__name__, verb)
    app.add_typer(blocks)


def list_(session: Session, on: On = None) -> None:
    """Print the week's blocks, or those of one date."""
    if on is None:
        _show_template(session)
    else:
        _show_day(session, session.when(on).date)


def add(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    start: Annotated[str, typer.Argument(metavar="FROM", help="HH:MM")],
    end: Annotated[str, typer.Argument(metavar="TO", help="HH:MM")],
    days: Days = None,
    channel: Channels = None,
    filter: Filter = None,
    color: Color = None,
    on: On = None,
) -> None:
    """Reserve a span of the week, or of one date."""
    from followup_tui.config import BlockConfig

    day = session.when(on).date if on else None
    usual = frozenset({day.weekday()}) if day else session.config.working_days
    block = BlockConfig(name, usual, _clock(start), _clock(end))
    block = _changed(block, None, None, None, None if day else days, channel, filter, color)
    _save(session, day, [*_places(session, day), (None, block)])


def edit(
    session: Session,
    block: Which,
    name: Annotated[str | None, typer.Option("--name", help="Another name.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="HH:MM", help="When it starts.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="HH:MM", help="When it ends.")] = None,
    days: Days = None,
    channel: Channels = None,
    filter: Filter = None,
    color: Color = None,
    on: On = None,
) -> None:
    """Change a block; with --from alone it moves whole, and takes its touches along."""
    from followup_tui.services.blocks import chosen

    day = session.when(on).date if on else None
    places = _places(session, day)
    at = chosen([one for _, one in places], block)
    before = places[at][1]
    fresh = _changed(before, name, start, end, None if day else days, channel, filter, color)
    _save(session, day, [*places[:at], (places[at][0], fresh), *places[at + 1 :]])


def remove(session: Session, block: Which, on: On = None) -> None:
    """Take a block away: from every week, or from one date."""
    from followup_tui.services.blocks import chosen

    day = session.when(on).date if on else None
    places = _places(session, day)
    at = chosen([one for _, one in places], block)
    _save(session, day, [*places[:at], *places[at + 1 :]])


def on(
    session: Session,
    when: Annotated[str, typer.Argument(metavar="DATE", help="ISO or a phrase, as fri.")],
    what: Annotated[
        str | None, typer.Argument(metavar="[off|template]", help="A day off, or the week's again.")
    ] = None,
) -> None:
    """Print the blocks of one date; off: a day without blocks; template: the week's blocks again."""
    day = session.when(when).date
    said = words.choose("the word", what, ("off", "template"))
    if said is None:
        _show_day(session, day)
        return
    _save(session, day, [] if said == "off" else None)


def minutes(
    session: Session,
    channel: Annotated[str | None, typer.Argument(metavar="CHANNEL")] = None,
    number: Annotated[int | None, typer.Argument(metavar="MINUTES", min=1, max=480)] = None,
) -> None:
    """Print how long one touch takes by channel, or set it."""
    service = session.services.blocks
    if channel is not None:
        from followup_tui.domain.channels import find_channel

        if number is None:
            raise UsageError("how many minutes?", f"followup block minutes {line(channel)} 5")
        fresh = {**service.minutes(), find_channel(channel).name: number}
        service.save_template([*enumerate(service.template())], fresh)
    found = dict(service.minutes())
    session.show({"minutes": found}, rows([(name, f"{number} min") for name, number in found.items()]))


def _places(session: Session, day: Day | None) -> list[tuple[int | None, BlockConfig]]:
    """Return the blocks to change with their places in the template; those of a date have none."""
    service = session.services.blocks
    if day is None:
        return [*enumerate(service.template())]
    return [(None, block) for block in service.on(day).blocks]


def _save(session: Session, day: Day | None, places: Sequence[tuple[int | None, BlockConfig]] | None) -> None:
    service = session.services.blocks
    if day is None:
        service.save_template(places or [])
        _show_template(session)
        return
    view, changes = service.save_day(day, None if places is None else [block for _, block in places])
    said = [*_day_lines(view.day, view.own, view.blocks), *session.undo_hint(changes)]
    session.show({**_as_json(view.blocks), "date": day, "own": view.own, "undo": changes.name}, said)


def _show_template(session: Session) -> None:
    blocks = session.services.blocks.template()
    session.show(
        _as_json(blocks), _lines(blocks) or ["No blocks: followup block add Calls 09:00 11:00 --channel phone"]
    )


def _show_day(session: Session, day: Day) -> None:
    view = session.services.blocks.on(day)
    session.show({**_as_json(view.blocks), "date": day, "own": view.own}, _day_lines(view.day, view.own, view.blocks))


def _day_lines(day: Day, own: bool, blocks: Sequence[BlockConfig]) -> Iterator[str]:
    from followup_tui.domain.workdays import day_name

    kind = "blocks of its own" if own else "as every week"
    yield f"{day_name(day)}: {kind if blocks or not own else 'no blocks'}"
    yield from _lines(blocks)


def _lines(blocks: Sequence[BlockConfig]) -> list[str]:
    return rows(
        [
            (
                number,
                f"{block.start:%H:%M}–{block.end:%H:%M}",
                block.name,
                " ".join(DAYS[day] for day in sorted(block.days)),
                ", ".join(block.channels) or "any channel",
                block.color,
                block.filter,
            )
            for number, block in enumerate(blocks, 1)
        ]
    )


def _as_json(blocks: Sequence[BlockConfig]) -> dict[str, object]:
    return {
        "blocks": [
            {
                "name": block.name,
                "days": [DAYS[day] for day in sorted(block.days)],
                "start": block.start,
                "end": block.end,
                "channels": block.channels,
                "filter": block.filter,
                "color": block.color,
            }
            for block in blocks
        ]
    }


def _changed(
    block: BlockConfig,
    name: str | None,
    start: str | None,
    end: str | None,
    days: list[str] | None,
    channels: list[str] | None,
    filter: str | None,
    color: str | None,
) -> BlockConfig:
    """Return the block with what was said; a start alone moves it whole."""
    from followup_tui.services.blocks import moved_to, refuse_unknown_color

    if start is not None:
        block = moved_to(block, _clock(start)) if end is None else replace(block, start=_clock(start))
    if end is not None:
        block = replace(block, end=_clock(end))
    if days:
        block = replace(block, days=_days(days))
    if channels:
        block = replace(block, channels=_channels(channels))
    if color is not None:
        block = replace(block, color=refuse_unknown_color(color))
    return replace(block, name=line(name or block.name), filter=block.filter if filter is None else line(filter))


def _clock(text: str) -> time:
    from followup_tui.config_rules import clock

    try:
        return clock(text)
    except ValueError as error:
        raise UsageError(f"“{text}” {error}") from None


def _days(said: list[str]) -> frozenset[int]:
    from followup_tui.config_rules import days

    try:
        return days([name for word in said for name in word.replace(",", " ").split()])
    except ValueError as error:
        raise UsageError(f"--days “{' '.join(said)}” {error}") from None


def _channels(said: list[str]) -> tuple[str, ...]:
    from followup_tui.domain.channels import find_channel

    names = [name.strip() for word in said for name in word.split(",") if name.strip()]
    return () if [name.casefold() for name in names] == ["any"] else tuple(find_channel(name).name for name in names)
