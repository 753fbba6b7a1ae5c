"""Staff answer followers: in time, once, and with the platform's word on what came of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.errors import (
    Conflict,
    Explanation,
    IllegalMove,
    InvalidInput,
    NotAllowed,
    NotSent,
    OutcomeUnknown,
    PlatformUnavailable,
    TargetGone,
)
from bot.domain.ids import AnswerId, ReplyId
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.domain.replies.answer import AnswerContent, AnswerState
from bot.domain.replies.reply import JobReport, ReplyKind
from bot.usecases.accounts.stop import lift_stop, stop_publishing
from bot.usecases.replies.answer_reply import answer_reply
from bot.usecases.replies.ring_answers import ring_answers
from bot.usecases.replies.send_answer import send_answer
from bot.usecases.replies.settle_answer import confirm_answer, send_answer_again
from bot.usecases.replies.show_window import show_window
from tests.unit.usecases.replies.office import DESK, FOLLOWER, LEFT, WORDS, ReplyOffice

S = AnswerState
WRITER = Actor("李撰稿", frozenset({Role.WRITER}))
OPERATOR = Actor("cli", is_operator=True)


def test_an_answer_is_stored_rung_for_and_sent_once() -> None:
    """The follower gets it once; the audit has its hash, never its words."""
    office = ReplyOffice()
    written = office.answers(office.says())

    sent = office.sends(written)
    again = office.sends(written)

    assert (written.state, sent.state, again) == (S.WAITING, S.SENT, sent)
    assert office.bell.answers == [("acc_1", [written.id])]
    (letter,) = office.correspondent.sent
    assert (letter.recipient, letter.content.text) == (FOLLOWER, WORDS)
    with office.storage.begin() as uow:
        told = " ".join(str(record) for record in uow.audit.records())
    assert "reply.answered" in told
    assert WORDS not in told
    assert FOLLOWER not in told


def test_the_start_is_committed_before_anything_leaves() -> None:
    """Whoever looks during the call sees that it is under way, and does not call again."""
    office = ReplyOffice()
    written = office.answers(office.says())
    during: list[AnswerState] = []

    def look() -> None:
        during.append(office.answer(written.id).state)
        send_answer(written.id, office.letters)

    office.correspondent.script = [look]
    office.sends(written)

    assert during == [S.SENDING]
    assert len(office.correspondent.sent) == 1


def test_a_form_sent_twice_is_one_answer() -> None:
    """The form carries the answer's id; other words under it are refused."""
    office = ReplyOffice()
    reply, form = office.says(), AnswerId("ans_form")

    first, second = office.answers(reply, answer_id=form), office.answers(reply, answer_id=form)

    assert first == second
    assert len(office.bell.answers) == 1
    with pytest.raises(Conflict, match="已经提交过"):
        office.answers(reply, "别的话", answer_id=form)


def test_only_the_desk_answers() -> None:
    """By permission."""
    office = ReplyOffice()
    reply = office.says()

    with pytest.raises(NotAllowed, match="答复留言"):
        answer_reply(reply, AnswerContent(WORDS), actor=WRITER, tools=office.letters)


def test_the_window_is_told_and_kept() -> None:
    """Two letters a message here; the third is refused with the way out before it is sent."""
    office = ReplyOffice()
    reply = office.says()
    before = show_window(reply, actor=WRITER, tools=office.letters)
    office.sends(office.answers(reply))
    waiting = office.answers(reply)

    after = show_window(reply, actor=WRITER, tools=office.letters)

    assert before.words == "微信窗口还剩 2 天，还可发送 2 条"
    assert not after.window.is_open
    with pytest.raises(Conflict, match="请等对方再次来信"):
        office.answers(reply)
    office.sends(waiting)
    office.clock.pass_seconds(5)
    office.says(2)
    office.sends(office.answers(reply))
    assert show_window(reply, actor=WRITER, tools=office.letters).window.left == 1


