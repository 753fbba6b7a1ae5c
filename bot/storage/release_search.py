"""What followers find: released documents by their words, with the address to read them at."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, case, select

from bot.domain.ids import AccountId, ReleaseId
from bot.domain.posts.post import PostKind
from bot.domain.publishing.receipt import Receipt
from bot.domain.releases.release import ReleaseState
from bot.domain.releases.searching import SearchHit, searchable
from bot.storage.encoding import decode
from bot.storage.overview_releases import IS_LIVE
from bot.storage.release_index import OF_RELEASE, best_first, found
from bot.storage.tables import deliveries, posts, release_texts, releases
from bot.storage.transactions import Transactions

_p, _d, _r, _x = posts.c, deliveries.c, releases.c, release_texts.c


# Not the bare column: SQLite would begin with the index of all that is released.
_IS_RELEASED = _r.state.concat("") == ReleaseState.RELEASED


class SqlReleaseSearch:
    """Keeps the promise of `ports.searching.ReleaseSearch`."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def released(self, words: str, *, account: AccountId, limit: int) -> Sequence[SearchHit]:
        needle = searchable(words)
        if not needle:
            return []
        with self._transactions.reading() as connection:
            rows = connection.execute(_released(needle, limit)).all()
            live = _live_urls(connection, [row.id for row in rows], account)
        return [_hit(row, live.get(row.id)) for row in rows]


def _released(needle: str, limit: int) -> Any:
    return (
        select(_r.id, _r.title, _r.document_number, _r.issuing_bodies, _x.url)
        .select_from(found(needle))
        .join(releases, OF_RELEASE)
        .where(_IS_RELEASED)
        .order_by(*best_first(needle))
        .limit(limit)
    )


def _live_urls(connection: Connection, hits: Sequence[str], account: AccountId) -> dict[str, str]:
    """The first address of each release's live post; a post with the document itself before one
    with an interpretation, a newer one before an older."""
    if not hits:
        return {}
    by_itself = case((_p.kind == PostKind.INTERPRETATION, 0), else_=1)
    wanted = (
        select(_p.release_id, _d.receipt)
        .join_from(posts, deliveries, _d.post_id == _p.id)
        .where(_p.release_id.in_(hits), _p.account_id == account, IS_LIVE)
        .order_by(by_itself, _d.published_at)
    )
    rows = connection.execute(wanted)
    urls = {row.release_id: decode(Receipt, row.receipt).urls for row in rows}
    return {release: addresses[0] for release, addresses in urls.items() if addresses}


def _hit(row: Row[Any], live: str | None) -> SearchHit:
    return SearchHit(
        release=ReleaseId(row.id),
        title=row.title,
        document_number=row.document_number,
        issuing_bodies=decode(tuple[str, ...], row.issuing_bodies),
        url=live or row.url or "",
    )
