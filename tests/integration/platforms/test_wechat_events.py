"""Every oddity of events: the post is out once and we know it, whatever becomes of the news."""

import pytest

from bot.domain.accounts.account import Mode
from bot.domain.ids import AccountId
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.replies.reply import JobReport
from bot.ports.platform import LivePost
from bot.sandbox.faults import FaultKind
from bot.usecases.publishing.apply_job_events import apply_job_events
from tests import factories
from tests.integration.platforms.wechat_stage import FAN, NAME, Stage
from tests.integration.platforms.wechat_ways import on_its_way

SUBMIT, SEND = "/cgi-bin/freepublish/submit", "/cgi-bin/message/mass/sendall"
PUBLISHED, SENT = "PUBLISHJOBFINISH", "MASSSENDJOBFINISH"
ODDITIES = [
    pytest.param(Mode.PUBLISH, None, PUBLISHED, id="published: in time"),
    pytest.param(Mode.PUBLISH, FaultKind.EVENT_DOUBLED, PUBLISHED, id="published: doubled"),
    pytest.param(Mode.PUBLISH, FaultKind.EVENT_LATE, PUBLISHED, id="published: late"),
    pytest.param(Mode.PUBLISH, FaultKind.EVENT_LOST, PUBLISHED, id="published: lost"),
    pytest.param(Mode.PUBLISH, None, "FREEPUBLISHJOBFINISH", id="published: old name"),
    pytest.param(Mode.PUBLISH, None, SENT, id="published: other name"),
    pytest.param(Mode.MASS, None, SENT, id="sent: in time"),
    pytest.param(Mode.MASS, FaultKind.EVENT_DOUBLED, SENT, id="sent: doubled"),
    pytest.param(Mode.MASS, FaultKind.EVENT_LATE, SENT, id="sent: late"),
    pytest.param(Mode.MASS, FaultKind.EVENT_LOST, SENT, id="sent: lost"),
]


@pytest.mark.parametrize(("mode", "kind", "name"), ODDITIES)
def test_whatever_becomes_of_the_event_the_post_is_delivered_once(
    stage: Stage, mode: Mode, kind: FaultKind | None, name: str
) -> None:
    """Polling stands in for a lost event; a doubled or late one changes nothing. Only a mass
    send's addresses are lost with its event."""
    way = on_its_way(stage, mode)
    if mode is Mode.PUBLISH:
        stage.wechat.act("change_switches", publish_event=name)
    if kind is not None:
        stage.fault(kind, name, seconds=0.5)
    with way.listening():
        way.go(6, seconds=0.05)
        if kind is not FaultKind.EVENT_LOST:
            way.hear()
        delivery = way.go(8)

    assert delivery.state is DeliveryState.DELIVERED, delivery.hold_reason
    assert len(stage.books["published"]) == 1
    assert delivery.receipt is not None
    is_told = mode is Mode.PUBLISH or kind is not FaultKind.EVENT_LOST
    assert bool(delivery.receipt.urls) is is_told


@pytest.mark.parametrize(("mode", "path"), [(Mode.PUBLISH, SUBMIT), (Mode.MASS, SEND)])
def test_an_event_may_come_before_the_answer_that_names_its_job(
    stage: Stage, mode: Mode, path: str
) -> None:
    """Nobody knows the job yet; the report is kept until somebody does, and then believed."""
    way = on_its_way(stage, mode, poll_seconds="3600")
    stage.fault(FaultKind.EVENT_BEFORE_ANSWER, path)
    with way.listening(at_once=True):
        way.go(1, seconds=1)
        heard_before = [one.job for one in way.heard if one.job]
        way.hear()
        delivery = way.go(3, seconds=1)

    assert heard_before
    assert delivery.state is DeliveryState.DELIVERED, delivery.hold_reason
    assert delivery.receipt is not None
    assert delivery.receipt.urls


