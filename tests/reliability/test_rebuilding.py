"""Rebuilding: what the journal can tell is written anew, after a backup, as one undo step (issue: doctor --rebuild)."""

from __future__ import annotations

import random

import pytest

from tests.factories import add, change, dump, failed, log, open_at
from tests.figures import size

BREAKING = {
    "another state": "UPDATE standing SET state = replace(state, '\"attempts\":1', '\"attempts\":9')",
    "half a state": "UPDATE standing SET state = substr(state, 1, 30)",
    "a column": "UPDATE standing SET next_date = '2031-01-01', relation = 'closed'",
    "no date": "UPDATE standing SET next_date = 'soon'",
    "no states at all": "DELETE FROM standing",
}


@pytest.mark.parametrize("what", BREAKING)
def test_what_can_be_derived_comes_back(services, path, what):
    """Broken states and columns are exactly as before; a backup has the broken ones; one undo brings those back."""
    for name in ("Ann", "Bob"):
        log(services, add(services, name).id)
    services.close()
    whole = dump(path)
    change(path, BREAKING[what])
    broken = dump(path)
    again = open_at(path, services.now)
    assert failed(again) != []
    view, changes = again.doctor.rebuild()
    assert dump(path) == whole
    assert len(view.mended) == 2
    assert dump(again.backups.folder / view.backup) == broken
    assert failed(again) == []
    assert again.undo.history()[0].id == changes.change
    again.undo.undo()
    assert dump(path) == broken
    again.close()


def test_a_sound_database_is_left_alone(services, path):
    """Nothing to mend: no undo step, no row written."""
    log(services, add(services).id)
    before = dump(path)
    view, changes = services.doctor.rebuild()
    assert (view.mended, view.left, changes.change) == ((), (), 0)
    assert dump(path) == before


def test_what_can_not_be_derived_is_said(services, path):
    """A journal nobody can read is named by person, the others are mended, and doctor goes on failing."""
    one, two = (log(services, add(services, name).id).prospect.id for name in ("Ann", "Bob"))
    change(path, "UPDATE journal SET event = '{}' WHERE prospect_id = ? AND kind = 'touch'", one)
    change(path, "UPDATE standing SET attempts = 7 WHERE prospect_id = ?", two)
    view, _ = services.doctor.rebuild()
    assert view.mended == (two,)
    assert [sentence.split(":")[0] for sentence in view.left] == [one]
    assert failed(services) != []


def test_r22_states_rebuilt_from_random_journals_are_the_stored_ones(services, path, figure):
    """Whatever was logged: states deleted and derived again are the same, byte by byte (R22)."""
    rng = random.Random(22)
    people = [add(services, f"P{n}", rng.choice(["cold", "engaged", "nurture"])).id for n in range(size(10, 100))]
    for who in people:
        for _ in range(rng.randrange(6)):
            log(services, who, rng.choice(["no answer", "spoke", "left voicemail", "replied"]), "phone")
            services.now.pass_(hours=rng.randrange(1, 90))
    add(services, "the last of the day, so that its cards are looked at")
    whole = dump(path)
    change(path, "DELETE FROM standing")
    assert len(services.doctor.rebuild()[0].mended) == len(people) + 1
    assert dump(path) == whole
    figure("R22", len(people), "states deleted and derived again from their journals")


def test_a_state_of_nobody_goes_and_everybody_is_found_again(services, path):
    """A state without its person, which nothing else can mend, and a text to be found by that is another's."""
    who = add(services, "Ann Lee").id
    copied = "SELECT 'nobody00', relation, state, starred, has_why, has_benefit FROM standing"
    change(path, f"INSERT INTO standing (prospect_id, relation, state, starred, has_why, has_benefit) {copied}")
    change(path, "UPDATE prospect SET search = 'x'")
    assert {line.split(":")[0] for line in failed(services)} >= {"foreign keys", "meanings"}
    done, changes = services.doctor.rebuild()
    assert done.mended == (who,)
    assert changes.change
    assert failed(services) == []
    assert [one.name for one in services.prospects.find("ann")] == ["Ann Lee"]
    services.undo.undo()
    assert [line.split(":")[0] for line in failed(services)] == ["meanings"]
