"""What ends with a prospect: closing, opening again, and erasing for good."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from followup_tui.services.changes import Changes
from followup_tui.tui import wording
from followup_tui.tui.screens.verbs import Verbs

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.services.views import ProspectView

REASONS_HINT = "pushy · wrong time · no benefit … or your words · enter · esc"
"""S3's reasons, and the keys (domain §11)."""


class ProspectEndings(Verbs):
    """Closing and opening again are one undo step each; erasing is the one thing that is not undone."""

    prospect: str

    @property
    @abstractmethod
    def view(self) -> ProspectView | None:
        """The prospect, once it is read."""

    def action_close_it(self) -> None:
        """Ask why, then close: no next touch. One that is closed is opened again."""
        from followup_tui.tui.screens.note_dialog import NoteDialog

        who, name = self.prospect, self.chosen_words()
        if self.view is not None and self.view.relation == "closed":
            self.home.ops.mutate(
                lambda services: services.prospects.reopen([who]),
                lambda _: self.home.say(f"Open again · {name} · u undo"),
            )
            return

        def close(reason: str | None) -> None:
            if reason is not None:
                self.home.ops.mutate(
                    lambda services: services.prospects.close([who], reason),
                    lambda _: self.home.say(f"Closed · {name} · u undo"),
                )

        self.home.push_screen(NoteDialog(f"Close · {name}", label="reason", hint=REASONS_HINT), close)

    def action_erase(self) -> None:
        """Ask once, then remove the person everywhere, undo history included."""
        from followup_tui.tui.screens.confirm_dialog import ConfirmDialog

        view, who = self.view, self.prospect
        if view is None:
            return
        touches = wording.count(view.touches, "touch", "touches")
        text = (
            f"{view.name} and {touches} are removed everywhere, undo history included. This can't be undone. "
            "Backups and exports made before still hold them."
        )

        def erase(services: Services) -> tuple[None, Changes]:
            return None, services.prospects.erase(who)

        def erased(_: None) -> None:
            self.home.drafts.pop(who, None)
            if self.is_current and self.prospect == who:
                self.home.pop_screen()
            self.home.say(f"Erased · {view.name} · this can't be undone")

        self.home.push_screen(
            ConfirmDialog("Erase", text, "y  yes, erase for good"),
            lambda yes: self.home.ops.mutate(erase, erased) if yes else None,
        )
