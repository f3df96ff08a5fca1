"""Dataclasses that are cheap to declare: what `dataclasses` generates for a class is made when it is first used.

The standard decorator compiles up to eight functions for each class, 0.9 ms; the day's plan alone names more than a
hundred classes and makes objects of a few dozen. Here a class gets its slots at once and the rest of
`dataclasses.dataclass`, unchanged, with the first object, or the first look at its fields. Type checkers see the
standard decorator.
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
    _making = threading.RLock()

    def dataclass(*, slots, **options):
        """Decorate as `dataclasses.dataclass(slots=True, …)` does, but generate nothing yet."""
        return lambda declared: _slotted(declared, options)

    class _Awaited:
        """Stands where something generated will be, and has it made when it is asked for."""

        def __init__(self, name, declared, options):
            self.name, self.declared, self.options = name, declared, options

        def __get__(self, instance, owner):
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
        names = [name for base in reversed(kind.__mro__) for name in base.__dict__.get("__slots__", ())]
        return _put_together, (kind, tuple(names), tuple([getattr(record, name) for name in names]))

    def _put_together(kind, names, values):
        """Return the record that was taken apart."""
        record = object.__new__(kind)
        for name, value in zip(names, values, strict=True):
            object.__setattr__(record, name, value)
        return record

    def _make(made, declared, options):
        """Let the standard decorator work on the class as it was declared, and take over what it made."""
        with _making:
            if not isinstance(made.__dict__["__init__"], _Awaited):
                return
            dataclasses.dataclass(**options)(declared)
            for name in (*_MADE, *_AWAITED):
                if name in declared.__dict__:
                    setattr(made, name, declared.__dict__[name])

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
        fields = dataclasses.fields(kind)
        if len(fields) < 2 or any(field.kw_only or not field.init for field in fields):
            return None
        return attrgetter(*(field.name for field in fields)), {field.name: n for n, field in enumerate(fields)}
