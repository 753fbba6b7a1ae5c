"""What the desk can do with one reply now: write back, look after the comment, decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console.deeds import Deed
from bot.domain.permissions import Permission
from bot.domain.replies.answer import STANDING, Answer, AnswerState, Way, way_to
from bot.domain.replies.comment import CommentStanding
from bot.domain.replies.reply import Reply
from bot.ports.overview import ReplyRow

_P = Permission

ANSWER = Deed(
    "answer",
    "发送",
    _P.ANSWER,
    "15 秒后发出，之前可以撤销",
    done="答复已保存，15 秒后发出，之前可以撤销；结果会显示在本页",
)
SELECT = Deed(
    "select", "精选", _P.ANSWER, "所有读者都能在文章下看到这条留言", done="已精选，读者现在能看到"
)
UNSELECT = Deed(
    "unselect", "取消精选", _P.ANSWER, "读者不再看到这条留言", done="已取消精选，读者不再看到"
)
DELETE = Deed(
    "delete",
    "删除留言",
    _P.ANSWER,
    "平台上的留言和答复一起删除，不能恢复；系统里的记录保留",
    done="平台上的留言已删除，系统里的记录保留",
    is_grave=True,
)
DELETE_ANSWER = Deed(
    "delete_answer",
    "删除答复",
    _P.ANSWER,
    "删除平台上的作者回复，之后可以重新答复",
    done="平台上的答复已删除，可以重新答复",
    is_grave=True,
)
CONFIRM = Deed(
    "confirm",
    "已送达",
    _P.ANSWER,
    "您在平台后台看到对方已经收到",
    done="已登记为送达",
)
AGAIN = Deed(
    "again",
    "再发一次",
    _P.ANSWER,
    "按原样再发送一次；如果对方其实已经收到，会收到两遍",
    done="已安排再发一次，结果会显示在本页",
    is_grave=True,
)
TAKE_BACK = Deed(
    "take-back",
    "撤销",
    _P.ANSWER,
    "还没有发出；撤销后不再发送",
    done="已撤销，没有发出",
)
SET_ASIDE = Deed(
    "set-aside",
    "无需答复",
    _P.ANSWER,
    "不再算作待处理；随时可以恢复，之后仍可答复或开立办理件",
    asks="reason?",
    done="已登记为无需答复，不再算作待处理",
)
TAKE_UP = Deed(
    "take-up",
    "恢复待处理",
    _P.ANSWER,
    "重新算作待处理，登记的原因删除",
    done="已恢复待处理",
)
DEEDS = {
    deed.name: deed
    for deed in (
        *(ANSWER, SELECT, UNSELECT, DELETE, DELETE_ANSWER, CONFIRM, AGAIN, TAKE_BACK),
        *(SET_ASIDE, TAKE_UP),
    )
}


@dataclass(frozen=True)
class Written:
    """One answer as the thread shows it, and what a person may decide about it."""

    answer: Answer
    deeds: Sequence[Deed]


@dataclass(frozen=True)
class Asides:
    """What the page of one reply offers: to say that it needs no answer, or to take that back; and
    to say it of all in its conversation that wait."""

    row: ReplyRow
    waiting: Sequence[str]

    @property
    def deed(self) -> Deed:
        """What is offered first."""
        return TAKE_UP if self.row.needs_none else SET_ASIDE

    @property
    def offers_all(self) -> bool:
        """Whether others than the reply itself wait."""
        return any(one != self.row.id for one in self.waiting)


def written(answer: Answer, *, may_answer: bool) -> Written:
    """A letter that may have arrived asks a person; what was refused can be sent again; what has
    not left can be taken back."""
    deeds: tuple[Deed, ...] = ()
    if may_answer and answer.erased_at is None:
        if answer.waits_for_person:
            deeds = (CONFIRM, AGAIN)
        elif answer.state is AnswerState.REFUSED:
            deeds = (AGAIN,)
        elif answer.state is AnswerState.WAITING and not answer.attempts:
            deeds = (TAKE_BACK,)
    return Written(answer, deeds)


def comment_deeds(
    reply: Reply, standing: CommentStanding | None, answers: Sequence[Answer]
) -> Sequence[Deed]:
    """What can be done with a comment that is still there."""
    if way_to(reply.incoming.kind) is not Way.COMMENT or reply.erased_at is not None:
        return ()
    if standing is not None and standing.gone_at is not None:
        return ()
    is_selected = standing is not None and standing.is_selected
    has_word = standing is not None and bool(standing.author_reply)
    has_word = has_word or any(answer.state is AnswerState.SENT for answer in answers)
    taking_away = (DELETE_ANSWER,) if has_word else ()
    return (UNSELECT if is_selected else SELECT, *taking_away, DELETE)


def can_be_answered(
    reply: Reply, standing: CommentStanding | None, answers: Sequence[Answer]
) -> bool:
    """Whether there is somebody to answer, and room for an answer; the window apart."""
    if reply.erased_at is not None or reply.incoming.job is not None:
        return False
    if way_to(reply.incoming.kind) is Way.LETTER:
        return bool(reply.incoming.sender)
    has_word = any(answer.state in STANDING for answer in answers)
    if standing is not None:
        has_word = has_word or bool(standing.author_reply) or standing.gone_at is not None
    return not has_word
