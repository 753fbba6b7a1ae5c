"""What became of a reply, and what a person says of it: that it needs no answer (无需答复)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.cases.case import RUNNING, STATE_NAMES, Case, CaseState
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import ReplyId
from bot.domain.replies.answer import STANDING, Answer
from bot.domain.replies.comment import CommentStanding
from bot.domain.replies.reply import Reply, ReplyKind

LONGEST_REASON = 200


class Handling(StrEnum):
    """What of the replies a list shows. What waits was neither answered nor taken up nor set
    aside, and is no event; of what is taken up the case runs; unanswered are both."""

    WAITING = "waiting"
    TAKEN_UP = "taken_up"
    UNANSWERED = "unanswered"
    SET_ASIDE = "set_aside"


HANDLING_NAMES = {
    Handling.WAITING: "待处理",
    Handling.TAKEN_UP: "办理中",
    Handling.UNANSWERED: "未答复",
    Handling.SET_ASIDE: "无需答复",
}


class Became(StrEnum):
    """What became of one reply so far."""

    TAKEN_UP = "taken_up"
    ANSWERED_BY_RULE = "answered_by_rule"
    ANSWERED_BY_STAFF = "answered_by_staff"
    SET_ASIDE = "set_aside"
    WAITS = "waits"
    NOTHING = "nothing"


_B = Became
BECAME_NAMES = {
    _B.ANSWERED_BY_RULE: "已自动答复",
    _B.ANSWERED_BY_STAFF: "已人工答复",
    _B.SET_ASIDE: "无需答复",
    _B.WAITS: "未答复",
    _B.NOTHING: "",
}
"""What staff call it; of what was taken up the case says how it stands."""


def case_told(state: str) -> str:
    """How the case of a reply stands: “办理中 · 已转办”, “已办结”."""
    name = STATE_NAMES[CaseState(state)]
    runs = "办理中"
    return name if state not in RUNNING or name == runs else f"{runs} · {name}"


@dataclass(frozen=True)
class SetAside:
    """Somebody said that a reply needs no answer. It holds until it is taken back, or until
    somebody answers the reply or takes it up all the same."""

    reply: ReplyId
    by: str
    at: datetime
    reason: str = ""


def reason_of(given: str) -> str:
    """The reason as it is kept; it may be left out.

    Raises:
        InvalidInput: it is a letter of its own.
    """
    reason = " ".join(given.split())
    if len(reason) > LONGEST_REASON:
        words = f"原因请写在 {LONGEST_REASON} 个字以内，现在是 {len(reason)} 个字"
        raise InvalidInput([Problem("reason", words)])
    return reason


def why_not_aside(
    reply: Reply,
    *,
    answers: Sequence[Answer],
    standing: CommentStanding | None,
    case: Case | None,
) -> str:
    """Why nobody can say of this reply that it needs no answer; empty where they can."""
    if reply.erased_at is not None:
        return "这条留言的内容已按规定删除，没有可以登记的"
    if reply.incoming.kind is ReplyKind.EVENT:
        return "这是平台的事件通知，本来就不用答复"
    if case is not None:
        done = "正在办理" if case.is_running else "已经办理过"
        return f"这条留言{done}（受理编号 {case.number}），不能登记为无需答复"
    has_word = standing is not None and bool(standing.author_reply)
    if has_word or any(answer.state in STANDING for answer in answers):
        return "这条留言已有人答复，不能登记为无需答复"
    if reply.answered is not None:
        return "这条留言已自动答复，不用登记为无需答复"
    return ""
