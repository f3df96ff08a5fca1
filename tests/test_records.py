"""Records: the same as dataclasses with slots, only later."""

from __future__ import annotations

import dataclasses
import inspect
import threading
from typing import ClassVar

import pytest

from followup_tui.records import dataclass, replace


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
