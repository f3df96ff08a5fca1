"""Who looks like one person: the pairs, their reasons, and those said to be two (issue 5)."""

from __future__ import annotations

import random

import pytest

from followup_tui.domain.likeness import firm_words, initials_fit, name_words
from followup_tui.errors import FollowupError, UsageError
from followup_tui.services import duplicates
from followup_tui.services.duplicates import _CROWD, _near, _one, _pairs
from followup_tui.services.views import ProspectDraft
from tests.factories import add, dump, open_at


@pytest.fixture
def services(path, clock):
    opened = open_at(path, clock)
    yield opened
    opened.close()


def somebody(services, name: str, company: str = "", **details: str) -> str:
    facts = {"phone": None, "email": None} | details
    return add(services, name, "pool", company=company, **facts).id


def pairs(services) -> dict[frozenset[str], tuple[int, tuple[str, ...]]]:
    return {frozenset((one.a.name, one.b.name)): (one.score, one.reasons) for one in services.duplicates.scan()}


def test_same_email_and_same_phone(services):
    """However a number is written, and whoever shares it: alike names score high, others may share a desk."""
    somebody(services, "Ann Lee", phone="+49 30 901820")
    somebody(services, "Anne Lee", mobile="030 901820", email="ANN@acme.example")
    somebody(services, "Bo Chan", email="ann@acme.example")
    found = pairs(services)
    score, reasons = found[frozenset(("Ann Lee", "Anne Lee"))]
    assert (score, reasons) == (96, ("same phone +4930901820",))
    score, reasons = found[frozenset(("Anne Lee", "Bo Chan"))]
    assert score < 75
    assert reasons == ("same e-mail ann@acme.example, other name",)
    assert len(found) == 2


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (("Ann Lee", "Acme GmbH"), ("Ann  LEE", "ACME"), "same name, same company"),
        (("Zoë Müller", "Acme"), ("Zoe Mueller", "Acme"), "near name, same company"),
        (("Stefan Müller", "Acme GmbH"), ("Stephan Mueller", "Acme"), "near name, same company"),
        (("Robert Ray", "Delta Freight"), ("Bob Ray", "Delta Freight Ltd."), "same name, same company"),
        (("Ray, Robert", "Delta"), ("Robert Ray", "Delta"), "same name, same company"),
        (("Dr. Cy Diaz", "Eastside Dental"), ("Cy Diaz", "Eastside Dentall"), "same name, near company"),
        (("J. Smith", "Acme"), ("John Smith", "Acme"), "initials fit, same company"),
        (("Johnathan Smithe", "Acme"), ("Johnathan Smith", "Acme"), "near name, same company"),
        (("Ann Lee", ""), ("Ann Lee", "Acme"), "same name, one without a company"),
        (("Ann Lee", ""), ("Lee Ann", ""), "same name, no company"),
    ],
)
def test_near_names(services, one, other, reason):
    """Case, accents, order, nicknames, titles, legal forms and a typo don't make two people."""
    for name, company in (one, other):
        somebody(services, name, company)
    assert [found.reasons for found in services.duplicates.scan()] == [(reason,)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ann Lee", "Acme"), ("Ann Lee", "Delta Freight")),
        (("Ann Lee", "Acme"), ("Bo Chan", "Acme")),
        (("Ann", ""), ("Ann", "Acme")),
        (("Maria Weber", "Acme"), ("Mario Becker", "Acme")),
        (("J. Smith", "Acme"), ("A. Smith", "Acme")),
    ],
)
def test_two_people(services, one, other):
    """A name alone, or a company alone, is no sign; a first name without a company neither."""
    for name, company in (one, other):
        somebody(services, name, company)
    assert services.duplicates.scan() == []


def test_several_reasons_are_one_pair(services):
    """A pair is there once, with all that speaks for it, and the surest pair stands first."""
    for _ in range(3):
        somebody(services, "Ann Lee", "Acme", email="ann@acme.example", phone="+49 30 901820")
    somebody(services, "Bo Chan", "Delta")
    somebody(services, "Bo Chann", "Delta")
    found = services.duplicates.scan()
    assert len(found) == 4
    assert {pair.score for pair in found[:3]} == {100}
    assert found[0].reasons == ("same e-mail ann@acme.example", "same phone +4930901820", "same name, same company")


def test_said_to_be_two_is_not_asked_again(services, path):
    """Until it is undone; and after a merge it holds for the one who stays."""
    one, two = somebody(services, "Ann Lee", "Acme"), somebody(services, "Anne Lee", "Acme")
    before = dump(path)
    changes = services.duplicates.apart(two, one)
    assert changes.name == "Keep apart Anne Lee · Ann Lee"
    assert services.duplicates.scan() == []
    assert services.duplicates.apart(one, two).change == 0
    services.undo.undo()
    assert dump(path) == before
    assert len(services.duplicates.scan()) == 1
    services.undo.redo()
    three = somebody(services, "Anna Lee", "Acme")
    services.merging.merge(three, two)
    assert services.duplicates.scan() == []
    with pytest.raises(UsageError, match="one prospect"):
        services.duplicates.apart(one, one)


def test_a_scan_can_be_cancelled(services):
    """Progress is told, and saying no ends it with one line."""
    somebody(services, "Ann Lee", "Acme")
    seen: list[tuple[int, int]] = []
    services.duplicates.scan(lambda done, total: seen.append((done, total)) is None)
    assert seen[-1] == (1, 1)
    with pytest.raises(FollowupError, match="cancelled"):
        services.duplicates.scan(lambda done, total: False)


def test_those_just_brought_in(services, tmp_path, monkeypatch):
    """An import asks how many of its people look like somebody who is here."""
    somebody(services, "Ann Lee", "Acme")
    file = tmp_path / "people.csv"
    file.write_text("Name,Company,Email\nAnne Lee,Acme,anne@x.example\nBo Chan,Acme,bo@x.example\n")
    view, changes = services.exchange.import_files([file])
    assert view.files[0].created == 2
    assert services.duplicates.similar(changes.change) == 1
    _, changes = services.prospects.add(ProspectDraft(name="Ann Lee", company="Acme", relation="pool"))
    assert services.duplicates.similar(changes.change) == 1
    assert services.duplicates.similar(0) == 0
    monkeypatch.setattr(duplicates, "IN_PASSING", 0)
    assert services.duplicates.similar(changes.change) is None


def test_a_crowd_costs_no_square():
    """The pairs looked at grow with the people: five thousand of one firm and one desk are neighbours by name."""
    dice = random.Random(1)
    crowd = {f"p{n}": _one(" ".join(dice.choice("abcdefgh") * 3 for _ in range(2)), "acme") for n in range(5000)}
    assert len(list(_near(list(crowd), crowd))) < 5000 * 2 * _CROWD
    near = dict(crowd)
    near |= {"p1": _one("ann lee", ""), "p2": _one("ann lee", "")}
    found = _pairs(near, [("phone", "+49301", sorted(near))], None)
    assert found["p1", "p2"].score > 95
    assert not any("other name" in reason for one in found.values() for reason in one.reasons)


def test_words():
    """What names are made of, for the scan."""
    assert name_words("dr bob ray") == ("ray", "robert")
    assert name_words("dr") == ("dr",)
    assert firm_words("acme roofing gmbh & co kg") == "acme roofing"
    assert firm_words("co") == "co"
    assert initials_fit(("j", "smith"), ("john", "smith"))
    assert not initials_fit(("j", "s"), ("john", "smith"))
    assert not initials_fit(("john", "smith"), ("john", "smith"))
