"""Dataclasses that are cheap to declare: what `dataclasses` generates for a class is made when it is first used.

The standard decorator compiles up to eight functions for each class, 0.9 ms; the day's plan alone names more than a
hundred classes and makes objects of a few dozen. Here a class gets its slots at once, its `__init__` with the first
object, and the rest of `dataclasses.dataclass`, unchanged, when two objects are compared, one is printed or set, or
the fields are asked for. Type checkers see the standard decorator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import replace as replace
else:
    import dataclasses
    import inspect
    import threading
    from functools import cache
    from operator import attrgetter

    _MADE = ("__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__", "__match_args__", "__dataclass_params__")
    """What is taken over as it is made; the two below come last, for they say that everything is there."""
    _AWAITED = ("__dataclass_fields__", "__init__")
    _LATER = ("__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__")
    """What a class with an `__init__` of its own still waits for."""
    _NONE = object()
    """Stands for no default, and for a value that was not given."""
    _initialised_kinds = {}
    """Classes that have only their `__init__` so far, or had, with the names of their fields."""
    _making = threading.RLock()

    def dataclass(*, slots, **options):
        """Decorate as `dataclasses.dataclass(slots=True, …)` does, but generate nothing yet."""
        return lambda declared: _slotted(declared, options)

    class _Awaited:
        """Stands where something generated will be, and has it made when it is asked for."""

        def __init__(self, name, declared, options):
            self.name, self.declared, self.options = name, declared, options

        def __get__(self, instance, owner):
            if self.name != "__init__" or not _initialised(self.owner, self.declared, self.options):
                _make(self.owner, self.declared, self.options)
            found = self.owner.__dict__[self.name]
            return found.__get__(instance, owner) if hasattr(found, "__get__") else found

    def _slotted(declared, options):
        """Return the class with slots, its generated parts still awaited."""
        names = [name for name, kind in inspect.get_annotations(declared).items() if "ClassVar" not in str(kind)]
        inherited = {slot for base in declared.__mro__[1:] for slot in base.__dict__.get("__slots__", ())}
        left_out = {*names, "__dict__", "__weakref__"}
        parts = {name: value for name, value in declared.__dict__.items() if name not in left_out}
        parts["__slots__"] = tuple(name for name in names if name not in inherited)
        parts.setdefault("__reduce__", _taken_apart)
        awaited = [_Awaited(name, declared, options) for name in _AWAITED]
        parts |= {one.name: one for one in awaited}
        made = type(declared)(declared.__name__, declared.__bases__, parts)
        for one in awaited:
            one.owner = made
        return made

    def _taken_apart(record):
        """Return how to pickle a record: by its values, so that putting it together generates nothing."""
        kind = type(record)
        names, _ = _slots_of(kind)
        return _put_together, (kind, names, *[getattr(record, name) for name in names])

    def _put_together(kind, names, *values):
        """Return the record that was taken apart; AttributeError when its kind has other fields by now."""
        record = object.__new__(kind)
        known, setters = _slots_of(kind)
        if names != known:
            raise AttributeError(f"{kind.__name__} has other fields than the record that was sent")
        for put, value in zip(setters, values, strict=True):
            put(record, value)
        return record

    @cache
    def _slots_of(kind):
        """Return the names of all fields, and what sets each; the same names each time: a pickle holds them once."""
        names = tuple(name for base in reversed(kind.__mro__) for name in base.__dict__.get("__slots__", ()))
        return names, tuple(getattr(kind, name).__set__ for name in names)

    def _make(made, declared, options):
        """Let the standard decorator work on the class as it was declared, and take over what it made."""
        with _making:
            if not isinstance(made.__dict__["__dataclass_fields__"], _Awaited):
                return
            dataclasses.dataclass(**options)(declared)
            for name in (*_MADE, *_AWAITED):
                if name in declared.__dict__:
                    setattr(made, name, declared.__dict__[name])

    def _initialised(made, declared, options):
        """Give the class an `__init__` as dataclasses would, and let the rest wait; False where it is no plain one."""
        inherits = any("__dataclass_fields__" in base.__dict__ for base in made.__mro__[1:])
        own = any(name in declared.__dict__ for name in (*_LATER, "__init__", "__post_init__", "__match_args__"))
        special = any(isinstance(one, dataclasses.Field) and not _is_plain(one) for one in declared.__dict__.values())
        if inherits or own or special or options.keys() - {"frozen"}:
            return False
        with _making:
            if isinstance(made.__dict__["__init__"], _Awaited):
                frozen = options.get("frozen", False)
                names = [name for name in made.__slots__ if name in declared.__annotations__]
                for name in _LATER[: 5 if frozen else 2]:
                    later = _Awaited(name, declared, options)
                    later.owner = made
                    setattr(made, name, later)
                if not frozen:
                    made.__hash__ = None
                made.__match_args__ = _initialised_kinds[made] = tuple(names)
                made.__init__ = _initialiser(made, {name: declared.__dict__.get(name, _NONE) for name in names}, frozen)
            return True

    def _is_plain(field):
        """Whether a field does nothing but to have a default."""
        return field.init and field.kw_only is dataclasses.MISSING

    def _initialiser(made, defaults, frozen):
        """Return an `__init__` that takes these in order, with their defaults."""
        given, taken, known = [], [], {"_set": object.__setattr__}
        for name, default in defaults.items():
            value = name
            if isinstance(default, dataclasses.Field):
                if default.default_factory is not dataclasses.MISSING:
                    known |= {f"_make_{name}": default.default_factory, "_NONE": _NONE}
                    known[f"_default_{name}"] = default = _NONE
                    value = f"_make_{name}() if {name} is _NONE else {name}"
                else:
                    default = default.default
            if default is not _NONE and default is not dataclasses.MISSING:
                known[f"_default_{name}"] = default
            given.append(f"{name}=_default_{name}" if f"_default_{name}" in known else name)
            taken.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
        body = "\n    ".join(taken or ["pass"])
        exec(f"def __init__(self, {', '.join(given)}):\n    {body}", known)
        known["__init__"].__qualname__ = f"{made.__qualname__}.__init__"
        return known["__init__"]

    def replace(record, /, **changes):
        """Return the record with other values, as `dataclasses.replace` does, in half of the time.

        A fold of a journal replaces the state half a dozen times with every entry.
        """
        kind = type(record)
        found = _in_order(kind)
        if found is None:
            return dataclasses.replace(record, **changes)
        values_of, places = found
        values = [*values_of(record)]
        for name, value in changes.items():
            if name not in places:
                raise TypeError(f"{kind.__name__} has no field {name}")
            values[places[name]] = value
        return kind(*values)

    @cache
    def _in_order(kind):
        """Return what reads all fields, and their places; None where they can't all be given by their place."""
        names = _initialised_kinds.get(kind)
        if names is None:
            fields = dataclasses.fields(kind)
            names = [field.name for field in fields if field.init and not field.kw_only]
            if len(names) < len(fields):
                return None
        return (attrgetter(*names), {name: n for n, name in enumerate(names)}) if len(names) > 1 else None
