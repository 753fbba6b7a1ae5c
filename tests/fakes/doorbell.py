"""A doorbell that remembers who rang."""

from collections.abc import Sequence

from bot.domain.ids import (
    AccountId,
    AnswerId,
    DeliveryId,
    PostId,
    RecallId,
    ReleaseId,
    SourceId,
)


class RecordingDoorbell:
    """Keeps the promises of `ports.doorbell.Doorbell`."""

    def __init__(self) -> None:
        self.deliveries: list[tuple[AccountId, list[DeliveryId]]] = []
        self.releases: list[ReleaseId] = []
        self.accounts: list[AccountId] = []
        self.figures: list[AccountId] = []
        self.answers: list[tuple[AccountId, list[AnswerId]]] = []
        self.recalled: list[tuple[RecallId, PostId]] = []
        self.sources: list[SourceId] = []

    def deliveries_are_due(self, account: AccountId, ids: Sequence[DeliveryId]) -> None:
        self.deliveries.append((account, list(ids)))

    def release_is_approved(self, release: ReleaseId) -> None:
        self.releases.append(release)

    def account_may_have_replies(self, account: AccountId) -> None:
        self.accounts.append(account)

    def account_may_have_figures(self, account: AccountId) -> None:
        self.figures.append(account)

    def answers_are_due(self, account: AccountId, ids: Sequence[AnswerId]) -> None:
        self.answers.append((account, list(ids)))

    def post_is_recalled(self, recall: RecallId, post: PostId) -> None:
        self.recalled.append((recall, post))

    def source_may_have_news(self, source: SourceId) -> None:
        self.sources.append(source)
