"""Staff look after one comment: select it, delete it, take our word under it away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from bot.domain.accounts.account import AccountAccess
from bot.domain.errors import InvalidInput, Problem, TargetGone
from bot.domain.ids import ReplyId
from bot.domain.permissions import Actor, Permission
from bot.domain.replies.answer import AnswerState, Way, removed, way_to
from bot.domain.replies.comment import CommentStanding
from bot.domain.replies.reply import Reply
from bot.ports.commenting import COMMENT_GONE, CommentDesk, CommentPlace
from bot.ports.storage import UnitOfWork
from bot.usecases.replies.tools import CorrespondenceTools


class CommentDeed(StrEnum):
    """What can be done with a comment; each may be repeated."""

    SELECT = "select"
    UNSELECT = "unselect"
    DELETE = "delete"
    DELETE_ANSWER = "delete_answer"


def moderate_comment(
    reply_id: ReplyId, deed: CommentDeed, *, actor: Actor, tools: CorrespondenceTools
) -> CommentStanding:
    """Do it on the platform. The wish is in the audit before the platform is asked.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: it is no comment, its follower was erased, or the platform does not offer it.
        PlatformError: the platform refused; what it said of the comment is noted.
    """
    actor.require(Permission.ANSWER)
    with tools.publishing.storage.begin() as uow:
        reply = uow.replies.get(reply_id)
        account = uow.accounts.get(reply.incoming.account)
        _require_comment(reply)
        desk, access = tools.comment_desk(account), tools.publishing.access(uow, account)
        _audit(uow, reply_id, f"comment.{deed.value}_asked", actor)
        uow.commit()
    place = CommentPlace(reply.incoming.target, reply.incoming.platform_id)
    try:
        _ON_THE_PLATFORM[deed](desk, access, place)
    except TargetGone as gone:
        if COMMENT_GONE in gone.evidence:
            _noted(reply_id, CommentDeed.DELETE, tools)
        raise
    return _noted(reply_id, deed, tools, done_by=actor)


def _require_comment(reply: Reply) -> None:
    if way_to(reply.incoming.kind) is not Way.COMMENT:
        raise InvalidInput([Problem("reply", "这不是文章留言，不能精选或删除")])
    if reply.erased_at is not None:
        raise InvalidInput([Problem("reply", "这位关注者的内容已按规定删除，请到平台后台处理")])


def _noted(
    reply_id: ReplyId,
    deed: CommentDeed,
    tools: CorrespondenceTools,
    *,
    done_by: Actor | None = None,
) -> CommentStanding:
    with tools.publishing.storage.begin() as uow:
        known = uow.comments.of_replies([reply_id]).get(reply_id)
        standing = _AS_NOTED[deed](known or CommentStanding(reply_id), uow.now())
        uow.comments.save([standing])
        if deed in {CommentDeed.DELETE, CommentDeed.DELETE_ANSWER}:
            _remove_answers(uow, reply_id)
        if done_by is not None:
            _audit(uow, reply_id, f"comment.{deed.value}", done_by)
        uow.commit()
    return standing


def _remove_answers(uow: UnitOfWork, reply_id: ReplyId) -> None:
    for answer in uow.answers.of_replies([reply_id]):
        if answer.state is AnswerState.SENT:
            uow.answers.save(removed(uow.answers.claim(answer.id)))


def _audit(uow: UnitOfWork, reply_id: ReplyId, action: str, actor: Actor) -> None:
    uow.audit.write(actor=actor.name, action=action, object_kind="reply", object_id=reply_id)


_ON_THE_PLATFORM: dict[CommentDeed, Callable[[CommentDesk, AccountAccess, CommentPlace], None]] = {
    CommentDeed.SELECT: lambda desk, access, place: desk.select(access, place),
    CommentDeed.UNSELECT: lambda desk, access, place: desk.unselect(access, place),
    CommentDeed.DELETE: lambda desk, access, place: desk.delete(access, place),
    CommentDeed.DELETE_ANSWER: lambda desk, access, place: desk.delete_answer(access, place),
}
_AS_NOTED: dict[CommentDeed, Callable[[CommentStanding, datetime], CommentStanding]] = {
    CommentDeed.SELECT: lambda it, _: replace(it, is_selected=True),
    CommentDeed.UNSELECT: lambda it, _: replace(it, is_selected=False),
    CommentDeed.DELETE: lambda it, now: replace(it, gone_at=it.gone_at or now),
    CommentDeed.DELETE_ANSWER: lambda it, _: replace(it, author_reply="", author_replied_at=None),
}
