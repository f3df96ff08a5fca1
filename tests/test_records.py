"""Records: the same as dataclasses with slots, only later."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
import threading
from typing import ClassVar

import pytest

from followup_tui.records import _put_together, dataclass, replace


@dataclass(frozen=True, slots=True)
class _Point:
    """A place."""

    KIND: ClassVar[str] = "point"
    x: int
    y: int = 2
    tags: tuple[str, ...] = dataclasses.field(default=())


@dataclass(frozen=True, slots=True)
class _Named(_Point):
    name: str = ""

    def __post_init__(self) -> None:
        if self.name == "nowhere":
            raise ValueError(self.name)


@dataclass(slots=True)
class _Count:
    seen: list[int] = dataclasses.field(default_factory=list)


def test_a_record_is_a_dataclass_with_slots() -> None:
    """Fields, defaults, equality, hash, text, replacing and matching are those of the standard decorator."""
    one, same = _Point(1), _Point(1, 2)
    assert (one, hash(one), repr(one)) == (same, hash(same), "_Point(x=1, y=2, tags=())")
    assert dataclasses.replace(one, x=3) == _Point(3)
    match one:
        case _Point(x, y):
            assert (x, y) == (1, 2)
    assert not hasattr(one, "__dict__")
    assert _Point.KIND == "point"
    assert _Count() == _Count([])
    assert _Count().seen is not _Count().seen


def test_a_frozen_record_stays_as_it_was_made() -> None:
    """Nothing is set or deleted."""
    one = _Point(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.x = 2  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.y


def test_a_record_tells_its_fields_before_the_first_object() -> None:
    """Codec, signature and `is_dataclass` see the class whole although nothing has used it yet."""

    @dataclass(frozen=True, slots=True)
    class Fresh(_Named):
        last: int = 0

    assert dataclasses.is_dataclass(Fresh)
    assert [field.name for field in dataclasses.fields(Fresh)] == ["x", "y", "tags", "name", "last"]
    assert list(inspect.signature(Fresh).parameters) == ["x", "y", "tags", "name", "last"]
    assert Fresh.__slots__ == ("last",)
    with pytest.raises(ValueError, match="nowhere"):
        Fresh(1, name="nowhere")


def test_threads_make_a_record_once() -> None:
    """Whoever comes while a class is being made waits for it."""

    @dataclass(frozen=True, slots=True)
    class Shared:
        number: int

    barrier, made = threading.Barrier(8), list[Shared]()

    def use(number: int) -> None:
        barrier.wait()
        made.append(Shared(number))

    threads = [threading.Thread(target=use, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.number for one in made) == list(range(8))


@dataclass(frozen=True, slots=True)
class _Alone:
    only: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Called:
    first: int = 0
    second: int = 0


def test_an_object_alone_has_only_its_start_generated(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest waits until something needs it, and is then that of the standard decorator, whatever comes first."""
    made: list[type] = []
    usual = dataclasses.dataclass
    monkeypatch.setattr(
        dataclasses, "dataclass", lambda **options: lambda one: made.append(one) or usual(**options)(one)
    )

    def fresh(frozen: bool) -> type:
        @dataclass(frozen=frozen, slots=True)
        class Fresh:
            a: int
            b: list[int] | None = dataclasses.field(default_factory=list)
            c: int = dataclasses.field(default=3)
            d: str | None = None

        return Fresh

    for frozen in (True, False):
        kind = fresh(frozen)
        one, other = kind(1), kind(1, None, d="x")
        match one:
            case kind(a, b, c, d):  # type: ignore[misc]
                assert (a, b, c, d) == (1, [], 3, None)
        assert (other.a, other.b, other.c, other.d) == (1, None, 3, "x")
        assert one.b is not kind(1).b
        with pytest.raises(TypeError):
            kind()
        with pytest.raises(TypeError):
            kind(1, unknown=2)
        assert made == []
        assert one == kind(1)
        assert one != other
        assert made != []
        made.clear()
    assert repr(fresh(True)(1)).endswith("Fresh(a=1, b=[], c=3, d=None)")
    assert hash(fresh(True)(1, None)) == hash(fresh(True)(1, None))
    with pytest.raises(TypeError):
        hash(fresh(False)(1))
    lasting, changing = fresh(True)(1), fresh(False)(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        lasting.a = 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        del lasting.a
    changing.a = 2
    assert replace(changing, c=5) == type(changing)(2, [], 5)


def test_replacing_is_that_of_dataclasses() -> None:
    """Other values, or none, make the record that the standard function makes; what is no field is refused."""
    for one, changes in (
        (_Point(1, 3, ("a",)), {"y": 4, "tags": ()}),
        (_Point(1), {}),
        (_Named(1, name="here"), {"name": "there", "x": 0}),
        (_Alone(2), {"only": 5}),
        (_Called(first=1), {"second": 2}),
    ):
        assert replace(one, **changes) == dataclasses.replace(one, **changes)  # type: ignore[type-var]
    with pytest.raises(ValueError, match="nowhere"):
        replace(_Named(1), name="nowhere")
    with pytest.raises(TypeError, match="no field z"):
        replace(_Point(1), z=1)


def test_a_record_goes_to_another_process_and_back() -> None:
    """What was given comes back, the fields of a base first; nothing is checked or made anew on the way."""
    named = _Named(1, name="here")
    object.__setattr__(named, "name", "nowhere")
    back = pickle.loads(pickle.dumps([named, _Point(3), _Count([1])], pickle.HIGHEST_PROTOCOL))
    assert back == [named, _Point(3), _Count([1])]
    assert back[0].name == "nowhere"


def test_a_record_of_another_version_is_no_record_of_this_one() -> None:
    """Values never end up in the fields of others: the program was replaced while it ran."""
    with pytest.raises(AttributeError, match="other fields"):
        _put_together(_Point, ("y", "x", "tags"), 1, 2, ())
