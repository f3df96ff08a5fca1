"""The measures of touches: persistence, wins, what works, the four mistakes, reasons (domain §14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from statistics import median
from typing import Any

from followup_tui.domain import source_numbers as said
from followup_tui.domain.beta import Rate, rate
from followup_tui.domain.linter import lint_template
from followup_tui.services.counting import Counts, Tally
from followup_tui.services.insights import tally as tally_reasons
from followup_tui.services.views.measures import SECTIONS, GroupView, MeasureView, SectionView
from followup_tui.storage.library import Template

_TEMPLATED, _NAMING = "touches written from a template: T", "touches that name a value item: v"
_STEPS = 12
"""Steps shown one by one; later ones together."""
_SPREAD = (
    (1, 1, "1 attempt"), (2, 2, "2 attempts"), (3, 3, "3 attempts"), (4, 6, "4–6 attempts"), (7, 11, "7–11 attempts"),
    (12, None, "12 and more"),
)  # fmt: skip
"""Fewest and most attempts, and what that is called."""
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ANSWERED = "answered: a response, or their next touch within 14 days (ours)"


def persistence(counts: Counts, given_up: list[tuple[int, int]]) -> SectionView:
    """Return attempts and calls per prospect, and who was given up early."""
    people, called = len(counts.attempts), len(counts.calls)
    total, calls = counts.attempts.total(), counts.calls.total()
    early = sum(n for attempts, n in given_up if attempts <= said.GIVEN_UP_AFTER)
    left = sum(n for _, n in given_up)
    spread = Counter[str]()
    for attempts in counts.attempts.values():
        spread[next(name for low, high, name in _SPREAD if attempts >= low and (not high or attempts <= high))] += 1
    parts = tuple(GroupView(name, spread[name] / people, spread[name]) for *_, name in _SPREAD) if people else ()
    tried = MeasureView(
        "attempts_per_prospect", "Attempts per prospect", _mean(total, people), "touches", people, "prospects",
        "S4, S1", said.ATTEMPTS, parts, note="a companion counts with its step; bad details and skips don't",
        empty="how often you try, once something is logged: l on Today",
    )  # fmt: skip
    by_phone = MeasureView(
        "calls_per_prospect", "Calls per prospect", _mean(calls, called), "calls", called, "prospects called", "S4",
        said.CALLS, note="of those called at least once", empty="how often you call, after the first call",
    )  # fmt: skip
    quit_early = _share(
        "given_up_after_3", "Given up after three or fewer", rate(early, left), "given up unanswered", "S0",
        said.GIVEN_UP, note="never answered, nothing planned any more",
        empty="nobody was given up without an answer",
    )  # fmt: skip
    return SectionView("persistence", SECTIONS["persistence"], (tried, by_phone, quit_early))


def wins(counts: Counts) -> SectionView:
    """Return on which touch people were won, and whom they named."""
    won = counts.wins.total()
    late = sum(n for touches, n in counts.wins.items() if touches >= said.FIFTH)
    took = range(1, min(max(counts.wins), 15) + 1) if won else ()
    parts = [GroupView(f"touch {touches}", counts.wins[touches] / won, counts.wins[touches]) for touches in took]
    beyond = sum(n for touches, n in counts.wins.items() if touches > 15)
    parts += [GroupView("16 and more", beyond / won, beyond)] if beyond else []
    by_touch = _share(
        "wins_from_5th_touch", "Won on the fifth touch or later", rate(late, won), "wins", "S0, S3", said.FROM_FIFTH,
        tuple(parts), note="touches of ours until won, the winning one too",
        empty="on which touch people are won: log w",
    )  # fmt: skip
    named = MeasureView(
        "referrals_per_win", "Referrals per win", _mean(counts.referrals, won), "people", won, "wins", "S2",
        said.REFERRALS, note=f"{counts.referrals:,} named",
        empty="whom they name, after the first win: R on a prospect",
    )  # fmt: skip
    return SectionView("wins", SECTIONS["wins"], (by_touch, named))


def what_works(counts: Counts) -> SectionView:
    """Return the response rate, over all and by what may matter."""
    touches, answered = counts.channels.n.total(), counts.channels.answered.total()
    overall = _share(
        "response_rate", "Answered", rate(answered, touches), "touches", "S0", note=ANSWERED,
        empty="what works, once touches of yours are logged",
    )  # fmt: skip
    facets = (
        _facet("response_by_channel", "By channel", counts.channels, str),
        _facet("response_by_step", "By step", _later_together(counts.steps), _step_name, in_order=True),
        _facet("response_by_hour", "By hour", counts.hours, lambda hour: f"{hour:02d}:00", in_order=True),
        _facet("response_by_weekday", "By weekday", counts.weekdays, lambda day: _DAYS[day], in_order=True),
        _facet(
            "response_by_template", "By template", _folded(counts.templates), str, "touches written from a template: T"
        ),
        _facet("response_by_value", "By value item", _folded(counts.values), str, _NAMING),
    )
    return SectionView("response", SECTIONS["response"], (overall, *facets))


def mistakes(counts: Counts, templates: Iterable[Template], words: int) -> SectionView:
    """Return the four mistakes in S1's order, as far as what is stored can tell."""
    people, waited = len(counts.attempts), counts.first_minutes
    quick = sum(1 for minutes in waited if minutes <= said.FIRST_MINUTES)
    soon = (_group("within 5 minutes", quick, len(waited)),) if waited else ()
    waiting = f"; {counts.waiting_first:,} still wait" if counts.waiting_first else ""
    speed = MeasureView(
        "speed_to_first_contact", "1 Speed to first contact", median(waited) if waited else None, "minutes",
        len(waited), "who came to you", "S1", said.FIRST_CONTACT, soon,
        note=f"median of New inbound{waiting}", empty="how soon you answer who comes to you: followup add --inbound",
    )  # fmt: skip
    calls = MeasureView(
        "number_of_calls", "2 Number of calls", _mean(counts.calls.total(), people), "calls", people, "prospects", "S1",
        said.CALLS, note="everybody touched, called or not", empty="how many calls each prospect got",
    )  # fmt: skip
    short, reachable, written = _linted(counts, templates, words)
    missing = "of messages written from templates, once some are sent: e"
    brief = _share(
        "words", f"3 Words: at most {words}", rate(short, written), "touches from templates", "S1",
        note=f"by the template's words; {words} is ours", empty=missing,
    )  # fmt: skip
    contact = _share(
        "contact_information", "4 Contact information", rate(reachable, written), "touches from templates", "S1",
        note="the template has your phone or e-mail", empty=missing,
    )  # fmt: skip
    return SectionView("mistakes", SECTIONS["mistakes"], (speed, calls, brief, contact))


