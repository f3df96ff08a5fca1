"""The options that say what is known about a prospect: the same for add and edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from followup_tui.cli.words import choose
from followup_tui.records import dataclass

if TYPE_CHECKING:
    from followup_tui.services.views import ProspectDraft

RELATIONS = ("pool", "cold", "engaged", "nurture", "customer")
Text = str | None


@dataclass(frozen=True, slots=True)
class Fields:
    """What was said about a prospect; None leaves a field as it is."""

    company: Annotated[Text, typer.Option("--company", help="Their organisation.")] = None
    title: Annotated[Text, typer.Option("--title", help="Their position.")] = None
    phone: Annotated[Text, typer.Option("--phone", help="A phone number.")] = None
    mobile: Annotated[Text, typer.Option("--mobile", help="A number that takes texts.")] = None
    email: Annotated[Text, typer.Option("--email", help="An email address.")] = None
    fax: Annotated[Text, typer.Option("--fax", help="A fax number.")] = None
    address: Annotated[Text, typer.Option("--address", help="A postal address.")] = None
    zone: Annotated[Text, typer.Option("--zone", help="Their zone, as Europe/Berlin.")] = None
    relation: Annotated[Text, typer.Option("--relation", metavar="|".join(RELATIONS), help="Where it stands.")] = None
    inbound: Annotated[bool, typer.Option("--inbound", help="They came to us.")] = False
    why: Annotated[Text, typer.Option("--why", help="Why they came or agreed to talk.")] = None
    benefit: Annotated[Text, typer.Option("--benefit", help="What is in it for them.")] = None
    cadence: Annotated[Text, typer.Option("--cadence", help="The cadence to start.")] = None
    source: Annotated[Text, typer.Option("--source", help="Where they were found.")] = None
    star: Annotated[bool | None, typer.Option("--star/--no-star", help="Mark them.")] = None
    tag: Annotated[list[str] | None, typer.Option("--tag", help="A tag; may be repeated.")] = None
    birthday: Annotated[Text, typer.Option("--birthday", help="As 1980-05-17, or “17 May” without the year.")] = None
    pace: Annotated[Text, typer.Option("--pace", help="normal, gentle, or gaps as +3 +7 +14.")] = None
    goal: Annotated[
        Text, typer.Option("--goal", metavar="quick|positive", help="Quick response or positive outcome; “” for none.")
    ] = None
    note: Annotated[Text, typer.Option("--note", help="Anything else.")] = None
    phase: Annotated[Text, typer.Option("--phase", help="curiosity, annoyance, resentment, respect, or auto.")] = None

    @property
    def nothing(self) -> bool:
        """Whether nothing was said at all."""
        return self == Fields()

    def draft(self, name: str | None) -> ProspectDraft:
        """Return what was said as the services take it."""
        from followup_tui.services.views import ProspectDraft

        said = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in ("tag", "relation")}
        tags = None if self.tag is None else tuple(tag for tag in self.tag if tag.strip())
        return ProspectDraft(name=name, tags=tags, relation=choose("--relation", self.relation, RELATIONS), **said)


def with_fields(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Return a verb that takes each of the fields as an option instead of `fields`."""
    hints = get_type_hints(verb, include_extras=True)
    about = get_type_hints(Fields, include_extras=True)
    own = [one.replace(annotation=hints[one.name]) for one in signature(verb).parameters.values()]
    parameters = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in own if one.name != "fields"]
    for one in fields(Fields):
        default = None if one.default is MISSING else one.default
        parameters.append(Parameter(one.name, Parameter.KEYWORD_ONLY, default=default, annotation=about[one.name]))

    @wraps(verb)
    def run(session: Any, **values: Any) -> Any:
        said = {one.name: values.pop(one.name) for one in fields(Fields)}
        return verb(session, fields=Fields(**said), **values)

    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run
