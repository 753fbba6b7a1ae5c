"""Staff answer one reply: the answer is stored and sent by a worker, never within the request."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.cases.care import BY_HAND
from bot.domain.cases.drafting import days_of_handling
from bot.domain.errors import Conflict, InvalidInput, Problem
from bot.domain.ids import AnswerId, ReplyId
from bot.domain.permissions import Actor, Permission
from bot.domain.replies.answer import STANDING, Answer, AnswerContent, Way, way_to
from bot.domain.replies.reply import Reply
from bot.domain.replies.unsourced import Unsourced, justified
from bot.ports.storage import UnitOfWork
from bot.usecases.replies.show_window import why_closed
from bot.usecases.replies.tools import CorrespondenceTools


def answer_reply(
    reply_id: ReplyId,
    content: AnswerContent,
    *,
    actor: Actor,
    tools: CorrespondenceTools,
    answer_id: AnswerId | None = None,
    unsourced: Unsourced | None = None,
) -> Answer:
    """Store the answer and ring for it, or leave it to be taken back for a while. The same
    `answer_id` again is the same answer: a form that is sent twice sends one message. The audit
    holds a keyed hash of the words. `unsourced` is why figures may stand that have no source.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: the platform would refuse these words, or offers no answering; or figures
            have no source, and nobody says why they may stand.
        Conflict: the window is closed, the comment has its answer, there is nobody to answer, or
            its case is sensitive.
    """
    actor.require(Permission.ANSWER)
    left = _answered_for(reply_id, content, unsourced, tools)
    with tools.publishing.storage.begin() as uow:
        reply = uow.replies.get(reply_id)
        sent_before = uow.answers.find(answer_id) if answer_id else None
        if sent_before is not None:
            return _same(sent_before, reply_id, content)
        _require_not_sensitive(uow, reply)
        answer = put_answer(
            uow,
            reply,
            content,
            actor=actor,
            tools=tools,
            answer_id=answer_id,
            undo_seconds=tools.undo_seconds,
        )
        if left is not None:
            _note_unsourced(uow, answer, left, actor)
        uow.commit()
    if not tools.undo_seconds:
        tools.doorbell.answers_are_due(answer.account, [answer.id])
    return answer


def _answered_for(
    reply_id: ReplyId,
    content: AnswerContent,
    given: Unsourced | None,
    tools: CorrespondenceTools,
) -> Unsourced | None:
    with tools.publishing.storage.look() as uow:
        sources = told_by(uow.replies.get(reply_id), uow.now())
    words = [content.text, content.card.description if content.card else ""]
    return justified(tools.figures("\n".join(words), sources), given)


def told_by(reply: Reply, now: datetime) -> Sequence[str]:
    """What an answer may state without another source: the letter, and the days since it came."""
    return [reply.incoming.text, *days_of_handling(reply.received_at, now)]


def _note_unsourced(uow: UnitOfWork, answer: Answer, left: Unsourced, actor: Actor) -> None:
    uow.audit.write(
        actor=actor.name,
        action="reply.figures_justified",
        object_kind="reply",
        object_id=answer.reply,
        details={
            "answer": answer.id,
            "figures": str(len(left.figures)),
            "reason": uow.audit.keyed_hash(answer.account, left.reason),
        },
    )


def _require_not_sensitive(uow: UnitOfWork, reply: Reply) -> None:
    """What is sensitive goes the way of its case, with all approvals."""
    case = uow.cases.of_reply(reply.id)
    if case is not None and case.care is not None:
        raise Conflict(f"{BY_HAND}（受理编号 {case.number}）")


def put_answer(
    uow: UnitOfWork,
    reply: Reply,
    content: AnswerContent,
    *,
    actor: Actor,
    tools: CorrespondenceTools,
    answer_id: AnswerId | None = None,
    undo_seconds: int = 0,
) -> Answer:
    """Put the answer into a transaction of somebody who has asked whether the actor may; they
    ring for it once it is committed, if it waits for nothing. Nobody says any more that the reply
    needs none.

    Raises:
        InvalidInput, Conflict: as `answer_reply`.
    """
    answer = _answer(uow, reply, content, answer_id or AnswerId(tools.ids.new("ans")), actor)
    answer = replace(answer, next_at=answer.written_at + timedelta(seconds=undo_seconds))
    _require_not_stopped(uow, reply)
    require_possible(uow, reply, content, tools)
    uow.asides.remove([reply.id])
    uow.answers.add(answer)
    uow.audit.write(
        actor=actor.name,
        action="reply.answered",
        object_kind="reply",
        object_id=reply.id,
        details={
            "answer": answer.id,
            "way": answer.way.value,
            "words": uow.audit.keyed_hash(answer.account, content.text),
        },
    )
    return answer


def _answer(
    uow: UnitOfWork, reply: Reply, content: AnswerContent, answer_id: AnswerId, actor: Actor
) -> Answer:
    now = uow.now()
    return Answer(
        id=answer_id,
        reply=reply.id,
        account=reply.incoming.account,
        way=way_to(reply.incoming.kind),
        content=content,
        by=actor.name,
        written_at=now,
        next_at=now,
    )


def _same(answer: Answer, reply: ReplyId, content: AnswerContent) -> Answer:
    if (answer.reply, answer.content) != (reply, content):
        raise Conflict("这个页面的答复已经提交过，请刷新后再写", existing=answer.id)
    return answer


def _require_not_stopped(uow: UnitOfWork, reply: Reply) -> None:
    if uow.accounts.get(reply.incoming.account).stopped or uow.stops.everything_is_stopped():
        raise Conflict("现在是紧急停发，答复没有发出。请在恢复后再发")


def require_possible(
    uow: UnitOfWork, reply: Reply, content: AnswerContent, tools: CorrespondenceTools
) -> None:
    """That the platform would take these words, and lets us write now.

    Raises:
        InvalidInput, Conflict: as `answer_reply`.
    """
    account, way = uow.accounts.get(reply.incoming.account), way_to(reply.incoming.kind)
    correspondent = tools.correspondent(account)
    if reply.erased_at is not None:
        raise Conflict("这位关注者的内容已按规定删除，不能再答复")
    problems = correspondent.faults(content, way, account)
    if problems:
        raise InvalidInput(problems)
    if way is Way.COMMENT:
        _require_unanswered(uow, reply)
    elif not reply.incoming.sender or reply.incoming.job is not None:
        raise InvalidInput([Problem("text", "这是平台的通知，没有可以答复的人")])
    elif closed := why_closed(uow, reply, correspondent.window_rules(account)):
        raise Conflict(closed)


def _require_unanswered(uow: UnitOfWork, reply: Reply) -> None:
    """The platform takes one word of the author under a comment."""
    answers = uow.answers.of_replies([reply.id])
    if any(answer.state in STANDING for answer in answers):
        raise Conflict("这条留言已有答复，平台每条留言只能答复一次。要改，请先删除原来的答复")
    standing = uow.comments.of_replies([reply.id]).get(reply.id)
    if standing is not None and standing.gone_at is not None:
        raise Conflict("这条留言在平台上已被删除，不能再答复")
    if standing is not None and standing.author_reply:
        raise Conflict("平台上已有作者回复，每条留言只能答复一次。要改，请先删除原来的答复")
