"""What every storage promises about answers, standings of comments, and erasing."""

from dataclasses import replace

import pytest

from bot.domain.audit import keyed_hash
from bot.domain.cases.names import Entry
from bot.domain.cases.retention import RetentionRule, Stream
from bot.domain.errors import Conflict, NotFound
from bot.domain.ids import AccountId, AnswerId, ErasureId, ReplyId
from bot.domain.publishing.journal import Failure
from bot.domain.replies.answer import AnswerContent, AnswerState, Way
from bot.domain.replies.comment import CommentStanding
from bot.domain.replies.erasure import Erased, Erasure, ErasureReason
from bot.domain.replies.reply import Answered, Channel, JobReport, LinkCard, Reply, ReplyKind
from bot.domain.replies.window import Exchange, Interaction
from tests.contract.conftest import AUDIT_KEY, CompleteStorage
from tests.factories import NOW, account, after, answer, incoming, reply
from tests.fakes.clock import StillClock

ACCOUNT = AccountId("acc_1")
FOLLOWER = "o_follower_1"
WHO = (ACCOUNT, FOLLOWER)


def said(number: int, **changes: object) -> Reply:
    """Reply `number`, each with its own key, a second after the one before."""
    values = {"key": f"msg:{number}", "said_at": after(number)} | changes
    return reply(
        id=ReplyId(f"rpy_{number}"), incoming=incoming(**values), received_at=after(number)
    )


def store(storage: CompleteStorage, *replies: Reply) -> None:
    with storage.begin() as uow:
        uow.replies.store(replies)
        uow.commit()


def test_an_answer_comes_back_as_it_was_stored(peopled: CompleteStorage) -> None:
    """With its card and what the platform said."""
    store(peopled, said(1))
    made = answer(
        content=AnswerContent(
            "办事指南", LinkCard("办事指南", "说明", "https://a.example/1"), "A1"
        ),
        state=AnswerState.REFUSED,
        attempts=2,
        looks=1,
        started_at=after(1),
        deadline_at=after(31),
        finished_at=after(2),
        failure=Failure("TargetGone", "45015", "refused", "已超过时间", "改用电话", "留言专员"),
    )
    with peopled.begin() as uow:
        uow.answers.add(made)
        uow.commit()

    with peopled.begin() as uow:
        assert uow.answers.get(made.id) == uow.answers.claim(made.id) == made
        assert uow.answers.find(AnswerId("ans_9")) is None
        with pytest.raises(NotFound, match="找不到答复：ans_9"):
            uow.answers.get(AnswerId("ans_9"))


def test_one_id_is_one_answer(peopled: CompleteStorage) -> None:
    """A form that is sent twice brings the same id twice."""
    store(peopled, said(1))

    with peopled.begin() as uow:
        uow.answers.add(answer())
        with pytest.raises(Conflict):
            uow.answers.add(answer(by="another"))
        assert uow.answers.get(AnswerId("ans_1")).by == "li"


def test_answers_of_replies_come_oldest_first(peopled: CompleteStorage) -> None:
    """Of the replies asked for only."""
    store(peopled, said(1), said(2), said(3))
    with peopled.begin() as uow:
        for number, at in ((1, 5), (2, 3), (3, 1)):
            uow.answers.add(
                answer(
                    id=AnswerId(f"ans_{number}"),
                    reply=ReplyId(f"rpy_{number}"),
                    written_at=after(at),
                )
            )
        uow.commit()

    with peopled.begin() as uow:
        found = uow.answers.of_replies([ReplyId("rpy_1"), ReplyId("rpy_2")])
    assert [one.id for one in found] == ["ans_2", "ans_1"]


def test_due_answers_ring_once_in_a_while(peopled: CompleteStorage, clock: StillClock) -> None:
    """Not before their time, not again at once; saving answers the bell."""
    store(peopled, said(1))
    with peopled.begin() as uow:
        uow.answers.add(answer())
        uow.answers.add(answer(id=AnswerId("ans_2"), next_at=after(60)))
        uow.answers.add(answer(id=AnswerId("ans_3"), next_at=None))
        uow.commit()

    def rung() -> list[str]:
        with peopled.begin() as uow:
            taken = uow.answers.take_due(limit=10, ring_again_seconds=5)
            uow.commit()
        assert {account for account, _ in taken} <= {ACCOUNT}
        return [one for _, one in taken]

    first, at_once = rung(), rung()
    clock.pass_seconds(5)
    later = rung()
    with peopled.begin() as uow:
        uow.answers.save(answer(attempts=1))
        uow.commit()
    assert (first, at_once, later, rung()) == (["ans_1"], [], ["ans_1"], ["ans_1"])


