"""The nine built-in cadences (domain §5); the sources' day tables as gaps."""

from __future__ import annotations

from followup_tui.domain.cadence import Cadence, Repeat, Step

_LETTERS = {
    "p": "phone",
    "e": "email",
    "i": "in person",
    "m": "mail",
    "t": "text",
    "f": "fax",
    "g": "gift",
    "a": "article",
}


def _steps(table: str, **first: bool) -> tuple[Step, ...]:
    """Read `1 p+e · 3 e`: day, channel letter, companion; gaps are the differences of the days."""
    steps: list[Step] = []
    before = 1
    for row in table.split("·"):
        day, letters = row.split()
        main, _, companion = letters.partition("+")
        gap = int(day) - before
        before = int(day)
        steps.append(Step((_LETTERS[main],), gap, _LETTERS.get(companion)))
    if first.get("urgent"):
        head = steps[0]
        steps[0] = Step(head.channels, head.gap, head.companion, urgent=True, purpose="acknowledge, promise a time")
    return tuple(steps)


_PHONE_AND_EMAIL = Repeat((Step(("phone",), value="with value"), Step(("email",), value="with value")), every_days=30)
_MONTHLY = Repeat(
    (
        Step(("article",)),
        Step(("email",), companion="text"),
        Step(("mail",)),
        Step(("phone",)),
        Step(("gift",), star_only=True),
        Step(("in person",), star_only=True),
    )
)


def _customer_steps() -> tuple[Step, ...]:
    return (
        Step(("mail",), 6, star_channel="gift", purpose="thank you"),
        Step(("phone",), 7, purpose="ask for referrals"),
    )


BUILTIN: tuple[Cadence, ...] = (
    Cadence(
        1,
        "Steady",
        _steps("1 p+e · 3 e · 7 p · 14 e · 28 p · 58 m"),
        _PHONE_AND_EMAIL,
        for_relation="engaged",
        source="S2",
    ),
    Cadence(2, "Cold six", _steps("1 p+e · 3 p · 7 e · 14 p · 28 m · 58 p"), "ask", for_relation="cold", source="S2"),
    Cadence(
        3,
        "Twelve",
        _steps(
            "1 p+e · 3 i · 7 p · 14 m · 21 p+t · 28 a · 42 i · 56 p+e · 70 t · 84 g · 98 f · 112 p",
        ),
        "ask",
        for_relation="engaged",
        source="S1",
    ),
    Cadence(
        4,
        "Busy executive",
        _steps("6 m · 13 p · 20 e · 27 p · 34 a · 41 p"),
        Repeat((Step(("phone",)), Step(("email",))), every_days=7, times=4, then="ask"),
        source="S2",
    ),
    Cadence(
        5,
        "New inbound",
        _steps("1 p+e · 2 p · 4 e · 8 p · 15 p · 29 m", urgent=True),
        _PHONE_AND_EMAIL,
        for_relation="engaged",
        source="S1",
    ),
    Cadence(6, "Referral", _steps("1 p+e · 3 p · 7 e · 14 p · 28 m · 58 p"), "ask", source="S2"),
    Cadence(7, "No-show", _steps("1 p+t · 2 p · 4 e · 7 p"), "ask", source="ours"),
    Cadence(8, "Stay in touch", (), _MONTHLY, for_relation="nurture", source="S1", no_repeat_channel=True),
    Cadence(
        9, "Customer", _customer_steps(), _MONTHLY, for_relation="customer", source="S1, S2", no_repeat_channel=True
    ),
)
