"""The desk says that a reply needs no answer, and takes that back."""

from collections.abc import Callable

import pytest

from bot.domain.audit import first_broken
from bot.domain.cases.names import CaseClass
from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from bot.domain.ids import ReplyId
from bot.domain.people import Role
from bot.domain.permissions import GRANTS, Actor, Permission
from bot.domain.replies.answer import AnswerState
from bot.domain.replies.comment import CommentStanding
from bot.domain.replies.handling import LONGEST_REASON, SetAside
from bot.domain.replies.reply import Answered
from bot.usecases.cases.end_case import withdraw_case
from bot.usecases.cases.open_case import NewCase, open_case
from bot.usecases.cases.take_back_answer import take_back_answer
from bot.usecases.questions.tools import is_open
from bot.usecases.replies.ask_for_erasure import ask_for_erasure
from bot.usecases.replies.erase_due import erase_due
from bot.usecases.replies.set_aside import MOST_AT_ONCE, set_aside, take_up
from tests import factories as make
from tests.unit.usecases.cases.hall import Hall
from tests.unit.usecases.replies.office import COMMENT, DESK, FOLLOWER, LEFT

REASON = "李小云来电致谢"
ADMIN = Actor("周管理", frozenset({Role.ACCOUNT_ADMIN}))


def mark(hall: Hall, reply: ReplyId) -> SetAside | None:
    with hall.storage.begin() as uow:
        return uow.asides.of_replies([reply]).get(reply)


def audited(hall: Hall) -> list[tuple[str, str]]:
    with hall.storage.begin() as uow:
        assert first_broken(uow.audit.records(), hall.storage.audit_key) is None
        return [(r.action, r.object_id) for r in uow.audit.records() if "reply." in r.action]


def aside(hall: Hall, *replies: ReplyId, reason: str = "") -> int:
    return set_aside(replies, reason=reason, actor=DESK, storage=hall.storage)


def test_a_reply_is_set_aside_and_taken_up_again() -> None:
    """By whom, when and why is kept until then; both are in the audit, the reason is not."""
    hall = Hall()
    said = hall.says()

    fresh, again = aside(hall, said, reason=f" {REASON} "), aside(hall, said, reason="别的")
    kept = mark(hall, said)
    with hall.storage.begin() as uow:
        was_open = is_open(uow, uow.replies.get(said))
    taken = take_up([said], actor=DESK, storage=hall.storage)

    assert (fresh, again, taken, was_open) == (1, 0, 1, False)
    assert kept == SetAside(said, DESK.name, hall.clock.now(), REASON)
    assert mark(hall, said) is None
    assert audited(hall) == [("reply.set_aside", said), ("reply.taken_up", said)]
    with hall.storage.begin() as uow:
        assert REASON not in str(list(uow.audit.records()))


@pytest.mark.parametrize("role", Role)
def test_only_who_may_answer_says_so(role: Role) -> None:
    """Whoever decides that nothing is written decides like whoever writes."""
    hall, actor = Hall(), Actor("li", frozenset({role}))
    said = hall.says()
    may = Permission.ANSWER in GRANTS[role]

    for do in (set_aside, take_up):
        if may:
            do([said], actor=actor, storage=hall.storage)
        else:
            with pytest.raises(NotAllowed, match="答复留言"):
                do([said], actor=actor, storage=hall.storage)

    assert len(audited(hall)) == 2 * may


def _answered(hall: Hall) -> ReplyId:
    return hall.answers(hall.says()).reply


def _by_rule(hall: Hall) -> ReplyId:
    given = make.reply(id=ReplyId("rpy_r"), answered=Answered("您好", "问候"))
    with hall.storage.begin() as uow:
        uow.replies.store([given])
        uow.commit()
    return given.id


def _on_the_platform(hall: Hall) -> ReplyId:
    said = hall.says(**COMMENT)
    with hall.storage.begin() as uow:
        uow.comments.save([CommentStanding(said, author_reply="谢谢您")])
        uow.commit()
    return said


