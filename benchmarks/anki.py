"""Log and next card, against answer and next card of Anki's backend over as many: P3."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from benchmarks.data import copy_of
from benchmarks.environment import ROOT, plain
from benchmarks.figures import percentile, percentile_ratio
from benchmarks.goals import Measured
from benchmarks.peer_programs import CACHE
from benchmarks.reads import now, services
from followup_tui.errors import FollowupError

_ANSWERS = """
import sys, time
from anki.collection import AddNoteRequest, Collection
path, cards = sys.argv[1], int(sys.argv[2])
collection = Collection(path)
kind, deck = collection.models.by_name("Basic"), collection.decks.id("Default")
def note(number):
    made = collection.new_note(kind)
    made["Front"], made["Back"] = f"Call Ada Berg {number}", f"Borealis {number % 997}"
    return AddNoteRequest(note=made, deck_id=deck)
for first in range(0, cards, 10_000):
    collection.add_notes([note(number) for number in range(first, min(cards, first + 10_000))])
limits = collection.decks.config_dict_for_deck_id(deck)
limits["new"]["perDay"] = limits["rev"]["perDay"] = 9999
collection.decks.update_config(limits)
assert collection.db.scalar("PRAGMA synchronous") == 2, "its answers are not durable"
card = collection.sched.getCard()
print("ready", flush=True)
for _ in sys.stdin:
    card.start_timer()
    begun = time.perf_counter()
    collection.sched.answerCard(card, 3)
    card = collection.sched.getCard()
    print(time.perf_counter() - begun, flush=True)
collection.close()
"""


WARM = 5
"""Logs and answers before those that are counted: the first ones build queues and load what is needed."""


def anki(measured: Measured, folder: Path, config: Path, people: int, count: int) -> None:
    """Log and answer in turn, so that both see the same noise; each is on the disk before it goes on."""
    from followup_tui.domain.model import Outcome
    from followup_tui.services.views import LogDraft

    python = CACHE / "anki" / "bin" / "python"
    if not python.exists():
        measured.skipped["log and next/anki"] = "anki is not installed (make bench-peers)"
        return
    ours, theirs = list[float](), list[float]()
    with services(copy_of(people, folder, "anki"), config) as opened, _answering(python, folder, people) as answer:
        view = opened.today.plan()
        slots = [slot for block in view.blocks for slot in block.slots if not slot.done and slot.channel == "phone"]
        ids = list(dict.fromkeys(slot.prospect.id for slot in slots))
        ids += [person.id for person in opened.prospects.rows("has:phone", limit=count * 2) if person.id not in ids]
        opened.bulk.star(ids[:1])  # the first thing written on a day plans cards anew: not a log's to pay
        for number, (who, following) in enumerate(pairwise(ids[1 : count + WARM + 2])):
            begun = now()
            try:
                opened.log.log(who, LogDraft("phone", Outcome.NO_ANSWER))
            except FollowupError as error:  # one who must not be contacted
                print(f"not logged: {error}", file=sys.stderr)
                continue
            opened.prospects.get_many([following])
            taken, answered = now() - begun, answer()
            if number >= WARM:
                ours.append(taken), theirs.append(answered)
    measured.add_between("log and next/anki", *percentile_ratio(ours, theirs, 50))
    measured.add("log and next card ms", 1e3 * percentile(ours, 50))
    measured.add("anki answer and next card ms", 1e3 * percentile(theirs, 50))


@contextmanager
def _answering(python: Path, folder: Path, cards: int) -> Iterator[Callable[[], float]]:
    """Give a function that answers one card and gets the next one, and returns the seconds that took."""
    words = [str(python), "-c", _ANSWERS, str(folder / "collection.anki2"), str(cards)]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=plain(HOME=str(folder))
    ) as process:
        asked, said = process.stdin, process.stdout
        assert asked is not None
        assert said is not None

        def answer() -> float:
            print(file=asked, flush=True)
            return float(said.readline())

        try:
            if said.readline().strip() != "ready":
                raise RuntimeError("anki ended before its first card")
            yield answer
        finally:
            asked.close()
