"""What every change of a post's words shares: what it is held against, and how it is stored."""

from dataclasses import dataclass, replace

from bot.domain.accounts.account import Account
from bot.domain.errors import EditedMeanwhile
from bot.domain.ids import PostId
from bot.domain.permissions import Actor
from bot.domain.posts.checks.checking import check
from bot.domain.posts.checks.justifying import keep_justified
from bot.domain.posts.checks.source import Source
from bot.domain.posts.draft import Draft, DraftContent
from bot.domain.posts.edits import Edits
from bot.domain.posts.post import Post
from bot.domain.releases.related import Beside, with_interpretations
from bot.domain.releases.release import Release
from bot.usecases.posts.find_beside import find_beside, live_articles
from bot.usecases.posts.render_draft import NEEDS_PERSON
from bot.usecases.posts.take_back import take_back
from bot.usecases.posts.tools import PostTools


@dataclass(frozen=True)
class Manuscript:
    """A post on somebody's desk: what it tells, for whom, and what is public beside it."""

    post: Post
    account: Account
    release: Release
    beside: Beside


def take_up(post_id: PostId, tools: PostTools) -> Manuscript:
    """The post with all it is held against.

    Raises:
        NotFound.
    """
    with tools.storage.look() as uow:
        post = uow.posts.get(post_id)
        account = uow.accounts.get(post.account)
        release = uow.releases.get(post.release, version=post.release_version)
        live = live_articles(uow, release, account)
    told = with_interpretations(release, post.told)
    beside = find_beside(told, account, live=live, search=tools.search)
    return Manuscript(post, account, told, beside)


def checked(content: DraftContent, taken: Manuscript, tools: PostTools) -> Draft:
    """`content` as the post's draft, held against the platform's limits and all rules; what was
    justified word for word stays so."""
    before = taken.post.draft
    source = Source(taken.release.content, taken.account, taken.beside)
    found = [
        *(violation for violation in before.violations if violation.rule == NEEDS_PERSON),
        *tools.adapters[taken.account.platform].violations(content, taken.account),
        *check(content, source),
    ]
    violations = keep_justified(found, before.violations)
    return replace(before, content=content, violations=violations)


def store_revision(
    taken: Manuscript,
    draft: Draft,
    edits: Edits,
    *,
    action: str,
    details: dict[str, str] | None = None,
    actor: Actor,
    tools: PostTools,
) -> Post:
    """The post's next revision: a draft without approval. The one before is kept.

    Raises:
        EditedMeanwhile: it is not the post that was taken up any more.
        IllegalMove: the post is on its way, is over, or may be public.
    """
    with tools.storage.begin() as uow:
        post = uow.posts.get(taken.post.id)
        require_unchanged(post, taken.post.content_hash)
        uow.revisions.keep(post, replaced_by=actor.name)
        route = tools.adapters[taken.account.platform].route(taken.account)
        free = take_back(uow, post, route)
        edited = replace(free.reworded(draft, edits, by=actor.name), revision=post.revision + 1)
        uow.posts.save(edited)
        uow.audit.write(
            actor=actor.name,
            action=f"post.{action}",
            object_kind="post",
            object_id=post.id,
            details={"revision": str(edited.revision), "content_hash": edited.content_hash}
            | (details or {}),
        )
        uow.commit()
    return edited


def require_unchanged(post: Post, content_hash: str) -> None:
    """Go on only if the post still says what somebody saw.

    Raises:
        EditedMeanwhile: it says something else.
    """
    if post.content_hash != content_hash:
        raise EditedMeanwhile("稿件刚刚被别人改过，没有保存；请对照两份文字后再保存")