def test_what_still_moves_is_known_by_account(peopled: CompleteStorage) -> None:
    """Whatever is sent, or waits for a person, is left out; so is what is another account's."""
    store(peopled, said(1))
    other = answer(id=AnswerId("ans_3"), account=AccountId("acc_2"), next_at=NOW)
    made = (answer(id=AnswerId("ans_1"), next_at=NOW), answer(id=AnswerId("ans_2"), next_at=None))
    with peopled.begin() as uow:
        uow.accounts.add(account(id=AccountId("acc_2"), name="云岭民政"), "")
        for one in (*made, other):
            uow.answers.add(one)
        uow.commit()

    with peopled.begin() as uow:
        assert [one.id for one in uow.answers.moving(ACCOUNT)] == ["ans_1"]


def test_an_exchange_has_acts_and_the_letters_that_count(peopled: CompleteStorage) -> None:
    """Of this follower, lately; a refused letter took nothing, a word under a comment neither.
    One that waits counts as if it went now."""
    tap = said(3, kind=ReplyKind.EVENT, type_name="CLICK", channel=Channel.WECHAT_EVENT)
    comment = said(5, kind=ReplyKind.COMMENT, channel=Channel.WECHAT_COMMENT)
    store(peopled, said(1), said(2, sender="o_other"), tap, comment, said(4))
    with peopled.begin() as uow:
        uow.answers.add(answer(written_at=after(6), started_at=after(7), state=AnswerState.SENT))
        uow.answers.add(answer(id=AnswerId("ans_2"), written_at=after(8)))
        uow.answers.add(
            answer(id=AnswerId("ans_3"), written_at=after(9), state=AnswerState.REFUSED)
        )
        uow.answers.add(
            answer(id=AnswerId("ans_4"), reply=ReplyId("rpy_2"), state=AnswerState.SENT)
        )
        uow.answers.add(
            answer(id=AnswerId("ans_5"), reply=ReplyId("rpy_5"), way=Way.COMMENT, next_at=None)
        )
        uow.commit()

    with peopled.begin() as uow:
        stranger = (ACCOUNT, "somebody else")
        both = uow.answers.exchanges([WHO, stranger], since=NOW)
        whole = both[WHO]
        lately = uow.answers.exchanges([WHO], since=after(8))[WHO]
        besides = uow.answers.exchanges([WHO], since=NOW, besides=AnswerId("ans_2"))[WHO]
    acts = {("message", after(1)), ("click", after(3)), ("message", after(4))}
    assert {(one.what, one.at) for one in whole.interactions} == acts
    assert sorted(whole.letters) == [NOW, after(7)]
    assert (lately, besides.letters) == (Exchange([], [NOW]), [after(7)])
    assert isinstance(whole.interactions[0], Interaction)
    assert both[stranger] == Exchange([], [])


def test_standings_are_kept_by_comment(peopled: CompleteStorage) -> None:
    """One never looked at stands as it was written; unknown keys have none."""
    store(peopled, said(1), said(2))
    standing = CommentStanding(ReplyId("rpy_1"), True, "感谢支持", after(9), after(10))
    with peopled.begin() as uow:
        uow.comments.save([CommentStanding(ReplyId("rpy_1"))])
        uow.comments.save([standing])
        uow.commit()

    with peopled.begin() as uow:
        by_keys = uow.comments.by_keys(ACCOUNT, ["msg:1", "msg:2", "msg:9"])
        of_replies = uow.comments.of_replies([ReplyId("rpy_1"), ReplyId("rpy_2")])
    assert by_keys == {"msg:1": standing, "msg:2": CommentStanding(ReplyId("rpy_2"))}
    assert of_replies == {ReplyId("rpy_1"): standing}


def test_an_erased_follower_leaves_tombstones(peopled: CompleteStorage, clock: StillClock) -> None:
    """Kind, channel, time and rule stay; who and what do not. Others are untouched."""
    job = JobReport({"job_id": "1"}, succeeded=True, status="0")
    whole = said(1, sender_name="小云", target="T", platform_id="P", recipient="gh_1", job=job)
    store(
        peopled,
        replace(whole, answered=Answered("您好小云", "问候"), answer_body="<xml/>"),
        said(2, sender="o_other"),
    )
    with peopled.begin() as uow:
        uow.answers.add(answer(failure=Failure("X", message="words")))
        uow.comments.save([CommentStanding(ReplyId("rpy_1"), author_reply="小云您好")])
        erased = uow.erasures.erase_follower(ACCOUNT, FOLLOWER, until=after(60), limit=10)
        uow.commit()

    with peopled.begin() as uow:
        left, other = uow.replies.get(ReplyId("rpy_1")), uow.replies.get(ReplyId("rpy_2"))
        answered = uow.answers.get(AnswerId("ans_1"))
        standings = uow.comments.of_replies([ReplyId("rpy_1")])
        jobs = uow.replies.unhandled_jobs()
    hashed = keyed_hash(AUDIT_KEY, ACCOUNT, "msg:1")
    nothing = {"sender": "", "sender_name": "", "text": "", "raw": "", "target": ""}
    nothing |= {"platform_id": "", "recipient": "", "job": None}
    assert erased == Erased(1, 1, after(1))
    assert left.incoming == replace(whole.incoming, key=hashed, **nothing)
    assert (left.answered, left.answer_body) == (Answered("", "问候"), "")
    assert left.erased_at == clock.now()
    assert (answered.content, answered.failure) == (AnswerContent(""), None)
    assert (answered.state, answered.next_at) == (AnswerState.REFUSED, None)
    assert answered.erased_at == clock.now()
    assert (standings, jobs, other.incoming.text) == ({}, [], "请问补贴怎么申请？")


