"""Refusals at the command line: one sentence a fault on stderr, exit status 1, no traceback."""

from typing import Any

import typer
from typer.core import TyperGroup

from bot.domain.errors import InvalidInput, PlatformError, TongbuError
from bot.ports.fetching import FetchError
from bot.ports.storage import StorageUnavailable
from bot.ports.vault import SecretUnreadable

EXPECTED = (TongbuError, FetchError, StorageUnavailable, SecretUnreadable)


class Refused(TongbuError):
    """A command cannot be carried out; `sentences` say why and what to do, one fault each."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__("\n".join(sentences))


class RefusingGroup(TyperGroup):
    """Turns what Tongbu refuses on purpose into an exit status; bugs still crash and are seen."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except EXPECTED as error:
            for sentence in sentences_of(error):
                typer.echo(sentence, err=True)
            raise typer.Exit(1) from error


def sentences_of(error: Exception) -> tuple[str, ...]:
    """What to tell the operator."""
    match error:
        case Refused():
            return error.sentences
        case InvalidInput():
            return tuple(f"{problem.field}: {problem.message}" for problem in error.problems)
        case StorageUnavailable():
            return (
                f"the database does not answer: {error}; if it is new or from an earlier version, "
                "run: tongbu db upgrade",
            )
        case PlatformError():
            said = error.explanation
            return (str(error), f"{said.cause}。{said.next_step}（{said.who}）")
        case _:
            return (str(error),)
