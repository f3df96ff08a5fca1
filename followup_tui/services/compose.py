"""A message to one prospect: a template filled, looked over by the linter, sent, and logged in the same motion (§8)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from followup_tui import paths, shipped
from followup_tui.domain import linter
from followup_tui.domain.cadence import Rules, step_at
from followup_tui.domain.channels import BY_NAME, find_channel, usable
from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.folding import fold
from followup_tui.domain.model import Relation, State
from followup_tui.domain.naming import first_name
from followup_tui.domain.placeholders import fill, places
from followup_tui.domain.waiving import open_companion
from followup_tui.errors import FollowupError, UsageError
from followup_tui.services import kept, present, programs
from followup_tui.services.context import Context
from followup_tui.services.guard import warning
from followup_tui.services.library import proposed
from followup_tui.services.recording import stored
from followup_tui.services.templates import findings
from followup_tui.services.views import FindingView, MessageView
from followup_tui.storage import journal, library
from followup_tui.storage.people import Person

WRITTEN = ("email", "text", "mail", "fax", "article", "gift")
"""Channels that take words, in the order they are offered when a call is planned."""
_BLANK = "Hello {first_name},\n\n\n\n{my_name}\n{my_phone} · {my_email}"
"""What a message starts with when no template is chosen."""
_SHORT = "Hello {first_name}, {my_name} here. "


class ComposeService:
    """Preparing messages, and handing them to the mail program."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def prepare(
        self, prospect_id: str, *, channel: str | None = None, template: str | None = None, value: str | None = None
    ) -> MessageView:
        """Return a message filled for a prospect; None takes the planned channel, the step's template, a new item.

        An empty template or value is none. FollowupError for somebody who asked not to be contacted.
        """
        context = self._context
        with context.database.reading() as connection:
            person, rules, now = stored(connection, prospect_id), context.rules(connection), context.now()
            state = present.state_of(person)
            refuse_stopped(state)
            used = channel_for(state, channel, rules, now)
            refuse_stopped(state, used)
            step = _step(state, rules)
            fitting = _fitting(connection, person, used, step.template if step else "")
            chosen = _chosen(fitting, connection, template)
            subject, body = (chosen.subject, chosen.body) if chosen else ("", _SHORT if used == "text" else _BLANK)
            asked = {place.name for place in places(subject + body)}
            wants = bool(asked & {"value", "link"})
            given = proposed(connection, person.id, used, person.tags, context, linked="link" in asked)
            title = (given.title if given and wants else "") if value is None else clean_stored(value)
            values = _values(connection, context, person, title, rules, subject + body)
            message = MessageView(
                prospect=person.id,
                name=person.name,
                channel=used,
                to=_address(person, used),
                template=chosen.name if chosen else "",
                value=title,
                subject=fill(subject, values),
                body=fill(body, values),
                findings=(),
                guard=warning(connection, context, person.id, state, used, now, rules),
                prompt=_prompt(step.value if step else "", title or (given.title if given else ""), state.touches),
                proposed=given.title if given else "",
                proposed_given=given.given if given else None,
                companion=_is_companion(state, used, rules, now),
                templates=tuple(one.name for one in fitting),
            )
        return replace(message, findings=self.lint(message.body, message.subject))

    def lint(self, body: str, subject: str = "") -> tuple[FindingView, ...]:
        """Return what the linter says of a message as it stands; cheap, for every key."""
        config = self._context.config
        me = linter.Me(config.me.phone, config.me.email)
        return findings(linter.lint(body, subject, me=me, limit=config.limits.words))

    def open_mail(self, to: str, subject: str, body: str) -> None:
        """Hand a message to the mail program; FollowupError in one line when that fails, and nothing was sent."""
        link = programs.mailto(to, subject, body)
        command = self._context.config.commands.compose
        if not command:
            raise UsageError("no mail program is set", "[commands] compose in config.toml, or copy the text")
        fields = {"mailto": link, "email": to, "subject": subject, "body": body}
        programs.start(programs.arguments(command, fields))

    def write_letter(self, prospect_id: str, subject: str, body: str) -> Path:
        """Write a message as a letter into the folder of letters, for its owner alone; FollowupError when it can't."""
        text, now = self.letter(prospect_id, subject, body), self._context.now()
        with self._context.database.reading() as connection:
            name = stored(connection, prospect_id).name
        plain = "-".join("".join(char if char.isascii() and char.isalnum() else " " for char in fold(name)).split())
        folder = paths.data_dir() / "letters"
        stem = f"{now:%Y-%m-%d}-{plain[:40] or prospect_id}"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for number in range(1, 100):
                file = folder / (f"{stem}.txt" if number == 1 else f"{stem}-{number}.txt")
                with suppress(FileExistsError):
                    descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
                    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
                        out.write(text)
                    return file
        except OSError as error:
            raise FollowupError(f"the letter can't be written to {folder}: {error.strerror}", "copy it") from None
        raise FollowupError(f"there are too many letters called {stem}", f"tidy {folder} up")

    def letter(self, prospect_id: str, subject: str, body: str) -> str:
        """Return a message as a letter: address, date, subject, words."""
        with self._context.database.reading() as connection:
            person = stored(connection, prospect_id)
        lines = [person.name, person.company, *person.detail("address").split(", ")]
        head = "\n".join(line for line in dict.fromkeys(lines) if line)
        now = self._context.now()
        return "\n\n".join(part for part in (head, f"{now.day} {now:%B %Y}", subject, body) if part) + "\n"


