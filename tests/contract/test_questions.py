"""What every storage promises about questions that many ask."""

from dataclasses import replace

import pytest

from bot.domain.errors import Conflict, NotFound
from bot.domain.ids import QuestionId, ReplyId
from bot.domain.questions.group import (
    GroupAnswer,
    GroupState,
    Member,
    QuestionGroup,
    Standing,
    answer_id,
)
from bot.domain.replies.reply import ReplyKind
from tests.contract.conftest import CompleteStorage
from tests.factories import NOW, after, answer, incoming, reply

Q1, Q2 = QuestionId("qst_1"), QuestionId("qst_2")


def rpy(number: int) -> ReplyId:
    return ReplyId(f"rpy_{number}")


def hear(storage: CompleteStorage, *numbers: int, **changes: object) -> None:
    """Follower n says something at second n."""
    with storage.begin() as uow:
        uow.replies.store(
            [
                reply(
                    id=rpy(n),
                    incoming=incoming(
                        **({"key": f"m:{n}", "sender": f"o_{n}", "said_at": after(n)} | changes)
                    ),
                    received_at=after(n),
                )
                for n in numbers
            ]
        )
        uow.commit()


def put(storage: CompleteStorage, group: QuestionGroup, *members: Member) -> None:
    with storage.begin() as uow:
        uow.questions.add(group)
        for member in members:
            uow.questions.put_member(member)
        uow.commit()


def member(number: int, group: QuestionId = Q1, **changes: object) -> Member:
    made = Member(group, rpy(number), 0.5, after(number))
    return replace(made, **changes)  # type: ignore[arg-type]


def test_groups_and_members_come_back_as_they_were_stored(peopled: CompleteStorage) -> None:
    """With the answer, and those that were taken out; a member is replaced by its key."""
    hear(peopled, 1, 2)
    written = GroupAnswer("您好", "li", NOW, "wang")
    group = QuestionGroup(Q1, NOW, "补贴", GroupState.ANSWERING, written, 3)
    out = member(2, standing=Standing.TAKEN_OUT, judged_by="li")
    put(peopled, group, member(1), out, member(1, why_not="超过时限"))

    with peopled.begin() as uow:
        assert uow.questions.get(Q1) == uow.questions.claim(Q1) == group
        assert uow.questions.members(Q1) == [member(1, why_not="超过时限"), out]
        assert uow.questions.member(Q1, rpy(2)) == out
        assert uow.questions.member_of(rpy(2)) is None
        assert uow.questions.begun_with(Q1) == rpy(1)
        uow.questions.save(replace(group, state=GroupState.ANSWERED))
        assert uow.questions.get(Q1).state is GroupState.ANSWERED
        with pytest.raises(NotFound, match="qst_9"):
            uow.questions.get(QuestionId("qst_9"))


def test_a_reply_stands_in_one_group(peopled: CompleteStorage) -> None:
    """Unless it was taken out of the other."""
    hear(peopled, 1)
    put(peopled, QuestionGroup(Q1, NOW), member(1))
    put(peopled, QuestionGroup(Q2, NOW))

    with peopled.begin() as uow:
        with pytest.raises(Conflict):
            uow.questions.put_member(member(1, Q2))
        uow.questions.put_member(member(1, standing=Standing.TAKEN_OUT))
        uow.questions.put_member(member(1, Q2))
        assert uow.questions.member_of(rpy(1)) == member(1, Q2)


def test_askers_are_counted_once_whatever_they_write(peopled: CompleteStorage) -> None:
    """Without those taken out; the newest group first; whom nobody can name counts each time."""
    hear(peopled, 1, 2, 3, sender="o_same")
    hear(peopled, 4, 5, sender="")
    hear(peopled, 6, 7)
    members = [member(n) for n in (1, 2, 4, 5)]
    put(peopled, QuestionGroup(Q1, NOW), *members, member(3, standing=Standing.CONFIRMED))
    put(peopled, QuestionGroup(Q2, after(1)), member(6, Q2), member(7, Q2))
    empty = QuestionGroup(QuestionId("qst_3"), after(2))
    put(peopled, empty)

    with peopled.begin() as uow:
        newest, oldest = uow.questions.counts()
        nothing = uow.questions.count(empty.id)
        none = uow.questions.counts(states=[GroupState.ANSWERED])
    assert (newest.group.id, newest.askers, newest.replies) == (Q2, 2, 2)
    assert (oldest.askers, oldest.replies, oldest.confirmed) == (3, 5, 1)
    assert (oldest.first_asked_at, oldest.last_asked_at) == (after(1), after(5))
    assert (nothing.replies, nothing.askers, none) == (0, 0, [])


def test_who_awaits_an_answer_is_found_until_something_came_of_it(
    peopled: CompleteStorage,
) -> None:
    """Confirmed members of groups that are being answered; who has a letter is known."""
    hear(peopled, 1, 2, 3, 4)
    hear(peopled, 5, sender="o_1")
    sure = {"standing": Standing.CONFIRMED}
    sent = answer(id=answer_id(Q1, rpy(1)), reply=rpy(1))
    with peopled.begin() as uow:
        uow.answers.add(sent)
        uow.commit()
    members = (member(1, answer=sent.id, **sure), member(2, **sure), member(3), member(5, **sure))
    put(peopled, QuestionGroup(Q1, NOW, state=GroupState.ANSWERING), *members)
    put(peopled, QuestionGroup(Q2, NOW), member(4, Q2, **sure))

    with peopled.begin() as uow:
        assert uow.questions.awaiting_answer(limit=9) == [(Q1, rpy(2)), (Q1, rpy(5))]
        assert uow.questions.awaiting_answer(limit=1) == [(Q1, rpy(2))]
        assert uow.questions.has_told(Q1, uow.replies.get(rpy(5)).incoming)
        assert not uow.questions.has_told(Q1, uow.replies.get(rpy(2)).incoming)
        assert not uow.questions.is_settled(Q1)
        uow.questions.put_member(member(2, why_not="超过时限", **sure))
        uow.questions.put_member(member(5, why_not="超过时限", **sure))
        assert uow.questions.is_settled(Q1)


def test_replies_are_looked_at_in_the_order_they_were_filed(peopled: CompleteStorage) -> None:
    """Events are left out, and what is not filed yet waits."""
    hear(peopled, 1, 2)
    hear(peopled, 3, kind=ReplyKind.EVENT)
    hear(peopled, 4)
    with peopled.begin() as uow:
        uow.replies.file_pending(limit=10)
        uow.commit()
    hear(peopled, 5)

    with peopled.begin() as uow:
        assert uow.questions.looked_at() == 0
        found = uow.questions.filed_after(0, limit=10)
        assert [one.id for _, one in found] == [rpy(1), rpy(2), rpy(4)]
        uow.questions.look_on(found[0][0])
        uow.questions.look_on(found[1][0])
        assert uow.questions.looked_at() == found[1][0]
        left = uow.questions.filed_after(uow.questions.looked_at(), limit=10)
        assert [one.id for _, one in left] == [rpy(4)]
