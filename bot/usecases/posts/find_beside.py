"""Find what a post may mention: related documents, and what of its release is live already."""

from bot.domain.accounts.account import Account
from bot.domain.ids import AccountId
from bot.domain.posts.post import Post, PostKind
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.domain.releases.related import Beside, LiveArticle, clues_of, related_of
from bot.domain.releases.release import Release
from bot.ports.searching import ReleaseSearch
from bot.ports.storage import UnitOfWork

_HITS_A_CLUE = 10


def find_beside(
    release: Release, account: Account, *, live: tuple[LiveArticle, ...], search: ReleaseSearch
) -> Beside:
    """Related documents with their live articles on `account`, beside what is `live` already."""
    found = [
        (clue, search.released(clue.words, account=account.id, limit=_HITS_A_CLUE))
        for clue in clues_of(release.content)
    ]
    return Beside(related_of(release.id, found), live)


def live_articles(uow: UnitOfWork, release: Release, account: Account) -> tuple[LiveArticle, ...]:
    """What of the release is public on the account's platform, the account's own articles first."""
    accounts = {a.id for a in uow.accounts.all() if a.platform is account.platform}
    posts = [post for post in uow.posts.of_release(release.id) if post.account in accounts]
    return tuple(
        article
        for post in sorted(posts, key=lambda post: _distance(post.account, account))
        for delivery in uow.deliveries.of_post(post.id)
        for article in _articles(post, delivery)
    )


def _distance(found: AccountId, account: Account) -> int:
    return 0 if found == account.id else 1


def is_live(delivery: Delivery) -> bool:
    """Whether it is known to be public, and not taken down since."""
    receipt = delivery.receipt
    is_public = receipt is not None and receipt.published is not None
    return is_public and delivery.state is not DeliveryState.REMOVED


def _articles(post: Post, delivery: Delivery) -> list[LiveArticle]:
    receipt = delivery.receipt
    if receipt is None or not is_live(delivery):
        return []
    content = post.draft.content
    if not content.articles:
        # A short post is what there is to read of its subject.
        is_document = post.kind is not PostKind.INTERPRETATION
        return [LiveArticle("", content.marker, url, is_document) for url in receipt.urls[:1]]
    pairs = zip(content.articles, receipt.urls, strict=False)
    return [
        LiveArticle(
            title=article.title,
            source_url=article.source_url,
            url=url,
            is_document=number == 0 and post.kind is not PostKind.INTERPRETATION,
        )
        for number, (article, url) in enumerate(pairs)
    ]
