"""`next_move` decides what a delivery does; these are its rules, one by one."""

from dataclasses import replace

from bot.domain.publishing.journal import Act, Failure, Journal, Outcome
from bot.domain.publishing.next_move import Call, Done, Gate, Hold, Prepared, Wait, next_move
from bot.domain.publishing.route import StepRole
from tests.factories import NOW, after
from tests.unit.domain.publishing.journals import (
    BY_HAND,
    OPEN,
    ROUTE,
    SEE,
    SUBMIT,
    UPLOAD,
    entry,
    journal,
    moved,
    route,
)


def test_the_first_step_of_an_empty_journal_is_called() -> None:
    """A new delivery begins with its first step."""
    assert next_move(ROUTE, Journal(), OPEN, now=NOW) == Call(UPLOAD)


def test_the_accepting_step_waits_for_its_time() -> None:
    """Preparation may run ahead; nothing becomes public before the gate opens."""
    ready = journal(entry(UPLOAD, Outcome.DONE))

    assert next_move(ROUTE, ready, Gate(after(60)), now=NOW) == Prepared(after(60))


def test_a_closed_gate_leaves_the_delivery_prepared() -> None:
    """While siblings are not ready there is no time to wait for."""
    ready = journal(entry(UPLOAD, Outcome.DONE))

    assert next_move(ROUTE, ready, Gate(None), now=NOW) == Prepared(None)


def test_what_has_a_public_address_waits_for_the_embargo() -> None:
    """Uploaded pictures can be reached by anyone who knows the address."""
    upload = replace(UPLOAD, public_address=True)

    move = next_move(route(upload), Journal(), Gate(NOW, after(90)), now=NOW)

    assert move == Wait(after(90), StepRole.PREPARE)


def test_waiting_ends_although_nobody_answers() -> None:
    """Quotas spent day after day: one more question after patience has ended, then a person."""
    step = replace(BY_HAND, patience_seconds=100)
    first = entry(step, Outcome.NOT_DONE, retry_at=after(500))
    second = entry(step, Outcome.NOT_DONE, at=500, retry_at=after(900))

    assert moved(first, steps=(step,), at=400) == Wait(after(500), StepRole.AWAIT_PERSON)
    assert moved(first, steps=(step,), at=500) == Call(step)
    assert isinstance(moved(first, second, steps=(step,), at=501), Hold)


def test_an_event_lets_a_step_look_that_waits_for_its_quota() -> None:
    """Somebody published by hand: the next question need not wait its time."""
    waiting = entry(BY_HAND, Outcome.NOT_DONE, retry_at=after(500))
    told = entry(BY_HAND, Outcome.PENDING, at=10, act=Act.EVENT)

    assert moved(waiting, told, steps=(BY_HAND,), at=20) == Call(BY_HAND)


def test_preparing_waits_as_long_as_the_platform_says() -> None:
    """A spent quota of uploads is no reason to give up."""
    late = entry(UPLOAD, Outcome.NOT_DONE, at=50_000, retry_at=after(90_000))
    steps = (UPLOAD,)

    move = moved(entry(UPLOAD, Outcome.NOT_DONE, retry_at=after(50_000)), late, steps=steps, at=9e4)

    assert move == Call(UPLOAD)


def test_what_was_not_sent_is_tried_again_when_its_time_comes() -> None:
    """No connection was made: nothing can have happened."""
    not_sent = entry(SUBMIT, Outcome.NOT_DONE, retry_at=after(8))

    assert moved(not_sent, at=5) == Wait(after(8), StepRole.ACCEPT)
    assert moved(not_sent, at=8) == Call(SUBMIT)


def test_trying_ends_after_the_last_attempt() -> None:
    """A step that never gets through is a person's matter."""
    why = Failure("PlatformUnavailable", cause="平台繁忙", next_step="系统会自动重试")
    tries = [
        entry(UPLOAD, Outcome.NOT_DONE, at=t, retry_at=after(t + 2), failure=why)
        for t in (0, 5, 10)
    ]

    move = moved(*tries, steps=(UPLOAD,), at=100)

    assert isinstance(move, Hold)
    assert "平台繁忙" in move.reason
    assert "系统会自动重试" not in move.reason


def test_a_person_who_says_go_on_gives_new_patience() -> None:
    """“重新发布” after a hold runs the step again."""
    refused = entry(SUBMIT, Outcome.REFUSED)
    person = entry(SUBMIT, Outcome.RETRY, at=50, act=Act.PERSON)

    assert moved(refused, person, at=51) == Call(SUBMIT)


def test_the_platforms_word_that_it_failed_holds_the_delivery() -> None:
    """An event of failure outranks polling."""
    told = entry(SEE, Outcome.REFUSED, at=2, act=Act.EVENT)

    assert isinstance(moved(told, steps=(SEE,), at=3), Hold)


def test_pending_answers_end_when_patience_does() -> None:
    """A platform that never finishes is a person's matter."""
    pending = entry(SEE, Outcome.PENDING, retry_at=after(4))

    assert moved(pending, steps=(SEE,), at=2) == Wait(after(4), StepRole.SEE)
    assert moved(pending, steps=(SEE,), at=5) == Call(SEE)
    assert isinstance(moved(pending, steps=(SEE,), at=61), Hold)


def test_when_every_step_is_proven_the_receipt_has_its_facts() -> None:
    """accepted and seen live are different facts with different times."""
    done = journal(
        entry(UPLOAD, Outcome.DONE),
        entry(SUBMIT, Outcome.DONE, at=5, evidence={"urls": "https://a.example/1"}),
        entry(SEE, Outcome.DONE, at=9),
    )

    move = next_move(ROUTE, done, OPEN, now=after(20))

    assert isinstance(move, Done)
    assert move.receipt.urls == ("https://a.example/1",)
    assert move.receipt.accepted
    assert move.receipt.accepted.at == after(6)
    assert move.receipt.seen_live
    assert move.receipt.seen_live.at == after(10)


def test_time_in_which_the_platform_could_not_be_asked_is_no_waiting() -> None:
    """A quota used up until the next day: the first answer after it is not the last."""
    quota = entry(SEE, Outcome.NOT_DONE, retry_at=after(5000))
    first = entry(SEE, Outcome.PENDING, at=5000, retry_at=after(5010))

    assert moved(quota, first, steps=(SEE,), at=5010) == Call(SEE)
    assert isinstance(moved(quota, first, steps=(SEE,), at=5060), Hold)
