"""What to say and give: value items, templates, a message before it is sent, ways to call."""

from __future__ import annotations

from datetime import date

from followup_tui.records import dataclass


@dataclass(frozen=True, slots=True)
class ValueItemView:
    """Something new and useful to give in a touch."""

    id: str
    title: str
    kind: str
    text: str
    link: str
    channels: tuple[str, ...]
    """Empty: any."""
    tags: tuple[str, ...]
    retired: bool
    given: int = 0
    """Touches that gave it."""
    answered: int = 0
    """Of these, how many they answered within the days of `services.library.ANSWER_DAYS`."""


@dataclass(frozen=True, slots=True)
class ValueChoiceView:
    """An item for one prospect."""

    title: str
    kind: str
    link: str
    given: date | None = None
    """When this prospect last got it; None: never."""


@dataclass(frozen=True, slots=True)
class ValueDraft:
    """What was typed of an item; None leaves a field as it is."""

    title: str | None = None
    kind: str | None = None
    text: str | None = None
    link: str | None = None
    channels: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class PromptView:
    """Words that help to think of something of value."""

    kind: str
    prompt: str


@dataclass(frozen=True, slots=True)
class TemplateView:
    """Words with places to fill."""

    id: str
    name: str
    channels: tuple[str, ...]
    """Empty: any."""
    subject: str
    body: str
    tags: tuple[str, ...]
    source: str
    retired: bool
    used: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """What was typed of a template; None leaves a field as it is."""

    name: str | None = None
    channels: tuple[str, ...] | None = None
    subject: str | None = None
    body: str | None = None
    tags: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class FindingView:
    """One rule of the linter over one message."""

    rule: str
    ok: bool
    line: str
    source: str


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message to one prospect, as it would be sent."""

    prospect: str
    name: str
    channel: str
    to: str
    """The address, the number, or the postal address; empty when there is none."""
    template: str
    """Empty: none."""
    value: str
    """What it gives; empty: nothing."""
    subject: str
    body: str
    findings: tuple[FindingView, ...]
    guard: str = ""
    """Why one more touch would be too much, or a law to mind."""
    prompt: str = ""
    """What of value the step asks for, or an idea where the library has nothing left."""
    proposed: str = ""
    """What to give next; `value` is empty until it is taken, or the template has a place for it."""
    proposed_given: date | None = None
    """When they got it before; None: never."""
    companion: bool = False
    """Whether it goes along with a step made today."""
    templates: tuple[str, ...] = ()
    """Names of all templates for the channel, the one the step names first."""


@dataclass(frozen=True, slots=True)
class NumberView:
    """One number that can be called."""

    kind: str
    number: str
    label: str
    bad: bool


@dataclass(frozen=True, slots=True)
class DialView:
    """A prospect about to be called."""

    prospect: str
    name: str
    numbers: tuple[NumberView, ...]
    """Good ones first."""
    opener: str
    """One line to begin with (S1: just call)."""
    guard: str = ""
    stopped: str = ""
    """Why nothing may go out; empty when it may."""
