"""The value library and templates over a real file: kept, proposed, counted, undone, exported (domain §8)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from followup_tui.config import Me
from followup_tui.errors import NothingFound, PhraseError, UsageError
from followup_tui.services.views import TemplateDraft, ValueDraft
from tests.factories import CONFIG, Clock, add, dump, failed, log, open_at

LIBRARY = ("value_item", "template")


def keep(services, title, **facts):
    return services.library.add(ValueDraft(title, **facts))[0]


def test_what_they_got_is_never_proposed_again(services):
    """The proposal is an item this prospect never got; one given under any spelling counts as given (S0)."""
    who = add(services).id
    keep(services, "Checklist")
    assert services.prospects.get(who).proposed_value == "Checklist"
    touch = log(services, who, "sent", "email", value="CHECKLIST").touch
    assert touch.value == "Checklist"
    assert services.prospects.get(who).proposed_value == ""
    keep(services, "Press cutting")
    assert services.prospects.get(who).proposed_value == "Press cutting"
    assert [(one.title, one.given is not None) for one in services.library.choices(who)] == [
        ("Press cutting", False),
        ("Checklist", True),
    ]


def test_month_after_month_nothing_twice_running(services, clock):
    """Whom one stays in touch with gets the whole library, then what is longest ago, never the last one again (§5)."""
    who = add(services, relation="nurture").id
    for title in ("Guide", "Case"):
        keep(services, title)
    given = []
    for hour in range(9, 14):
        clock.at(f"2026-11-24T{hour:02}:00")
        given.append(services.prospects.get(who).proposed_value)
        log(services, who, "sent", "email", value=given[-1])
    assert given == ["Case", "Guide", "Case", "Guide", "Case"]


def test_the_fitting_item_comes_first(services):
    """Items that share a tag come first, then the newest; a channel that can't carry an item leaves it out."""
    who = add(services, tags=("roof",)).id
    keep(services, "Roof facts", tags=("roof",))
    keep(services, "News")
    keep(services, "Book", kind="gift", channels=("mail",))
    assert [one.title for one in services.library.choices(who, "email")] == ["Roof facts", "News"]
    assert services.library.choices(who, "mail")[1].title == "Book"


def test_given_and_answered_are_counted(services, clock):
    """An item counts as answered when they answered within the days after it, and only then."""
    ann, bo = add(services).id, add(services, "Bo Chan", phone="+49 30 901821", email="bo@acme.example").id
    keep(services, "Checklist")
    for who in (ann, bo):
        log(services, who, "sent", "email", value="Checklist")
    clock.pass_(days=3)
    log(services, ann, "replied", "email")
    clock.pass_(days=30)
    log(services, bo, "replied", "email")
    item = services.library.items()[0]
    assert (item.given, item.answered) == (2, 1)


def test_every_change_of_the_library_is_one_undo_step(services, path):
    """Add, edit (the touches follow the title), tag and remove come back by undo, one by one."""
    who = add(services).id
    states = [dump(path)]
    services.library.add(ValueDraft("Checklist", link="https://example.com/a"))
    states.append(dump(path))
    log(services, who, "sent", "email", value="Checklist")
    states.append(dump(path))
    services.library.edit("check", ValueDraft(title="Storm checklist"))
    assert services.prospects.timeline(who).timeline[0].value == "Storm checklist"
    states.append(dump(path))
    services.library.tag("storm", ["Roof", "new"])
    services.library.tag("storm", ["-new"])
    assert services.library.items()[0].tags == ("roof",)
    services.undo.undo()
    services.undo.undo()
    assert services.library.remove("storm")[1] is True
    services.undo.undo()
    services.templates.edit("news", TemplateDraft(subject="x"))
    services.undo.undo()
    assert failed(services) == []
    for state in reversed(states):
        assert dump(path) == state
        services.undo.undo()


def test_what_was_never_given_is_removed_for_good(services):
    """An item nobody got leaves no trace; one that was given is retired, and its name wakes it again."""
    who = add(services).id
    keep(services, "Typo")
    assert services.library.remove("Typo")[1] is False
    assert services.library.items(retired=True) == ()
    keep(services, "Checklist")
    log(services, who, "sent", "email", value="Checklist")
    assert services.library.remove("Checklist")[1] is True
    assert services.library.items() == ()
    assert keep(services, "checklist").given == 1


@pytest.mark.parametrize(
    "draft",
    [
        ValueDraft(""),
        ValueDraft("x", kind="thing"),
        ValueDraft("x", link="javascript:alert(1)"),
        ValueDraft("x", link="http://"),
        ValueDraft("x", channels=("pigeon",)),
        ValueDraft("Taken"),
        ValueDraft("TAKEN"),
    ],
)
def test_an_item_nobody_could_use_is_refused(services, draft):
    """No title, an unknown kind or channel, a link of another kind, a title twice: one clear line each."""
    keep(services, "Taken")
    with pytest.raises(UsageError):
        services.library.add(draft)
    assert len(services.library.items()) == 1


