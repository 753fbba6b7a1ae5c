"""Collecting what is not pushed: cursors move with their rows, doubles stay single."""

from collections.abc import Mapping, Sequence

import pytest

from bot.domain.accounts.account import Account, AccountAccess, PlatformName
from bot.domain.errors import PlatformUnavailable
from bot.domain.ids import AccountId
from bot.domain.replies.reply import Incoming
from bot.ports.platform import CollectedPage, LivePost
from bot.usecases.replies.collect_due import DEFAULT_SECONDS, collect_due
from bot.usecases.replies.collect_replies import CollectingTools, collect_replies
from tests import factories as make
from tests.fakes.doorbell import RecordingDoorbell
from tests.unit.usecases.posts.desk import Desk, NumberedIds, accounts

ACCOUNT = AccountId("acc_1")
Page = CollectedPage | PlatformUnavailable


class ScriptedCollector:
    """Keeps the promises of `ports.platform.Collector`: pages per stream, one a read."""

    def __init__(self, **pages: list[Page]) -> None:
        self._pages = pages
        self.cursors: list[tuple[str, dict[str, str]]] = []

    def streams(self, account: Account, live: Sequence[LivePost]) -> tuple[str, ...]:
        return tuple(self._pages)

    def read(self, access: AccountAccess, stream: str, cursor: Mapping[str, str]) -> CollectedPage:
        self.cursors.append((stream, dict(cursor)))
        page = self._pages[stream].pop(0)
        if isinstance(page, PlatformUnavailable):
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


def test_accounts_are_visited_at_their_interval() -> None:
    """Rung once, then again when the interval has passed."""
    desk, bell = Desk(accounts=accounts(1, 2)), RecordingDoorbell()
    interval = DEFAULT_SECONDS[PlatformName.WECHAT]

    first = collect_due(storage=desk.storage, doorbell=bell)
    at_once = collect_due(storage=desk.storage, doorbell=bell)
    desk.clock.pass_seconds(interval)
    later = collect_due(storage=desk.storage, doorbell=bell)

    assert (first, at_once, later) == (2, 0, 2)
    assert bell.accounts == ["acc_1", "acc_2", "acc_1", "acc_2"]


def test_an_account_may_set_its_own_interval_and_disabled_ones_rest() -> None:
    """The option is in seconds."""
    keen = make.account(options={"collect_seconds": "30"})
    off = make.account(id=AccountId("acc_2"), name="停用", enabled=False)
    desk, bell = Desk(accounts=(keen, off)), RecordingDoorbell()
    collect_due(storage=desk.storage, doorbell=bell)
    desk.clock.pass_seconds(30)

    assert collect_due(storage=desk.storage, doorbell=bell) == 1
    assert set(bell.accounts) == {"acc_1"}
