"""A platform, or somebody in its name, tells us that an authorisation was taken back."""

import asyncio
from collections.abc import Mapping
from functools import partial

import httpx
import pytest

from bot.callbacks.answering import Answering
from bot.callbacks.app import create_app
from bot.callbacks.directory import Directory
from bot.callbacks.door import CallbackDesk
from bot.callbacks.grouping import GroupWriter
from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.accounts.authorisation import STREAM
from bot.domain.ids import AccountId
from bot.platforms.wechat.callback import WechatCallback
from bot.platforms.weibo.callback import WeiboCallback
from bot.system import SortableIds
from bot.usecases.cases.look_up_receipt import ReceiptDesk
from tests import factories as make
from tests.fakes.clock import StillClock
from tests.fakes.storage import FakeStorage
from tests.fakes.vault import OpenVault
from tests.unit.callbacks.door import WatchedStorage

OURS = {"source": "1000000001", "uid": "1900000001", "auth_end": "1795200000", "verification": "x"}
ADDRESS = "/callbacks/weibo/甲/revoked"


def told(
    query: Mapping[str, str], *, path: str = ADDRESS, method: str = "GET", is_away: bool = False
) -> tuple[int, list[str]]:
    """The answer's status, and which accounts are to be asked about."""
    storage, clock = FakeStorage(), StillClock()
    watched = WatchedStorage(storage)
    with storage.begin() as uow:
        for number, name in ((1, "甲"), (2, "乙")):
            options = {"app_key": "1000000001", "uid": f"190000000{number}"}
            account = make.account(
                id=AccountId(f"acc_{number}"),
                name=name,
                platform=PlatformName.WEIBO,
                mode=Mode.SHARE,
                options=options,
            )
            uow.accounts.add(account, OpenVault().seal({"app_secret": "invented"}))
        uow.accounts.add(make.account(id=AccountId("acc_3"), name="丙"), OpenVault().seal({}))
        uow.commit()
    channels = {
        PlatformName.WEIBO: partial(WeiboCallback, clock=clock),
        PlatformName.WECHAT: partial(WechatCallback, clock=clock),
    }
    directory = Directory(watched, OpenVault(), channels)
    directory.refresh()
    receipts = ReceiptDesk(storage.receipts(), clock)
    answering = Answering(storage.searching(), receipts, more_url=str)
    desk = CallbackDesk(directory, answering, GroupWriter(storage), clock, SortableIds())
    watched.is_away = is_away
    status = asyncio.run(_asked(create_app(desk), method, path, query))
    with storage.begin() as uow:
        accounts = [AccountId(f"acc_{number}") for number in (1, 2, 3)]
        return status, [one for one in accounts if "told_at" in uow.replies.cursor(one, STREAM)]


async def _asked(app: object, method: str, path: str, query: Mapping[str, str]) -> int:
    transport = httpx.ASGITransport(app)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://office.test") as client:
        return (await client.request(method, path, params=dict(query))).status_code


def test_the_account_of_the_query_is_to_be_asked_about() -> None:
    """An app has one such address for all its accounts: whose name stands in it says nothing."""
    assert told(OURS) == (200, ["acc_1"])
    assert told(OURS | {"uid": "1900000002"}) == (200, ["acc_2"])


@pytest.mark.parametrize(
    ("query", "path"),
    [
        (OURS | {"uid": "1900000009"}, ADDRESS),
        (OURS | {"source": "1000000009"}, ADDRESS),
        ({}, ADDRESS),
        (OURS, "/callbacks/wechat/丙/revoked"),
    ],
    ids=["another account", "another app", "nothing said", "another platform"],
)
def test_what_is_not_about_us_is_not_taken(query: dict[str, str], path: str) -> None:
    """Nor is anything written for it."""
    assert told(query, path=path) == (404, [])


def test_it_is_told_again_when_it_could_not_be_written_down() -> None:
    """As with every push: no 200 before the commit."""
    assert told(OURS, is_away=True) == (503, [])


def test_only_a_get_tells_it() -> None:
    """A push to that address is a push to nobody."""
    assert told(OURS, method="POST") == (404, [])
