"""`tongbu release`: hand in, check, approve and withdraw policy releases."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, Limit, print_facts, print_json, print_table
from bot.cli.refusing import EXPECTED, Refused, sentences_of
from bot.domain.ids import ReleaseId, SourceId

if TYPE_CHECKING:
    from bot.bootstrap import House
    from bot.usecases.releases.accept_release import Accepted

app = typer.Typer(help="Policy releases and their interpretations.", no_args_is_help=True)

MANUAL = SourceId("manual")
COLUMNS = (
    "id",
    "version",
    "title",
    "document_number",
    "state",
    "received_at",
    "posts",
    "live",
    "held",
)

Id = Annotated[str, typer.Argument(metavar="ID")]
Paths = Annotated[
    list[Path], typer.Argument(metavar="PATH...", help="Release files, or folders of them.")
]


@app.command()
def add(
    paths: Paths,
    source: Annotated[
        str, typer.Option(help="The source they come from; made on first use if it is manual.")
    ] = MANUAL,
    same_document: Annotated[
        bool, typer.Option(help="A 文号 that is there already belongs to the same document.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Hand in release files; the same content again changes nothing."""
    house = open_house()
    if source == MANUAL:
        _make_manual_source(house)
    taken, failed = [], False
    for path in files_under(paths):
        try:
            taken.append(_take(path, SourceId(source), same_document, house))
        except EXPECTED as error:
            failed = True
            for sentence in sentences_of(error):
                typer.echo(f"{path}: {sentence}", err=True)
    if as_json:
        print_json([{"arrival": t.arrival, "release": t.release} for t in taken])
    for one in taken if not as_json else ():
        title, state = one.release.content.title, one.release.state.value
        typer.echo(f"{one.release.id}  {one.arrival.value}, {state}  {title}")
    if failed:
        raise typer.Exit(1)


def _take(path: Path, source: SourceId, same_document: bool, house: House) -> Accepted:
    from bot.domain.releases.release import ReleaseState
    from bot.usecases.releases.accept_release import Arrival, accept_release

    accepted = accept_release(
        house.reader.read_file(path),
        source_id=source,
        actor=operator(),
        storage=house.storage,
        ids=house.ids,
        person_says_same=same_document,
    )
    is_new = accepted.arrival is not Arrival.UNCHANGED
    if is_new and accepted.release.state is ReleaseState.APPROVED:
        house.doorbell.release_is_approved(accepted.release.id)
    return accepted


def _make_manual_source(house: House) -> None:
    from bot.domain.errors import Conflict
    from bot.domain.releases.source import Source, SourceKind
    from bot.usecases.releases.add_source import add_source

    with house.storage.begin() as uow:
        if any(known.id == MANUAL for known in uow.sources.all()):
            return
    manual = Source(MANUAL, "手工提交", SourceKind.MANUAL)
    try:
        add_source(manual, actor=operator(), storage=house.storage)
    except Conflict:
        return  # somebody else was as quick


def files_under(paths: list[Path]) -> Iterator[Path]:
    """The files named, and the release files of the folders named, in order.

    Raises:
        Refused: a path is not there.
    """
    from bot.reading.files import SUFFIXES

    if missing := [path for path in paths if not path.exists()]:
        raise Refused(*(f"{path}: there is no such file or folder" for path in missing))
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES)
        else:
            yield path


