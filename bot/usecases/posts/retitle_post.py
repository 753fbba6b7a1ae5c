"""A person gives an article a short title; the post goes back to its writer's desk."""

from dataclasses import replace

from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.checks.checking import check
from bot.domain.posts.checks.justifying import keep_justified
from bot.domain.posts.checks.source import Source
from bot.domain.posts.draft import Article, Draft, DraftContent
from bot.domain.posts.post import Post
from bot.usecases.posts.find_beside import find_beside, live_articles
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
    chosen = title.strip()
    with tools.storage.begin() as uow:
        post = uow.posts.get(post_id)
        account = uow.accounts.get(post.account)
        release = uow.releases.get(post.release, version=post.release_version)
        live = live_articles(uow, release, account)
    adapter = tools.adapters[account.platform]
    _require_fitting(chosen, most=adapter.limits(account).title)
    content = _with_title(post.draft.content, article, chosen)
    beside = find_beside(release, account, live=live, search=tools.search)
    found = [
        *(violation for violation in post.draft.violations if violation.rule == NEEDS_PERSON),
        *adapter.violations(content, account),
        *check(content, Source(release.content, account, beside)),
    ]
    violations = keep_justified(found, post.draft.violations)
    draft = replace(post.draft, content=content, violations=violations)
    return _stored(post, draft, actor, tools)


def _stored(seen: Post, draft: Draft, actor: Actor, tools: PostTools) -> Post:
    """The draft as the post's next revision, unless somebody else changed it meanwhile."""
    with tools.storage.begin() as uow:
        post = uow.posts.get(seen.id)
        if post.content_hash != seen.content_hash:
            raise InvalidInput([Problem("title", "稿件刚刚被别人改过，请重新查看后再改标题")])
        account = uow.accounts.get(post.account)
        taken = take_back(uow, post, tools.adapters[account.platform].route(account))
        edited = replace(taken, draft=draft, revision=post.revision + 1)
        uow.posts.save(edited)
        uow.audit.write(
            actor=actor.name,
            action="post.retitled",
            object_kind="post",
            object_id=post.id,
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
