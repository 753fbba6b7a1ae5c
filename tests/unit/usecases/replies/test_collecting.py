"""Collecting what is not pushed: cursors move with their rows, doubles stay single."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest

from bot.domain.accounts.account import Account, AccountAccess, PlatformName
from bot.domain.errors import CredentialExpired, PlatformError, PlatformUnavailable
from bot.domain.ids import AccountId
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.receipt import Fact, Receipt
from bot.domain.replies.reply import Incoming
from bot.ports.platform import CollectedPage, LivePost, VanishedPost
from bot.usecases.replies.collect_due import AFTER_A_POST, LOST_AFTER, collect_due, put_off_visit
from bot.usecases.replies.collect_replies import CollectingTools, collect_replies
from tests import factories as make
from tests.fakes.doorbell import RecordingDoorbell
from tests.unit.usecases.posts.desk import Desk, NumberedIds, accounts

ACCOUNT = AccountId("acc_1")
Page = CollectedPage | PlatformError
INTERVAL = 600.0


class ScriptedCollector:
    """Keeps the promises of `ports.platform.Collector`: pages per stream, one a read."""

    def __init__(self, **pages: list[Page]) -> None:
        self._pages = pages
        self.cursors: list[tuple[str, dict[str, str]]] = []

    def streams(self, account: Account, live: Sequence[LivePost]) -> tuple[str, ...]:
        return tuple(self._pages)

    def next_visit(self, account: Account, *, now: datetime, posts: Sequence[datetime]) -> datetime:
        self.posts = list(posts)
        return now + timedelta(seconds=INTERVAL)

    def read(
        self,
        access: AccountAccess,
        stream: str,
        cursor: Mapping[str, str],
        *,
        live: Sequence[LivePost] = (),
    ) -> CollectedPage:
        self.cursors.append((stream, dict(cursor)))
        page = self._pages[stream].pop(0)
        if isinstance(page, PlatformError):
            raise page
        return page


def said(*keys: str) -> tuple[Incoming, ...]:
    return tuple(make.incoming(key=key, text=key) for key in keys)


def page(*keys: str, after: str, more: bool = False) -> CollectedPage:
    return CollectedPage(said(*keys), {"since": after}, more)


def collecting(desk: Desk, collector: ScriptedCollector) -> CollectingTools:
    return CollectingTools(desk.publishing, {PlatformName.WECHAT: collector}, NumberedIds())


def stored(desk: Desk) -> list[str]:
    with desk.storage.begin() as uow:
        return sorted(i.key for i in uow.replies.recent(ACCOUNT))


def cursor(desk: Desk, stream: str) -> Mapping[str, str]:
    with desk.storage.begin() as uow:
        return uow.replies.cursor(ACCOUNT, stream)


def test_pages_are_read_until_the_last_each_from_the_last_cursor() -> None:
    """Three comments on two pages."""
    desk = Desk()
    collector = ScriptedCollector(
        comments=[page("c1", "c2", after="2", more=True), page("c3", after="3")]
    )

    fresh = collect_replies(ACCOUNT, collecting(desk, collector))

    assert fresh == 3
    assert stored(desk) == ["c1", "c2", "c3"]
    assert collector.cursors == [("comments", {}), ("comments", {"since": "2"})]
    assert cursor(desk, "comments") == {"since": "3"}


def test_overlapping_pages_make_no_doubles() -> None:
    """The same comment read again is not the follower repeating it."""
    desk = Desk()
    collector = ScriptedCollector(comments=[page("c1", "c2", "c2", after="2")])
    collect_replies(ACCOUNT, collecting(desk, collector))
    again = ScriptedCollector(comments=[page("c2", "c3", after="3")])

    fresh = collect_replies(ACCOUNT, collecting(desk, again))

    assert fresh == 1
    assert stored(desk) == ["c1", "c2", "c3"]
    with desk.storage.begin() as uow:
        assert {r.times_received for r in desk.storage.state.replies.values()} == {1}
        assert uow.replies.cursor(ACCOUNT, "comments") == {"since": "3"}


def test_a_refusal_leaves_its_cursor_and_the_other_streams_go_on() -> None:
    """What was read before the refusal is kept; the failure is told afterwards."""
    desk = Desk()
    collector = ScriptedCollector(
        comments=[page("c1", after="1", more=True), PlatformUnavailable("busy")],
        mentions=[page("m1", after="9")],
    )

    with pytest.raises(PlatformUnavailable):
        collect_replies(ACCOUNT, collecting(desk, collector))

    assert stored(desk) == ["c1", "m1"]
    assert cursor(desk, "comments") == {"since": "1"}
    assert cursor(desk, "mentions") == {"since": "9"}


def test_accounts_are_visited_when_their_collector_says() -> None:
    """Rung once; after the visit at the time it named, else when it must have been lost."""
    desk, bell = Desk(accounts=accounts(1, 2)), RecordingDoorbell()

    rung = [collect_due(storage=desk.storage, doorbell=bell)]
    collect_replies(ACCOUNT, collecting(desk, ScriptedCollector()))
    rung.append(collect_due(storage=desk.storage, doorbell=bell))
    desk.clock.pass_seconds(LOST_AFTER.total_seconds())
    rung.append(collect_due(storage=desk.storage, doorbell=bell))
    desk.clock.pass_seconds(INTERVAL)
    rung.append(collect_due(storage=desk.storage, doorbell=bell))

    assert rung == [2, 0, 1, 2]
    assert bell.accounts[:3] == ["acc_1", "acc_2", "acc_2"]


def test_a_visit_that_could_not_begin_is_due_again_at_once() -> None:
    """It is not taken for one that is under way; the others still are."""
    desk, bell = Desk(accounts=accounts(1, 2)), RecordingDoorbell()
    collect_due(storage=desk.storage, doorbell=bell)

    put_off_visit(ACCOUNT, storage=desk.storage)

    assert collect_due(storage=desk.storage, doorbell=bell) == 1
    assert bell.accounts[2:] == [ACCOUNT]


def test_a_disabled_account_rests() -> None:
    """Nobody rings for it."""
    off = make.account(enabled=False)
    desk, bell = Desk(accounts=(off,)), RecordingDoorbell()

    assert collect_due(storage=desk.storage, doorbell=bell) == 0


def test_a_post_that_was_not_planned_brings_the_visit_forward() -> None:
    """The collector is told of the posts of the day; one that came later is looked after soon."""
    desk, bell = Desk(), RecordingDoorbell()
    collector = ScriptedCollector()
    collect_replies(ACCOUNT, collecting(desk, collector))
    before = collector.posts
    with desk.storage.begin() as uow:
        uow.releases.add(make.release())
        uow.posts.add_rollout(make.rollout())
        uow.posts.add(make.post())
        uow.deliveries.add(make.delivery(due_at=make.after(10)))
        uow.commit()

    desk.clock.pass_seconds(10 + AFTER_A_POST.total_seconds())
    too_soon = collect_due(storage=desk.storage, doorbell=bell)
    desk.clock.pass_seconds(1)
    rung = collect_due(storage=desk.storage, doorbell=bell)
    collect_replies(ACCOUNT, collecting(desk, collector))

    assert (before, too_soon, rung) == ([], 0, 1)
    assert collector.posts == [make.after(10)]


def test_a_dead_token_met_while_collecting_stops_the_account() -> None:
    """Before the next post would meet it; nothing more is read until it is authorised again."""
    desk = Desk()
    collector = ScriptedCollector(comments=[CredentialExpired("21332")])

    with pytest.raises(CredentialExpired):
        collect_replies(ACCOUNT, collecting(desk, collector))
    again = collect_replies(ACCOUNT, collecting(desk, collector))

    with desk.storage.begin() as uow:
        trouble = uow.accounts.trouble(ACCOUNT)
    assert trouble is not None
    assert (trouble.failure.error, again) == ("CredentialExpired", 0)
    assert len(collector.cursors) == 1


def test_what_is_said_about_a_live_post_is_kept_with_it_and_counted() -> None:
    """So that staff see which post a comment stands under, and how many the platform counts."""
    desk = Desk()
    with desk.storage.begin() as uow:
        uow.releases.add(make.release())
        uow.posts.add_rollout(make.rollout())
        uow.posts.add(make.post())
        receipt = Receipt({"platform_post_id": "77"}, published=Fact(make.NOW, "seen"))
        live = make.delivery(state=DeliveryState.DELIVERED, next_at=None, receipt=receipt)
        uow.deliveries.add(live)
        uow.commit()
    under, elsewhere = make.incoming(key="c1", target="77"), make.incoming(key="c2", target="78")
    found = CollectedPage((under, elsewhere), {"x": "1"}, counted={"pst_1": 5})

    collect_replies(ACCOUNT, collecting(desk, ScriptedCollector(comments=[found])))

    kept = {one.incoming.key: one.post for one in desk.storage.state.replies.values()}
    assert kept == {"c1": "pst_1", "c2": None}
    assert [one.counted for one in desk.storage.state.comment_counts.values()] == [5]


def test_another_refusal_stops_nothing() -> None:
    """A platform that is busy is no reason to hold posts."""
    desk = Desk()

    with pytest.raises(PlatformUnavailable):
        collect_replies(
            ACCOUNT, collecting(desk, ScriptedCollector(comments=[PlatformUnavailable("busy")]))
        )

    with desk.storage.begin() as uow:
        assert uow.accounts.trouble(ACCOUNT) is None


def test_a_post_that_vanished_is_taken_down_in_our_books_once() -> None:
    """With what was seen, in its journal and in the audit; a second look adds nothing."""
    desk = Desk()
    with desk.storage.begin() as uow:
        uow.releases.add(make.release())
        uow.posts.add_rollout(make.rollout())
        uow.posts.add(make.post())
        uow.deliveries.add(make.delivery(state=DeliveryState.DELIVERED, next_at=None))
        uow.commit()
    gone = CollectedPage((), {"x": "1"}, vanished=(VanishedPost("pst_1", "已被隐藏"),))

    for _ in range(2):
        collect_replies(ACCOUNT, collecting(desk, ScriptedCollector(comments=[gone])))

    delivery = desk.delivery(make.post().id)
    assert delivery.state is DeliveryState.REMOVED
    assert delivery.hold_reason.startswith("已被隐藏。请到平台上核对")
    assert [e.failure.cause for e in delivery.journal.entries if e.failure] == ["已被隐藏"]
    assert desk.actions() == ["delivery.vanished"]
