"""Undo and redo: whatever was done can be taken back and brought again, exactly (architecture 4, quality R22)."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from followup_tui.domain.model import Outcome
from followup_tui.domain.workdays import plus_days
from followup_tui.errors import FollowupError, NothingFound
from followup_tui.services.views import LogDraft, ProspectDraft
from tests.factories import Clock, add, dump, failed, log, open_at

OUTCOMES = [outcome for outcome in Outcome if outcome is not Outcome.SKIP]
CADENCES = ["Steady", "Cold six", "Twelve", "New inbound", "Stay in touch"]
RELATIONS = ["pool", "cold", "engaged", "nurture", "customer", "closed"]


def test_undo_and_redo_walk_the_whole_history(services, path):
    """Ten changes taken back one by one pass every state they came through, and come back the same way."""
    states = [dump(path)]
    who = add(services).id
    states.append(dump(path))
    services.log.log(who, LogDraft("phone", Outcome.CALL_BACK, until=date(2026, 11, 26), until_time=time(10)))
    states.append(dump(path))
    services.prospects.tag([who], ["roof", "vip"])
    states.append(dump(path))
    services.prospects.edit(who, ProspectDraft(phone="", email="new@acme.example", company="Acme", tags=("vip",)))
    states.append(dump(path))
    services.prospects.close([who], "no benefit")
    states.append(dump(path))
    for state in states[-2::-1]:
        services.undo.undo()
        assert dump(path) == state
    with pytest.raises(NothingFound):
        services.undo.undo()
    for state in states[1:]:
        services.undo.redo()
        assert dump(path) == state
    with pytest.raises(NothingFound):
        services.undo.redo()


def test_several_are_undone_at_once(services, path):
    """`undo 3` is three steps in one transaction; asking for more than there are takes what there is."""
    before = dump(path)
    for name in ("Ann", "Bob", "Cay"):
        add(services, name)
    after = dump(path)
    done, changes = services.undo.undo(99)
    assert [one.name for one in done] == ["Add Cay", "Add Bob", "Add Ann"]
    assert len(changes.prospects) == 3
    assert dump(path) == before
    assert len(services.undo.redo(3)[0]) == 3
    assert dump(path) == after


def test_a_new_change_drops_what_could_be_redone(services, path):
    """After something else was done, the undone future is gone and not listed any more."""
    who = add(services).id
    log(services, who)
    services.undo.undo()
    log(services, who, "spoke")
    with pytest.raises(NothingFound):
        services.undo.redo()
    assert [one.name for one in services.undo.history()] == ["Log phone, spoke · Ann Lee", "Add Ann Lee"]
    assert failed(services) == []


def test_what_changes_nothing_is_no_change(services):
    """A star on a starred one, an empty edit, a refused enrolment leave no undo step and drop no redo."""
    who = add(services, star=True).id
    log(services, who)
    services.undo.undo()
    number, changes = services.prospects.star([who], True)
    assert (number, changes.change, changes.tables) == (1, 0, frozenset())
    assert services.prospects.edit(who, ProspectDraft())[1].change == 0
    closed = add(services, "Bob", "closed").id
    services.undo.undo()
    assert services.undo.redo()[0][0].name == "Add Bob"
    assert services.cadences.enrol([closed], "Steady")[1].change == 0


def test_undo_survives_closing_and_opening(services, path, clock):
    """The history belongs to the file, not to the program that wrote it."""
    before = dump(path)
    add(services)
    services.close()
    again = open_at(path, clock)
    assert [one.name for one in again.undo.history()] == ["Add Ann Lee"]
    assert again.undo.undo()[0][0].undone
    assert dump(path) == before
    again.close()
    third = open_at(path, clock)
    assert [one.name for one in third.undo.redo()[0]] == ["Add Ann Lee"]
    third.close()


def test_a_note_added_later_belongs_to_the_touch(services, path):
    """Note and sentiment join the undo step of the log, also after other changes, and come back with it."""
    who = add(services).id
    empty = dump(path)
    first = log(services, who)
    add(services, "Bob")
    services.log.amend(first.change, note="two\nlines", sentiment="good")
    services.log.amend(first.change, note="better")
    assert [one.name for one in services.undo.history()] == ["Add Bob", first.undo, "Add Ann Lee"]
    touch = services.prospects.timeline(who).timeline[0]
    assert (touch.note, touch.sentiment) == ("better", "good")
    assert failed(services) == []
    full = dump(path)
    services.undo.undo(2)
    assert dump(path) == empty
    services.undo.redo(2)
    assert dump(path) == full


def test_a_note_needs_a_touch(services, path):
    """A change that logged no touch, or was undone, takes no note: said, not traced back."""
    who = add(services).id
    moved = services.log.move(who, date(2026, 11, 27))[0]
    logged = log(services, who)
    services.undo.undo()
    before = dump(path)
    for change in (moved.change, logged.change, 1, 999):
        with pytest.raises(NothingFound):
            services.log.amend(change, note="late")
    assert dump(path) == before
    assert len(services.undo.redo()[0]) == 1


def test_ids_of_undone_touches_are_not_used_again(services):
    """A touch somebody noted down never becomes another one."""
    who = add(services).id
    first = log(services, who).touch.id
    services.undo.undo()
    assert log(services, who).touch.id != first


class EverythingCanBeUndone(RuleBasedStateMachine):
    """Random work by a few people: the model is what the tables held after each change."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "followup.db"
        self.clock = Clock()
        self.done: list[dict] = []
        self.undone: list[dict] = []
        self.people: list[str] = []
        self.last_log = 0

    @initialize()
    def first(self) -> None:
        shutil.copyfile(TEMPLATE[0], self.path)
        self.path.chmod(0o600)
        self.services = open_at(self.path, self.clock)
        self.now = self.start = dump(self.path)
        for relation in RELATIONS:
            self.work(lambda relation=relation: self.services.prospects.add(_person(relation, relation)))

    def work(self, act) -> None:
        """Do something and compare: refused leaves everything, done is one more step."""
        try:
            result, *_, changes = act()
        except FollowupError:
            assert dump(self.path) == self.now
            return
        after = dump(self.path)
        if changes.change:
            self.done.append(self.now)
            self.undone.clear()
            self.last_log = changes.change if getattr(result, "touch", None) else 0
        else:
            assert after == self.now
        self.now = after
        self.people = _by_name(after)

    @rule(hours=st.sampled_from([0, 1, 7, 25, 24 * 6, 24 * 40]))
    def time_passes(self, hours) -> None:
        self.clock.pass_(hours=hours)

    @rule(relation=st.sampled_from(RELATIONS), inbound=st.booleans(), star=st.booleans())
    def add(self, relation, inbound, star) -> None:
        draft = _person(f"P{len(self.people)}", relation, inbound=inbound, star=star)
        self.work(lambda: self.services.prospects.add(draft))

    @precondition(lambda self: self.people)
    @rule(
        data=st.data(),
        channel=st.sampled_from(["phone", "email", "mail", "in person", "text"]),
        outcome=st.sampled_from(OUTCOMES),
        days=st.sampled_from([None, 0, 1, 9]),
        options=st.fixed_dictionaries(
            {}, optional={"inbound": st.booleans(), "completes": st.booleans(), "shift": st.integers(-2, 5)}
        ),
        ago=st.sampled_from([None, 0, 3]),
    )
    def log(self, data, channel, outcome, days, options, ago) -> None:
        until = None if days is None else plus_days(self.services.local_today(), days)
        at = None if ago is None else self.clock.now.replace(minute=0) - timedelta(days=ago)
        draft = LogDraft(channel, outcome, until=until, until_time=time(15) if days else None, at=at, **options)
        self.work(lambda: self.services.log.log(data.draw(st.sampled_from(self.people)), draft))

    @precondition(lambda self: self.people)
    @rule(data=st.data(), days=st.integers(0, 9), cadence=st.sampled_from(CADENCES))
    def answer(self, data, days, cadence) -> None:
        asked = [d for d in map(self.services.log.decision, self.people) if d is not None]
        if asked:
            decision = data.draw(st.sampled_from(asked))
            choice = data.draw(st.sampled_from(decision.choices)).choice
            until = plus_days(self.services.local_today(), days)
            self.work(lambda: self.services.log.answer(decision.prospect.id, choice, until=until, cadence=cadence))

    @precondition(lambda self: self.people)
    @rule(data=st.data(), days=st.integers(-1, 9), act=st.sampled_from(["skip", "move", "pause", "snooze", "resume"]))
    def change_the_plan(self, data, days, act) -> None:
        who, log = data.draw(st.sampled_from(self.people)), self.services.log
        day = plus_days(self.services.local_today(), days)
        acts = {
            "skip": lambda: log.skip(who, "later"),
            "move": lambda: log.move(who, day, time(9) if days % 2 else None),
            "pause": lambda: log.pause(who, day if days else None, ["freeze", "restart", "keep"][days % 3]),
            "snooze": lambda: log.snooze(who),
            "resume": lambda: log.resume(who),
        }
        self.work(acts[act])

    @precondition(lambda self: self.people)
    @rule(data=st.data(), cadence=st.sampled_from(CADENCES), step=st.integers(1, 3))
    def enrol(self, data, cadence, step) -> None:
        who = data.draw(st.lists(st.sampled_from(self.people), min_size=1, max_size=3, unique=True))
        self.work(lambda: self.services.cadences.enrol(who, cadence, step=step, per_day=2))

    @precondition(lambda self: self.people)
    @rule(data=st.data(), act=st.sampled_from(["star", "tag", "untag", "close", "reopen", "edit", "no phone"]))
    def change_the_facts(self, data, act) -> None:
        who, prospects = data.draw(st.sampled_from(self.people)), self.services.prospects
        acts = {
            "star": lambda: prospects.star([who]),
            "tag": lambda: prospects.tag([who], ["Roof", "vip"]),
            "untag": lambda: prospects.tag([who], ["-roof"]),
            "close": lambda: prospects.close([who], "why not"),
            "reopen": lambda: prospects.reopen([who]),
            "edit": lambda: prospects.edit(
                who, ProspectDraft(company="Émile & Co", pace="gentle", mobile="+4915112345")
            ),
            "no phone": lambda: prospects.edit(who, ProspectDraft(phone="", tags=())),
        }
        self.work(acts[act])

    @rule(rows=st.lists(st.integers(0, 7), min_size=1, max_size=5), cadence=st.sampled_from([None, "Cold six"]))
    def import_(self, rows, cadence) -> None:
        file = self.folder / "people.csv"
        lines = [f"Row {n},row{n}@x.example,Firm {n % 2},tag{n}" for n in rows]
        file.write_text("\n".join(["Name,Email,Company,Tags", *lines]))
        self.work(lambda: self.services.exchange.import_files([file], cadence=cadence))

    @rule(cadence=st.sampled_from(CADENCES[:3]), gap=st.integers(1, 40), migrate=st.booleans())
    def edit_a_cadence(self, cadence, gap, migrate) -> None:
        text = re.sub(r"gap = [1-9]\d*", f"gap = {gap}", self.services.cadences.text(cadence), count=1)
        self.work(lambda: self.services.cadences.save(cadence, text, "mine.toml"))
        if migrate:
            self.work(lambda: self.services.cadences.migrate(cadence))

    @precondition(lambda self: any(row[2] == "touch" for row in self.now["journal"]))
    @rule(data=st.data(), outcome=st.none() | st.sampled_from(OUTCOMES))
    def correct(self, data, outcome) -> None:
        touch = str(data.draw(st.sampled_from([row[0] for row in self.now["journal"] if row[2] == "touch"])))
        if outcome is None:
            self.work(lambda: self.services.log.remove(touch))
        else:
            until = plus_days(self.services.local_today(), 3) if outcome.asks_when else None
            self.work(lambda: self.services.log.correct(touch, outcome=outcome, until=until))
        self.last_log = 0

    @rule(note=st.text(max_size=20), sentiment=st.sampled_from(["good", "bad", ""]))
    @precondition(lambda self: self.last_log)
    def amend(self, note, sentiment) -> None:
        self.services.log.amend(self.last_log, note=note, sentiment=sentiment)
        self.now = dump(self.path)

    @rule()
    @precondition(lambda self: self.done)
    def undo(self) -> None:
        self.services.undo.undo()
        self.undone.append(self.now)
        self.now = self.done.pop()
        self.last_log = 0
        assert dump(self.path) == self.now
        self.people = _by_name(self.now)

    @rule()
    @precondition(lambda self: self.undone)
    def redo(self) -> None:
        self.services.undo.redo()
        self.done.append(self.now)
        self.now = self.undone.pop()
        assert dump(self.path) == self.now
        self.people = _by_name(self.now)

    @rule()
    def open_again(self) -> None:
        self.services.close()
        self.services = open_at(self.path, self.clock)

    @invariant()
    def doctor_is_content(self) -> None:
        if self.done:
            assert failed(self.services) == []

    def teardown(self) -> None:
        if self.path.exists():
            number, end = len(self.done), self.now
            if number:
                self.services.undo.undo(number)
                assert dump(self.path) == self.start, "undo all is the start"
                assert failed(self.services) == []
                self.services.undo.redo(number)
                assert dump(self.path) == end, "redo all is the end"
            self.services.close()
        shutil.rmtree(self.folder)


def _person(name: str, relation: str, **more) -> ProspectDraft:
    phone = f"+49 30 9018{len(name):02}{len(relation):02}"
    return ProspectDraft(name=name, relation=relation, phone=phone, email=f"{name.casefold()}@x.example", **more)


def _by_name(tables: dict) -> list[str]:
    """Return ids in an order that is the same in every run: ids themselves are random."""
    return [row[0] for row in sorted(tables["prospect"], key=lambda row: row[1])]


TEMPLATE: list[Path] = []


def test_everything_can_be_undone(template):
    """A random story of work and undo: the tables are always the model's, and doctor is always content."""
    TEMPLATE[:] = [template]
    quick = settings(
        max_examples=int(os.environ.get("STORIES", "12")),
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(EverythingCanBeUndone, settings=quick)
