"""In-memory figures."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.accounts.budgets import budget_day
from bot.domain.ids import AccountId
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.domain.publishing.receipt import Fact, Receipt
from bot.domain.statistics.figures import (
    AccountDay,
    ArticleDay,
    ArticleId,
    FollowerDay,
    PublishedArticle,
)
from bot.domain.statistics.matching import Trace
from bot.domain.statistics.planning import Asked
from bot.ports.statistics import Outlook
from tests.fakes.storage_state import State


class FakeStatistics:
    """Keeps the promises of `ports.statistics.Statistics`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def outlook(self, account: AccountId) -> Outlook | None:
        return self._state.outlooks.get(account)

    def save_outlook(self, outlook: Outlook) -> None:
        self._state.outlooks[outlook.account] = outlook

    def asked(self, account: AccountId, *, since: date) -> Sequence[Asked]:
        own = [one for key, one in self._state.asked.items() if key[0] == account]
        return sorted((a for a in own if a.day >= since), key=lambda a: (a.subject, a.day))

    def save_asked(self, account: AccountId, asked: Sequence[Asked]) -> None:
        for one in asked:
            self._state.asked[account, one.subject, one.day] = one

    def articles(self, ids: Sequence[ArticleId]) -> Sequence[PublishedArticle]:
        known = [self._state.articles[one] for one in ids if one in self._state.articles]
        return sorted(known, key=lambda a: (a.id.account, a.id.message, a.id.position))

    def save_articles(self, articles: Sequence[PublishedArticle]) -> None:
        for one in articles:
            before = self._state.articles.get(one.id, one)
            self._state.articles[one.id] = replace(
                one,
                published_on=one.published_on or before.published_on,
                title=one.title or before.title,
                url=one.url or before.url,
                was_pushed=before.was_pushed if one.was_pushed is None else one.was_pushed,
                post=one.post or before.post,
            )

    def save_article_days(self, days: Sequence[ArticleDay]) -> None:
        for one in days:
            key = (one.article, one.counting.value, one.day)
            before = self._state.article_days.get(key)
            if before is None or before.read_at <= one.read_at:
                self._state.article_days[key] = one

    def save_account_days(self, days: Sequence[AccountDay]) -> None:
        for one in days:
            before = self._state.account_days.get((one.account, one.day))
            if before is None or before.read_at <= one.read_at:
                self._state.account_days[one.account, one.day] = one

    def save_follower_days(self, days: Sequence[FollowerDay]) -> None:
        for one in days:
            before = self._state.follower_days.get((one.account, one.day))
            if before is None or before.read_at <= one.read_at:
                self._state.follower_days[one.account, one.day] = one

    def traces(
        self, account: AccountId, *, since: datetime, until: datetime, message_key: str
    ) -> Sequence[Trace]:
        return [
            self._trace(delivery, delivery.receipt, delivery.receipt.published, message_key)
            for delivery in self._state.deliveries.values()
            if delivery.account == account
            and delivery.state is not DeliveryState.REMOVED
            and delivery.receipt is not None
            and delivery.receipt.published is not None
            and since <= delivery.receipt.published.at < until
        ]

    def _trace(
        self, delivery: Delivery, receipt: Receipt, published: Fact, message_key: str
    ) -> Trace:
        content = self._state.posts[delivery.post].draft.content
        return Trace(
            delivery.post,
            receipt.ids.get(message_key, ""),
            receipt.urls,
            tuple(article.title for article in content.articles),
            budget_day(published.at),
        )
