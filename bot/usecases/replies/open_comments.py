"""Open or close the comments under a post that is public."""

from bot.domain.errors import IllegalMove, InvalidInput, Problem
from bot.domain.ids import PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.ports.storage import UnitOfWork
from bot.usecases.replies.tools import CorrespondenceTools


def open_comments(
    post_id: PostId, *, actor: Actor, tools: CorrespondenceTools, article: int = 0
) -> None:
    """Let readers comment on the post, or on one article of it (from 1; 0 means all).

    Raises:
        NotAllowed, NotFound.
        IllegalMove: the post is not public.
        InvalidInput: it has no such article, or the platform does not offer this.
        PlatformError: the platform refused.
    """
    _set_open(post_id, actor, tools, article, is_open=True)


def close_comments(
    post_id: PostId, *, actor: Actor, tools: CorrespondenceTools, article: int = 0
) -> None:
    """Let nobody comment any more; what is there stays. Raises the same."""
    _set_open(post_id, actor, tools, article, is_open=False)


def _set_open(
    post_id: PostId, actor: Actor, tools: CorrespondenceTools, article: int, *, is_open: bool
) -> None:
    actor.require(Permission.ANSWER)
    with tools.publishing.storage.begin() as uow:
        post = uow.posts.get(post_id)
        delivery = _public_delivery(uow, post_id)
        account = uow.accounts.get(post.account)
        desk, access = tools.comment_desk(account), tools.publishing.access(uow, account)
        count = len(post.draft.content.articles)
        if not 0 <= article <= count:
            raise InvalidInput([Problem("article", f"这篇稿件只有 {count} 篇文章")])
        uow.audit.write(
            actor=actor.name,
            action="post.comments_opened" if is_open else "post.comments_closed",
            object_kind="post",
            object_id=post_id,
            details={"article": str(article)},
        )
        uow.commit()
    ask = desk.open if is_open else desk.close
    ask(access, delivery.journal.evidence, article=article)


def _public_delivery(uow: UnitOfWork, post_id: PostId) -> Delivery:
    deliveries = uow.deliveries.of_post(post_id)
    newest = max(deliveries, key=lambda d: d.revision, default=None)
    if newest is None or newest.state is not DeliveryState.DELIVERED:
        now = newest.state.value if newest else "尚未定时"
        raise IllegalMove("稿件", now=now, wanted=DeliveryState.DELIVERED.value)
    return newest
