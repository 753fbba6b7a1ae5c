"""Cases at the command line: by receipt number or by id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import shown
from bot.domain.cases.receipts import number_of
from bot.domain.errors import NotFound
from bot.domain.ids import CaseId

if TYPE_CHECKING:
    from bot.bootstrap import House
    from bot.domain.cases.case import Case
    from bot.ports.storage import UnitOfWork

CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="The receipt number, or the id.")]


def case_named(name: str, uow: UnitOfWork) -> Case:
    """The case of this number or id.

    Raises:
        NotFound.
    """
    number = number_of(name)
    if not number:
        return uow.cases.get(CaseId(name))
    found = uow.cases.by_number(number)
    if found is None:
        raise NotFound("办理件", number)
    return found


def id_of(name: str, house: House) -> CaseId:
    """The id of the case of this number or id.

    Raises:
        NotFound.
    """
    with house.storage.begin() as uow:
        return case_named(name, uow).id


def print_state(case: Case) -> None:
    """One line: number, state, and when the answer is due."""
    typer.echo(f"{case.number}  {case.state.value}  due {shown(case.deadline.due_at)}")