def channel_for(state: State, said: str | None, rules: Rules, now: datetime) -> str:
    """Return the channel a message goes by: as said, else the companion's, the planned one, the first that works."""
    if said:
        name = find_channel(said).name
        if name in WRITTEN:
            return name
    companion = open_companion(state, rules.day(now))
    planned = state.next_touch.channel if state.next_touch and not said else None
    beside = companion.channel if companion and not said else None
    for one in (beside, planned, *WRITTEN):
        if one in WRITTEN and one is not None and usable(one, state.good, state.stopped_channels):
            return one
    raise FollowupError("there is no e-mail address, number or address to write to", "add one with E, or followup edit")


def refuse_stopped(state: State, channel: str = "") -> None:
    """Raise FollowupError for somebody who asked not to be contacted, everywhere or on this channel (§3)."""
    if state.relation is Relation.DO_NOT_CONTACT:
        raise FollowupError("asked not to be contacted", "nothing goes out")
    if channel in state.stopped_channels:
        raise FollowupError(f"asked not to be contacted by {channel}", "choose another channel")


def _step(state: State, rules: Rules) -> Any:
    """Return the step that is planned, None without one."""
    if state.enrolment is None:
        return None
    cadence = rules.cadence(state.enrolment.cadence_id)
    return step_at(cadence, state.enrolment, state.enrolment.step, state.star)


def _is_companion(state: State, channel: str, rules: Rules, now: datetime) -> bool:
    companion = open_companion(state, rules.day(now))
    return companion is not None and companion.channel == channel


def _fitting(connection: Any, person: Person, channel: str, named: str) -> list[library.Template]:
    """Return the templates for a channel: the step's own first, the one they got last at the end (same-again, S0)."""
    sent = journal.newest_sent(connection, person.id)
    last = next((name.casefold() for _, _, name, _ in sent if name), "")
    found = [one for one in library.templates(connection) if not one.channels or channel in one.channels]
    return sorted(found, key=lambda one: (one.name.casefold() != named.casefold(), one.name.casefold() == last))


def _chosen(fitting: Sequence[library.Template], connection: Any, said: str | None) -> library.Template | None:
    """Return the template that was said, else the first that fits; None for an empty name."""
    if said is None:
        return next(iter(fitting), None)
    return kept.chosen(library.templates(connection), said, "template", lambda one: one.name) if said else None


def _address(person: Person, channel: str) -> str:
    """Return what the channel needs: the first good detail of its kinds, else the first there is."""
    for kind in BY_NAME[channel].needs:
        found = [detail for detail in person.details if detail.kind == kind]
        best = next((detail for detail in found if not detail.bad), None)
        if best is not None:
            return best.value
    return ""


def _values(connection: Any, context: Context, person: Person, title: str, rules: Rules, text: str) -> dict[str, str]:
    """Return what fills each place of a text; slots are looked for only where they are asked for."""
    me = context.config.me
    link = next((one.link for one in library.items(connection, retired=True) if one.title == title), "")
    values = {
        "first_name": first_name(person.name),
        "company": person.company,
        "why": person.why,
        "benefit": person.benefit,
        "value": title,
        "link": link,
        "my_name": me.name,
        "my_phone": me.phone,
        "my_email": me.email,
    }
    if any(place.name in ("slot1", "slot2") for place in places(text)):
        from followup_tui.services.free_time import two_slots

        slots = two_slots(context, rules, person.zone or context.config.zone)
        values |= dict(zip(("slot1", "slot2"), slots, strict=False))
    return values


def _prompt(asked: str, title: str, turn: int) -> str:
    """Return what the step asks for; an idea, another one each time, where there is nothing to give."""
    if asked or title:
        return asked
    ideas = shipped.value_prompts()
    return ideas[turn % len(ideas)][1]
