"""A person gives an article a short title; the post goes back to its writer's desk."""

from dataclasses import replace

from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.draft import Article, DraftContent
from bot.domain.posts.post import Post
from bot.usecases.posts.render_draft import NEEDS_PERSON
from bot.usecases.posts.take_back import take_back
from bot.usecases.posts.tools import PostTools


def retitle_post(
    post_id: PostId, title: str, *, article: int = 0, actor: Actor, tools: PostTools
) -> Post:
    """Give article number `article` (from 0) the title a person chose: a new revision, a draft
    again, its approval void. The platform's limits are checked anew.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: the title is empty or still too long, or there is no such article.
        IllegalMove: the post is on its way, is over, or may be public.
    """
    actor.require(Permission.WRITE_POST)
    with tools.storage.begin() as uow:
        post = uow.posts.get(post_id)
        account = uow.accounts.get(post.account)
        adapter = tools.adapters[account.platform]
        _require_fitting(title.strip(), most=adapter.limits(account).title)
        content = _with_title(post.draft.content, article, title.strip())
        asked = [v for v in post.draft.violations if v.rule == NEEDS_PERSON]
        violations = (*asked, *adapter.violations(content, account))
        draft = replace(post.draft, content=content, violations=violations)
        taken = take_back(uow, post, adapter.route(account))
        edited = replace(taken, draft=draft, revision=post.revision + 1)
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


def _require_fitting(title: str, *, most: int) -> None:
    if not title:
        raise InvalidInput([Problem("title", "请填写标题")])
    if 0 < most < len(title):
        message = f"标题有 {len(title)} 字，平台最多 {most} 字，请再缩短"
        raise InvalidInput([Problem("title", message)])


def _with_title(content: DraftContent, number: int, title: str) -> DraftContent:
    if not 0 <= number < len(content.articles):
        raise InvalidInput([Problem("article", "稿件中没有这一篇文章")])
    articles: list[Article] = list(content.articles)
    articles[number] = replace(articles[number], title=title)
    return replace(content, articles=tuple(articles))