def _taken_up(hall: Hall) -> ReplyId:
    reply = hall.opens().reply
    assert reply is not None
    return reply


def _withdrawn(hall: Hall) -> ReplyId:
    case = hall.opens()
    assert case.reply is not None
    withdraw_case(case.id, reason="重复", actor=DESK, tools=hall.cases)
    return case.reply


def _event(hall: Hall) -> ReplyId:
    return hall.says(**LEFT)


def _erased(hall: Hall) -> ReplyId:
    said = hall.says()
    _forget(hall)
    return said


def _forget(hall: Hall) -> None:
    name = make.account().name
    ask_for_erasure(name, FOLLOWER, actor=ADMIN, storage=hall.storage, ids=hall.ids)
    hall.clock.pass_seconds(61)
    erase_due(hall.storage)


@pytest.mark.parametrize(
    ("make_one", "words"),
    [
        (_answered, "已有人答复"),
        (_by_rule, "已自动答复"),
        (_on_the_platform, "已有人答复"),
        (_taken_up, "正在办理（受理编号 "),
        (_withdrawn, "已经办理过（受理编号 "),
        (_event, "事件通知"),
        (_erased, "已按规定删除"),
    ],
)
def test_what_is_dealt_with_is_not_set_aside(
    make_one: Callable[[Hall], ReplyId], words: str
) -> None:
    """The desk reads why; of several none is set aside, and that is said too."""
    hall = Hall()
    dealt_with, other = make_one(hall), hall.says(50, sender="o_other")

    with pytest.raises(Conflict, match=words):
        aside(hall, dealt_with)
    with pytest.raises(Conflict, match="一共 2 条，都没有改动"):
        aside(hall, other, dealt_with)

    assert mark(hall, dealt_with) is mark(hall, other) is None


@pytest.mark.parametrize(
    ("replies", "reason", "words"),
    [
        ([], "", "至少选择一条"),
        ([f"rpy_{n}" for n in range(MOST_AT_ONCE + 1)], "", "一次最多 200 条"),
        (["rpy_1"], "长" * (LONGEST_REASON + 1), "200 个字以内"),
    ],
)
def test_what_cannot_be_meant_is_refused(replies: list[str], reason: str, words: str) -> None:
    """Nothing chosen, too much at once, a letter for a reason."""
    hall = Hall()
    hall.says()

    with pytest.raises(InvalidInput, match=words):
        aside(hall, *map(ReplyId, replies), reason=reason)


def test_what_is_not_there_is_not_found() -> None:
    """And what nobody set aside is not taken up."""
    hall = Hall()
    said = hall.says()

    with pytest.raises(NotFound, match="rpy_99"):
        aside(hall, said, ReplyId("rpy_99"))
    with pytest.raises(Conflict, match="没有登记为无需答复"):
        take_up([said], actor=DESK, storage=hall.storage)


def test_whoever_answers_all_the_same_takes_the_mark_away() -> None:
    """It does not come back when the answer is taken back: then the reply waits."""
    hall = Hall()
    said = hall.says()
    aside(hall, said)

    answer = hall.answers(said)
    answered = mark(hall, said)
    take_back_answer(answer.id, actor=DESK, tools=hall.cases)

    assert answered is mark(hall, said) is None
    assert hall.answer(answer.id).state is AnswerState.TAKEN_BACK


def test_whoever_opens_a_case_takes_the_mark_away() -> None:
    """The case says from then on what becomes of the reply."""
    hall = Hall()
    said = hall.says()
    aside(hall, said, reason=REASON)

    open_case(NewCase(CaseClass.QUESTION, reply=said), actor=DESK, tools=hall.cases)

    assert mark(hall, said) is None


def test_erasure_leaves_nothing_of_the_reason() -> None:
    """Whoever is forgotten is not named by why they got no answer."""
    hall = Hall()
    said = hall.says()
    aside(hall, said, reason=REASON)

    _forget(hall)

    assert mark(hall, said) is None
    assert REASON not in str(vars(hall.storage.state))
    assert audited(hall) == [("reply.set_aside", said)]
