"""What pages of operations read, on both databases."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain.ids import AccountId, DeliveryId, OutageId, PostId, QuietPeriodId
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.outage import Outage
from bot.domain.publishing.quiet import QUIET_WORDS, QuietPeriod
from bot.storage.database import Database
from bot.vault.secrets import FernetVault
from tests import factories as make
from tests.fakes.clock import StillClock

OUTAGE = Outage(OutageId("out_1"), make.NOW, make.after(300))
PERIOD = QuietPeriod(
    QuietPeriodId("qui_1"), None, "哀悼日", make.NOW, make.after(600), "wang", make.NOW
)


@pytest.fixture(
    params=[pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]
)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Posts due at ten, a minute later and in twenty minutes, one of them an emergency."""
    url = request.getfixturevalue(f"{request.param}_url")
    opened = Database(url, audit_key=b"key", vault=FernetVault("k" * 32), clock=StillClock())
    with opened.begin() as uow:
        uow.sources.add(make.source())
        uow.releases.add(make.release())
        uow.accounts.add(make.account(), "{}")
        uow.posts.add_rollout(make.rollout())
        for number, seconds, urgent in (
            (1, 0, False),
            (2, 60, False),
            (3, 1200, False),
            (4, 0, True),
        ):
            post = make.post(id=PostId(f"pst_{number}"))
            uow.posts.add(post)
            uow.deliveries.add(
                make.delivery(
                    id=DeliveryId(f"dlv_{number}"),
                    post=post.id,
                    due_at=make.after(seconds),
                    next_at=make.after(seconds),
                    urgent=urgent,
                )
            )
        uow.commit()
    yield opened
    opened.dispose()


def change(database: Database, number: int, **changes: object) -> None:
    with database.begin() as uow:
        delivery = uow.deliveries.get(DeliveryId(f"dlv_{number}"))
        uow.deliveries.save(replace(delivery, **changes))  # type: ignore[arg-type]
        uow.commit()


def test_an_outage_tells_what_became_of_what_was_due_then(database: Database) -> None:
    """Late by the time it had then, although somebody gave it another since."""
    with database.begin() as uow:
        uow.outages.add(OUTAGE)
        uow.commit()
    change(
        database,
        1,
        state=DeliveryState.DELIVERED,
        accepted_at=make.after(360),
        due_at=make.after(350),
        next_at=None,
    )
    change(database, 2, state=DeliveryState.HELD, next_at=None, hold_reason="已超过定时")

    (row,) = database.overview().outages()

    assert row.outage == OUTAGE
    assert [touched.post.id for touched in row.posts] == ["pst_1", "pst_4", "pst_2"]
    first, _, second = row.posts
    assert (first.due_then, first.lateness_seconds) == (make.NOW, 360)
    assert second.lateness_seconds is None
    assert second.post.hold_reason == "已超过定时"
    assert not first.was_sending


def test_an_outage_that_touched_nothing_is_listed_too(database: Database) -> None:
    """The newest comes first."""
    quiet = Outage(OutageId("out_2"), make.after(7000), make.after(7100))
    with database.begin() as uow:
        uow.outages.add(OUTAGE)
        uow.outages.add(quiet)
        uow.commit()

    rows = database.overview().outages()

    assert [(row.outage.id, len(row.posts)) for row in rows] == [("out_2", 0), ("out_1", 3)]


def test_a_silence_keeps_ordinary_posts_that_are_not_out(database: Database) -> None:
    """Neither emergencies nor what is due after it; what it held is listed until decided, what
    is held for another reason is not."""
    overview = database.overview()
    before = [row.id for row in overview.kept(PERIOD)]
    change(database, 1, state=DeliveryState.HELD, next_at=None, hold_reason="平台拒绝")
    change(
        database,
        2,
        state=DeliveryState.HELD,
        next_at=None,
        hold_reason=f"{QUIET_WORDS}（哀悼日）已结束",
    )

    assert before == ["pst_1", "pst_2"]
    assert [row.id for row in overview.kept(PERIOD)] == ["pst_2"]
    assert overview.kept(replace(PERIOD, account=AccountId("acc_9"))) == []


def test_urgent_work_is_found_apart(database: Database) -> None:
    """Due and free, whatever else is due."""
    overview = database.overview()
    found = list(overview.urgent_due())
    with database.begin() as uow:
        uow.deliveries.lease(DeliveryId("dlv_4"), seconds=30)
        uow.commit()

    assert found == ["dlv_4"]
    assert list(overview.urgent_due()) == []
