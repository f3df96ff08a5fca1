"""Where the fictional people of the demo are: towns, their zones, and numbers that ring nowhere.

Phone numbers come only from ranges the regulators keep free for fiction (NANPA 555-01xx, Ofcom, Bundesnetzagentur,
ARCEP, ComReg, PTS, ACMA); people in countries without such a range have none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache

from followup_tui.domain.workdays import zone_of
from followup_tui.records import dataclass

_UK_MOBILE = ("+44 7700 900###",)
_DE_MOBILE = ("+49 171 39200##", "+49 176 040690##")
_FR_MOBILE = ("+33 6 39 98 ## ##",)
_SE_MOBILE = ("+46 70 174 06 5#", "+46 70 174 06 6#", "+46 70 174 06 7#", "+46 70 174 06 8#", "+46 70 174 06 9#")
_AU_MOBILE = tuple(f"+61 491 570 {end}" for end in ("006", "110", "156", "157", "158", "159", "313", "737"))


@dataclass(frozen=True, slots=True)
class Place:
    """One town."""

    zone: str
    pools: tuple[str, ...]
    """Where the names of its people come from."""
    streets: tuple[str, ...]
    """Addresses; `#` is the number of the house."""
    lines: tuple[str, ...] = ()
    """Phone numbers; every `#` is a digit. None: nobody here has one."""
    mobiles: tuple[str, ...] = ()

    @property
    def rings(self) -> bool:
        """Whether people here have phone numbers."""
        return bool(self.lines)


def _america(zone: str, pools: tuple[str, ...], streets: tuple[str, ...], *areas: int) -> Place:
    numbers = tuple(f"+1 {area} 555 01##" for area in areas)
    return Place(zone, pools, streets, numbers[:2], numbers[1:] + numbers[:1])


PLACES: tuple[Place, ...] = (
    _america("America/New_York", ("en", "es", "zh"), ("# Mercer Row, New York, NY 10012",), 212, 646, 718, 917),
    _america("America/New_York", ("en", "es"), ("# Wharf Street, Boston, MA 02110",), 617, 857, 781),
    _america("America/Chicago", ("en", "es"), ("# Lakeview Lane, Chicago, IL 60614",), 312, 773, 872),
    _america("America/Denver", ("en", "es"), ("# Foothill Drive, Denver, CO 80205",), 303, 720),
    _america("America/Los_Angeles", ("en", "zh"), ("# Cedar Terrace, Seattle, WA 98103",), 206, 425, 253),
    _america("America/Los_Angeles", ("en", "es", "ja"), ("# Mission Yard, San Diego, CA 92103",), 619, 858),
    _america("America/Toronto", ("en", "zh"), ("# Queen’s Wharf Road, Toronto, ON M5V 2A1",), 416, 647, 437),
    _america("America/Toronto", ("fr", "en"), ("# rue des Érables, Montréal, QC H2X 1Y4",), 514, 438),
    _america("America/Vancouver", ("en", "zh"), ("# Alder Crescent, Vancouver, BC V6B 1A1",), 604, 778, 236),
    _america("America/St_Johns", ("en",), ("# Harbour View, St. John’s, NL A1C 1A1",), 709, 879),
    Place(
        "Europe/London",
        ("en", "in"),
        ("# Lamb Court, London SE1 9AA", "# Millers Yard, London E2 8AA"),
        ("+44 20 7946 0###",),
        _UK_MOBILE,
    ),
    Place("Europe/London", ("en",), ("# Canal Wharf, Manchester M1 2AB",), ("+44 161 496 0###",), _UK_MOBILE),
    Place("Europe/London", ("en",), ("# Haymarket Close, Edinburgh EH3 9AB",), ("+44 131 496 0###",), _UK_MOBILE),
    Place("Europe/Dublin", ("en",), ("# Weavers Lane, Dublin D08 X2A3",), ("+353 20 91# ####",), _UK_MOBILE),
    Place(
        "Europe/Berlin",
        ("de", "pl"),
        ("Lindenufer #, 10117 Berlin", "Alte Gärtnerei #, 12043 Berlin"),
        ("+49 30 23125 ###",),
        _DE_MOBILE,
    ),
    Place("Europe/Berlin", ("de",), ("Speicherweg #, 20457 Hamburg",), ("+49 40 66969 ###",), _DE_MOBILE),
    Place("Europe/Berlin", ("de",), ("Gärtnerstraße #, 80469 München",), ("+49 89 99998 ###",), _DE_MOBILE),
    Place("Europe/Paris", ("fr",), ("# rue du Vieux Moulin, 75011 Paris",), ("+33 1 99 00 ## ##",), _FR_MOBILE),
    Place("Europe/Paris", ("fr",), ("# quai des Tisserands, 69002 Lyon",), ("+33 4 65 71 ## ##",), _FR_MOBILE),
    Place("Europe/Stockholm", ("sv",), ("Strandgatan #, 116 45 Stockholm",), ("+46 8 465 004 ##",), _SE_MOBILE),
    Place("Europe/Stockholm", ("sv",), ("Östra Kajen #, 411 09 Göteborg",), ("+46 31 390 06 ##",), _SE_MOBILE),
    Place("Australia/Sydney", ("en", "zh"), ("# Wattle Street, Sydney NSW 2007",), ("+61 2 5550 ####",), _AU_MOBILE),
    Place("Australia/Perth", ("en", "in"), ("# Banksia Road, Perth WA 6000",), ("+61 8 5550 ####",), _AU_MOBILE),
    Place("Asia/Tokyo", ("ja",), ("東京都台東区柳橋#丁目, 111-0052",)),
    Place("Asia/Kolkata", ("in",), ("# Lotus Pond Road, Bengaluru 560034",)),
    Place("America/Sao_Paulo", ("pt",), ("Rua das Jabuticabas #, São Paulo – SP, 05416-000",)),
    Place("Europe/Madrid", ("es",), ("Calle del Azahar #, 46003 València",)),
    Place("Europe/Warsaw", ("pl",), ("ul. Tkacka #, 90-001 Łódź",)),
)
_NEAR = 8


class Towns:
    """The towns as they lie from the user's zone on a day."""

    def __init__(self, zone: str, day: date) -> None:
        noon = datetime.combine(day, time(12), zone_of(zone))
        rings = [place for place in PLACES if place.rings]
        hours = {
            place.zone: (datetime.combine(day, time(12), zone_of(place.zone)) - noon).total_seconds() / 3600
            for place in rings
        }
        self._near = sorted(rings, key=lambda place: abs(hours[place.zone]))[:_NEAR]
        self._behind = [place for place in rings if 3 <= hours[place.zone] <= 8]

    def suited(self, where: str, kinds: str) -> Sequence[Place]:
        """Return the towns `near`, `behind` (called in the afternoon), or anywhere, for these letters of details."""
        if where == "near":
            return self._near
        if where == "behind" and self._behind:
            return self._behind
        rings = any(letter in kinds for letter in "pmf")
        return [place for place in PLACES if place.rings or not rings]


def number_of(templates: tuple[str, ...], turn: int) -> tuple[str, int]:
    """Return the number with this turn, and how often all numbers of the templates had their turn before it."""
    rooms = _rooms(templates)
    lap, rest = divmod(turn, sum(room for _, room in rooms))
    for pattern, room in rooms:
        if rest < room:
            return pattern % tuple(f"{(rest * 37 + 11) % room:0{len(str(room)) - 1}d}" if room > 1 else ""), lap
        rest -= room
    raise AssertionError("a turn always falls into one of the templates")


@cache
def _rooms(templates: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Return each template as a pattern for digits, and how many numbers it has."""
    return tuple((one.replace("#", "%s"), 10 ** one.count("#")) for one in templates)
