"""Followers who leave, or ask, are forgotten; the audit chain still verifies."""

import pytest

from bot.domain.audit import first_broken
from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound, OutcomeUnknown
from bot.domain.ids import ReplyId
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.domain.replies.answer import AnswerContent, AnswerState
from bot.usecases.cases.sweep_retention import sweep_retention
from bot.usecases.replies.ask_for_erasure import ask_for_erasure
from bot.usecases.replies.erase_due import ROWS_A_TURN, erase_due
from bot.usecases.replies.notice_leavings import notice_leavings
from bot.usecases.replies.settle_answer import send_answer_again
from tests.unit.usecases.replies.office import DESK, FOLLOWER, LEFT, WORDS, ReplyOffice

ADMIN = Actor("周管理", frozenset({Role.ACCOUNT_ADMIN}))
DAY = 86_400


def ticks(office: ReplyOffice, *, after: float = 0) -> int:
    """Time passes, then the tick comes by; how many replies it erased."""
    office.clock.pass_seconds(after)
    notice_leavings(office.letters)
    return erase_due(office.storage) + sweep_retention(office.storage).replies


def everything(office: ReplyOffice) -> str:
    return str(vars(office.storage.state))


def test_who_unsubscribes_is_forgotten_once_no_push_can_double() -> None:
    """A minute later nothing of them is left; what they say after coming back is new."""
    office = ReplyOffice()
    said = office.says(1, text="我叫李小云")
    office.sends(office.answers(said, "小云您好"))
    office.says(2, **LEFT)

    at_once, later, again = ticks(office), ticks(office, after=61), ticks(office, after=61)
    back = office.says(3, text="我回来了")
    ticks(office, after=61)

    assert (at_once, later, again) == (0, 2, 0)
    assert office.reply(said).erased_at is not None
    assert office.reply(back).incoming.text == "我回来了"
    left = everything(office)
    assert "小云" not in left
    assert left.count(FOLLOWER) == 1  # who came back


def test_only_this_followers_words_on_this_account_go() -> None:
    """A neighbour's stay."""
    office = ReplyOffice()
    office.says(1)
    neighbour = office.says(2, sender="o_neighbour")
    office.says(3, **LEFT)

    ticks(office, after=61)

    assert office.reply(neighbour).incoming.text


def test_an_account_may_wait_with_those_who_only_stop_following() -> None:
    """Its archive rules say how many days; who revokes is forgotten at once."""
    office = ReplyOffice(erase_days_after_unsubscribe="30")
    gone, revoked = office.says(1), office.says(2, sender="o_revoked")
    office.says(3, **LEFT)
    office.says(4, **LEFT | {"sender": "o_revoked", "type_name": "Revoke"})

    soon = ticks(office, after=61)

    assert soon == 2
    assert office.reply(revoked).erased_at is not None
    assert office.reply(gone).erased_at is None
    assert ticks(office, after=30 * DAY) == 2


def test_a_person_asks_for_a_follower() -> None:
    """The audit names them by a keyed hash, and the chain still verifies."""
    office = ReplyOffice()
    office.says(1)
    ask_for_erasure(
        "云岭发布", f" {FOLLOWER} ", actor=ADMIN, storage=office.storage, ids=office.ids
    )

    assert (ticks(office), ticks(office, after=61)) == (0, 1)

    with office.storage.begin() as uow:
        records = uow.audit.records()
    asked, erased = records[-2:]
    assert (asked.action, erased.action) == ("follower.erasure_asked", "follower.erased")
    assert asked.object_id == erased.object_id
    assert erased.details["replies"] == "1"
    assert first_broken(records, b"audit key") is None
    assert FOLLOWER not in everything(office)


def test_asking_needs_permission_an_account_and_a_name() -> None:
    """The desk answers; it does not erase."""
    office = ReplyOffice()
    tools = {"storage": office.storage, "ids": office.ids}

    with pytest.raises(NotAllowed):
        ask_for_erasure("云岭发布", FOLLOWER, actor=DESK, **tools)
    with pytest.raises(NotFound):
        ask_for_erasure("没有", FOLLOWER, actor=ADMIN, **tools)
    with pytest.raises(InvalidInput):
        ask_for_erasure("云岭发布", " ", actor=ADMIN, **tools)


def test_a_long_conversation_goes_in_turns_that_each_commit() -> None:
    """More than one turn's rows, all counted."""
    office = ReplyOffice()
    for number in range(ROWS_A_TURN + 5):
        office.says(number)
    office.says(9999, **LEFT)

    assert ticks(office, after=61) == ROWS_A_TURN + 6
    (erasure,) = office.storage.state.erasures.values()
    assert (erasure.replies, erasure.follower) == (ROWS_A_TURN + 6, "")


def test_what_is_being_sent_while_its_follower_is_erased_stays_erased() -> None:
    """The worker comes back with the words in hand; they are not written down again."""
    office = ReplyOffice()
    said = office.says(1)
    written = office.answers(said)

    def erased_meanwhile() -> None:
        office.says(2, **LEFT)
        ticks(office, after=61)

    office.correspondent.script = [erased_meanwhile]
    sent = office.sends(written)

    assert (sent.state, sent.content) == (AnswerState.SENT, AnswerContent(""))
    assert WORDS not in everything(office)


def test_an_unsure_answer_of_an_erased_follower_asks_nobody_any_more() -> None:
    """There is nobody to answer; nothing can be sent again."""
    office = ReplyOffice()
    office.correspondent.script = [OutcomeUnknown("no answer")]
    held = office.sends(office.answers(office.says(1)))
    office.says(2, **LEFT)

    ticks(office, after=61)

    assert not office.answer(held.id).waits_for_person
    with pytest.raises(Conflict, match="已按规定删除"):
        send_answer_again(held.id, actor=DESK, tools=office.letters)
    with pytest.raises(Conflict, match="已按规定删除"):
        office.answers(ReplyId("rpy_1"))


def test_an_account_keeps_replies_for_its_days() -> None:
    """Older ones are erased whoever wrote them; without the option nothing is."""
    office, keeping = ReplyOffice(retention_days="90"), ReplyOffice()
    for one in (office, keeping):
        one.says(1, sender="o_old")
        one.clock.pass_seconds(80 * DAY)
        one.says(2, sender="o_young")

    assert (ticks(office, after=11 * DAY), ticks(keeping, after=11 * DAY)) == (1, 0)
    assert ticks(office, after=80 * DAY) == 1
    assert office.actions() == ["replies.retention_over"] * 2


def test_a_worker_that_was_stopped_goes_on() -> None:
    """What a turn committed is done; the erasure stays open until nothing is left."""
    office = ReplyOffice()
    office.says(1)
    office.says(2, **LEFT)
    office.clock.pass_seconds(61)
    notice_leavings(office.letters)
    (erasure,) = office.storage.state.erasures.values()
    with office.storage.begin() as uow:
        uow.erasures.erase_follower(erasure.account, erasure.follower, until=erasure.until, limit=1)
        uow.commit()

    assert erase_due(office.storage) == 1
    (done,) = office.storage.state.erasures.values()
    assert done.done_at == office.clock.now()


def test_who_leaves_while_the_clock_is_put_back_is_forgotten_too() -> None:
    """Their event seems older than what was read already."""
    office = ReplyOffice()
    said = office.says(1)
    ticks(office, after=700)
    office.clock.pass_seconds(-300)
    office.says(2, **LEFT)

    erased = ticks(office, after=61)

    assert erased == 2
    assert office.reply(said).erased_at is not None
