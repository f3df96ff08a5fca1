"""Finding people: words, misspelt names, orders, lists under a name, and an index that never lags behind."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_tui.errors import FollowupError, NothingFound, PhraseError, UsageError
from followup_tui.services.views import ProspectDraft
from followup_tui.storage import finding
from followup_tui.storage.ordering import ORDERS
from tests.factories import CONFIG, Clock, add, failed, log, open_at
from tests.figures import size


def names(services, words: str) -> list[str]:
    return [row.name for row in services.prospects.search(words)]


@pytest.fixture
def some(services):
    """Three people, each known by something else."""
    add(services, "Jörg Straße", company="Ålesund Øl", email="jorg@olsen.example", phone="+49 151 23456789")
    maria = add(services, "Maria Cole", email="", phone="+49 30 111222", why="asked after the hail storm").id
    add(services, "Ann Lee", company="Maritime Tiles", email="", phone="+49 30 333444")
    log(services, maria, "spoke", note="likes Öl paintings")
    return services


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("maria", ["Maria Cole"]),
        ("mari", ["Maria Cole", "Ann Lee"]),
        ("strasse", ["Jörg Straße"]),
        ("JÖRG", ["Jörg Straße"]),
        ("str jorg", ["Jörg Straße"]),
        ("alesund", ["Jörg Straße"]),
        ("ol", ["Jörg Straße"]),
        ("olsen", ["Jörg Straße"]),
        ("0151 23456", ["Jörg Straße"]),
        ("hail", ["Maria Cole"]),
        ("xylophone", []),
        ("paint", ["Maria Cole"]),
        ("mraia", ["Maria Cole"]),
        ("joerg stasse", ["Jörg Straße"]),
        ("“%_?", []),
        ("ritime", ["Ann Lee"]),
        ("itim les", ["Ann Lee"]),
        ("lsen.ex", ["Jörg Straße"]),
        ("rit", ["Ann Lee"]),
        ("it", []),
        ("+49 (0)30 33-34-44", ["Ann Lee"]),
        ("0049 30 333444", ["Ann Lee"]),
    ],
)
def test_words_find_names_first_then_what_is_known(some, words, found):
    """Beginnings of words first, accents and case aside, then their inside; a wrong letter in a name is forgiven."""
    assert names(some, words) == found


@pytest.mark.parametrize(
    "number",
    ["030 333444", "+49 30 333444", "0049 30 333444", "+49 (0)30 333444", "(030) 33 34-44", "3444"],
)
def test_a_number_is_found_in_any_writing(some, number):
    """Spaces, brackets, country and trunk zero don't matter, in the filter as in the search."""
    assert names(some, number) == ["Ann Lee"]
    assert [row.name for row in some.prospects.find(number)] == ["Ann Lee"]
    assert [row.name for row in some.prospects.find(f"{number} -tag:vip maritime")] == ["Ann Lee"]


def test_a_number_without_its_country_is_found_with_it(path, clock):
    """A number kept without a country, for no default region is set, is found by one typed with it."""
    services = open_at(path, clock, replace(CONFIG, default_region=""))
    add(services, "Bo", email="", phone="(415) 555-0100")
    assert names(services, "+1 415 555 0100") == ["Bo"]
    assert names(services, "+1 415 555 0101") == []
    services.close()


def test_a_filter_looks_inside_names_too(some):
    """Free words of three letters and more may stand inside a word of a name or a company."""
    for words, found in (("ritime", ["Ann Lee"]), ("rit", ["Ann Lee"]), ("it", []), ("ann ritime", ["Ann Lee"])):
        assert [row.name for row in some.prospects.find(words)] == found


@pytest.mark.parametrize(
    "words", ["maria", "mari", "ol", "ile", "rit", "0151 23456", "hail", "mraia", "漢", "xylophone"]
)
def test_what_is_found_at_once_is_where_the_search_begins(some, words):
    """A list that is shown before the whole search is done only grows at its end, unless nobody was in it."""
    add(some, "漢字 漢", email="")
    whole, at_once = names(some, words), [row.name for row in some.prospects.surest(words)]
    assert whole[: len(at_once)] == at_once


