"""Cases whose asker may still be told of the answer."""

from dataclasses import replace

from bot.domain.cases.care import Care
from bot.domain.cases.case import CaseState, Channel
from bot.domain.cases.retention import Tombstone
from bot.domain.ids import ReplyId
from bot.domain.replies.reply import ReplyKind
from tests.contract.conftest import CompleteStorage
from tests.contract.test_cases import ACCOUNT, DAY, hear, store
from tests.factories import after, answer, case, incoming, reply


def test_askers_who_write_again_after_an_answer_that_did_not_reach_them(
    peopled: CompleteStorage,
) -> None:
    """The same person, to the same account, lately; what they were told is not told again."""
    hear(peopled, 1)
    looked_up = case(
        account=ACCOUNT,
        reply=ReplyId("rpy_1"),
        state=CaseState.CLOSED,
        answered_by=Channel.LOOK_UP,
        answered_at=after(DAY),
    )
    store(peopled, looked_up)

    def untold(since: float = 0) -> list[str]:
        with peopled.begin() as uow:
            return list(uow.cases.untold(since=after(since), limit=5))

    def says(number: int, at: float, **changes: object) -> None:
        said = incoming(key=f"msg:{number}", said_at=after(at), **changes)
        with peopled.begin() as uow:
            uow.replies.store(
                [reply(id=ReplyId(f"rpy_{number}"), incoming=said, received_at=after(at))]
            )
            uow.commit()

    says(2, DAY - 1)
    says(3, 2 * DAY, sender="oSomebodyElse")
    says(4, 2 * DAY, kind=ReplyKind.EVENT)
    assert untold() == []
    says(5, 2 * DAY)
    assert untold() == [looked_up.id]
    assert untold(since=2 * DAY + 1) == []
    assert untold(since=182 * DAY) == []
    made = answer(reply=ReplyId("rpy_1"), account=ACCOUNT)
    others = (
        replace(looked_up, answer=made.id),
        replace(looked_up, answered_by=Channel.PHONE),
        replace(looked_up, state=CaseState.REOPENED),
        replace(looked_up, care=Care("涉及在办案件", "zhang", after(1))),
        replace(looked_up, tombstone=Tombstone(after(DAY), "general")),
    )
    with peopled.begin() as uow:
        uow.answers.add(made)
        for other in others:
            uow.cases.save(other)
            assert uow.cases.untold(since=after(0), limit=5) == []
