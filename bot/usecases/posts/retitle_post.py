"""A person gives an article a short title; the post goes back to its writer's desk."""

from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.edits import Field, FieldEdit
from bot.domain.posts.post import Post
from bot.usecases.posts.edit_post import composed
from bot.usecases.posts.revising import store_revision, take_up
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
    taken = take_up(post_id, tools)
    adapter = tools.adapters[taken.account.platform]
    _require_fitting(chosen, most=adapter.limits(taken.account).title)
    if not 0 <= article < len(taken.post.draft.content.articles):
        raise InvalidInput([Problem("article", "稿件中没有这一篇文章")])
    edits = taken.post.edits.with_field(FieldEdit(Field.TITLE, chosen, article))
    draft, kept = composed(taken, edits, tools)
    return store_revision(taken, draft, kept, action="retitled", actor=actor, tools=tools)


def _require_fitting(title: str, *, most: int) -> None:
    if not title:
        raise InvalidInput([Problem("title", "请填写标题")])
    if 0 < most < len(title):
        message = f"标题有 {len(title)} 字，平台最多 {most} 字，请再缩短"
        raise InvalidInput([Problem("title", message)])
