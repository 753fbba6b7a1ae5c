"""An account whose platform does not answer is left alone for a while; the others are not."""

from dataclasses import replace

from bot.domain.accounts.account import Mode
from bot.domain.accounts.breaker import Breaker
from bot.domain.errors import ContentRejected, NotSent, OutcomeUnknown
from bot.domain.ids import AccountId, DeliveryId, PostId
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.domain.publishing.journal import Failure
from bot.usecases.publishing.advance_delivery import advance_delivery
from tests import factories as make
from tests.unit.usecases.publishing.office import Office

SILENT = NotSent("no connection")


def breaker(office: Office) -> Breaker | None:
    with office.storage.begin() as uow:
        return uow.breakers.of(AccountId("acc_1"))


def with_many_posts() -> Office:
    """Six posts on one account whose platform does not answer."""
    office = Office()
    with office.storage.begin() as uow:
        for number in range(2, 7):
            uow.posts.add(make.post(id=PostId(f"pst_{number}")))
            uow.deliveries.add(
                make.delivery(id=DeliveryId(f"dlv_{number}"), post=PostId(f"pst_{number}"))
            )
        uow.commit()
    office.platform.script("prepare", SILENT)
    return office


def test_after_three_silences_nobody_calls() -> None:
    """Six posts, three calls; the others wait, say why, and lose nothing."""
    office = with_many_posts()

    states = [office.advance(number) for number in range(1, 7)]

    assert office.platform.count("prepare") == 3
    assert [state.state for state in states] == [DeliveryState.WAITING] * 6
    assert "平台连续 3 次没有应答" in states[5].hold_reason
    assert states[5].next_at == make.after(15)


def test_after_the_pause_one_call_tries_and_doubles_it() -> None:
    """Half open: not all six at once."""
    office = with_many_posts()
    for number in range(1, 7):
        office.advance(number)
    office.clock.pass_seconds(15)

    for number in range(1, 7):
        office.advance(number)

    assert office.platform.count("prepare") == 4
    found = breaker(office)
    assert found is not None
    assert found.probe_at == make.after(45)
    assert found.failures == 4


def test_an_answer_closes_it_and_wakes_the_others() -> None:
    """They need not wait out the pause of somebody else's probe."""
    office = with_many_posts()
    for number in range(1, 7):
        office.advance(number)
    office.platform.script("prepare")

    out = office.advance(1, after=15)

    assert out.state is DeliveryState.DELIVERED
    assert breaker(office) is None
    assert office.delivery(6).next_at == office.clock.now()
    assert office.advance(6).state is DeliveryState.DELIVERED


def test_a_refusal_is_an_answer() -> None:
    """Two silences and a refusal: the platform is alive."""
    office = with_many_posts()
    office.platform.script("prepare", SILENT, SILENT, ContentRejected("no"))

    for number in (1, 2, 3):
        office.advance(number)

    assert breaker(office) is None


def test_an_emergency_does_not_ask_it() -> None:
    """It tries as often as its own patience allows."""
    office = with_many_posts()
    for number in range(1, 4):
        office.advance(number)
    office.change_post(5, emergency=True)
    office.platform.script("prepare")

    assert office.advance(5).state is DeliveryState.DELIVERED


def test_an_unsure_post_stays_unsure_while_it_waits() -> None:
    """What may be out is never shown as merely waiting."""
    office = Office()
    office.platform.script("accept", OutcomeUnknown("timed out"))
    office.advance()
    with office.storage.begin() as uow:
        found = uow.breakers.of(AccountId("acc_1"))
        assert found is not None
        open_ = replace(found, failures=3, opened_at=make.NOW, probe_at=make.after(900))
        uow.breakers.save(open_)
        uow.commit()

    waiting = office.advance(after=60)

    assert waiting.state is DeliveryState.UNKNOWN
    assert waiting.next_at == make.after(900)
    assert office.platform.count("look:accept") == 0


def test_another_account_goes_on() -> None:
    """An account's trouble delays nobody else."""
    office = Office(modes=(Mode.PUBLISH, Mode.PUBLISH))
    with office.storage.begin() as uow:
        failure = Failure("NotSent", cause="连不上平台")
        uow.breakers.save(Breaker(AccountId("acc_1"), 3, failure, make.NOW, make.after(600)))
        uow.commit()

    def advanced(number: int) -> Delivery:
        advance_delivery(DeliveryId(f"dlv_{number}"), office.tools)
        return office.delivery(number)

    assert advanced(1).state is DeliveryState.WAITING
    assert advanced(2).state is DeliveryState.DELIVERED
