"""`tongbu case`: what followers' words need done, from receipt to answer."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli import case_applications, case_publication, case_reading, case_rules
from bot.cli.case_naming import CaseArgument, case_named, id_of, print_state
from bot.cli.figures import FiguresReason, answered_for
from bot.cli.office import open_house, operator
from bot.domain.cases.case import Channel
from bot.domain.cases.names import CaseClass, Entry
from bot.domain.ids import AccountId, DepartmentId, ReplyId

app = typer.Typer(help="What followers' words need done.", no_args_is_help=True)
case_reading.add_to(app)
case_rules.add_to(app)
case_applications.add_to(app)
case_publication.add_to(app)

Department = Annotated[str, typer.Option(help="A department's id.")]
Urgent = Annotated[bool, typer.Option("--urgent", help="It cannot wait.")]
Note = Annotated[str, typer.Option(help="What others should know.")]
Reason = Annotated[str, typer.Option(help="Why.")]


@app.command("open")
def open_one(
    case_class: Annotated[CaseClass, typer.Argument(metavar="CLASS", help="What is wanted.")],
    *,
    reply: Annotated[str, typer.Option(help="The reply it is about.")] = "",
    subject: Annotated[str, typer.Option(help="What is asked, where there is no reply.")] = "",
    entry: Annotated[Entry, typer.Option(help="How it came in.")] = Entry.FOLLOWER,
    account: Annotated[str, typer.Option(help="The id of the account it belongs to.")] = "",
    department: Department = "",
    urgent: Urgent = False,
    tell: Annotated[bool, typer.Option("--tell", help="Write the asker number and code.")] = False,
) -> None:
    """Take up a reply, or a question that came another way; prints number and check code."""
    from bot.usecases.cases.open_case import NewCase, open_case

    wanted = NewCase(
        case_class,
        reply=ReplyId(reply) if reply else None,
        entry=entry,
        subject=subject,
        account=AccountId(account) if account else None,
        department=DepartmentId(department) if department else None,
        is_urgent=urgent,
    )
    made = open_case(wanted, actor=operator(), tools=open_house().cases, tell_number=tell)
    typer.echo(f"{made.number}  {made.check_code}  {made.state.value}")


@app.command()
def classify(
    case: CaseArgument,
    case_class: Annotated[CaseClass, typer.Argument(metavar="CLASS")],
    urgent: Urgent = False,
) -> None:
    """Say, or confirm, what class it is of."""
    from bot.usecases.cases.classify_case import classify_case

    house = open_house()
    found = id_of(case, house)
    print_state(
        classify_case(found, case_class, is_urgent=urgent, actor=operator(), tools=house.cases)
    )


@app.command()
def assign(
    case: CaseArgument,
    department: Annotated[str, typer.Argument(metavar="DEPARTMENT", help="Its id.")],
    note: Note = "",
) -> None:
    """Give it to a department; given to another one, it is transferred."""
    from bot.usecases.cases.assign_case import assign_case

    house = open_house()
    found = id_of(case, house)
    to = DepartmentId(department)
    print_state(assign_case(found, to, note=note, actor=operator(), tools=house.cases))


@app.command()
def accept(case: CaseArgument) -> None:
    """Sign for it, as its department."""
    from bot.usecases.cases.accept_case import accept_case

    house = open_house()
    print_state(accept_case(id_of(case, house), actor=operator(), tools=house.cases))


@app.command("return")
def return_one(case: CaseArgument, reason: Reason = "") -> None:
    """Give it back to the desk: it is another department's."""
    from bot.usecases.cases.return_case import return_case

    house = open_house()
    found = id_of(case, house)
    print_state(return_case(found, reason=reason, actor=operator(), tools=house.cases))


@app.command()
def remind(case: CaseArgument, note: Note = "") -> None:
    """Ask whoever has it to go on."""
    from bot.usecases.cases.chase_case import remind as chase

    house = open_house()
    print_state(chase(id_of(case, house), note=note, actor=operator(), tools=house.cases))


@app.command()
def supervise(case: CaseArgument, note: Note = "") -> None:
    """Put it under supervision."""
    from bot.usecases.cases.chase_case import supervise as chase

    house = open_house()
    print_state(chase(id_of(case, house), note=note, actor=operator(), tools=house.cases))


@app.command()
def merge(
    case: CaseArgument, into: Annotated[str, typer.Argument(metavar="INTO", help="The other.")]
) -> None:
    """Handle it together with another one."""
    from bot.usecases.cases.merge_cases import merge_cases

    house = open_house()
    found, other = id_of(case, house), id_of(into, house)
    print_state(merge_cases(found, into=other, actor=operator(), tools=house.cases))


@app.command()
def answer(
    case: CaseArgument,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What the asker reads.")],
    by: Annotated[Channel, typer.Option(help="How the asker gets it.")] = Channel.PLATFORM,
    figures_reason: FiguresReason = "",
) -> None:
    """Answer it; where its rule asks for review, somebody else has to approve first."""
    from bot.usecases.cases.answer_case import WrittenAnswer, answer_case

    house = open_house()
    written = WrittenAnswer(text, by, answered_for(text, figures_reason))
    print_state(answer_case(id_of(case, house), written, actor=operator(), tools=house.cases))


@app.command()
def approve(case: CaseArgument) -> None:
    """Let the answer go out that waits for approval."""
    from bot.usecases.cases.answer_case import approve_answer

    house = open_house()
    with house.storage.begin() as uow:
        found = case_named(case, uow)
    done = approve_answer(found.id, seen=found.version, actor=operator(), tools=house.cases)
    print_state(done)


@app.command("send-back")
def send_back(case: CaseArgument, reason: Reason = "") -> None:
    """Give the answer back to whoever wrote it."""
    from bot.usecases.cases.answer_case import send_back_answer

    house = open_house()
    found = id_of(case, house)
    print_state(send_back_answer(found, reason=reason, actor=operator(), tools=house.cases))


@app.command()
def close(case: CaseArgument, note: Note = "") -> None:
    """The answer settled it."""
    from bot.usecases.cases.end_case import close_case

    house = open_house()
    print_state(close_case(id_of(case, house), note=note, actor=operator(), tools=house.cases))


@app.command()
def withdraw(case: CaseArgument, reason: Reason = "") -> None:
    """The asker took it back, or it was opened by mistake."""
    from bot.usecases.cases.end_case import withdraw_case

    house = open_house()
    found = id_of(case, house)
    print_state(withdraw_case(found, reason=reason, actor=operator(), tools=house.cases))


@app.command()
def reopen(case: CaseArgument, reason: Reason = "") -> None:
    """Handle it again, on a clock of its own."""
    from bot.usecases.cases.reopen_case import reopen_case

    house = open_house()
    found = id_of(case, house)
    print_state(reopen_case(found, reason=reason, actor=operator(), tools=house.cases))
