"""A referral slot: who was named, in a line or two; they start on Referral, credited to who named them (domain §9)."""

from __future__ import annotations

from textual.app import ComposeResult

from followup_tui.services.views import ProspectDraft, ProspectView
from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.screens.form import Form
from followup_tui.tui.widgets.form_fields import TextField


class ReferForm(Form[None]):
    """Only the name is needed; `ctrl+d` gives one open slot up."""

    FIELD = "#name"
    BINDINGS = commands.as_bindings(dialog_bindings.REFER)

    def __init__(self, referrer: ProspectView) -> None:
        super().__init__()
        self._referrer = referrer

    @property
    def heading(self) -> str:
        """Who named them, and how many slots are open."""
        slots = self._referrer.referral_slots
        open_slots = f"{wording.count(slots, 'slot')} open · ctrl+d waives one" if slots else "no open slot needed"
        return f"Referred by {self._referrer.name} · {open_slots}"

    def rows(self) -> ComposeResult:
        """Yield what makes somebody reachable."""
        for name, hint in (("name", "the only one needed"), ("company", ""), ("phone", "+49 30 …"), ("email", "")):
            yield from self.row(name, TextField(id=name, hint=hint))

    def save(self, values: dict[str, str]) -> None:
        """Fill the slot."""
        typed = {name: value or None for name, value in values.items()}
        who = self._referrer.id
        draft = ProspectDraft(typed["name"] or "", typed["company"], phone=typed["phone"], email=typed["email"])
        self.home.ops.mutate(
            lambda services: services.referrals.refer(who, draft),
            lambda new: self._done(f"Referred by {self._referrer.name}: {new.name} · u undo"),
            self.refused,
        )

    def action_waive(self) -> None:
        """Give one slot up."""
        who = self._referrer.id
        self.home.ops.mutate(
            lambda services: services.referrals.waive(who, 1),
            lambda left: self._done(f"Slot waived, {left.referral_slots} left · {left.name} · u undo"),
            self.refused,
        )

    def _done(self, said: str) -> None:
        self.home.say(said)
        self.leave()
