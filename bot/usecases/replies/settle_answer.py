"""A person decides on an answer that no program can decide on."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.errors import Conflict
from bot.domain.ids import AnswerId
from bot.domain.permissions import Actor, Permission
from bot.domain.replies.answer import Answer, Way, sent_again, settled_as_sent
from bot.ports.storage import UnitOfWork
from bot.usecases.replies.show_window import why_closed
from bot.usecases.replies.tools import CorrespondenceTools


def confirm_answer(answer_id: AnswerId, *, actor: Actor, tools: CorrespondenceTools) -> Answer:
    """Somebody saw on the platform that it arrived.

    Raises:
        NotAllowed, NotFound.
        IllegalMove: what became of it is known, or it is still on its way.
    """
    return _settled(answer_id, "answer.confirmed", settled_as_sent, actor, tools)


def send_answer_again(answer_id: AnswerId, *, actor: Actor, tools: CorrespondenceTools) -> Answer:
    """Somebody saw that it did not arrive, or mended why it was refused.

    Raises:
        NotAllowed, NotFound, IllegalMove.
        Conflict: the window is closed by now, or the follower's data is erased.
    """
    answer = _settled(answer_id, "answer.sent_again", sent_again, actor, tools)
    tools.doorbell.answers_are_due(answer.account, [answer.id])
    return answer


def _settled(
    answer_id: AnswerId,
    action: str,
    change: Callable[[Answer, datetime], Answer],
    actor: Actor,
    tools: CorrespondenceTools,
) -> Answer:
    actor.require(Permission.ANSWER)
    with tools.publishing.storage.begin() as uow:
        answer = change(uow.answers.claim(answer_id), uow.now())
        if answer.next_at is not None:
            _require_possible(uow, answer, tools)
            uow.asides.remove([answer.reply])
        uow.answers.save(answer)
        uow.audit.write(
            actor=actor.name,
            action=action,
            object_kind="reply",
            object_id=answer.reply,
            details={"answer": answer.id},
        )
        uow.commit()
    return answer


def _require_possible(uow: UnitOfWork, answer: Answer, tools: CorrespondenceTools) -> None:
    if answer.erased_at is not None:
        raise Conflict("这位关注者的内容已按规定删除，不能再发送")
    if answer.way is Way.LETTER:
        reply, account = uow.replies.get(answer.reply), uow.accounts.get(answer.account)
        rules = tools.correspondent(account).window_rules(account)
        if closed := why_closed(uow, reply, rules, besides=answer.id):
            raise Conflict(closed)
