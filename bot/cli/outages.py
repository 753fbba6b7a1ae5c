"""`tongbu outage`: after every outage, what was late, held or went out late."""

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, Limit, print_json, print_table
from bot.cli.refusing import Refused
from bot.domain.ids import OutageId
from bot.ports.overview import OutageRow, TouchedPost
from bot.usecases.publishing.fates import Fate, fate_of

app = typer.Typer(help="Times in which no tick ran, and what was due then.", no_args_is_help=True)

NEXT_STEPS = {
    Fate.HELD: "decide: tongbu post show {id}",
    Fate.UNSURE: "look at the account, then: tongbu post adopt {id} URL, or retry {id}",
    Fate.WAITING: "none: it goes out by itself",
    Fate.LATE: "none",
    Fate.IN_TIME: "none",
    Fate.DROPPED: "none",
}


@app.command("list")
def list_outages(limit: Limit = 20, as_json: AsJson = False) -> None:
    """The newest outages and how many posts each touched."""
    rows = open_house().storage.overview().outages(limit=limit)
    if as_json:
        print_json(rows)
        return
    print_table(
        ("id", "from", "to", "seconds", "posts", "need somebody", "seen by"),
        [
            (
                *(row.outage.id, row.outage.since, row.outage.until, round(row.outage.seconds)),
                *(len(row.posts), _open(row), row.outage.settled_by),
            )
            for row in rows
        ],
    )


@app.command()
def show(outage_id: str, as_json: AsJson = False) -> None:
    """Every post that was due in it: what became of it, what to do."""
    rows = open_house().storage.overview().outages(limit=10_000)
    row = next((one for one in rows if one.outage.id == outage_id), None)
    if row is None:
        raise Refused(f"no outage {outage_id}; see: tongbu outage list")
    if as_json:
        print_json([{"touched": one, "fate": fate_of(one)} for one in row.posts])
        return
    print_table(
        ("post", "account", "title", "due then", "what became of it", "next step"),
        [_line(touched) for touched in row.posts],
    )


@app.command()
def settle(outage_id: str) -> None:
    """Say that somebody has looked through its list."""
    from bot.usecases.publishing.outages import settle_outage

    settle_outage(OutageId(outage_id), actor=operator(), storage=open_house().storage)
    typer.echo(f"{outage_id}: settled")


def _open(row: OutageRow) -> int:
    return sum(fate_of(touched) in {Fate.HELD, Fate.UNSURE} for touched in row.posts)


def _line(touched: TouchedPost) -> tuple[object, ...]:
    post, fate, late = touched.post, fate_of(touched), touched.lateness_seconds
    told = fate.value if late is None else f"{fate.value}, {late:.0f} s after its time"
    said = f"{told}; {post.hold_reason}" if post.hold_reason else told
    step = NEXT_STEPS[fate].format(id=post.id)
    return (post.id, post.account_name, post.title, touched.due_then, said, step)
