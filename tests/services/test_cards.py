"""Cards as the program keeps them: planned from facts, read without a write, caught up with one (domain §5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from followup_tui.domain.events import Added
from followup_tui.services.views import ProspectDraft
from followup_tui.storage.codec import dumps
from tests.factories import CONFIG, add, change, dump, failed, log, open_at, slots

POST = {"address": "1 Long Road, Town"}
CHRISTMAS = replace(CONFIG, cards=replace(CONFIG.cards, holiday="12-25", holiday_name="Christmas"))


def planned(services, who: str) -> list[str]:
    return [f"{one.kind} {one.date:%-d %b}" for one in services.prospects.timeline(who).ahead[:2]]


def born(services, birthday: str = "--12-04", **facts) -> str:
    """Add somebody to stay in touch with: the monthly touch is due on Wed 23 Dec."""
    return add(services, "Ann Lee", "nurture", birthday=birthday, **(POST | facts)).id


def test_a_birthday_told_plans_a_card(services, path):
    """Added with one, edited, taken away, undone: the card follows, and the journal says the same."""
    who = born(services, "--12-04")
    assert planned(services, who)[0] == "card 1 Dec"
    services.prospects.edit(who, ProspectDraft(birthday="1980-12-10"))
    assert planned(services, who)[0] == "card 7 Dec"
    services.prospects.edit(who, ProspectDraft(birthday=""))
    assert planned(services, who)[0].startswith("step")
    assert failed(services) == []
    services.undo.undo(2)
    assert planned(services, who)[0] == "card 1 Dec"
    assert failed(services) == []


def test_the_card_stands_in_today_with_its_reason(services, clock):
    """It is a slot of the Post block, and says what it is for and why now."""
    who = born(services)
    clock.at("2026-12-01T09:00")
    card = next(slot for slot in slots(services.today.plan()) if slot.prospect.id == who)
    assert (card.kind, card.channel) == ("card", "mail")
    assert card.reasons[0] == "birthday on Fri 4 Dec; 3 days for the post"
    shown = services.log.preview(who)
    assert (shown.channel, shown.completes, shown.headline) == ("mail", True, "birthday card")
    sent = next(one for one in shown.outcomes if one.outcome == "sent")
    done = log(services, who, "sent", "mail")
    assert sent.next_touch == done.after
    assert done.explanation.startswith("the birthday card is done")


def test_a_lapsed_card_is_gone_without_a_write(services, clock, path):
    """The day after, the step is what is due, in every view; the next thing written drops the card."""
    who = born(services)
    other = add(services, "Bo").id
    before = dump(path)
    clock.at("2026-12-24T09:00")
    seen = services.prospects.get(who)
    assert (seen.next_touch.kind, seen.next_touch.date) == ("step", date(2026, 12, 23))
    row = next(row for row in services.prospects.rows() if row.id == who)
    assert (row.next_kind, row.next_date) == ("step", date(2026, 12, 23))
    slot = next(slot for slot in slots(services.today.plan()) if slot.prospect.id == who)
    assert slot.kind == "step"
    assert failed(services) == []
    assert dump(path) == before
    log(services, other)
    assert [row for row in dump(path, ("standing",))["standing"] if row[0] == who and row[2] == "card"] == []
    assert failed(services) == []


def test_a_changed_configuration_reaches_everybody_with_the_next_write(services, clock, path):
    """A holiday chosen, then none: the first thing written plans, or drops, the cards, as part of its undo step."""
    who = add(services, "Ann Lee", "customer", **POST).id
    services.close()
    services = open_at(path, clock, CHRISTMAS)
    other = add(services, "Bo").id
    assert "card 22 Dec" in [f"{one.kind} {one.date:%-d %b}" for one in services.prospects.timeline(who).ahead]
    services.undo.undo()
    assert [one.kind for one in services.prospects.timeline(who).ahead if one.kind == "card"] == []
    services.undo.redo()
    services.close()
    services = open_at(path, clock, replace(CONFIG, cards=replace(CONFIG.cards, birthday=frozenset())))
    log(services, other)
    assert [one.kind for one in services.prospects.timeline(who).ahead if one.kind == "card"] == []
    assert failed(services) == []
    services.close()


def test_birthdays_from_before_there_were_cards(services, path):
    """They stand with the prospect, not in its journal: the first thing written tells the rules."""
    who = born(services, "")
    change(path, "UPDATE prospect SET birthday = '--12-04' WHERE id = ?", who)
    change(path, "DELETE FROM setting WHERE key = 'cards'")
    add(services, "Bo")
    assert planned(services, who)[0] == "card 1 Dec"
    assert failed(services) == []


def test_a_birthday_written_today_makes_no_call_old(services, clock):
    """What a card follows from says nothing about when somebody was contacted: a call of an hour ago is not old."""
    who = add(services).id
    clock.at("2026-11-24T09:00")
    services.prospects.edit(who, ProspectDraft(birthday="--12-04"))
    done = log(services, who, at=clock.now.replace(hour=8))
    assert done.after.step == 2


def test_a_birthday_from_a_file(services, tmp_path):
    """An import that fills in a birthday plans the card as an edit does."""
    who = born(services, "")
    (tmp_path / "people.csv").write_text("name,email,birthday\nAnn Lee,ann@acme.example,1980-12-04\n")
    services.exchange.import_files([tmp_path / "people.csv"])
    assert planned(services, who)[0] == "card 1 Dec"
    assert failed(services) == []


def test_the_three_dates_before_a_pause_are_those_of_the_step(services):
    """No rule of a pause moves a card, so that the card is not what they are told by."""
    born(services, "--12-24")
    who = services.prospects.resolve("Ann Lee")
    shown = services.log.pause_preview(who, date(2026, 12, 10))
    assert [one.next_touch.kind for one in shown] == ["step"] * 3
    assert len({one.next_touch.date for one in shown}) > 1


def test_an_absence_lists_cards_and_moves_none(services):
    """What has a date of its own is the user's to decide."""
    born(services)
    view = services.away.preview(date(2026, 11, 30), date(2026, 12, 5))
    assert [(one.kind.value, one.date) for one in view.kept] == [("card", date(2026, 12, 1))]
    assert view.moved == ()


@pytest.mark.parametrize("birthday", ["", "--12-04"])
def test_old_entries_are_read_as_they_were(birthday):
    """A field nobody set is not written: journals from before cards stay byte for byte the same."""
    assert ("birthday" in dumps(Added("cold", frozenset(), birthday=birthday))) is bool(birthday)
