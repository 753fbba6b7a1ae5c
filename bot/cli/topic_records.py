"""`tongbu topic records`, `stage`, `media`: public concern stage by stage, and the press."""

from datetime import datetime
from typing import Annotated

import typer

from bot.cli.case_naming import CaseArgument, id_of
from bot.cli.moments import moment
from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, Limit, print_json, print_table
from bot.domain.ids import DepartmentId
from bot.domain.topics.record import Stage
from bot.domain.topics.rules import Level


def add_to(app: typer.Typer) -> None:
    """The commands beside those of topics."""
    app.command()(records)
    app.command()(begin)
    app.command()(stage)
    app.command()(media)
    app.command("take-media")(take_media)


def records(limit: Limit = 50, as_json: AsJson = False) -> None:
    """What is handled as public concern, the last changed first."""
    with open_house().storage.begin() as uow:
        found = uow.topics.records(limit=limit)
        cases = {one.case: uow.cases.get(one.case) for one in found}
    if as_json:
        print_json(found)
        return
    print_table(
        ("case", "level", "stage", "state", "due", "subject"),
        [
            (
                *(cases[r.case].number, r.level, r.stage, cases[r.case].state),
                *(cases[r.case].deadline.due_at, cases[r.case].subject),
            )
            for r in found
        ],
    )


def begin(
    case: CaseArgument,
    level: Annotated[Level, typer.Option(help="How grave it is.")] = Level.ORDINARY,
) -> None:
    """Begin the record of a case of class 舆情 (监测)."""
    from bot.usecases.topics.note_stage import begin_record

    house = open_house()
    done = begin_record(id_of(case, house), level, actor=operator(), storage=house.storage)
    typer.echo(done.stage.value)


def stage(
    case: CaseArgument,
    stage: Annotated[Stage, typer.Argument(help="The next stage.")],
    note: Annotated[str, typer.Option(help="What was found, decided or done.")] = "",
) -> None:
    """Note the next stage: 研判, 会商, 处置, 回应, 评估."""
    from bot.usecases.topics.note_stage import note_stage

    house = open_house()
    done = note_stage(id_of(case, house), stage, note, actor=operator(), storage=house.storage)
    typer.echo(done.stage.value)


def media(limit: Limit = 50, as_json: AsJson = False) -> None:
    """Questions of the press with their cases, the newest first."""
    with open_house().storage.begin() as uow:
        asked = uow.topics.media(limit=limit)
        cases = {one.case: uow.cases.get(one.case) for one in asked}
    if as_json:
        print_json([{"asked": one, "reply_copy": cases[one.case].answer_text} for one in asked])
        return
    print_table(
        ("case", "outlet", "wanted by", "due", "state", "question"),
        [
            (
                *(cases[q.case].number, q.outlet, q.wanted_by, cases[q.case].deadline.due_at),
                *(cases[q.case].state, q.question),
            )
            for q in asked
        ],
    )


def take_media(
    outlet: Annotated[str, typer.Argument(help="Who asks.")],
    question: Annotated[str, typer.Argument(help="What they ask.")],
    *,
    by: Annotated[str, typer.Option(help="Until when they want to know (Beijing time).")] = "",
    department: Annotated[str, typer.Option(help="Who answers.")] = "",
) -> None:
    """Take down a question of the press; its case has the office's own term."""
    from bot.usecases.topics.take_media_question import take_media_question

    wanted_by: datetime | None = moment(by) if by else None
    case = take_media_question(
        outlet,
        question,
        wanted_by=wanted_by,
        department=DepartmentId(department) if department else None,
        actor=operator(),
        tools=open_house().cases,
    )
    typer.echo(f"{case.number}  {case.id}")
