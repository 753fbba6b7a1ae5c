"""A person says what became of a doubtful post: it is out, it is not, somebody did it by hand."""

from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.publishing.delivery import Delivery
from bot.domain.publishing.doubt import Seen, last_look
from bot.domain.publishing.release_check import too_late
from bot.ports.storage import UnitOfWork
from bot.usecases.publishing.resolve_delivery import (
    adopt_delivery,
    newest_delivery,
    retry_delivery,
)
from bot.usecases.publishing.tools import PublishingTools


def confirm_shown(
    post_id: PostId, url: str, *, reason: str, seen: int, actor: Actor, tools: PublishingTools
) -> Delivery:
    """“已经发出，就是它”: what the last look showed at `url` is this post. The delivery closes with
    the platform's ids, so that comments and figures find it.

    Raises:
        NotAllowed, NotFound, IllegalMove, Conflict: as `adopt_delivery`.
        InvalidInput: no reason; nothing was shown at that address.
    """
    actor.require(Permission.RESOLVE_DELIVERY)
    _require_reason(reason)
    with tools.storage.begin() as uow:
        shown = _shown_at(uow, post_id, url)
    return adopt_delivery(
        post_id,
        shown.url,
        actor=actor,
        tools=tools,
        reason=reason.strip(),
        learnt=shown.evidence,
        seen=seen,
    )


def confirm_by_hand(
    post_id: PostId, url: str, *, reason: str, seen: int, actor: Actor, tools: PublishingTools
) -> Delivery:
    """“已人工发布”: it is public at `url`; the delivery closes, nothing goes out.

    Raises:
        As `adopt_delivery`; InvalidInput without a reason.
    """
    _require_reason(reason)
    return adopt_delivery(post_id, url, actor=actor, tools=tools, reason=reason.strip(), seen=seen)


def publish_again(
    post_id: PostId,
    *,
    reason: str,
    seen: int,
    late_is_fine: bool,
    actor: Actor,
    tools: PublishingTools,
) -> Delivery:
    """“确实没有发出，重新发布”: it waits for its turn again under the rules of every post: lease,
    embargo, emergency stop, quiet period. One that is late by now needs another word.

    Raises:
        NotAllowed, NotFound, IllegalMove, Conflict: as `retry_delivery`.
        InvalidInput: no reason, or it is too late and nobody said that this is fine.
    """
    actor.require(Permission.RESOLVE_DELIVERY)
    _require_reason(reason)
    with tools.storage.begin() as uow:
        here = uow.deliveries.circumstances(newest_delivery(uow, post_id).id)
    late = too_late(here) if here.delivery.accepted_at is None else None
    if late is not None and not late_is_fine:
        raise InvalidInput([Problem("late", f"{late}。仍要现在发布请勾选确认")])
    return retry_delivery(post_id, actor=actor, tools=tools, reason=reason.strip(), seen=seen)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidInput([Problem("reason", "请写明依据，例如在平台上看到了什么")])


def _shown_at(uow: UnitOfWork, post_id: PostId, url: str) -> Seen:
    look = last_look(newest_delivery(uow, post_id).journal)
    found = next((one for one in look.shown if one.url == url), None) if look and url else None
    if found is None:
        raise InvalidInput([Problem("url", "请先到平台查看，再从列出的发布里选择是哪一条")])
    return found
