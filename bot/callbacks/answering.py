"""The passive answer to a push: a rule's, or what a look into the database finds in time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.domain.replies.reply import Answered, Incoming
from bot.domain.replies.rulebook import Rulebook
from bot.domain.replies.search_answers import cannot_look_up
from bot.domain.replies.wishes import ReceiptWish, Wish, wish_of
from bot.ports.searching import ReleaseSearch
from bot.usecases.cases.look_up_receipt import ReceiptDesk
from bot.usecases.replies.look_up import look_up

log = structlog.get_logger()

LOOK_UP_SECONDS = 0.8


@dataclass(frozen=True)
class Answering:
    """Decides answers. Nothing is read for a message that asks for nothing to be looked up.

    `more_url` gives the public page with everything that holds some words.
    """

    search: ReleaseSearch
    receipts: ReceiptDesk
    more_url: Callable[[str], str]
    seconds: float = LOOK_UP_SECONDS

    async def answer(self, incoming: Incoming, rules: Rulebook) -> Answered | None:
        """The answer, None when a person should look."""
        wish = wish_of(incoming)
        if not isinstance(wish, ReceiptWish) and rules.is_left_to_people(incoming):
            return None
        rule = rules.fitting(incoming)
        by_rule = rule.answered if rule else None
        if wish is None or (rule is not None and rule.outranks_a_search):
            return by_rule
        return await self._looked_up(wish, incoming) or by_rule

    async def _looked_up(self, wish: Wish, incoming: Incoming) -> Answered | None:
        """On a thread of its own, which is left alone when it takes too long."""
        looking = asyncio.to_thread(
            look_up,
            wish,
            incoming,
            search=self.search,
            receipts=self.receipts,
            more_url=self.more_url,
        )
        try:
            return await asyncio.wait_for(looking, self.seconds)
        except Exception as error:  # noqa: BLE001 - whatever fails here, the message must be stored
            # Its words may hold the follower's: only its type.
            log.warning("look-up failed", key=incoming.key, error=type(error).__name__)
            return cannot_look_up(wish)
