"""Look up what a follower asks for, before they are answered."""

from collections.abc import Callable

from bot.domain.replies.reply import Answered, Incoming
from bot.domain.replies.search_answers import LISTED, search_answer
from bot.domain.replies.wishes import ReceiptWish, Wish
from bot.ports.searching import ReleaseSearch
from bot.usecases.cases.look_up_receipt import ReceiptDesk


def look_up(
    wish: Wish,
    incoming: Incoming,
    *,
    search: ReleaseSearch,
    receipts: ReceiptDesk,
    more_url: Callable[[str], str],
) -> Answered | None:
    """The answer; None when nothing was found for words that may have meant something else.
    `more_url` gives the public page with everything that holds some words.

    Raises:
        StorageUnavailable: the database is away.
    """
    if isinstance(wish, ReceiptWish):
        return receipts.answer(wish, incoming)
    hits = search.released(wish.words, account=incoming.account, limit=LISTED + 1)
    if not hits and not wish.is_plain:
        return None
    return search_answer(wish.words, hits, more_url=more_url(wish.words))
