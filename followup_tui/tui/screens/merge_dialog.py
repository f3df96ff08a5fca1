"""Who may be here twice, pair after pair, side by side: merge them, or say that they are two people."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from followup_tui import long_work
from followup_tui.errors import FollowupError
from followup_tui.services.views.merging import MergeView, PairView
from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.text import content
from followup_tui.tui.widgets.import_report import EVERY, progress_line
from followup_tui.tui.widgets.merge_sides import FieldList, Together

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.services.changes import Changes


class MergeDialog(Dialog[None]):
    """Without pairs it looks for them first, with a bar; esc calls the search off, then leaves."""

    HEADING = "Merge"
    AUTO_FOCUS: ClassVar[str] = "FieldList"
    BINDINGS = commands.as_bindings(dialog_bindings.MERGING)

    def __init__(self, pairs: Sequence[PairView] | None = None, two: tuple[str, str] | None = None) -> None:
        """`two` are ids chosen by the user: they are looked at whether or not they are alike."""
        super().__init__()
        self._pairs = list(pairs) if pairs is not None else []
        self._ids = [(pair.a.id, pair.b.id) for pair in self._pairs] if two is None else [two]
        self._searching = pairs is None and two is None
        self._more = 0
        """So many pairs that are less alike were found too; M finds them once these are through."""
        self._at = 0
        self._keep: dict[str, str] = {}
        self._view: MergeView | None = None
        self._saving = False
        self._called_off = threading.Event()
        self._done, self._total, self._began = 0, 0, 0.0

    def compose(self) -> ComposeResult:
        """Show the empty columns."""
        with Vertical(id="merge", classes="box"):
            yield FieldList(self.home.config.symbols)
            yield Together(self.home.config.symbols)
            yield Static(id="merging", markup=False)

    def on_mount(self) -> None:
        """Look for pairs, or show the first one."""
        super().on_mount()
        self.query_one(FieldList).focus()
        self._title("looking for people who are here twice" if self._searching else "")
        if self._searching:
            self._search()
        else:
            self._load(fresh=True)
        self.set_interval(EVERY, self._tick)

    # Looking for pairs --------------------------------------------------------------------------------------------

    def _search(self) -> None:
        self._began = time.monotonic()
        off = self._called_off

        def progress(done: int, total: int) -> bool:
            self._done, self._total = done, total
            return not off.is_set()

        def scan(services: Services) -> long_work.Surest:
            return long_work.run(services, long_work.look_for_duplicates, progress)

        self.home.ops.query("duplicates", scan, self._found, self._wrong, owner=self)

    def _found(self, found: long_work.Surest) -> None:
        self._searching = False
        self._pairs, self._more = found.pairs, found.in_all - len(found.pairs)
        self._ids = [(pair.a.id, pair.b.id) for pair in self._pairs]
        self._load(fresh=True)

    def _wrong(self, error: FollowupError) -> None:
        self._searching = self._saving = False
        if self._called_off.is_set():
            self.dismiss(None)
            return
        self._tell(str(error), "$error")

    def _tick(self) -> None:
        if self._searching and not self._called_off.is_set():
            spent = time.monotonic() - self._began
            bar = 20 if self.size.width >= 100 else 8
            line = progress_line(self._done, self._total, spent, self.home.config.symbols, bar)
            self._tell(f"{line} · esc calls it off", "$accent")

    # One pair -----------------------------------------------------------------------------------------------------

    def _load(self, *, fresh: bool) -> None:
        if not self._ids:
            self._view = None
            self.query_one(FieldList).display = self.query_one(Together).display = False
            self._title("nobody is here twice")
            self._tell("Nobody looks like somebody else: same e-mail, same phone, near name and company · esc")
            return
        self._at = min(self._at, len(self._ids) - 1)
        if fresh:
            self._keep = {}
        one, two = self._ids[self._at]
        keep = dict(self._keep)
        self.home.ops.query(
            "merge preview",
            lambda s: (s.merging.preview(one, two, keep), s.local_today()),
            lambda got: self._show(*got, fresh=fresh),
            self._gone,
            owner=self,
        )

    def _show(self, view: MergeView, today: date, *, fresh: bool) -> None:
        self._view = view
        self.query_one(FieldList).set_view(view, fresh=fresh)
        self.query_one(Together).set_view(view, today)
        self._title(self._place())
        self._tell_keys()

    def _gone(self, error: FollowupError) -> None:
        """One of the two was removed meanwhile."""
        self.home.say(str(error), "warning")
        self._forget(self._ids[self._at])
        self._load(fresh=True)

    def _place(self) -> str:
        if not self._pairs:
            return ""
        pair, number = self._pairs[self._at], len(self._pairs)
        of = f"the surest {number:,} of {number + self._more:,}" if self._more else f"{number:,}"
        return f"{self._at + 1:,} of {of} · {pair.score} % alike: {', '.join(pair.reasons)}"

    def _title(self, words: str) -> None:
        box = self.query_one("#merge")
        box.border_title = content(f" Merge · {words} " if words else " Merge ")

    def _tell_keys(self) -> None:
        pairs = " · n p pairs" if len(self._ids) > 1 else ""
        field = self.query_one(FieldList).current
        other = f"the other {field.other} · " if field is not None and field.other else ""
        words = "enter merges into a · space chooses · s swaps · a two people"
        if self.has_class("-narrow"):
            other, pairs = "", pairs.removesuffix(" pairs")
        self._tell(f"{other}{words}{pairs} · esc")

    def on_line_list_moved(self) -> None:
        """Say where the value goes that is not chosen."""
        if self._view is not None and not self._saving:
            self._tell_keys()

    def _tell(self, text: str, style: str = "$muted") -> None:
        self.query_one("#merging", Static).update(content(text, style), layout=False)

    # Verbs --------------------------------------------------------------------------------------------------------

    def action_choose(self, side: str) -> None:
        """Let a side's value stand first; without a side the other one."""
        field = self.query_one(FieldList).current
        if field is None or not field.differs or self._view is None or self._saving:
            return
        self._keep[field.field] = side or ("b" if field.chosen == "a" else "a")
        self._load(fresh=False)

    def action_swap(self) -> None:
        """Turn the two round: the other id stays."""
        if self._view is not None and not self._saving:
            one, two = self._ids[self._at]
            self._ids[self._at] = (two, one)
            self._keep = {name: "a" if side == "b" else "b" for name, side in self._keep.items()}
            self._load(fresh=False)

    def action_pair(self, by: int) -> None:
        """Look at another pair."""
        if self._ids and not self._saving:
            self._at = (self._at + by) % len(self._ids)
            self._load(fresh=True)

    def action_merge(self) -> None:
        """Merge the two, then show the next pair."""
        if self._view is None or self._saving:
            return
        one, two = self._ids[self._at]
        keep = dict(self._keep)
        self._write(lambda s: s.merging.merge(one, two, keep), self._merged)

    def action_apart(self) -> None:
        """Remember that these are two people."""
        if self._view is None or self._saving:
            return
        one, two = self._ids[self._at]
        names = f"{self._view.a.name} · {self._view.b.name}"

        def kept(_: object) -> None:
            self.home.say(f"Two people: {names} · u undo")
            self._forget((one, two))
            self._go_on()

        def apart(services: Services) -> tuple[None, Changes]:
            return None, services.duplicates.apart(one, two)

        self._write(apart, kept)

    def _write(self, fn: Callable[[Services], tuple[object, Changes]], done: Callable[[object], None]) -> None:
        self._saving = True
        self.home.ops.mutate(fn, done, self._wrong)

    def _merged(self, done: object) -> None:
        assert isinstance(done, MergeView)
        kept, taken = done.a.id, done.b.id
        drafts = self.home.drafts
        if drafts.get(taken):
            drafts[kept] = "\n".join(text for text in (drafts.get(kept, ""), drafts.pop(taken)) if text)
        self._turn(kept, taken)
        self.home.say(f"Merged {done.b.name} into {done.a.name}: {_touches(done)} · u undo")
        self._follow(kept, taken)
        self._go_on()

    def _turn(self, kept: str, taken: str) -> None:
        """Let a screen that shows the merged one show the one who stays."""
        from followup_tui.tui.screens.prospect import ProspectScreen

        for screen in self.home.screen_stack:
            if isinstance(screen, ProspectScreen) and screen.prospect == taken:
                screen.prospect = kept
                screen.reload()

    def _follow(self, kept: str, taken: str) -> None:
        """Let the other pairs of the merged one name the one who stays."""
        pairs, seen = list[PairView](), set[frozenset[str]]()
        for pair in self._pairs:
            a, b = (replace(who, id=kept) if who.id == taken else who for who in (pair.a, pair.b))
            ids = frozenset((a.id, b.id))
            if len(ids) == 2 and ids not in seen:
                seen.add(ids)
                pairs.append(replace(pair, a=a, b=b))
        self._pairs = pairs
        self._ids = [(pair.a.id, pair.b.id) for pair in pairs]

    def _forget(self, pair: tuple[str, str]) -> None:
        gone = set(pair)
        self._pairs = [one for one in self._pairs if {one.a.id, one.b.id} != gone]
        self._ids = [one for one in self._ids if set(one) != gone]

    def _go_on(self) -> None:
        """Show the next pair; leave after the last."""
        self._saving = False
        if self._ids:
            self._load(fresh=True)
        else:
            self.leave()

    def action_close(self) -> None:
        """Call the search off while it runs; else leave."""
        if self._searching:
            self._called_off.set()
            self._tell("calling off …")
        else:
            self.dismiss(None)


def _touches(view: MergeView) -> str:
    return wording.count(view.touches, "touch", "touches")
