"""`tongbu case list` and `show`: what waits, and one case with every step."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.case_naming import CaseArgument, case_named
from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, Limit, print_facts, print_json, print_table
from bot.domain.cases.case import CaseState
from bot.domain.cases.names import CaseClass
from bot.domain.errors import InvalidInput

if TYPE_CHECKING:
    from bot.bootstrap import House
    from bot.domain.cases.case import Case


def add_to(app: typer.Typer) -> None:
    """The commands beside those that change something."""
    app.command("list")(list_cases)
    app.command()(show)


def list_cases(
    *,
    state: Annotated[
        list[CaseState] | None, typer.Option(help="May be given several times.")
    ] = None,
    department: Annotated[str, typer.Option(help="A department's id.")] = "",
    account: Annotated[str, typer.Option(help="Only of the account with this id.")] = "",
    case_class: Annotated[
        CaseClass | None, typer.Option("--class", help="Only of this class.")
    ] = None,
    due_within: Annotated[
        float | None, typer.Option(help="Only those due within so many hours; 0 is overdue.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what is answered.")] = False,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """Cases by deadline, the nearest first; without --all or --state those that wait."""
    from bot.ports.case_overview import CaseFilter

    house = open_house()
    due = None if due_within is None else house.clock.now() + timedelta(hours=due_within)
    wanted = CaseFilter(
        states=tuple(state or ()),
        departments=(department,) if department else (),
        account=account or None,
        case_class=case_class,
        due_before=due,
        running=None if everything or state else True,
    )
    rows = house.storage.overview().cases(wanted, limit=limit)
    if as_json:
        print_json(rows)
        return
    print_table(
        ("number", "class", "state", "department", "due", "words"),
        [(r.number, r.case_class, r.state, r.department_name, r.due_at, r.words) for r in rows],
    )


def show(case: CaseArgument, as_json: AsJson = False) -> None:
    """One case: its clock, the rule it runs by, and every step."""
    house = open_house()
    with house.storage.begin() as uow:
        found = case_named(case, uow)
        history = uow.cases.history(found.id)
        application = uow.cases.application(found.id)
        claim = uow.cases.claim_on(found.id)
    if as_json:
        print_json({"case": found, "history": history, "application": application, "claim": claim})
        return
    deadline = found.deadline
    print_facts(
        [
            ("id", found.id),
            ("number", found.number),
            ("check code", found.check_code),
            ("class", found.case_class),
            ("entry", found.entry),
            ("urgent", found.is_urgent),
            ("state", found.state),
            ("department", found.department),
            ("handler", found.handler),
            ("reply", found.reply),
            ("subject", found.subject),
            ("received", found.received_at),
            ("due", deadline.due_at),
            ("provisional", deadline.is_provisional),
            ("rule", f"{deadline.rule} v{deadline.rule_version}: {deadline.term.in_words}"),
            ("basis", deadline.basis),
            ("answered", found.answered_at),
            ("answer", found.answer_text),
            ("writing now", claim.by if claim else ""),
            ("window", _window(found, house)),
        ]
    )
    print_table(
        ("at", "step", "by", "note", "details"),
        [
            (e.at, e.kind, e.by, e.note, [f"{k}={v}" for k, v in sorted(e.details.items())])
            for e in history
        ],
    )


def _window(case: Case, house: House) -> str:
    """What the platform still allows, beside the clock; empty where there is no window."""
    from bot.usecases.replies.show_window import show_window

    if case.reply is None or not case.is_running:
        return ""
    try:
        return show_window(case.reply, actor=operator(), tools=house.correspondence).words
    except InvalidInput:
        return ""
