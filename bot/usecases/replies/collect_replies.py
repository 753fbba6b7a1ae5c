"""Read an account's streams that are not pushed; cursors advance with the rows."""

from bot.domain.errors import PlatformError
from bot.domain.ids import AccountId, ReplyId
from bot.domain.replies.reply import Incoming, Reply
from bot.ports.clock import Ids
from bot.ports.platform import CollectedPage, Collector
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.publishing.tools import PublishingTools

PAGES_A_VISIT = 20
LIVE_POSTS = 50


def collect_replies(
    account_id: AccountId, *, collector: Collector, tools: PublishingTools, ids: Ids
) -> int:
    """Read every stream of the account once; returns how many replies were new to us.

    A stream the platform refuses now is left for next time: its cursor has not moved.

    Raises:
        PlatformError: the first stream already failed, so the account has a trouble of its own.
    """
    with tools.storage.begin() as uow:
        account = uow.accounts.get(account_id)
        access = tools.access(uow, account)
        live = uow.deliveries.live_posts(account_id, limit=LIVE_POSTS)
    fresh = 0
    failure: PlatformError | None = None
    for stream in collector.streams(account, live):
        for _ in range(PAGES_A_VISIT):
            with tools.storage.begin() as uow:
                cursor = uow.replies.cursor(account_id, stream)
            try:
                page = collector.read(access, stream, cursor)
            except PlatformError as error:
                failure = failure or error
                break
            fresh += _store(account_id, stream, page, tools.storage, ids)
            if not page.more:
                break
    if failure is not None and fresh == 0:
        raise failure
    return fresh


def _store(
    account_id: AccountId, stream: str, page: CollectedPage, storage: Storage, ids: Ids
) -> int:
    with storage.begin() as uow:
        new = _unknown(uow, account_id, page)
        now = uow.now()
        uow.replies.store([Reply(ReplyId(ids.new("rpy")), i, now) for i in new])
        uow.replies.save_cursor(account_id, stream, page.cursor)
        uow.commit()
    return len(new)


def _unknown(uow: UnitOfWork, account_id: AccountId, page: CollectedPage) -> list[Incoming]:
    """Overlapping pages read the same comment again; that is not the follower repeating it."""
    known = uow.replies.known_keys(account_id, [i.key for i in page.incoming])
    by_key = {i.key: i for i in page.incoming if i.key not in known}
    return list(by_key.values())
