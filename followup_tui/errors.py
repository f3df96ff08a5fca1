"""The errors people may see: one line that says what, where and what to do, with the exit code of the command line."""

from __future__ import annotations

import re

_QUOTED = re.compile("“([^”]{100})[^”]{2,}”")
_WORD = re.compile(r"(\S{100})\S{50,}(\S{50})")


def shortened(line: str) -> str:
    """Return a message with what it quotes cut: somebody may have pasted a book where a name was expected."""
    return _WORD.sub(r"\1…\2", _QUOTED.sub(r"“\1…”", line))


class FollowupError(Exception):
    """Something a person can understand and mend; raised at the edge that knows, shown once."""

    exit_code = 1
    """0 done · 1 failed · 2 usage · 3 nothing found · 4 busy or read-only · 5 newer version · 6 not ours or damaged."""

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__(title)
        self.title = title
        """What was wrong, and where."""
        self.hint = hint
        """What to do about it; empty when the title says it."""

    def __str__(self) -> str:
        """Return title and hint as one line."""
        line = f"{self.title} – {self.hint}" if self.hint else self.title
        return shortened(" ".join(line.split()))


class UsageError(FollowupError):
    """The words of the command, a field or a phrase are not understood, or name several people."""

    exit_code = 2


class PhraseError(UsageError):
    """A date phrase or a filter is not understood; `column` is the 1-based place in the text."""

    def __init__(self, title: str, hint: str = "", column: int = 1) -> None:
        super().__init__(title, hint)
        self.column = column


class NothingFound(FollowupError):
    """Nobody and nothing matches."""

    exit_code = 3


class DatabaseBusy(FollowupError):
    """The database is locked by another process, or can't be written."""

    exit_code = 4


class NewerVersion(FollowupError):
    """The database was made by a newer version of Followup."""

    exit_code = 5


class NotOurDatabase(FollowupError):
    """The file is not a Followup database, or it is damaged."""

    exit_code = 6
