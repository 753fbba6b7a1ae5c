"""What every storage promises about channels, alerts and the outbox."""

from dataclasses import replace

import pytest

from bot.domain.errors import Conflict, NotFound
from bot.domain.notices.channel import ChannelKind, Notice, NoticeChannel, NoticeState
from bot.domain.notices.condition import Condition, ConditionKind
from bot.domain.notices.personal import PersonalKind
from bot.domain.notices.watching import Alert
from bot.domain.people import Role
from tests.contract.conftest import CompleteStorage
from tests.factories import NOW, after
from tests.fakes.clock import StillClock

GROUP = NoticeChannel(
    id="nch_1",
    name="值班群",
    kind=ChannelKind.WECOM,
    roles=frozenset({Role.EDITOR}),
    people=("zhao",),
    options={"keyword": "同步"},
)


def notice(number: int = 1, **changes: object) -> Notice:
    """A notice that waits for the group."""
    values: dict[str, object] = {
        "id": f"ntc_{number:03}",
        "channel": "nch_1",
        "key": f"key {number}",
        "kind": ConditionKind.POST_HELD,
        "title": "标题",
        "text": "一行",
        "page": "https://a.example/posts",
        "created_at": NOW,
        "next_at": NOW,
    }
    return Notice(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def outbox(storage: CompleteStorage) -> CompleteStorage:
    """A storage with one channel."""
    with storage.begin() as uow:
        uow.notices.add_channel(GROUP, "sealed")
        uow.commit()
    return storage


def test_channels_come_back_and_their_names_are_their_own(outbox: CompleteStorage) -> None:
    """With roles, people and options; the secrets stay apart."""
    with outbox.begin() as uow:
        uow.notices.save_channel(replace(GROUP, enabled=False))

        assert uow.notices.channels() == [replace(GROUP, enabled=False)]
        assert uow.notices.channel("值班群").enabled is False
        assert uow.notices.sealed_secrets("nch_1") == "sealed"
        with pytest.raises(Conflict):
            uow.notices.add_channel(replace(GROUP, id="nch_2"), "other")
        with pytest.raises(NotFound):
            uow.notices.channel("没有这个群")


def test_alerts_are_replaced_as_a_whole(outbox: CompleteStorage) -> None:
    """What stands is what the last look said."""
    alerts = [Alert(Condition(ConditionKind.POST_HELD, f"pst_{n}", "话"), NOW, NOW) for n in (1, 2)]
    with outbox.begin() as uow:
        assert uow.notices.claim_alerts() == []
        uow.notices.replace_alerts(alerts)
        uow.notices.replace_alerts(alerts[1:])
        uow.commit()

    with outbox.begin() as uow:
        assert uow.notices.claim_alerts() == alerts[1:]


def test_a_channel_gets_a_key_once(outbox: CompleteStorage) -> None:
    """Whoever puts it a second time puts nothing."""
    with outbox.begin() as uow:
        assert uow.notices.put(notice())
        assert not uow.notices.put(notice(2, key="key 1"))
        assert uow.notices.put(notice(3, key="key 1", channel="console", next_at=None))

        assert [n.id for n in uow.notices.recent(channel="nch_1")] == ["ntc_001"]


def test_what_is_taken_is_nobody_elses_for_a_while(
    outbox: CompleteStorage, clock: StillClock
) -> None:
    """Two workers send it once; one that dies leaves it to the next."""
    with outbox.begin() as uow:
        uow.notices.put(notice())
        uow.notices.put(notice(2, next_at=after(3600)))
        (taken,) = uow.notices.take_due(limit=10, seconds=60)
        uow.commit()
    with outbox.begin() as uow:
        assert uow.notices.take_due(limit=10, seconds=60) == []
    clock.pass_seconds(61)

    with outbox.begin() as uow:
        (again,) = uow.notices.take_due(limit=10, seconds=60)
        uow.notices.save(replace(again, state=NoticeState.SENT, next_at=None))
        uow.commit()
    clock.pass_seconds(61)
    with outbox.begin() as uow:
        assert uow.notices.take_due(limit=10, seconds=60) == []
        assert uow.notices.recent(channel="nch_1")[-1].state is NoticeState.SENT
    assert (taken.attempts, again.attempts) == (1, 2)


def test_a_robot_gets_no_more_than_its_minute_allows(
    outbox: CompleteStorage, clock: StillClock
) -> None:
    """Twenty on 企业微信; what has no room waits for the next minute."""
    with outbox.begin() as uow:
        for number in range(30):
            uow.notices.put(notice(number))
        first = uow.notices.take_due(limit=15, seconds=600)
        second = uow.notices.take_due(limit=50, seconds=600)
        uow.commit()
    clock.pass_seconds(61)

    with outbox.begin() as uow:
        third = uow.notices.take_due(limit=50, seconds=600)
    assert (len(first), len(second), len(third)) == (15, 5, 10)


def test_the_last_try_of_a_backup_counts(outbox: CompleteStorage) -> None:
    """A good one makes a failed one forgotten."""
    with outbox.begin() as uow:
        assert uow.notices.last_backup() is None
        uow.notices.note_backup(at=after(60), fault="")
        uow.notices.note_backup(at=NOW, fault="failed")

        assert uow.notices.last_backup() == (after(60), "")


def test_what_waits_for_nothing_is_forgotten_in_time(outbox: CompleteStorage) -> None:
    """What is still to be sent stays, however old."""
    with outbox.begin() as uow:
        uow.notices.put(notice(1, next_at=None))
        uow.notices.put(notice(2))
        uow.notices.put(notice(3, next_at=None, created_at=after(10)))
        uow.notices.forget(before=after(5))

        assert [n.id for n in uow.notices.recent(channel="nch_1")] == ["ntc_003", "ntc_002"]


def test_a_notice_keeps_whom_it_is_for(outbox: CompleteStorage) -> None:
    """With a kind of its own."""
    mine = notice(1, kind=PersonalKind.CASE_NEAR, to=("li@example.gov.cn",))
    with outbox.begin() as uow:
        uow.notices.put(mine)

        assert uow.notices.recent(channel="nch_1") == [mine]
