"""Turns a function of a session into a command that also takes the options everybody takes, wherever they stand."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, get_type_hints

import typer

from followup_tui.cli.output import drop_output
from followup_tui.cli.parsing import PlainCommand, PlainGroup
from followup_tui.cli.session import Session
from followup_tui.errors import UsageError

Verb = Callable[..., int | None]
Who = Annotated[str, typer.Argument(metavar="WHO", help="An id or its beginning, an email, a phone number, or a name.")]


def _say_version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        from followup_tui import __version__

        typer.echo(f"followup {__version__}")
        raise typer.Exit


_COMMON: dict[str, tuple[Any, Any]] = {
    "db": (Annotated[str | None, typer.Option("--db", metavar="PATH|URL", help="The database.")], None),
    "config": (Annotated[str | None, typer.Option("--config", metavar="PATH", help="The configuration.")], None),
    "now": (Annotated[str | None, typer.Option("--now", metavar="ISO", help="Work as if it were then.")], None),
    "json": (Annotated[bool, typer.Option("--json", help="Print JSON.")], False),
    "no_color": (Annotated[bool, typer.Option("--no-color", help="Print without bold and dim.")], False),
    "version": (
        Annotated[bool, typer.Option("--version", help="Print the version.", callback=_say_version, is_eager=True)],
        False,
    ),
}


def command(verb: Verb) -> Callable[..., None]:
    """Return the verb as typer takes it: its first parameter is the session, its result the exit code (None: 0)."""
    hints = get_type_hints(verb, include_extras=True)
    own = list(signature(verb).parameters.values())[1:]
    parameters = [Parameter("context", Parameter.KEYWORD_ONLY, annotation=typer.Context)]
    parameters += [one.replace(kind=Parameter.KEYWORD_ONLY, annotation=hints[one.name]) for one in own]
    parameters += [
        Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in _COMMON.items()
    ]

    def run(context: typer.Context, **values: Any) -> None:
        session: Session = context.obj
        session.options = session.options.merged({name: values.pop(name) for name in _COMMON})
        session.verb = " ".join(context.command_path.split()[1:])
        try:
            code = verb(session, **values)
            sys.stdout.flush()
        except BrokenPipeError:
            drop_output()
            return
        if code:
            raise typer.Exit(code)

    run.__name__, run.__doc__ = verb.__name__, verb.__doc__
    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run


OPEN_ENDED = {"ignore_unknown_options": True}
"""Settings of a command whose words may begin with a minus."""


def refuse_options(verb: str, said: Sequence[str]) -> None:
    """Refuse what was meant as an option by a command whose words may begin with a minus."""
    for word in said:
        if word.startswith("--"):
            raise UsageError(f"no such option: {word}", f"see followup {verb} --help")


def offer(app: typer.Typer, name: str, verb: Verb, **settings: Any) -> None:
    """Add a verb to a group under a name."""
    app.command(name, cls=PlainCommand, **settings)(command(verb))


def group(name: str, about: str) -> typer.Typer:
    """Return an empty group of commands that takes the common options too."""
    found = typer.Typer(
        name=name,
        cls=PlainGroup,
        help=about,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=False,
    )

    def options(session: Session) -> None:
        return None

    options.__doc__ = about
    found.callback()(command(options))
    return found
