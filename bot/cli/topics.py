"""`tongbu topic`: what followers speak of, alerts, and what becomes of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import topic_records
from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, Limit, print_facts, print_json, print_table
from bot.cli.toml_tables import text_of
from bot.domain.ids import AlertId, DepartmentId
from bot.domain.personal.masking import mask
from bot.domain.topics.alert import AlertState
from bot.domain.topics.rules import Level

if TYPE_CHECKING:
    from bot.domain.topics.alert import TopicAlert

app = typer.Typer(help="What followers speak of (舆情).", no_args_is_help=True)
topic_records.add_to(app)

Alert = Annotated[str, typer.Argument(metavar="ALERT", help="The id of the alert.")]
_LONGEST_SHOWN = 60


@app.command("list")
def list_topics(
    days: Annotated[int, typer.Option(help="How many days, today first.")] = 1,
    as_json: AsJson = False,
) -> None:
    """The themes of a day: terms the same people use, oftener than usual."""
    with open_house().storage.begin() as uow:
        found = uow.topics.days(limit=days)
    if as_json:
        print_json(found)
        return
    columns = ("day", "askers", "name us", "window", "expected", "chance", "terms")
    print_table(
        columns,
        [
            (
                *(day.day, theme.askers, theme.names_us, theme.growth.window),
                *(f"{theme.growth.expected:.2f}", f"{theme.growth.chance:.1e}", theme.terms[:6]),
            )
            for day in found
            for theme in day.themes
        ],
    )


@app.command()
def alerts(
    state: Annotated[
        list[AlertState] | None, typer.Option(help="May be given several times.")
    ] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """Alerts, the last seen first."""
    with open_house().storage.begin() as uow:
        found = uow.topics.alerts(states=tuple(state or ()), limit=limit)
    if as_json:
        print_json(found)
        return
    print_table(
        ("id", "kind", "state", "askers", "expected", "level", "raised", "name"),
        [
            (
                *(a.id, a.kind, a.state, a.askers, f"{a.growth.expected:.2f}"),
                *(a.level, a.raised_at, a.name),
            )
            for a in found
        ],
    )


@app.command()
def show(alert: Alert, as_json: AsJson = False) -> None:
    """One alert with masked quotes and the drafted statement."""
    with open_house().storage.begin() as uow:
        found = uow.topics.claim_alert(AlertId(alert))
        replies = [uow.replies.get(reply) for reply in found.samples]
    quotes = [mask(reply.incoming.text) for reply in replies if reply.erased_at is None]
    if as_json:
        print_json({"alert": found, "quotes": quotes})
        return
    print_facts(
        [
            *(("id", found.id), ("kind", found.kind), ("state", found.state)),
            *(("terms", found.terms), ("askers", found.askers), ("name us", found.names_us)),
            *(("expected", found.growth.expected), ("chance", found.growth.chance)),
            *(("level", found.level), ("case", found.case), ("statement", found.statement)),
        ]
    )
    print_table(("quote",), [(quote[:_LONGEST_SHOWN],) for quote in quotes])


@app.command()
def dismiss(alert: Alert, reason: Annotated[str, typer.Option(help="Why.")] = "") -> None:
    """Put an alert aside; it is told again when twice as many have come."""
    from bot.usecases.topics.decide_alert import dismiss_alert

    storage = open_house().storage
    _print_state(dismiss_alert(AlertId(alert), reason, actor=operator(), storage=storage))


@app.command("take-up")
def take_up(
    alert: Alert,
    *,
    level: Annotated[Level, typer.Option(help="How grave it is.")] = Level.ORDINARY,
    department: Annotated[str, typer.Option(help="Who is responsible.")] = "",
    note: Annotated[str, typer.Option(help="What was found (研判).")] = "",
) -> None:
    """Open a case of 舆情 for an alert; its clock runs from when the alert was raised."""
    from bot.usecases.topics.decide_alert import Taking, take_up_alert

    taking = Taking(level, DepartmentId(department) if department else None, note)
    case = take_up_alert(AlertId(alert), taking, actor=operator(), tools=open_house().cases)
    typer.echo(f"{case.number}  {case.id}")


@app.command()
def subjects(as_json: AsJson = False) -> None:
    """What might be explained or published next: demands, and themes of the last week."""
    from bot.usecases.topics.suggest_subjects import suggest_subjects

    found = suggest_subjects(open_house().storage)
    if as_json:
        print_json(found)
        return
    print_table(("askers", "from", "words"), [(s.askers, s.kind, s.words) for s in found])


@app.command()
def rules(
    file: Annotated[
        Path | None, typer.Argument(help="A file as docs/hot-topics.md describes it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put what a file says in force; without one, show what is."""
    from bot.regulations.watch_rules import read_watch_rules
    from bot.usecases.topics.set_watch_rules import set_watch_rules

    house = open_house()
    if file is not None:
        set_watch_rules(read_watch_rules(text_of(file)), actor=operator(), storage=house.storage)
    with house.storage.begin() as uow:
        found = house.watching.rules(uow)
    if as_json:
        print_json(found)
        return
    print_facts(
        [
            *(("names", found.names), ("grave words", found.grave_words)),
            *(("askers in two hours", found.hour_from), ("in a day", found.day_from)),
            *(("with a grave word", found.grave_from), ("chance", found.chance)),
            *(("times the usual", found.times), ("statement from", found.statement_from)),
            ("sources", tuple(source.name for source in found.sources)),
        ]
    )


def _print_state(alert: TopicAlert) -> None:
    typer.echo(f"{alert.id}  {alert.state.value}  {alert.name}")