def test_erasing_goes_in_turns_and_ends(peopled: CompleteStorage) -> None:
    """Nothing erased says that it is over; what was said later stays."""
    store(peopled, *(said(number) for number in range(1, 6)))

    turns = []
    with peopled.begin() as uow:
        for _ in range(3):
            turn = uow.erasures.erase_follower(ACCOUNT, FOLLOWER, until=after(3), limit=2)
            turns.append(turn.replies)
        uow.commit()

    with peopled.begin() as uow:
        assert uow.replies.get(ReplyId("rpy_4")).erased_at is None
    assert turns == [2, 1, 0]


def test_a_double_of_what_was_erased_is_known(peopled: CompleteStorage) -> None:
    """A collector that reads the comment again must not bring it back; it has no standing."""
    store(peopled, said(1))
    with peopled.begin() as uow:
        uow.erasures.erase_follower(ACCOUNT, FOLLOWER, until=after(9), limit=9)
        uow.commit()

    with peopled.begin() as uow:
        assert uow.replies.known_keys(ACCOUNT, ["msg:1", "msg:2"]) == {"msg:1"}
        assert uow.comments.by_keys(ACCOUNT, ["msg:1"]) == {}


OLD = Stream(ACCOUNT, Entry.FOLLOWER, RetentionRule("90 天", 90, "制度"), after(4))


def test_old_replies_are_erased_from_where_the_last_turn_ended(peopled: CompleteStorage) -> None:
    """By when they came, not by whom."""
    store(peopled, *(said(number, sender=f"o_{number}") for number in range(1, 6)))

    with peopled.begin() as uow:
        assert uow.erasures.count_received(OLD, after=None) == 3
        first = uow.erasures.erase_received(OLD, after=None, limit=2)
        second = uow.erasures.erase_received(OLD, after=first.last, limit=2)
        third = uow.erasures.erase_received(OLD, after=second.last, limit=2)
        uow.commit()

    assert [turn.replies for turn in (first, second, third)] == [2, 1, 0]
    with peopled.begin() as uow:
        assert uow.replies.get(ReplyId("rpy_3")).erased_at is not None
        assert uow.replies.get(ReplyId("rpy_4")).erased_at is None


def test_events_are_read_between_two_moments(peopled: CompleteStorage) -> None:
    """Oldest first, messages left out."""
    event = {"kind": ReplyKind.EVENT, "type_name": "unsubscribe"}
    store(peopled, said(3, **event), said(1, **event), said(2), said(4, **event))

    with peopled.begin() as uow:
        found = uow.erasures.events(ACCOUNT, after=None, until=after(3), limit=9)
        rest = uow.erasures.events(ACCOUNT, after=after(1), until=after(9), limit=1)
    assert [one.id for one in found] == ["rpy_1", "rpy_3"]
    assert [one.id for one in rest] == ["rpy_3"]


def test_erasures_are_due_until_they_are_done(peopled: CompleteStorage) -> None:
    """Each once, at its time."""
    asked = Erasure(
        id=ErasureId("ers_1"),
        account=ACCOUNT,
        follower=FOLLOWER,
        pseudonym="f" * 32,
        reason=ErasureReason.UNSUBSCRIBED,
        until=NOW,
        due_at=NOW,
        asked_by="tongbu",
    )
    with peopled.begin() as uow:
        uow.erasures.add(asked)
        uow.erasures.add(replace(asked, follower="another"))
        uow.erasures.add(replace(asked, id=ErasureId("ers_2"), due_at=after(60)))
        uow.commit()

    with peopled.begin() as uow:
        due = uow.erasures.due()
        uow.erasures.save(replace(asked, follower="", done_at=after(1), replies=3))
        uow.commit()

    with peopled.begin() as uow:
        assert uow.erasures.due() == []
    assert due == [asked]
