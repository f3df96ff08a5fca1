"""An edit makes a version, nothing wrong is saved, and who is on the old version is asked (domain §5)."""

from __future__ import annotations

import stat
from datetime import date

import pytest

from followup_tui.domain.builtin import BUILTIN
from followup_tui.errors import FollowupError, NothingFound, UsageError
from followup_tui.services.cadence_files import CadenceFileError
from tests.factories import MONDAY, add, dump, failed, log, open_at

MINE = """name = "Mine"
for = "cold"
then = "ask"

[[step]]
channels = ["phone"]
companion = "email"

[[step]]
gap = 3
channels = ["email"]

[[step]]
gap = 7
channels = ["phone"]
"""


def save(services, text: str = MINE, name: str | None = None):
    return services.cadences.save(name, text, "mine.toml")


def longer(services, name: str, gap: int) -> str:
    """Return the text of a cadence with the gap of its second step changed."""
    text = services.cadences.text(name)
    return text.replace("gap = 2\n", f"gap = {gap}\n", 1)


def test_a_file_becomes_a_cadence(services, tmp_path, path):
    """It is listed, can be enrolled in, and undo takes it back."""
    before = dump(path)
    (tmp_path / "mine.toml").write_text(MINE)
    view, changes = services.cadences.add(tmp_path / "mine.toml")
    assert (view.name, view.version, view.steps) == ("Mine", 1, ("1 p+e", "4 e", "11 p"))
    assert changes.name == "Add cadence Mine"
    assert "cadence" in changes.tables
    assert "Mine" in [one.name for one in services.cadences.list()]
    assert add(services, cadence="mine").cadence == "Mine"
    services.undo.undo(2)
    assert dump(path) == before
    assert len(services.cadences.list()) == len(BUILTIN)
    services.undo.redo(2)
    assert failed(services) == []


def test_the_same_name_is_a_new_version(services):
    """Case aside; whoever is on the old version stays there, new people get the new one."""
    save(services)
    old = add(services, cadence="Mine").id
    view, changes = save(services, MINE.replace("gap = 3", "gap = 5").replace('"Mine"', '"MINE"'))
    assert (view.name, view.version, view.enrolled) == ("Mine", 2, 1)
    assert changes.name == "Edit cadence Mine"
    assert services.prospects.timeline(old).ahead[1].date == date(2026, 11, 26)
    new = add(services, "Bob", cadence="Mine").id
    assert services.prospects.timeline(new).ahead[1].date == date(2026, 11, 28)
    assert [(one.version, one.enrolled) for one in services.cadences.versions("mine")] == [(2, 1), (1, 1)]
    assert failed(services) == []


def test_saving_what_is_there_is_no_change(services):
    """The text of a cadence, saved as it is, makes no version."""
    for one in services.cadences.list():
        view, changes = services.cadences.save(one.name, services.cadences.text(one.name), "same.toml")
        assert (view.version, changes.change) == (1, 0)
    assert services.undo.history() == []


def test_an_edit_keeps_its_name(services):
    """Another name in the text of an edit is a slip: it names the line and saves nothing."""
    text = services.cadences.text("Steady").replace('name = "Steady"', 'name = "Steadier"')
    with pytest.raises(CadenceFileError, match=r"mine.toml line 4: name: is not “Steady”"):
        save(services, text, "Steady")
    assert services.undo.history() == []


def test_a_copy_is_a_cadence_of_its_own(services):
    """Same steps, new name; a name that is taken, empty or endless is refused."""
    view, changes = services.cadences.copy("steady", " My  Steady ")
    assert (view.name, view.version, view.source) == ("My  Steady", 1, "")
    assert changes.name == "Copy cadence Steady to My  Steady"
    assert view.steps == services.cadences.versions("Steady")[0].steps
    for taken in ("Steady", "my  steady", " ", "x" * 61):
        with pytest.raises(UsageError):
            services.cadences.copy("Cold six", taken)


CHAINS = {
    "two": {"B": "ask", "A": "cadence B", "B again": ("B", "cadence A")},
    "three": {"C": "ask", "B": "cadence C", "A": "cadence B", "C again": ("C", "cadence A")},
}


@pytest.mark.parametrize("chain", CHAINS)
def test_a_cycle_is_refused(services, path, chain):
    """From one cadence to the next and back, with nothing that asks: named by file, line and field; nothing saved."""
    *fine, last = CHAINS[chain].items()
    for name, then in fine:
        save(services, MINE.replace("Mine", name).replace('"ask"', f'"{then}"'))
    before = dump(path)
    name, then = last[1]
    with pytest.raises(CadenceFileError, match=r"mine.toml line 3: then: goes round without end"):
        save(services, MINE.replace("Mine", name).replace('"ask"', f'"{then}"'))
    assert dump(path) == before