def test_the_report_of_somebody_elses_job_changes_nothing(stage: Stage) -> None:
    """Another number on our account, and our number on another account."""
    stage.wechat.act("change_switches", publish_seconds=10_000.0)
    way = on_its_way(stage, Mode.PUBLISH, poll_seconds="3600")
    foreign = {
        "publish_id": 1,
        "publish_status": 0,
        "article_id": "another",
        "article_detail": {"count": 1, "item": [{"idx": 1, "article_url": "http://x.test/s/1"}]},
    }
    with way.listening():
        waiting = way.go(1, seconds=1)
        stage.wechat.act(
            "platform_sends_event",
            account=NAME,
            event=PUBLISHED,
            fields={"PublishEventInfo": foreign},
        )
        way.hear()
    ours = JobReport({"job_id": waiting.journal.evidence["job_id"]}, True, "0", (), {})
    elsewhere = factories.incoming(account=AccountId("acc_2"), key="publish", job=ours)
    with way.storage.begin() as uow:
        uow.replies.store([factories.reply(id="rpy_x", incoming=elsewhere, received_at=uow.now())])
        uow.commit()
    applied = apply_job_events(way.tools)
    delivery = way.go(2, seconds=1)

    assert applied == 0
    assert delivery.state is DeliveryState.AWAITING_PLATFORM
    assert delivery.receipt is None


@pytest.mark.parametrize(
    "switches",
    [
        {"publish_id_as_string": False, "msg_data_id_as_string": False},
        {"publish_id_as_string": True, "msg_data_id_as_string": True},
    ],
    ids=["numbers", "text"],
)
def test_ids_are_the_same_whether_numbers_or_text(
    stage: Stage, switches: dict[str, object]
) -> None:
    """The answer spells them one way, the event another; the job and its comments are found."""
    stage.wechat.act("change_switches", **switches)
    way = on_its_way(stage, Mode.PUBLISH, poll_seconds="3600")
    with way.listening():
        way.go(1, seconds=1)
        way.hear()
        delivery = way.go(2, seconds=1)

    live = LivePost("pst_1", delivery.journal.evidence, stage.clock.now())
    (stream,) = stage.collector.streams(way.walk.access.account, [live])
    page = stage.collector.read(way.walk.access, stream, {})
    assert delivery.state is DeliveryState.DELIVERED
    assert page.incoming == ()


def test_without_msg_data_id_a_post_is_delivered_and_its_comments_are_left_alone(
    stage: Stage,
) -> None:
    """There is nothing to ask by; nothing fails."""
    stage.wechat.act("change_switches", submit_returns_msg_data_id=False)
    way = on_its_way(stage, Mode.PUBLISH)

    delivery = way.go()

    live = LivePost("pst_1", delivery.journal.evidence, stage.clock.now())
    assert delivery.state is DeliveryState.DELIVERED, delivery.hold_reason
    assert stage.collector.streams(way.walk.access.account, [live]) == ()


@pytest.mark.parametrize("shape", ["object", "array"])
def test_comments_are_the_same_in_either_shape_of_replies(stage: Stage, shape: str) -> None:
    """Numbers as text and a reply in a list, as in older samples: the same rows, once."""
    way = on_its_way(stage, Mode.PUBLISH)
    delivery = way.go()
    number = delivery.journal.evidence["msg_data_id"]
    about = {"account": NAME, "msg_data_id": int(number), "openid": FAN}
    stage.wechat.act("follower_comments", text="何时开始？", **about)
    live = LivePost("pst_1", delivery.journal.evidence, stage.clock.now())
    (stream,) = stage.collector.streams(way.walk.access.account, [live])
    stage.wechat.act("change_switches", reply_shape=shape)

    first = stage.collector.read(way.walk.access, stream, {})
    stage.wechat.act("change_switches", reply_shape="object" if shape == "array" else "array")
    again = stage.collector.read(way.walk.access, stream, first.cursor)

    assert [one.key for one in first.incoming] == [f"comment:{number}:0:1"]
    assert again.incoming == ()