def test_a_window_that_closes_while_an_answer_waits_refuses_it() -> None:
    """Nothing is sent that the platform would refuse; the reason is kept."""
    office = ReplyOffice()
    written = office.answers(office.says())

    found = office.sends(written, after=48 * 3600)

    assert (found.state, office.correspondent.sent) == (S.REFUSED, [])
    assert found.failure is not None
    assert "窗口已关闭" in found.failure.cause


@pytest.mark.parametrize(
    ("said", "why"),
    [
        pytest.param({"said_at_ago": 48 * 3600}, "窗口已关闭", id="too long ago"),
        pytest.param({"kind": ReplyKind.EVENT, "type_name": "LOCATION"}, "窗口", id="no allowance"),
        pytest.param(LEFT, "已取消关注", id="left"),
        pytest.param({"sender": ""}, "没有可以答复的人", id="nobody"),
        pytest.param(
            {"kind": ReplyKind.EVENT, "job": JobReport({"job_id": "1"}, True, "0")},
            "没有可以答复的人",
            id="a report of the platform",
        ),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_reason(
    said: dict[str, object], why: str
) -> None:
    """Before anything is stored."""
    office = ReplyOffice()
    ago = said.pop("said_at_ago", 0) if "said_at_ago" in said else 0
    reply = office.says(**said)
    office.clock.pass_seconds(float(str(ago)))

    with pytest.raises((Conflict, InvalidInput), match=why):
        office.answers(reply)
    assert office.storage.state.answers == {}


def test_empty_words_are_refused() -> None:
    """With the field to fill in."""
    office = ReplyOffice()

    with pytest.raises(InvalidInput, match="请填写答复内容"):
        office.answers(office.says(), "  ")


def test_what_was_not_sent_is_tried_again_by_itself() -> None:
    """The tick rings when its pause is over."""
    office = ReplyOffice()
    office.correspondent.script = [NotSent("no route"), PlatformUnavailable("busy")]
    written = office.answers(office.says())

    first = office.sends(written)
    too_soon = office.sends(written)
    second = office.sends(written, after=5)
    third = office.sends(written, after=10)

    assert [one.state for one in (first, second, third)] == [S.WAITING, S.WAITING, S.SENT]
    assert too_soon == first
    assert len(office.correspondent.sent) == 3


def test_the_tick_finds_what_no_bell_rang_for() -> None:
    """A lost bell costs time only."""
    office = ReplyOffice()
    written = office.answers(office.says())
    office.bell.answers.clear()

    rung = ring_answers(storage=office.storage, doorbell=office.bell)

    assert (rung, office.bell.answers) == (1, [("acc_1", [written.id])])


def test_a_refusal_ends_with_the_platforms_reason() -> None:
    """In Chinese, from the table of codes."""
    office = ReplyOffice()
    told = Explanation("已超过可以答复的时间", "请改用电话", "留言专员")
    office.correspondent.script = [TargetGone("refused", "45015", explanation=told)]

    found = office.sends(office.answers(office.says()))

    assert (found.state, found.next_at) == (S.REFUSED, None)
    assert found.failure is not None
    assert (found.failure.code, found.failure.cause) == ("45015", "已超过可以答复的时间")


def test_a_letter_without_an_answer_is_never_sent_again_by_itself() -> None:
    """A person looks; then it counts as sent, or goes once more."""
    office = ReplyOffice()
    office.correspondent.script = [OutcomeUnknown("no answer")]
    written = office.answers(office.says())

    held = office.sends(written)
    later = office.sends(written, after=86_400)

    assert held.waits_for_person
    assert later == held
    confirmed = confirm_answer(written.id, actor=DESK, tools=office.letters)
    assert confirmed.state is S.SENT
    assert len(office.correspondent.sent) == 1
    with pytest.raises(IllegalMove):
        send_answer_again(written.id, actor=DESK, tools=office.letters)


def test_a_person_sends_again_while_the_window_is_open() -> None:
    """The letter that may have arrived does not count twice; a closed window is said."""
    office = ReplyOffice()
    office.correspondent.script = [OutcomeUnknown("no answer"), OutcomeUnknown("no answer")]
    written = office.answers(office.says())
    office.sends(written)

    send_answer_again(written.id, actor=DESK, tools=office.letters)
    office.sends(written)
    office.clock.pass_seconds(48 * 3600)

    assert len(office.correspondent.sent) == 2
    with pytest.raises(Conflict, match="窗口已关闭"):
        send_answer_again(written.id, actor=DESK, tools=office.letters)
    assert office.answer(written.id).state is S.UNKNOWN
    assert office.actions().count("answer.sent_again") == 1


class Killed(BaseException):
    """The worker dies in the middle of the call."""


def killed() -> None:
    raise Killed


def test_a_worker_that_dies_leaves_a_letter_for_a_person() -> None:
    """It may have arrived: after its deadline it is unsure, never sent again."""
    office = ReplyOffice()
    office.correspondent.script = [killed]
    written = office.answers(office.says())
    with pytest.raises(Killed):
        office.sends(written)

    early = office.sends(written, after=30)
    late = office.sends(written, after=5)

    assert early.state is S.SENDING
    assert late.waits_for_person
    assert len(office.correspondent.sent) == 1


def test_a_worker_that_comes_back_late_is_still_heard() -> None:
    """What it knows is better than not knowing; what a person decided meanwhile stays."""
    office = ReplyOffice()
    written = office.answers(office.says())

    def slow() -> None:
        office.clock.pass_seconds(60)
        send_answer(written.id, office.letters)
        assert office.answer(written.id).state is S.UNKNOWN

    office.correspondent.script = [slow]

    assert office.sends(written).state is S.SENT


def test_a_worker_that_slept_before_the_call_sends_nothing() -> None:
    """By then a person may have been asked, and have said: once more."""
    office = ReplyOffice()
    written = office.answers(office.says())
    readings = iter([0.0, 60.0])
    slow = replace(office.publishing, monotonic=lambda: next(readings))

    send_answer(written.id, replace(office.letters, publishing=slow))

    found = office.answer(written.id)
    assert (found.state, office.correspondent.sent) == (S.WAITING, [])
    assert found.failure is not None
    assert "没有发出" in found.failure.cause


def test_a_late_worker_says_nothing_of_a_later_try() -> None:
    """A person sent it again meanwhile; what the first call met does not end the second."""
    office = ReplyOffice()
    written = office.answers(office.says())

    def slow() -> None:
        office.sends(written, after=60)
        send_answer_again(written.id, actor=DESK, tools=office.letters)
        office.correspondent.script = [OutcomeUnknown("no answer")]
        office.sends(written, after=1)

    office.correspondent.script = [slow]
    office.sends(written)

    assert len(office.correspondent.sent) == 2
    assert office.answer(written.id).waits_for_person


@pytest.mark.parametrize("account", [None, "云岭发布"])
def test_an_emergency_stop_stops_answers_too(account: str | None) -> None:
    """Nothing new is written; what waits goes on when the stop is lifted."""
    office = ReplyOffice()
    written = office.answers(office.says())
    stop_publishing(account, actor=OPERATOR, storage=office.storage)

    stopped = office.sends(written)

    assert (stopped.state, office.correspondent.sent) == (S.WAITING, [])
    with pytest.raises(Conflict, match="紧急停发"):
        office.answers(ReplyId("rpy_1"))
    lift_stop(account, actor=OPERATOR, storage=office.storage)
    assert office.sends(written, after=10).state is S.SENT


Settle = Callable[..., object]


@pytest.mark.parametrize("settle", [confirm_answer, send_answer_again])
def test_only_the_desk_decides(settle: Settle) -> None:
    """By permission."""
    office = ReplyOffice()
    written = office.answers(office.says())

    with pytest.raises(NotAllowed):
        settle(written.id, actor=WRITER, tools=office.letters)
