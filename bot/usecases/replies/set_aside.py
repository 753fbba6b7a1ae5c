"""Say that replies need no answer (无需答复), and take that back (恢复待处理)."""

from collections.abc import Mapping, Sequence

from bot.domain.errors import Conflict, InvalidInput, NotFound, Problem
from bot.domain.ids import ReplyId
from bot.domain.permissions import Actor, Permission
from bot.domain.replies.handling import SetAside, reason_of, why_not_aside
from bot.ports.storage import Storage, UnitOfWork

MOST_AT_ONCE = 200


def set_aside(
    replies: Sequence[ReplyId], *, reason: str = "", actor: Actor, storage: Storage
) -> int:
    """All of these need no answer, or nothing is changed; returns for how many that is new.
    The audit holds a keyed hash of the reason.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: no reply, too many of them, or too long a reason.
        Conflict: one of them was answered, has a case, or is none that anybody answers.
    """
    actor.require(Permission.ANSWER)
    wanted, words = _chosen(replies), reason_of(reason)
    with storage.begin() as uow:
        _require_unhandled(uow, wanted)
        known, now = uow.asides.of_replies(wanted), uow.now()
        marks = [SetAside(one, actor.name, now, words) for one in wanted if one not in known]
        uow.asides.add(marks)
        for mark in marks:
            hashed = {"reason": uow.audit.keyed_hash(mark.reply, words)} if words else {}
            _audit(uow, mark.reply, "reply.set_aside", actor, hashed)
        uow.commit()
    return len(marks)


def take_up(replies: Sequence[ReplyId], *, actor: Actor, storage: Storage) -> int:
    """They wait for an answer again; returns how many did not. Nothing is left of the reason.

    Raises:
        NotAllowed.
        InvalidInput: no reply, or too many of them.
        Conflict: nobody had said of any of them that it needs no answer.
    """
    actor.require(Permission.ANSWER)
    wanted = _chosen(replies)
    with storage.begin() as uow:
        known = [one for one in wanted if one in uow.asides.of_replies(wanted)]
        if not known:
            raise Conflict("没有登记为无需答复，不用恢复；可能刚刚有人恢复、答复或者受理")
        uow.asides.remove(known)
        for reply in known:
            _audit(uow, reply, "reply.taken_up", actor, {})
        uow.commit()
    return len(known)


def _chosen(replies: Sequence[ReplyId]) -> list[ReplyId]:
    chosen = list(dict.fromkeys(replies))
    if not chosen:
        raise InvalidInput([Problem("replies", "请至少选择一条留言")])
    if len(chosen) > MOST_AT_ONCE:
        raise InvalidInput([Problem("replies", f"一次最多 {MOST_AT_ONCE} 条，请分几次")])
    return chosen


def _require_unhandled(uow: UnitOfWork, wanted: Sequence[ReplyId]) -> None:
    found, standings = uow.replies.some(wanted), uow.comments.of_replies(wanted)
    written = uow.answers.of_replies(wanted)
    for reply_id in wanted:
        if reply_id not in found:
            raise NotFound("回复", reply_id)
        why_not = why_not_aside(
            found[reply_id],
            answers=[answer for answer in written if answer.reply == reply_id],
            standing=standings.get(reply_id),
            case=uow.cases.of_reply(reply_id),
        )
        if why_not:
            raise Conflict(why_not + _none_of(wanted), existing=reply_id)


def _none_of(wanted: Sequence[ReplyId]) -> str:
    return f"。一共 {len(wanted)} 条，都没有改动，请刷新后再试" if len(wanted) > 1 else ""


def _audit(
    uow: UnitOfWork, reply: ReplyId, action: str, actor: Actor, details: Mapping[str, str]
) -> None:
    uow.audit.write(
        actor=actor.name, action=action, object_kind="reply", object_id=reply, details=details
    )
