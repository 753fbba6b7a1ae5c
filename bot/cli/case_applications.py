"""`tongbu case file` and what follows: the record of an application for disclosure."""

from datetime import datetime
from typing import Annotated

import typer

from bot.cli.case_naming import CaseArgument, id_of, print_state
from bot.cli.office import open_house, operator
from bot.domain.accounts.budgets import BEIJING

Reason = Annotated[str, typer.Option(help="Why; kept in the history.")]


def add_to(app: typer.Typer) -> None:
    """The commands beside those of cases."""
    app.command("file")(file_one)
    app.command("ask-correction")(ask_correction)
    app.command("corrected")(take_corrected)
    app.command()(extend)
    app.command()(pause)
    app.command()(resume)


def file_one(
    case: CaseArgument,
    filed: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="When it came, Beijing time."),
    ] = None,
) -> None:
    """A proper application is here: its 20 working days begin."""
    from bot.usecases.cases.file_application import file_application

    house = open_house()
    at = filed.replace(tzinfo=BEIJING) if filed else house.clock.now()
    found = id_of(case, house)
    print_state(file_application(found, filed_at=at, actor=operator(), tools=house.cases))


def ask_correction(case: CaseArgument, reason: Reason = "") -> None:
    """Tell the applicant, once and within 7 working days, what is missing."""
    from bot.usecases.cases.file_application import ask_for_correction

    house = open_house()
    found = id_of(case, house)
    print_state(ask_for_correction(found, note=reason, actor=operator(), tools=house.cases))


def take_corrected(case: CaseArgument) -> None:
    """The corrected application is here; its clock begins anew."""
    from bot.usecases.cases.file_application import take_correction

    house = open_house()
    print_state(take_correction(id_of(case, house), actor=operator(), tools=house.cases))


def extend(
    case: CaseArgument,
    days: Annotated[int, typer.Argument(min=1, max=20, help="Working days.")],
    reason: Reason = "",
) -> None:
    """Give it up to 20 working days more, once."""
    from bot.usecases.cases.file_application import extend_application

    house = open_house()
    found = id_of(case, house)
    print_state(extend_application(found, days, note=reason, actor=operator(), tools=house.cases))


def pause(case: CaseArgument, reason: Reason = "") -> None:
    """Others are asked for their opinion; that time does not count."""
    from bot.usecases.cases.file_application import pause_application

    house = open_house()
    found = id_of(case, house)
    print_state(pause_application(found, reason=reason, actor=operator(), tools=house.cases))


def resume(case: CaseArgument) -> None:
    """The opinions are here; the clock goes on."""
    from bot.usecases.cases.file_application import resume_application

    house = open_house()
    print_state(resume_application(id_of(case, house), actor=operator(), tools=house.cases))