def test_misspelt_names_are_those_of_now(some):
    """The words of names are kept between searches; who came, left, or is called otherwise is known at once."""
    assert names(some, "quentln") == []
    who = add(some, "Quentin Low").id
    assert names(some, "quentln") == ["Quentin Low"]
    some.prospects.edit(who, ProspectDraft(name="Wilhelmina Low"))
    assert (names(some, "quentln"), names(some, "wilhelmna")) == ([], ["Wilhelmina Low"])
    some.undo.undo()
    assert (names(some, "quentln"), names(some, "wilhelmna")) == (["Quentin Low"], [])
    log(some, who, "spoke")
    assert names(some, "quentln") == ["Quentin Low"]


def test_nobody_meant_names_who_is_like_it(some):
    """A misspelt WHO is an error that helps."""
    with pytest.raises(NothingFound, match="nobody matches “Anm Le”") as caught:
        some.prospects.resolve("Anm Le")
    assert caught.value.hint == "did you mean Ann Lee?"


STEPS = st.lists(st.sampled_from(("add", "edit", "log", "note", "erase", "undo", "redo", "tag", "star")), max_size=12)


@settings(max_examples=size(12, 200), deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, words=st.lists(st.sampled_from(("Zoë", "Straße", "roof", "=1", "漢字", "")), min_size=12))
def test_the_index_never_lags_behind(tmp_path_factory, steps, words):
    """Whatever is done, undone and erased: index and columns of filters are what they are made of."""
    services = open_at(tmp_path_factory.mktemp("found") / "f.db", Clock())
    ids = [add(services, "Ann Lee", why="hail").id]
    for step, word in zip(steps, words, strict=False):
        try:
            match step:
                case "add":
                    ids.append(add(services, f"{word} Lee", note=word).id)
                case "edit":
                    services.prospects.edit(
                        ids[-1], ProspectDraft(name=f"Bo {word}", why=word, email=f"{word}@x.example")
                    )
                case "log":
                    log(services, ids[-1], "replied", "email", note=word, value=word)
                case "note":
                    log(services, ids[0], note=word)
                case "erase" if len(ids) > 1:
                    services.prospects.erase(ids.pop())
                case "undo":
                    services.undo.undo()
                case "redo":
                    services.undo.redo()
                case "tag":
                    services.bulk.tag(ids, [word or "roof"])
                case "star":
                    services.bulk.star(ids)
        except FollowupError:
            pass  # impossible just then
    with services._context.database.reading() as connection:
        assert list(finding.problems(connection)) == []
    services.close()


def test_rebuilding_makes_the_index_anew(some, path):
    """What doctor finds wrong in it, `doctor --rebuild` mends."""
    connection = some._context.database.connection()
    connection.execute("UPDATE standing SET naked = 1, answered = 0, starred = 1")
    connection.execute("INSERT INTO found_note (found_note) VALUES ('delete-all')")
    assert len(failed(some)) == 1
    some.doctor.rebuild()
    assert failed(some) == []
    assert names(some, "paint") == ["Maria Cole"]


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_has_everybody_once(some, order):
    """An order says where everybody stands; backwards it is the same from the end."""
    ids = list(some.prospects.listing("", order).ids)
    assert sorted(ids) == sorted(some.prospects.listing().ids)
    assert len(ids) == 3
    assert list(some.prospects.listing("", order, backwards=True).ids) == ids[::-1]
    assert [row.id for row in some.prospects.rows_of(ids)] == ids


def test_orders_say_what_they_sort_by(some):
    """Companies by the alphabet with none last, the newest touch first; a filter keeps the order."""

    def order(name: str, filter: str = "") -> list[str]:
        return [row.name for row in some.prospects.rows_of(some.prospects.listing(filter, name).ids)]

    assert order("company") == ["Jörg Straße", "Ann Lee", "Maria Cole"]
    assert order("last")[0] == "Maria Cole"
    assert order("company", "-maria") == ["Jörg Straße", "Ann Lee"]
    with pytest.raises(UsageError, match="unknown order"):
        order("shoe size")


def test_many_are_read_as_one_is(some):
    """Cards read together are those read one by one."""
    ids = list(some.prospects.listing().ids)
    assert some.prospects.get_many([*ids, "nobody"]) == [some.prospects.get(who) for who in ids]


