"""Templates: words to say with places to fill, and what the linter says of them (domain §8)."""

from __future__ import annotations

from followup_tui.domain import linter
from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.placeholders import require_known
from followup_tui.errors import UsageError
from followup_tui.services import kept
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context
from followup_tui.services.views import FindingView, TemplateDraft, TemplateView
from followup_tui.storage import library
from followup_tui.storage.unit_of_work import Row

_TABLE = _WHAT = "template"
LONGEST = 20_000
"""Characters a template may have, ours."""


class TemplateService:
    """Templates; filling them for a prospect is `services.compose`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self, *, retired: bool = False) -> tuple[TemplateView, ...]:
        """Return the templates in the order they were made, with how often each was sent and answered."""
        with self._context.database.reading() as connection:
            found = library.templates(connection, retired=retired)
            counts = kept.counted(connection, _TABLE)
        return tuple(_view(one, *counts.get(one.name.casefold(), (0, 0))) for one in found)

    def get(self, said: str) -> TemplateView:
        """Return one template by id or name; NothingFound, or UsageError when several are meant."""
        return kept.chosen(self.list(retired=True), said, _WHAT, lambda one: one.name)

    def add(self, draft: TemplateDraft) -> tuple[TemplateView, Changes]:
        """Keep a new template; UsageError without a name or words, PhraseError for an unknown placeholder."""
        row = _row(draft)
        if not row.get("name") or not row.get("body"):
            raise UsageError("a template needs a name and words", "write its body, and give it a name")
        row = {"channels": "", "subject": "", "tags": "", "source": "", **row}
        key, changes = kept.put_in(self._context, _TABLE, row, _WHAT)
        return self.get(str(key)), changes

    def edit(self, said: str, draft: TemplateDraft) -> tuple[TemplateView, Changes]:
        """Change what the draft names; touches written from it follow a new name."""
        one, row = self.get(said), _row(draft)
        for column in ("name", "body"):
            if row.get(column) == "":
                raise UsageError(f"the {column} of a template can't be empty")
        changes = kept.change(self._context, _TABLE, int(one.id), row, _WHAT)
        return self.get(one.id), changes

    def remove(self, said: str) -> tuple[TemplateView, bool, Changes]:
        """Take a template out; one that was used, or that ships, is retired. Tell which."""
        one = self.get(said)
        retired, changes = kept.take_out(self._context, _TABLE, int(one.id), _WHAT)
        return one, retired, changes

    def check(self, body: str, subject: str = "") -> tuple[FindingView, ...]:
        """Return what the linter says of a template; PhraseError with its column for an unknown placeholder."""
        _require(subject, body)
        return findings(linter.lint_template(body, subject, limit=self._context.config.limits.words))


def findings(found: tuple[linter.Finding, ...]) -> tuple[FindingView, ...]:
    """Return findings as views."""
    return tuple(FindingView(one.rule, one.ok, one.line, one.source) for one in found)


def _require(subject: str, body: str) -> None:
    require_known(subject, "subject")
    require_known(body, "body")


def _row(draft: TemplateDraft) -> Row:
    """Return the columns a draft sets, cleaned and checked."""
    row: Row = {}
    if draft.name is not None:
        row["name"] = clean_stored(draft.name)
    if draft.subject is not None:
        row["subject"] = clean_stored(draft.subject)
    if draft.body is not None:
        row["body"] = clean_stored(draft.body, multiline=True)
    if len(str(row.get("body", ""))) > LONGEST:
        raise UsageError(f"a template of more than {LONGEST:,} characters", "nobody reads that; make it shorter")
    _require(str(row.get("subject", "")), str(row.get("body", "")))
    if draft.channels is not None:
        row["channels"] = kept.channel_names(draft.channels)
    if draft.tags is not None:
        row["tags"] = kept.tag_words(draft.tags)
    return row


def _view(one: library.Template, used: int, answered: int) -> TemplateView:
    return TemplateView(
        id=str(one.id),
        name=one.name,
        channels=one.channels,
        subject=one.subject,
        body=one.body,
        tags=one.tags,
        source=one.source,
        retired=one.retired,
        used=used,
        answered=answered,
    )