def test_a_cycle_through_a_repetition_is_refused(services):
    """A repetition with an end leads on; one without rests, and so does one that asks."""
    save(services, MINE.replace("Mine", "B"))
    repeat = '\n[repeat]\nevery_days = 7\ntimes = 2\nthen = "cadence B"\n[[repeat.rotation]]\nchannels = ["phone"]\n'
    a = MINE.replace("Mine", "A").replace('then = "ask"\n', "") + repeat
    save(services, a)
    back = MINE.replace("Mine", "B").replace('"ask"', '"cadence A"')
    with pytest.raises(CadenceFileError, match=r"“B” → “A” → “B”"):
        save(services, back)
    endless = a.replace("times = 2\n", "")
    assert save(services, endless)[0].version == 2
    assert save(services, back)[0].version == 2
    with pytest.raises(CadenceFileError, match=r"mine.toml line 19: repeat.then: goes round"):
        save(services, a)


def test_staying_in_touch_has_to_rest(services):
    """Nurture leads there, so it can't lead to nurture."""
    text = 'name = "Stay in touch"\nfor = "nurture"\nthen = "nurture"\n[[step]]\nchannels = ["phone"]\n'
    with pytest.raises(CadenceFileError, match="goes round without end"):
        save(services, text)


def test_a_bad_file_saves_nothing(services, path, tmp_path):
    """Whatever is wrong, the database is as it was."""
    before = dump(path)
    bad = {
        "steps.toml": 'name = "Mine"\n' + "[[step]]\n" * 10_000,
        "gap.toml": MINE.replace("gap = 3", "gap = -3"),
        "owl.toml": MINE.replace('"email"]', '"owl"]'),
        "none.toml": 'name = "Mine"\n',
        "text.toml": "dear diary",
        "huge.toml": "#" * 2_000_000,
    }
    for name, text in bad.items():
        (tmp_path / name).write_text(text)
        with pytest.raises(FollowupError, match=name) as caught:
            services.cadences.add(tmp_path / name)
        assert "\n" not in str(caught.value)
    assert dump(path) == before
    assert services.undo.history() == []


def test_a_retired_one_is_not_offered_any_more(services):
    """Who is on it goes on; adding it again is the next version; undo brings it back."""
    save(services)
    who = add(services, cadence="Mine").id
    view, changes = services.cadences.retire("mine")
    assert (view.enrolled, changes.name) == (1, "Retire cadence Mine")
    assert "Mine" not in [one.name for one in services.cadences.list()]
    with pytest.raises(UsageError, match="unknown cadence"):
        services.cadences.enrol([who], "Mine")
    log(services, who)
    assert services.prospects.get(who).cadence == "Mine"
    assert failed(services) == []
    assert save(services)[0].version == 2
    services.undo.undo(3)
    assert services.cadences.versions("Mine")[0].version == 1


def test_what_others_lead_to_is_not_retired(services):
    """The rules start some by themselves, and a chain must not end in nothing, for those on an old version neither."""
    for name in ("Stay in touch", "Customer", "Cold six", "New inbound"):
        with pytest.raises(UsageError, match="is started by the rules"):
            services.cadences.retire(name)
    save(services)
    save(services, MINE.replace("Mine", "First").replace('"ask"', '"cadence Mine"'))
    add(services, cadence="First")
    with pytest.raises(UsageError, match="First leads to Mine"):
        services.cadences.retire("Mine")
    save(services, MINE.replace("Mine", "First"))
    with pytest.raises(UsageError, match="First leads to Mine"):
        services.cadences.retire("Mine")
    services.cadences.migrate("First")
    assert services.cadences.retire("Mine")[0].name == "Mine"


