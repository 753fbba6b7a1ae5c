"""`tongbu question demand`: what people ask for in vain, and what becomes of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, Limit, print_json, print_table
from bot.domain.ids import DemandId, DepartmentId, QuestionId, ReleaseId
from bot.domain.personal.masking import mask
from bot.domain.questions.demand import DemandKind, DemandState

if TYPE_CHECKING:
    from bot.bootstrap import House
    from bot.domain.ids import AccountId
    from bot.domain.questions.demand import Demand
    from bot.ports.storage import UnitOfWork

app = typer.Typer(help="What people ask for in vain.", no_args_is_help=True)

Named = Annotated[str, typer.Argument(metavar="DEMAND", help="Its id.")]
_LONGEST_SAMPLE = 40
_MOST_DOCUMENTS = 20


@app.command("list")
def list_demands(
    state: Annotated[
        list[DemandState] | None, typer.Option(help="May be given several times.")
    ] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """Demands, the newest first, with who asks and what is published about it."""
    house = open_house()
    with house.storage.begin() as uow:
        rows = [_row(one, uow) for one in uow.demands.all(states=tuple(state or ()), limit=limit)]
        accounts = [account.id for account in uow.accounts.all()]
    for row in rows:
        row["documents"] = _documents(row["words"], accounts, house)
    if as_json:
        print_json(rows)
        return
    columns = ("id", "kind", "words", "state", "askers", "first_asked_at", "last_asked_at")
    more = ("documents", "department", "release", "reason", "samples")
    print_table([*columns, *more], [[row[name] for name in (*columns, *more)] for row in rows])


@app.command()
def transfer(
    demand: Named,
    department: Annotated[str, typer.Argument(metavar="DEPARTMENT", help="Who drafts.")],
) -> None:
    """Give it to the department that drafts the interpretation."""
    from bot.usecases.questions.settle_demand import transfer_demand

    to, storage = DepartmentId(department), open_house().storage
    _print(transfer_demand(DemandId(demand), to, actor=operator(), storage=storage))


@app.command()
def publish(
    demand: Named, release: Annotated[str, typer.Argument(metavar="RELEASE", help="Its id.")]
) -> None:
    """Say which released document answers it."""
    from bot.usecases.questions.settle_demand import publish_demand

    by, storage = ReleaseId(release), open_house().storage
    _print(publish_demand(DemandId(demand), by, actor=operator(), storage=storage))


@app.command()
def decline(demand: Named, reason: Annotated[str, typer.Option(help="Why.")] = "") -> None:
    """Say that it is not disclosed, and why."""
    from bot.usecases.questions.settle_demand import decline_demand

    storage = open_house().storage
    _print(decline_demand(DemandId(demand), reason=reason, actor=operator(), storage=storage))


@app.command()
def reopen(demand: Named) -> None:
    """Say that what was done does not answer it."""
    from bot.usecases.questions.settle_demand import reopen_demand

    _print(reopen_demand(DemandId(demand), actor=operator(), storage=open_house().storage))


@app.command()
def threshold(
    askers: Annotated[int, typer.Argument(metavar="ASKERS", help="How many have to ask.")],
) -> None:
    """Set from how many askers on something is a demand."""
    from bot.usecases.cases.set_case_rules import set_demand_from

    rules = set_demand_from(askers, actor=operator(), storage=open_house().storage)
    typer.echo(f"from {rules.demand_from} askers on, rules version {rules.version}")


def _row(demand: Demand, uow: UnitOfWork) -> dict[str, Any]:
    asking = uow.demands.asking(demand.kind, demand.subject)
    is_search = demand.kind is DemandKind.SEARCH
    words = demand.subject if is_search else uow.questions.get(QuestionId(demand.subject)).name
    samples = [mask(uow.replies.get(one).incoming.text) for one in asking.samples]
    shown = [sample[:_LONGEST_SAMPLE] for sample in samples]
    return {**asdict(demand), **asdict(asking), "words": mask(words), "samples": shown}


def _documents(words: str, accounts: list[AccountId], house: House) -> int | None:
    """Released documents that hold the words; None where nobody has named the question."""
    if not words or not accounts:
        return None
    search = house.storage.searching()
    return len(search.released(words, account=accounts[0], limit=_MOST_DOCUMENTS))


def _print(demand: Demand) -> None:
    typer.echo(f"{demand.id}  {demand.state.value}  {demand.subject}")
