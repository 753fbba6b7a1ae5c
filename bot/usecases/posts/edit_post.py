"""A person edits a post: fields and blocks. It is a draft again, and needs a second person."""

from dataclasses import replace

from bot.domain.ids import PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.checks.justifying import keep_justified
from bot.domain.posts.draft import Draft
from bot.domain.posts.editing import by_hand, normalised
from bot.domain.posts.edits import Edits, with_fields, without_fields
from bot.domain.posts.post import Post
from bot.usecases.posts.render_draft import draw_edited
from bot.usecases.posts.revising import (
    Manuscript,
    checked,
    require_unchanged,
    store_revision,
    take_up,
)
from bot.usecases.posts.tools import PostTools


def edit_post(
    post_id: PostId, edits: Edits, *, content_hash: str, actor: Actor, tools: PostTools
) -> Post:
    """Give the post these edits in place of those it has: a new revision, a draft again, its
    approval void, what would have brought it out cancelled. `content_hash` is that of the post
    as the person saw it. Where nothing changes, nothing is stored.

    Raises:
        NotAllowed, NotFound.
        EditedMeanwhile: somebody else changed it since.
        InvalidInput: an edit of a block that is not there, or cannot get other words.
        IllegalMove: the post is on its way, is over, or may be public.
    """
    actor.require(Permission.WRITE_POST)
    taken = take_up(post_id, tools)
    require_unchanged(taken.post, content_hash)
    draft, kept = composed(taken, edits, tools)
    if draft.content == taken.post.draft.content and kept == taken.post.edits:
        return taken.post
    return store_revision(taken, draft, kept, action="edited", actor=actor, tools=tools)


def composed(taken: Manuscript, edits: Edits, tools: PostTools) -> tuple[Draft, Edits]:
    """What the post would be with these edits in place of its own; nothing is stored. Only other
    blocks or covers are drawn anew: around other fields, every word stays as it is. A field that
    nobody wrote in says what the templates make of the blocks.

    Raises:
        InvalidInput: an edit of a block that is not there, or cannot get other words.
    """
    post = taken.post
    given = normalised(edits, taken.release.content)
    wanted = by_hand(given, before=post.edits, said=post.draft.content)
    if wanted.drawing == post.edits.drawing:
        drawn = without_fields(post.draft.content, post.edits)
        content, kept = with_fields(drawn, wanted)
        return checked(content, taken, tools), kept
    draft, kept = draw_edited(
        taken.release,
        taken.account,
        wanted,
        kind=post.kind,
        template=post.template,
        tools=tools,
        beside=taken.beside,
    )
    violations = keep_justified(draft.violations, post.draft.violations)
    return replace(draft, violations=violations), kept
