"""Read an account's streams that are not pushed; cursors advance with the rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.accounts.account import AccountAccess, PlatformName
from bot.domain.errors import PlatformError
from bot.domain.ids import AccountId, PostId, ReplyId
from bot.domain.replies.comment import CommentCount
from bot.domain.replies.reply import Incoming, Reply
from bot.ports.clock import Ids
from bot.ports.platform import CollectedPage, Collector, LivePost
from bot.ports.storage import UnitOfWork
from bot.usecases.accounts.note_trouble import note_trouble
from bot.usecases.publishing.note_vanished import note_vanished
from bot.usecases.publishing.tools import PublishingTools
from bot.usecases.replies.collect_due import plan_visit
from bot.usecases.replies.note_comments import note_comments

PAGES_A_VISIT = 20
LIVE_POSTS = 50


@dataclass(frozen=True)
class CollectingTools:
    """What collecting needs from the world, handed over as one value."""

    publishing: PublishingTools
    collectors: Mapping[PlatformName, Collector]
    ids: Ids


@dataclass(frozen=True)
class _Stream:
    """One stream of one account, and the posts that what it brings may be about."""

    account: AccountId
    name: str
    live: Sequence[LivePost]


def collect_replies(account_id: AccountId, tools: CollectingTools) -> int:
    """Read every stream of the account once; returns how many replies were new to us.

    A stream the platform refuses now is left for next time: its cursor has not moved. With a
    dead token nothing is read until the account is authorised again.

    Raises:
        PlatformError: a stream failed, after all the others were read.
    """
    storage = tools.publishing.storage
    with storage.begin() as uow:
        account = uow.accounts.get(account_id)
        access = tools.publishing.access(uow, account)
        live = uow.deliveries.live_posts(account_id, limit=LIVE_POSTS)
        trouble = uow.accounts.trouble(account_id)
    try:
        if trouble is not None and trouble.stops_reading:
            return 0
        return _read_all(access, live, tools)
    finally:
        plan_visit(account, collector=tools.collectors[account.platform], storage=storage)


def _read_all(access: AccountAccess, live: Sequence[LivePost], tools: CollectingTools) -> int:
    account, fresh = access.account, 0
    failure: PlatformError | None = None
    for stream in tools.collectors[account.platform].streams(account, live):
        try:
            fresh += _read_stream(access, stream, live, tools)
        except PlatformError as error:
            failure = failure or error
    if failure is not None:
        note_trouble(account.id, failure, storage=tools.publishing.storage)
        raise failure
    return fresh


def _read_stream(
    access: AccountAccess, stream: str, live: Sequence[LivePost], tools: CollectingTools
) -> int:
    account, storage = access.account, tools.publishing.storage
    fresh = 0
    for _ in range(PAGES_A_VISIT):
        with storage.begin() as uow:
            cursor, asked_at = uow.replies.cursor(account.id, stream), uow.now()
        page = tools.collectors[account.platform].read(access, stream, cursor, live=live)
        fresh += _store(_Stream(account.id, stream, live), page, asked_at, tools)
        if not page.more:
            break
    return fresh


def _store(stream: _Stream, page: CollectedPage, asked_at: datetime, tools: CollectingTools) -> int:
    account_id = stream.account
    with tools.publishing.storage.begin() as uow:
        new = _unknown(uow, account_id, page)
        now = uow.now()
        uow.replies.store(
            [
                Reply(ReplyId(tools.ids.new("rpy")), said, now, post=_about(said, stream.live))
                for said in new
            ]
        )
        uow.comments.save_counts(
            [CommentCount(PostId(post), count, asked_at) for post, count in page.counted.items()]
        )
        if page.seen or page.gone:
            note_comments(uow, account_id, seen=page.seen, gone=page.gone, looked_at=asked_at)
        for post in page.vanished:
            note_vanished(uow, post)
        uow.replies.save_cursor(account_id, stream.name, page.cursor)
        uow.commit()
    return len(new)


def _about(said: Incoming, live: Sequence[LivePost]) -> PostId | None:
    """Our post that it was said about, if it is one that is still read."""
    return next((PostId(post.post_id) for post in live if post.is_target(said.target)), None)


def _unknown(uow: UnitOfWork, account_id: AccountId, page: CollectedPage) -> list[Incoming]:
    """Overlapping pages read the same comment again; that is not the follower repeating it."""
    known = uow.replies.known_keys(account_id, [i.key for i in page.incoming])
    by_key = {i.key: i for i in page.incoming if i.key not in known}
    return list(by_key.values())