def test_lists_have_names_and_stand_for_their_filters(some):
    """A saved filter is counted, used inside others, renamed, moved and removed, each as one step."""
    lists = some.lists
    lists.save("Talkers", "has:response")
    lists.save("Mine", "list:talkers or name:lee")
    assert [(one.name, one.count) for one in lists.counted()][-2:] == [("Talkers", 1), ("Mine", 2)]
    assert some.prospects.count('-list:"mine" list:"high capacity" or list:mine') == 2
    with pytest.raises(FollowupError, match="“Mine” names “Talkers”"):
        lists.remove("talkers")
    lists.shift("mine", -1)
    lists.rename("Mine", "Ours")
    assert [one.name for one in lists.all()][-2:] == ["Ours", "Talkers"]
    lists.remove("Ours")
    assert [change.name for change in some.undo.history(3)] == [
        *("Remove list Ours", "Rename list Mine to Ours", "Move list Mine"),
    ]
    some.undo.undo(3)
    assert [one.name for one in lists.all()][-2:] == ["Talkers", "Mine"]


def test_lists_that_would_hold_themselves_are_refused_at_their_column(services):
    """A circle is found when it is saved, and again when it is used; an unknown list is named with its place."""
    services.lists.save("One", "relation:cold")
    services.lists.save("Two", "list:one star")
    for name, filter, column in (("One", "star or list:two", 14), ("Three", "list:three", 6), ("One", "list:one", 6)):
        with pytest.raises(PhraseError, match="would hold itself") as caught:
            services.lists.save(name, filter)
        assert caught.value.column == column or name == "Three"
    with pytest.raises(PhraseError, match="there is no list “tow” – did you mean two") as caught:
        services.prospects.count("star list:tow")
    assert caught.value.column == 11
    with pytest.raises(UsageError, match="ships with Followup"):
        services.lists.save("overdue", "star")
    with pytest.raises(UsageError, match="finds everybody"):
        services.lists.save("All", "  ")
    assert services.lists.all()[-2].filter == "relation:cold"


def test_a_verb_on_many_is_one_step_and_names_who_was_refused(some):
    """Those who can be changed are, in one step; the others are named with the reason."""
    ids = list(some.prospects.listing().ids)
    some.bulk.close(ids[:1])
    done, changes = some.bulk.close(ids, "enough")
    assert (done.done, [(who.id, why) for who, why in done.refused]) == (2, [(ids[0], "is closed already")])
    assert changes.name == "Close · 2 prospects"
    some.undo.undo()
    assert [person.relation for person in some.prospects.get_many(ids)].count("closed") == 1
    with pytest.raises(UsageError, match="nobody was changed: Ann Lee is closed already"):
        some.bulk.close(ids[:1])
    before = len(some.undo.history())
    with pytest.raises(FollowupError, match="cancelled"):
        some.bulk.tag(ids, ["roof"], lambda done: False)
    assert len(some.undo.history()) == before
    some.bulk.tag(ids, ["Roof", "vip"])
    some.bulk.tag(ids, ["-vip"])
    assert [person.tags for person in some.prospects.get_many(ids)] == [("roof",)] * 3
    assert failed(some) == []


def test_an_export_of_nobody_writes_nothing(some, tmp_path):
    """A filter that finds nobody is told, and the file in the way stays as it is; the marked are written as chosen."""
    file = tmp_path / "people.csv"
    file.write_text("mine", "utf-8")
    with pytest.raises(NothingFound, match="nobody matches tag:none-such"):
        some.exchange.export(file, where="tag:none-such")
    assert file.read_text("utf-8") == "mine"
    ids = list(some.prospects.listing().ids)
    assert some.exchange.export(file, ids=ids[1:]) == 2


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("mraia", ["Maria Cole"]),
        ("mraia cole", ["Maria Cole"]),
        ("maria", []),
        ('"mraia"', []),
        ("mraia relation:cold", []),
        ("mraia or xylophone", []),
        ("-mraia", []),
        ("mraia -cole", []),
        ("xylophone", []),
    ],
)
def test_only_plain_words_that_find_nobody_are_forgiven(some, words, found):
    """The table shows who is near and says so; a filter for files and cadences stays exactly what it says."""
    near = some.prospects.near(words)
    listing = some.prospects.listing(words)
    assert [row.name for row in some.prospects.rows_of(near)] == found
    assert listing.near == bool(found)
    if found:
        assert list(listing.ids) == near
        assert some.prospects.find(words) == []
        assert some.prospects.count(words) == 0