@app.command()
def check(
    paths: Paths,
    accounts: Annotated[
        Path | None, typer.Option(help="An accounts.toml; without it, one account of each mode.")
    ] = None,
    offline: Annotated[bool, typer.Option(help="Do not fetch pictures.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read releases and draw every post they could become; nothing is stored or sent.

    Exit status 1 when a release is refused or a post breaks a limit that stops it.
    """
    from bot.cli.release_check import check_files, print_report

    reports = check_files(list(files_under(paths)), account_file=accounts, offline=offline)
    seen = []
    for report in reports:
        seen.append(report)
        if not as_json:
            print_report(report)
    if as_json:
        print_json([report.as_json() for report in seen])
    if not all(report.ok for report in seen):
        raise typer.Exit(1)


@app.command("list")
def list_releases(
    search: Annotated[
        str, typer.Option(help="Words of the title, the 文号, an issuing body or the text.")
    ] = "",
    state: Annotated[str, typer.Option(help="Only in this state.")] = "",
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """The newest releases."""
    overview = open_house().storage.overview()
    rows = overview.releases(search=search, state=state, limit=limit)
    if as_json:
        print_json(rows)
        return
    facts = attrgetter(*COLUMNS)
    print_table(COLUMNS, [facts(row) for row in rows])


@app.command()
def show(release_id: Id, as_json: AsJson = False) -> None:
    """One release, its findings and its posts."""
    from bot.cli.posts import LINE_COLUMNS, line

    house = open_house()
    with house.storage.begin() as uow:
        release = uow.releases.get(ReleaseId(release_id))
    posts = house.storage.overview().posts(release=release_id, limit=1000)
    if as_json:
        print_json({"release": release, "posts": posts})
        return
    content, approval = release.content, release.approval
    print_facts(
        [
            ("id", f"{release.id} version {release.version}"),
            ("source", f"{release.source}, {release.source_key}"),
            ("state", release.state),
            ("title", content.title),
            ("number", content.document_number),
            ("issued by", content.issuing_bodies),
            ("issued on", content.issued_on),
            ("published on", content.published_on),
            ("approved by", f"{approval.by}, {approval.evidence}" if approval else "nobody yet"),
            ("not before", release.release_at),
            ("interpretations", [i.title for i in content.interpretations]),
        ]
    )
    for finding in release.findings:
        typer.echo(f"note: {finding.message}")
    typer.echo("")
    print_table(LINE_COLUMNS, [line(post) for post in posts])


@app.command()
def approve(
    release_id: Id,
    note: Annotated[str, typer.Option(help="On what evidence.")] = "",
    override: Annotated[
        str, typer.Option(help="Why it may go out although a check stands in the way.")
    ] = "",
) -> None:
    """Approve a received release; its posts are planned by themselves."""
    from bot.usecases.releases.approve_release import approve_release

    house = open_house()
    release = approve_release(
        ReleaseId(release_id),
        actor=operator(),
        storage=house.storage,
        doorbell=house.doorbell,
        note=note,
        override=override,
    )
    typer.echo(f"{release.id}: {release.state.value}")


@app.command()
def withdraw(
    release_id: Id, reason: Annotated[str, typer.Option(help="Why; kept in the audit.")]
) -> None:
    """Withdraw a release, or refuse one that nobody approved; public posts stay public."""
    from bot.usecases.releases.withdraw_release import withdraw_release

    storage = open_house().storage
    release = withdraw_release(
        ReleaseId(release_id), actor=operator(), storage=storage, reason=reason
    )
    typer.echo(f"{release.id}: {release.state.value}")


@app.command()
def recall(
    release_id: Id,
    reason: Annotated[str, typer.Option(help="Why; kept in the audit.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before deleting.")] = False,
) -> None:
    """Withdraw a release and have its public posts taken down; what people must do is listed."""
    from bot.usecases.releases.recall_release import foresee_recall, recall_release

    house = open_house()
    for each in foresee_recall(ReleaseId(release_id), house.aftercare):
        typer.echo(f"{each.account.name}: {each.state.value if each.state else 'cancel'}")
    if not yes:
        typer.confirm("Withdraw it everywhere, for good?", abort=True)
    done = recall_release(
        ReleaseId(release_id),
        reason=reason,
        actor=operator(),
        tools=house.aftercare,
        ids=house.ids,
        doorbell=house.doorbell,
    )
    for part in done.posts:
        typer.echo(f"{part.post}  {part.state.value}  {part.note}")
    typer.echo(f"{done.id}: {done.left} left; a worker takes down what says waiting")
