"""Show a post to a few testers on the platform before anybody else sees it."""

from collections.abc import Sequence

from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import PostId
from bot.domain.permissions import Actor, Permission
from bot.ports.aftercare import PreviewReader
from bot.usecases.posts.sign_off import sign_off
from bot.usecases.publishing.tools import AftercareTools

MOST_TESTERS = 10


def send_preview(
    post_id: PostId, testers: Sequence[PreviewReader], *, actor: Actor, tools: AftercareTools
) -> None:
    """Send the post as it stands to each tester. The audit holds how many, never who.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: nobody or too many to send to; the release is under embargo (pictures get
            public addresses); the platform offers no previews.
        PlatformError: the platform refused; earlier testers of the list have got theirs.
    """
    actor.require(Permission.WRITE_POST)
    if not 1 <= len(testers) <= MOST_TESTERS:
        raise InvalidInput([Problem("testers", f"请填写 1 到 {MOST_TESTERS} 位预览人")])
    publishing = tools.publishing
    with publishing.storage.begin() as uow:
        post = uow.posts.get(post_id)
        account = uow.accounts.get(post.account)
        aftercare = tools.of(account)
        embargo = uow.releases.get(post.release).release_at
        if embargo is not None and uow.now() < embargo:
            words = "还没到解密时间：预览会把图片传到公开地址。请在发布时间之后再发预览"
            raise InvalidInput([Problem("release_at", words)])
        access = publishing.access(uow, account)
        content = sign_off(uow, post, post.draft.content)
        uow.audit.write(
            actor=actor.name,
            action="post.preview_sent",
            object_kind="post",
            object_id=post_id,
            details={"testers": str(len(testers)), "content_hash": post.content_hash},
        )
        uow.commit()
    aftercare.send_preview(access, content, testers)
