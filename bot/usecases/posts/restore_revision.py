"""A person takes an edit back: the post says again what an earlier revision said."""

from bot.domain.ids import PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.post import Post
from bot.usecases.posts.revising import checked, require_unchanged, store_revision, take_up
from bot.usecases.posts.tools import PostTools


def restore_revision(
    post_id: PostId, number: int, *, content_hash: str, actor: Actor, tools: PostTools
) -> Post:
    """Make the words of revision `number` the post's next revision, with the edits it had. It is a
    draft again; that somebody once approved these words does not count.

    Raises:
        NotAllowed, NotFound.
        EditedMeanwhile: somebody else changed the post since it was shown.
        IllegalMove: the post is on its way, is over, or may be public.
    """
    actor.require(Permission.WRITE_POST)
    taken = take_up(post_id, tools)
    require_unchanged(taken.post, content_hash)
    with tools.storage.begin() as uow:
        former = uow.revisions.get(post_id, number)
    draft = checked(former.draft.content, taken, tools)
    return store_revision(
        taken,
        draft,
        former.edits,
        action="restored",
        details={"from": str(number)},
        actor=actor,
        tools=tools,
    )
