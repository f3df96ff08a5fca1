"""Log and next card, against answer and next card of Anki's backend over as many: P3."""

from __future__ import annotations

import subprocess
from itertools import pairwise
from pathlib import Path

from benchmarks.data import copy_of
from benchmarks.environment import ROOT, plain
from benchmarks.figures import percentile, percentile_ratio
from benchmarks.goals import Measured
from benchmarks.peer_programs import CACHE
from benchmarks.reads import now, services

_ANSWERS = """
import sys, time
from anki.collection import AddNoteRequest, Collection
path, cards, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
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
for _ in range(count):
    card.start_timer()
    begun = time.perf_counter()
    collection.sched.answerCard(card, 3)
    card = collection.sched.getCard()
    print(time.perf_counter() - begun)
collection.close()
"""


def anki(measured: Measured, folder: Path, config: Path, people: int, count: int) -> None:
    """Time both; each is on the disk before it goes on."""
    from followup_tui.domain.model import Outcome
    from followup_tui.services.views import LogDraft

    python = CACHE / "anki" / "bin" / "python"
    if not python.exists():
        measured.skipped["log and next/anki"] = "anki is not installed (make bench-peers)"
        return
    theirs = _answers(python, folder, people, count)
    with services(copy_of(people, folder, "anki"), config) as opened:
        view = opened.today.plan()
        slots = [slot for block in view.blocks for slot in block.slots if not slot.done and slot.channel == "phone"]
        ids = list(dict.fromkeys(slot.prospect.id for slot in slots))
        ids += [person.id for person in opened.prospects.rows("has:phone", limit=count * 2) if person.id not in ids]
        opened.bulk.star(ids[:1])  # the first thing written on a day plans cards anew: not a log's to pay
        ours = []
        for who, following in pairwise(ids[1 : count + 2]):
            begun = now()
            opened.log.log(who, LogDraft("phone", Outcome.NO_ANSWER))
            opened.prospects.get_many([following])
            ours.append(now() - begun)
    measured.add_between("log and next/anki", *percentile_ratio(ours, theirs, 50))
    measured.add("log and next card ms", 1e3 * percentile(ours, 50))
    measured.add("anki answer and next card ms", 1e3 * percentile(theirs, 50))


def _answers(python: Path, folder: Path, cards: int, count: int) -> list[float]:
    """Return the seconds of each of Anki's answers with the next card; the first, which builds its queue, left out."""
    words = [str(python), "-c", _ANSWERS, str(folder / "collection.anki2"), str(cards), str(count + 1)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT, env=plain(HOME=str(folder)))
    if done.returncode:
        raise RuntimeError(f"anki ended with {done.returncode}: {done.stderr.strip().splitlines()[-1:]}")
    return [float(line) for line in done.stdout.split()][1:]
