"""数据: what platforms tell of accounts and articles, and in which forms policy was explained."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from starlette.responses import Response

from bot.console.answering import page
from bot.console.downloads import MOST_ROWS, download
from bot.console.paging import page_number, take_page
from bot.console.visit import Visit
from bot.console.words.times import beijing_date
from bot.domain.ids import ReleaseId
from bot.domain.personal.masking import mask
from bot.domain.releases.opinion import VoteCount
from bot.exports.statistics import export_statistics as write_statistics

PAGE_SIZE = 50
MOST_UNCOUNTED = 20
MOST_VOTES, MOST_RATED, MOST_WORDS = 200, 20, 3
SPANS = (7, 30, 90)
USUAL_SPAN = 30


@dataclass(frozen=True)
class Rated:
    """What readers think of a document, with some of their words, masked."""

    release: ReleaseId
    title: str
    count: VoteCount
    words: tuple[str, ...]


def show_statistics(visit: Visit) -> Response:
    """Accounts, articles of the last days, forms of interpretation."""
    days, account = _days(visit.asked("days")), visit.asked("account")
    since, overview = _since(visit, days), visit.tools.overview
    number = page_number(visit.asked("page"))
    found = take_page(
        lambda limit, offset: overview.articles(
            account=account, since=since, limit=limit, offset=offset
        ),
        number=number,
        size=PAGE_SIZE,
        address="/statistics",
        query={"days": str(days), "account": account},
    )
    uncounted = overview.uncounted_posts(account=account, since=since, limit=MOST_UNCOUNTED)
    return page(
        visit,
        "statistics.html.j2",
        found=found,
        uncounted=uncounted if number == 1 else (),
        days=days,
        spans=SPANS,
        account=account,
        accounts=overview.account_lines(since=since),
        mix=overview.form_mix(since=since),
        rated=_rated(visit, days),
    )


def _rated(visit: Visit, days: int) -> Sequence[Rated]:
    """Documents that readers voted on of late, the last vote first."""
    since = visit.tools.clock.now() - timedelta(days=days)
    with visit.tools.storage.look() as uow:
        votes = uow.release_votes.newest(since=since, limit=MOST_VOTES)
        words: dict[ReleaseId, list[str]] = {}
        for vote in votes:
            words.setdefault(vote.release, []).append(mask(vote.words))
        counts = uow.release_votes.counts(list(words))
        return [
            Rated(
                release,
                uow.releases.get(release).content.title,
                counts[release],
                tuple(said for said in words[release] if said)[:MOST_WORDS],
            )
            for release in list(words)[:MOST_RATED]
        ]


def export_statistics(visit: Visit) -> Response:
    """The same articles as a file."""
    days, account = _days(visit.fields.get("days", "")), visit.fields.get("account", "")
    since, overview = _since(visit, days), visit.tools.overview

    def write(path: Path) -> None:
        write_statistics(path, overview, account=account, since=since, most=MOST_ROWS)

    return download(visit, "statistics", asked=f"{days} {account}".strip(), write=write)


def _days(asked: str) -> int:
    return next((span for span in SPANS if str(span) == asked), USUAL_SPAN)


def _since(visit: Visit, days: int) -> date:
    return beijing_date(visit.tools.clock.now()) - timedelta(days=days)
