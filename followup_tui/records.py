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
else:
    import dataclasses
    import inspect
    import threading

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
        awaited = [_Awaited(name, declared, options) for name in _AWAITED]
        parts |= {one.name: one for one in awaited}
        made = type(declared)(declared.__name__, declared.__bases__, parts)
        for one in awaited:
            one.owner = made
        return made

    def _make(made, declared, options):
        """Let the standard decorator work on the class as it was declared, and take over what it made."""
        with _making:
            if not isinstance(made.__dict__["__init__"], _Awaited):
                return
            dataclasses.dataclass(**options)(declared)
            for name in (*_MADE, *_AWAITED):
                if name in declared.__dict__:
                    setattr(made, name, declared.__dict__[name])