def test_an_export_is_a_private_file_of_its_own(services, tmp_path):
    """Mode 0600, whole or not at all, never through a link; read again it is the same."""
    file, link = tmp_path / "steady.toml", tmp_path / "link.toml"
    services.cadences.export("steady", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert services.cadences.add(file)[1].change == 0
    link.symlink_to(file)
    before = file.read_text()
    for target, why in (
        (link, "is a link"),
        (tmp_path, "is a folder"),
        (tmp_path / "no" / "x.toml", "can't be written"),
    ):
        with pytest.raises(FollowupError, match=why):
            services.cadences.export("Twelve", target)
    assert file.read_text() == before
    assert sorted(one.name for one in tmp_path.glob("*.toml")) == ["link.toml", "steady.toml"]


def test_a_text_can_be_tried_before_it_is_saved(services, path):
    """The dates of somebody enrolled today, from a text nobody saved."""
    before = dump(path)
    dates = [one.date for one in services.cadences.try_out(MINE, "mine.toml")]
    assert dates[:3] == [MONDAY, date(2026, 11, 26), date(2026, 12, 3)]
    assert dump(path) == before


def test_migrating_shows_the_dates_and_then_sets_them(services, path):
    """The table is what happens; one change, one undo; the journal agrees."""
    who, bob = add(services, relation="cold").id, add(services, "Bob", relation="cold").id
    log(services, who)
    save(services, longer(services, "Cold six", 9), "Cold six")
    table = services.cadences.migration("cold six")
    rows = {row.prospect.name: (row.version, row.step_from, row.date_from, row.step_to, row.date_to) for row in table}
    assert rows["Ann Lee"] == (1, 2, date(2026, 11, 25), 2, date(2026, 12, 2))
    assert rows["Bob"] == (1, 1, MONDAY, 1, MONDAY)
    before = dump(path)
    number, changes = services.cadences.migrate("Cold six")
    assert (number, changes.name) == (2, "Migrate 2 prospects to Cold six, version 2")
    assert services.prospects.get(who).next_touch.date == date(2026, 12, 2)
    assert services.cadences.migration("Cold six") == ()
    assert failed(services) == []
    services.undo.undo()
    assert dump(path) == before
    assert services.cadences.migrate("Cold six", [bob])[0] == 1
    assert [row.prospect.id for row in services.cadences.migration("Cold six")] == [who]
    with pytest.raises(FollowupError, match="Bob is on version 2 of Cold six already"):
        services.cadences.migrate("Cold six", [bob])
    assert services.cadences.migrate("Steady")[0] == 0


def test_a_shorter_cadence_keeps_people_on_its_last_step(services):
    """The step is kept by number, at most the last one there is; never before today."""
    who = add(services, relation="cold").id
    for day in ("25", "27"):
        log(services, who)
        services.now.at(f"2026-11-{day}T09:00")
    text = 'name = "Cold six"\nfor = "cold"\n[[step]]\nchannels = ["phone"]\n[[step]]\ngap = 1\nchannels = ["email"]\n'
    save(services, text, "Cold six")
    (row,) = services.cadences.migration("Cold six")
    assert (row.step_from, row.step_to, row.date_to) == (3, 2, date(2026, 11, 27))
    services.cadences.migrate("Cold six")
    assert services.prospects.get(who).step == 2
    log(services, who, "sent", "email")
    assert services.log.decision(who).question == "ended"
    assert failed(services) == []


def test_what_people_said_is_not_migrated(services):
    """Promises, pauses, decisions and a day chosen by the user stay; only step and version change."""
    kept = {
        "promised": lambda who: log(services, who, "call back", until=date(2026, 12, 4)),
        "moved": lambda who: services.log.move(who, date(2026, 12, 4)),
        "paused": lambda who: services.log.pause(who),
        "asked": lambda who: log(services, who, "not now"),
    }
    people = {}
    for name, act in kept.items():
        people[name] = add(services, name).id
        log(services, people[name])
        act(people[name])
    before = {name: services.prospects.get(who).next_touch for name, who in people.items()}
    save(services, longer(services, "Steady", 20), "Steady")
    services.cadences.migrate("Steady")
    for name, who in people.items():
        after = services.prospects.get(who).next_touch
        assert (after and after.date) == (before[name] and before[name].date), name
    assert failed(services) == []
    services.log.resume(people["paused"])
    assert failed(services) == []


def test_an_edit_is_undone_after_what_stands_on_it(services, path, clock):
    """Undo goes backwards: nobody can be left on a version that is gone, after a restart neither."""
    who = add(services, relation="cold").id
    before = dump(path)
    save(services, longer(services, "Cold six", 9), "Cold six")
    services.cadences.migrate("Cold six")
    add(services, "Bob", relation="cold")
    services.close()
    again = open_at(path, clock)
    for left in (("Migrate Ann Lee to Cold six, version 2", "Edit cadence Cold six"), ("Edit cadence Cold six",), ()):
        again.undo.undo()
        assert [one.name for one in again.undo.history() if not one.undone][: len(left)] == list(left)
        assert failed(again) == []
    assert dump(path) == before
    again.undo.redo(3)
    assert again.cadences.versions("Cold six")[0].enrolled == 2
    assert failed(again) == []
    assert again.prospects.get(who).cadence == "Cold six"
    again.close()


def test_another_process_sees_an_edit_at_once(services, path, clock):
    """Add, undo and add another one: nobody works with the one that is gone."""
    other = open_at(path, clock)
    save(services)
    assert "Mine" in [one.name for one in other.cadences.list()]
    services.undo.undo()
    save(services, MINE.replace("gap = 3", "gap = 5"))
    assert other.cadences.ahead("Mine")[1].date == date(2026, 11, 28)
    services.cadences.retire("Mine")
    assert "Mine" not in [one.name for one in other.cadences.list()]
    with pytest.raises((UsageError, NothingFound)):
        other.cadences.text("Mine")
    other.close()
