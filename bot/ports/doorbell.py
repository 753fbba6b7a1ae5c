"""Ringing workers. A lost ring costs time, never work: the tick finds what is due."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.ids import (
    AccountId,
    AnswerId,
    DeliveryId,
    PostId,
    RecallId,
    ReleaseId,
    SourceId,
)


class Doorbell(Protocol):
    """Best effort: an unreachable broker is logged and forgotten."""

    def deliveries_are_due(self, account: AccountId, ids: Sequence[DeliveryId]) -> None:
        """Ask a worker to advance these deliveries of one account."""
        ...

    def release_is_approved(self, release: ReleaseId) -> None:
        """Ask a worker to plan this release."""
        ...

    def account_may_have_replies(self, account: AccountId) -> None:
        """Ask a worker to read the account's streams."""
        ...

    def account_may_have_figures(self, account: AccountId) -> None:
        """Ask a worker to read the account's statistics."""
        ...

    def answers_are_due(self, account: AccountId, ids: Sequence[AnswerId]) -> None:
        """Ask a worker to send these answers of one account, or to look for them."""
        ...

    def post_is_recalled(self, recall: RecallId, post: PostId) -> None:
        """Ask a worker to take this post off its platform."""
        ...

    def source_may_have_news(self, source: SourceId) -> None:
        """Ask a worker to read this folder or feed."""
        ...