def test_templates_are_checked_as_they_are_kept(services):
    """An unknown placeholder never gets in, and a name is found by its beginning."""
    with pytest.raises(PhraseError, match="body, column 4"):
        services.templates.add(TemplateDraft("Mine", body="Hi {nobody}"))
    made, _ = services.templates.add(TemplateDraft("Mine", ("email",), "s", "Hi {first_name}", ("Relate",)))
    assert services.templates.get("mi") == made
    assert made.tags == ("relate",)
    assert [one.ok for one in services.templates.check(made.body)] == [False, True, True, True, False]
    assert services.templates.remove("mine")[1] is False
    with pytest.raises(NothingFound):
        services.templates.get("mine")
    assert services.templates.remove("News")[1] is True, "what ships is only retired"


def test_a_complete_export_carries_the_library(services, path, tmp_path):
    """Value items and templates, changed and retired ones too, come back as they were; twice changes nothing."""
    who = add(services).id
    keep(services, "Checklist", kind="press", text="two\nlines", link="https://example.com/a", tags=("roof",))
    log(services, who, "sent", "email", value="Checklist", template="News with a link")
    services.library.remove("Checklist")
    services.templates.edit("two times", TemplateDraft(body="Hi {first_name}, when?"))
    services.templates.remove("A time")
    services.templates.add(TemplateDraft("Mine", body="Hi"))
    services.exchange.export(tmp_path / "all.json")
    other = open_at(tmp_path / "other.db")
    first = other.exchange.import_files([tmp_path / "all.json"])[0]
    assert first.files[0].rejected == ()
    assert dump(tmp_path / "other.db", LIBRARY) == dump(path, LIBRARY)
    assert other.prospects.timeline(who).timeline[0].template == "News with a link"
    before = dump(tmp_path / "other.db", LIBRARY)
    other.exchange.import_files([tmp_path / "all.json"])
    assert dump(tmp_path / "other.db", LIBRARY) == before
    other.undo.undo()
    assert len(other.library.items(retired=True)) == 0
    other.close()


def test_a_broken_library_is_told_row_by_row(services, tmp_path):
    """What is no item or template is left out and named; the people come in (issue 5, bad input)."""
    add(services)
    services.exchange.export(tmp_path / "all.json")
    text = json.loads((tmp_path / "all.json").read_text())
    text["value_items"] = [7, {"title": "x"}, {"title": "y", "kind": "bomb", "created_at": "2026-11-22T00:00:00+00:00"}]
    text["templates"][0] |= {"name": "Other", "body": "{what}"}
    (tmp_path / "all.json").write_text(json.dumps(text))
    other = open_at(tmp_path / "other.db")
    report = other.exchange.import_files([tmp_path / "all.json"])[0].files[0]
    assert report.created == 1
    assert [one.field for one in report.rejected] == ["value_item 1", "value_item 2", "value_item 3", "template 1"]
    other.close()


def test_erasing_a_person_leaves_the_library(services, path):
    """Erase takes the person's touches with what they got, and nothing of the library."""
    who = add(services).id
    keep(services, "Checklist")
    log(services, who, "sent", "email", value="Checklist", template="Mine")
    before = dump(path, LIBRARY)
    services.prospects.erase(who)
    assert dump(path, LIBRARY) == before
    assert services.library.items()[0].given == 0


def test_the_coach_knows_the_template(path):
    """The same template twice running, and no contact in the configuration, are what the coach speaks of (§11)."""
    services = open_at(path, Clock(), replace(CONFIG, me=Me("Sam", "+49 30 123456")))
    who = add(services, "Ann Lee", "customer", benefit="x").id
    log(services, who, "sent", "email", template="A time this week", value="a")
    log(services, who, "sent", "email", template="A time this week", value="b")
    assert services.coach.hint(who).id == "same-again"
    assert services.compose.prepare(who, channel="email").template == "News with a link"
    services.close()
    bare = open_at(path, Clock())
    bare.coach.dismiss(who)
    bare.coach.dismiss(who)
    assert bare.coach.hint(who).id == "no-contact-info"
    bare.close()


def test_who_has_everything_hears_what_is_longest_ago(services, clock):
    """With nothing new left somebody nurtured is proposed the oldest item, and told when it was given (S0)."""
    who = add(services, relation="nurture").id
    for title in ("First", "Second"):
        keep(services, title)
        log(services, who, "sent", "email", value=title)
        clock.pass_(days=30)
    person = services.prospects.get(who)
    assert (person.proposed_value, person.proposed_given) == ("First", date(2026, 11, 23))
    message = services.compose.prepare(who, channel="email", template="")
    assert (message.proposed, message.proposed_given) == ("First", date(2026, 11, 23))
