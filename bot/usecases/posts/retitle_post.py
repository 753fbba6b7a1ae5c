"""A person gives an article a short title; the post goes back to its writer's desk."""

from dataclasses import replace

from bot.domain.errors import IllegalMove, InvalidInput, Problem
from bot.domain.ids import PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.draft import Article, Draft, DraftContent
from bot.domain.posts.post import POST_MOVES, Post, PostState
from bot.domain.publishing.delivery import DELIVERY_MOVES, DeliveryState, may_be_public
from bot.domain.publishing.route import Route
from bot.domain.states import move
from bot.ports.storage import UnitOfWork
from bot.usecases.posts.hold_posts import STOPPABLE
from bot.usecases.posts.render_draft import NEEDS_PERSON
from bot.usecases.posts.tools import PostTools


def retitle_post(
    post_id: PostId, title: str, *, article: int = 0, actor: Actor, tools: PostTools
) -> Post:
    """Give article number `article` (from 0) the title a person chose: a new revision, a draft
    again, its approval void. The platform's limits are checked anew.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: the title is empty, or there is no such article.
        IllegalMove: the post is on its way, is over, or may be public.
    """
    actor.require(Permission.WRITE_POST)
    with tools.storage.begin() as uow:
        post = uow.posts.get(post_id)
        content = _with_title(post.draft.content, article, title.strip())
        account = uow.accounts.get(post.account)
        violations = tools.adapters[account.platform].violations(content, account)
        asked = [v for v in post.draft.violations if v.rule == NEEDS_PERSON]
        draft = replace(post.draft, content=content, violations=(*asked, *violations))
        route = tools.adapters[account.platform].route(account)
        edited = _as_draft(uow, post, draft, route)
        uow.posts.save(edited)
        uow.audit.write(
            actor=actor.name,
            action="post.retitled",
            object_kind="post",
            object_id=post_id,
            details={"revision": str(edited.revision), "content_hash": edited.content_hash},
        )
        uow.commit()
    return edited


def _with_title(content: DraftContent, number: int, title: str) -> DraftContent:
    if not title:
        raise InvalidInput([Problem("title", "请填写标题")])
    if not 0 <= number < len(content.articles):
        raise InvalidInput([Problem("article", "稿件中没有这一篇文章")])
    articles: list[Article] = list(content.articles)
    articles[number] = replace(articles[number], title=title)
    return replace(content, articles=tuple(articles))


def _as_draft(uow: UnitOfWork, post: Post, draft: Draft, route: Route) -> Post:
    """A new revision is sent beside the old one, so the old one must certainly not be public."""
    for delivery in uow.deliveries.of_post(post.id):
        if delivery.state is DeliveryState.CANCELLED:
            continue
        is_quiet = delivery.state in STOPPABLE | {DeliveryState.HELD}
        if not is_quiet or delivery.journal_is_open or may_be_public(delivery, route):
            raise IllegalMove("稿件", now=delivery.state.value, wanted=PostState.DRAFT.value)
        cancelled = move("投递", DELIVERY_MOVES, delivery.state, DeliveryState.CANCELLED)
        uow.deliveries.save(replace(delivery, state=cancelled, next_at=None))
    if post.state is not PostState.DRAFT:
        move("稿件", POST_MOVES, post.state, PostState.DRAFT)
    return replace(
        post,
        draft=draft,
        state=PostState.DRAFT,
        revision=post.revision + 1,
        approved_hash=None,
        approved_by=None,
        held_from=None,
        hold_reason="",
    )
