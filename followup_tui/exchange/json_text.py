"""JSON read piece by piece, so that a file of any size takes the memory of one entry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

VALUE_LIMIT = 1 << 24
"""Characters in one value: more is no contact, and no journal either."""
_CHUNK = 1 << 16
_BLANK = re.compile(r"[ \t\r\n\ufeff]*")


class NotJson(ValueError):
    """The text is not JSON at this line."""

    def __init__(self, why: str, line: int) -> None:
        super().__init__(f"line {line}: {why}")


class JsonText:
    """A cursor in a JSON text."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._buffer = ""
        self._at = 0
        self._ended = False
        self.line = 1
        """1-based line of what was read last."""
        self._decode = json.JSONDecoder().raw_decode

    def _more(self) -> None:
        self._buffer = self._buffer[self._at :]
        self._at = 0
        piece = self._file.read(max(_CHUNK, len(self._buffer)))
        self._ended = not piece
        self._buffer += piece

    def _move(self, to: int) -> None:
        self.line += self._buffer.count("\n", self._at, to)
        self._at = to

    def peek(self) -> str:
        """Return the next character that is no blank; empty at the end."""
        while True:
            found = _BLANK.match(self._buffer, self._at)
            self._move(found.end() if found else self._at)
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if self._ended:
                return ""
            self._more()

    def take(self, mark: str) -> bool:
        """Pass a mark if it comes next."""
        if self.peek() != mark:
            return False
        self._move(self._at + 1)
        return True

    def need(self, mark: str) -> None:
        """Pass a mark; NotJson when something else stands there."""
        if not self.take(mark):
            here = self.peek()
            raise NotJson(f"{mark} expected, {here or 'the end'} found", self.line)

    def end(self) -> None:
        """NotJson when anything but blanks is left."""
        if here := self.peek():
            raise NotJson(f"the end expected, {here} found", self.line)

    def value(self) -> Any:
        """Read one whole value; NotJson when it is none."""
        self.peek()
        while True:
            try:
                value, end = self._decode(self._buffer, self._at)
                if end < len(self._buffer) or self._ended:
                    self._move(end)
                    return value
            except RecursionError:
                raise NotJson("nested too deeply", self.line) from None
            except json.JSONDecodeError as error:
                if self._ended:
                    line = self.line + self._buffer.count("\n", self._at, error.pos)
                    raise NotJson(error.msg, line) from None
            except ValueError as error:
                raise NotJson(str(error), self.line) from None
            if len(self._buffer) - self._at > VALUE_LIMIT:
                raise NotJson("not JSON, or one value of more than 16 MB", self.line)
            self._more()

    def names(self) -> Iterator[str]:
        """Yield the names in an object; the caller reads or passes each value before the next."""
        self.need("{")
        if self.take("}"):
            return
        while True:
            key = self.value()
            if not isinstance(key, str):
                raise NotJson("a name in quotation marks expected", self.line)
            self.need(":")
            yield key
            if not self.take(","):
                self.need("}")
                return

    def items(self) -> Iterator[tuple[int, Any]]:
        """Yield line and value of each item of a list."""
        self.need("[")
        if self.take("]"):
            return
        while True:
            self.peek()
            line = self.line
            yield line, self.value()
            if not self.take(","):
                self.need("]")
                return
