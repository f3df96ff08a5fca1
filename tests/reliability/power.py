"""A disk that forgets: what SQLite writes and syncs is recorded, and what a power cut could have left is made of it.

The model of the disk (pessimistic where disks are, and where POSIX allows it): a write is on the disk once its file was
synced after it; before, any subset of the writes may be there, in whole sectors of 512 bytes. Names appear and vanish
in their order; a name is on the disk once its file, or the folder, was synced.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512
_NUMBERS = itertools.count()


@dataclass(slots=True)
class Stored:
    """One file, whatever its name: its content now."""

    number: int
    data: bytearray = field(default_factory=bytearray)


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was asked of the disk."""

    what: str
    """write, truncate, sync (of a file) · enter, remove, folder (of names) · said (to the user)."""
    file: int = -1
    at: int = 0
    """Offset of a write, size of a truncation, number of what was said."""
    data: bytes = b""
    name: str = ""


class Disk:
    """Files by name, and everything that was ever done to them, in order."""

    def __init__(self) -> None:
        self.done: list[Done] = []
        self.names: dict[str, Stored] = {}
        self._before: dict[str, tuple[int, bytes]] = {}

    def put(self, name: str, data: bytes) -> None:
        """Have a file on the disk."""
        self.names[name] = Stored(next(_NUMBERS), bytearray(data))

    def begin(self) -> None:
        """Take everything there is for synced, and record from here on."""
        self._before = {name: (file.number, bytes(file.data)) for name, file in self.names.items()}
        self.done.clear()

    def opened(self, name: str) -> Stored:
        """Return the file of that name, made when it is missing."""
        if name not in self.names:
            self.names[name] = Stored(next(_NUMBERS))
            self.done.append(Done("enter", self.names[name].number, name=name))
        return self.names[name]

    def removed(self, name: str, *, synced: bool) -> None:
        """Take a name away."""
        del self.names[name]
        self.done.append(Done("remove", name=name))
        if synced:
            self.done.append(Done("folder"))

    def said(self, until: int) -> int:
        """Return how much was acknowledged within the first so many things."""
        return max((one.at for one in self.done[:until] if one.what == "said"), default=0)

    def left(self, until: int, chance: random.Random | None = None) -> dict[str, bytes]:
        """Return the files after a cut behind so many things: all of them there, or by chance only what had to be."""
        done = self.done[:until]
        safe = [True] * until if chance is None else _safe(done)
        entries = dict(self._before_numbers())
        contents = {number: bytearray(data) for number, data in self._before.values()}
        names = [index for index, one in enumerate(done) if one.what in ("enter", "remove")]
        sure = [index for index in names if safe[index]]
        reach = names.index(sure[-1]) + 1 if sure else 0
        if chance is not None:
            reach = chance.randint(reach, len(names))
        for index in names[: len(names) if chance is None else reach]:
            if done[index].what == "enter":
                entries[done[index].name] = done[index].file
            else:
                entries.pop(done[index].name, None)
        for index, one in enumerate(done):
            if one.what in ("write", "truncate"):
                data = contents.setdefault(one.file, bytearray())
                if safe[index]:
                    _apply(data, one)
                elif chance is not None:
                    _apply_some(data, one, chance)
        return {name: bytes(contents.get(number, b"")) for name, number in entries.items()}

    def _before_numbers(self) -> Iterator[tuple[str, int]]:
        return ((name, number) for name, (number, _) in self._before.items())


def _safe(done: Sequence[Done]) -> list[bool]:
    """Return for each thing whether it is on the disk for sure, looking back from the end."""
    safe = [False] * len(done)
    synced: set[int] = set()
    folder = False
    for index in range(len(done) - 1, -1, -1):
        one = done[index]
        if one.what == "sync":
            synced.add(one.file)
        elif one.what == "folder":
            folder = True
        elif one.what == "enter":
            safe[index] = folder or one.file in synced
        elif one.what == "remove":
            safe[index] = folder
        else:
            safe[index] = one.file in synced
    return safe


def _apply(data: bytearray, one: Done) -> None:
    if one.what == "truncate":
        del data[one.at :]
        data.extend(bytes(one.at - len(data)))
        return
    if len(data) < one.at:
        data.extend(bytes(one.at - len(data)))
    data[one.at : one.at + len(one.data)] = one.data


def _apply_some(data: bytearray, one: Done, chance: random.Random) -> None:
    """Apply it, or not, or some sectors of it."""
    luck = chance.random()
    if luck < 0.45:
        return
    if one.what == "truncate" or luck < 0.85:
        _apply(data, one)
        return
    for start in range(0, len(one.data), SECTOR):
        if chance.random() < 0.5:
            _apply(data, Done("write", one.file, one.at + start, one.data[start : start + SECTOR]))


class _File:
    """An open file of the disk, as SQLite asks for it; one without a name is nobody's to find again."""

    def __init__(self, disk: Disk, stored: Stored | None) -> None:
        self._disk, self._stored = disk, stored or Stored(-1)
        self._told = stored is not None

    def _note(self, done: Done) -> None:
        if self._told:
            self._disk.done.append(done)

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self._stored.data[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        done = Done("write", self._stored.number, offset, bytes(data))
        _apply(self._stored.data, done)
        self._note(done)

    def xTruncate(self, size: int) -> None:
        done = Done("truncate", self._stored.number, size)
        _apply(self._stored.data, done)
        self._note(done)

    def xSync(self, flags: int) -> None:
        self._note(Done("sync", self._stored.number))

    def xFileSize(self) -> int:
        return len(self._stored.data)

    def xClose(self) -> None:
        pass

    def xLock(self, level: int) -> None:
        pass

    def xUnlock(self, level: int) -> None:
        pass

    def xCheckReservedLock(self) -> bool:
        return False

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        return 4096

    def xDeviceCharacteristics(self) -> int:
        return int(apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE)


class _Vfs(apsw.VFS):
    """The disk as SQLite's file system."""

    def __init__(self, name: str, disk: Disk) -> None:
        super().__init__(name, "")
        self._disk = disk

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        flags[1] = flags[0]
        if name is None:
            return _File(self._disk, None)
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        return _File(self._disk, self._disk.opened(path))

    def xDelete(self, filename: str, syncdir: bool) -> None:
        if filename not in self._disk.names:
            raise apsw.IOError("no such file")
        self._disk.removed(filename, synced=syncdir)

    def xAccess(self, pathname: str, flags: int) -> bool:
        return pathname in self._disk.names

    def xFullPathname(self, name: str) -> str:
        return name


@contextmanager
def file_system(disk: Disk) -> Iterator[str]:
    """Give the name under which SQLite finds the disk."""
    name = f"power{next(_NUMBERS)}"
    vfs = _Vfs(name, disk)
    try:
        yield name
    finally:
        vfs.unregister()


def materialised(left: dict[str, bytes], folder: Path) -> Path:
    """Write what was left into a folder, and return the database."""
    for old in folder.iterdir():
        old.unlink()
    for name, data in left.items():
        (folder / name).write_bytes(data)
        (folder / name).chmod(0o600)
    return folder / "followup.db"