def why_not(counts: Counts) -> SectionView:
    """Return the reasons given for skips, closings and definite noes, counted."""
    found = tally_reasons(counts.reasons)
    total = sum(one.n for one in found)
    parts = tuple(GroupView(one.reason, one.n / total, one.n) for one in found)
    measure = MeasureView(
        "why_not", "Reasons given", float(total) if total else None, "reasons", total, "reasons", "S3", (), parts,
        note="for skips, closings and definite noes", empty="why people were passed: S skips and asks why",
    )  # fmt: skip
    return SectionView("reasons", SECTIONS["reasons"], (measure,))


def _linted(counts: Counts, templates: Iterable[Template], words: int) -> tuple[int, int, int]:
    """Return touches written from short templates, from ones with contact information, and from any still known."""
    sent = _folded(counts.templates).n
    by_name = {name.casefold(): n for name, n in sent.items()}
    short = reachable = written = 0
    for template in templates:
        n = by_name.get(template.name.casefold(), 0)
        contact, length, *_ = lint_template(template.body, template.subject, limit=words)
        short, reachable, written = short + n * length.ok, reachable + n * contact.ok, written + n
    return short, reachable, written


def _facet(
    name: str, title: str, tally: Tally, words: Callable[[Any], str], what: str = "touches", *, in_order: bool = False
) -> MeasureView:
    keys = sorted(tally.n) if in_order else sorted(tally.n, key=lambda key: (-tally.n[key], str(key)))
    groups = tuple(_group(words(key), tally.answered[key], tally.n[key]) for key in keys)
    judged = [group for group in groups if group.enough]
    best = max(judged, key=lambda group: group.low or 0.0, default=None) if len(judged) > 1 else None
    over = rate(tally.answered.total(), tally.n.total())
    empty = f"needs {what}" if what != "touches" else "once touches of yours are logged"
    note = f"surest: {best.name}" if best else ""
    return _share(name, title, over, "touches", "S0", (), groups, note=note, empty=empty)


def _later_together(tally: Tally) -> Tally:
    found = Tally()
    for step, n in tally.n.items():
        found.add(min(step, _STEPS + 1), n, tally.answered[step])
    return found


def _step_name(step: int) -> str:
    return "no step" if not step else f"step {step}" if step <= _STEPS else f"later than {_STEPS}"


def _folded(tally: Tally) -> Tally:
    """Add up names that differ only in case, under the spelling used most; of equals the first by the alphabet."""
    spelt: dict[str, str] = {}
    for name in sorted(tally.n, key=lambda name: (-tally.n[name], name)):
        spelt.setdefault(str(name).casefold(), name)
    found = Tally()
    for name, n in tally.n.items():
        found.add(spelt[str(name).casefold()], n, tally.answered[name])
    return found


def _group(name: str, hits: int, n: int) -> GroupView:
    found = rate(hits, n)
    return GroupView(name, found.value, n, found.low, found.high, found.enough)


def _share(
    name: str, title: str, found: Rate, of: str, source: str, references: tuple[said.SourceNumber, ...] = (),
    groups: tuple[GroupView, ...] = (), *, note: str = "", empty: str = "",
) -> MeasureView:  # fmt: skip
    return MeasureView(
        name, title, found.value, "share", found.n, of, source, references, groups,
        found.low if found.n else None, found.high if found.n else None, found.enough, note, empty,
    )  # fmt: skip


def _mean(total: int, n: int) -> float | None:
    return total / n if n else None
