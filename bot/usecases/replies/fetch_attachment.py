"""Fetch the picture or voice of one message from its platform, for whoever answers it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.accounts.account import PlatformName
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import ReplyId
from bot.domain.permissions import Actor, Permission
from bot.ports.attachments import Attachment, Attachments
from bot.ports.storage import UnitOfWork
from bot.usecases.cases.see_cases import is_confined, require_sight_of_reply
from bot.usecases.publishing.tools import PublishingTools


@dataclass(frozen=True)
class AttachmentTools:
    """Publishing, and where attachments are fetched."""

    publishing: PublishingTools
    attachments: Mapping[PlatformName, Attachments]


def fetch_attachment(reply_id: ReplyId, *, actor: Actor, tools: AttachmentTools) -> Attachment:
    """The attachment, straight from the platform: we keep none, so that there is nothing to
    erase later. The audit says who looked: whoever answers, and a department for its own cases.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: nothing came with it, or its follower was erased.
        PlatformError: the platform does not have it any more.
    """
    with tools.publishing.storage.begin() as uow:
        _require_right(uow, reply_id, actor)
        reply = uow.replies.get(reply_id)
        account = uow.accounts.get(reply.incoming.account)
        access = tools.publishing.access(uow, account)
        uow.audit.write(
            actor=actor.name,
            action="reply.attachment_fetched",
            object_kind="reply",
            object_id=reply_id,
        )
        uow.commit()
    source = tools.attachments.get(account.platform)
    found = source.fetch(access, reply.incoming) if source and not reply.erased_at else None
    if found is None:
        raise InvalidInput([Problem("reply", "这条消息没有可以取回的图片或语音")])
    return found


def may_look_along(actor: Actor) -> bool:
    """Whether somebody who sees a message may fetch what came with it."""
    return actor.may(Permission.ANSWER) or is_confined(actor)


def _require_right(uow: UnitOfWork, reply: ReplyId, actor: Actor) -> None:
    if require_sight_of_reply(uow, reply, actor) is None:
        actor.require(Permission.ANSWER)
