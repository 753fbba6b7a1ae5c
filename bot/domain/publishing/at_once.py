"""Publishing at once: a few seconds in which nothing is sent, so that it can be taken back."""

from datetime import timedelta

from bot.domain.accounts.account import Account
from bot.domain.accounts.trouble import AccountTrouble
from bot.domain.posts.post import Post, PostState
from bot.domain.publishing.conflicts import Conflict, ConflictKind
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.domain.releases.release import Release, ReleaseState

UNDO = timedelta(seconds=15)
"""Between the button and the first call: whoever chose the wrong account sees it by then."""

_NOT_SENT_YET = frozenset({DeliveryState.WAITING, DeliveryState.DUE})
_KEEPS_IT = frozenset({ConflictKind.EMBARGO, ConflictKind.QUIET_PERIOD})


def why_not_at_once(
    post: Post,
    release: Release,
    account: Account,
    *,
    everything_stopped: bool,
    trouble: AccountTrouble | None,
    conflicts: tuple[Conflict, ...],
) -> str:
    """Why a post that may be given a time would not go out now all the same, in Chinese; empty
    when it would. `conflicts` are those of that moment."""
    kept = next((one for one in conflicts if one.kind in _KEEPS_IT), None)
    reasons = (
        (post.release_version != release.version, "政策已有新版本，请按新版本重新生成稿件"),
        (
            release.state not in {ReleaseState.APPROVED, ReleaseState.RELEASED},
            "政策没有处于已批准的状态",
        ),
        (not account.enabled, "账号已停用"),
        (everything_stopped, "全部账号已紧急停发，解除以后才能发布"),
        (account.stopped, "这个账号已紧急停发，解除以后才能发布"),
        (trouble is not None, trouble.in_words if trouble else ""),
        (kept is not None, kept.message if kept else ""),
    )
    return next((words for holds, words in reasons if holds), "")


def may_be_undone(post: Post, delivery: Delivery | None) -> bool:
    """Whether the post was to go out at once and nobody has begun to send it; what was prepared of
    it before, its journal says."""
    if delivery is None or delivery.not_before is None or post.state is not PostState.SCHEDULED:
        return False
    return delivery.state in _NOT_SENT_YET
