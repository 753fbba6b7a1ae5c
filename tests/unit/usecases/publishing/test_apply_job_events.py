"""What platforms push about publish jobs reaches the right journal, once, in any order."""

from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Act, Outcome
from bot.domain.replies.reply import Channel, JobReport, ReplyKind
from bot.ports.platform import StepResult
from bot.usecases.publishing.apply_job_events import UNCLAIMED_FOR, apply_job_events
from tests import factories as make
from tests.fakes.platform import PENDING
from tests.unit.usecases.publishing.office import Office

ACCEPTED = StepResult(Outcome.DONE, {"job_id": "publish:1"})
URL = "https://public.example/s/1"


def told(
    office: Office, *, succeeded: bool = True, job: str = "publish:1", key: str = "e1"
) -> None:
    """The platform pushes the end of a job."""
    report = JobReport({"job_id": job}, succeeded, "0" if succeeded else "4", (URL,))
    incoming = make.incoming(
        key="e1", kind=ReplyKind.EVENT, channel=Channel.WECHAT_EVENT, job=report
    )
    with office.storage.begin() as uow:
        uow.replies.store([make.reply(incoming=incoming, received_at=office.clock.now())])
        uow.commit()


def waiting_for_the_platform() -> Office:
    office = Office()
    office.platform.script("accept", ACCEPTED)
    office.platform.script("confirm", PENDING)
    office.advance()
    assert office.delivery().state is DeliveryState.AWAITING_PLATFORM
    return office


def test_an_event_confirms_without_asking_the_platform() -> None:
    """Woken at once, with the address the event named."""
    office = waiting_for_the_platform()
    told(office)

    applied = apply_job_events(office.tools)
    delivered = office.advance()

    assert applied == 1
    assert delivered.state is DeliveryState.DELIVERED
    assert delivered.receipt is not None
    assert delivered.receipt.urls == (URL,)
    assert office.platform.count("confirm") == 1


def test_an_event_before_the_answer_waits_for_it() -> None:
    """The job's id is not in any journal yet; it is applied when it is."""
    office = Office()
    office.platform.script("accept", ACCEPTED)
    office.platform.script("confirm", PENDING)
    told(office)

    early = apply_job_events(office.tools)
    office.advance()
    late = apply_job_events(office.tools)

    assert (early, late) == (0, 1)
    assert office.advance().state is DeliveryState.DELIVERED


def test_an_event_is_applied_once() -> None:
    """Ticks come five times a second."""
    office = waiting_for_the_platform()
    told(office)

    assert [apply_job_events(office.tools) for _ in range(3)] == [1, 0, 0]
    events = [e for e in office.delivery().journal.entries if e.act is Act.EVENT]
    assert len(events) == 1


def test_a_failure_event_holds_the_post_and_never_says_it_is_not_out() -> None:
    """The platform took it and then refused it: a person looks."""
    office = waiting_for_the_platform()
    told(office, succeeded=False)

    apply_job_events(office.tools)
    held = office.advance()

    assert held.state is DeliveryState.HELD
    assert "平台状态：4" in held.hold_reason
    assert "没有发出" not in held.hold_reason
    assert office.platform.count("accept") == 1


def test_a_job_of_somebody_else_is_let_go_after_a_while() -> None:
    """An article published by hand in the console is not ours to wait for."""
    office = Office()
    told(office, job="publish:999")
    apply_job_events(office.tools)
    office.clock.pass_seconds(UNCLAIMED_FOR.total_seconds() + 1)

    apply_job_events(office.tools)

    with office.storage.begin() as uow:
        assert not uow.replies.unhandled_jobs()
