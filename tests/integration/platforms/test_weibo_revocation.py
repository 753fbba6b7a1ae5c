"""A user takes the authorisation back on the simulated Weibo; our office hears of it over HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import httpx
import pytest

from bot.callbacks.answering import Answering
from bot.callbacks.app import create_app
from bot.callbacks.directory import Directory
from bot.callbacks.door import CallbackDesk
from bot.callbacks.grouping import GroupWriter
from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.accounts.authorisation import ASKED_AT, STREAM, TOLD_AT
from bot.domain.accounts.trouble import AccountTrouble
from bot.domain.errors import CredentialExpired
from bot.domain.ids import AccountId
from bot.platforms.transport import open_client
from bot.platforms.weibo.callback import WeiboCallback
from bot.platforms.weibo.collector import WeiboCollector
from bot.sandbox.running import ControlClient, running_sandbox
from bot.sandbox.scenario import parse_scenario
from bot.system import SortableIds
from bot.usecases.cases.look_up_receipt import ReceiptDesk
from bot.usecases.publishing.tools import PublishingTools
from bot.usecases.replies.collect_due import collect_due
from bot.usecases.replies.collect_replies import CollectingTools, collect_replies
from tests import factories as make
from tests.fakes.doorbell import RecordingDoorbell
from tests.fakes.storage import FakeStorage
from tests.fakes.vault import OpenVault
from tests.integration.platforms.weibo_stage import APP, SECRET, TOKEN, UID, SystemClock
from tests.serving import served, until

ACCOUNT = AccountId("acc_weibo")


@dataclass
class Office:
    """Callbacks and collector of one account, and the platform they serve."""

    weibo: ControlClient
    page: str
    storage: FakeStorage
    tools: CollectingTools

    def was_asked(self, *, hours_ago: int) -> None:
        """When the platform was last asked about the token."""
        at = SystemClock().now() - timedelta(hours=hours_ago)
        with self.storage.begin() as uow:
            uow.replies.save_cursor(ACCOUNT, STREAM, {ASKED_AT: at.isoformat()})
            uow.commit()

    def cursor(self) -> dict[str, str]:
        with self.storage.begin() as uow:
            return dict(uow.replies.cursor(ACCOUNT, STREAM))

    def trouble(self) -> AccountTrouble | None:
        with self.storage.begin() as uow:
            return uow.accounts.trouble(ACCOUNT)

    def visits(self) -> int:
        """The tick rings for what is due, and workers come."""
        bell = RecordingDoorbell()
        rung = collect_due(storage=self.storage, doorbell=bell)
        if rung:
            collect_replies(ACCOUNT, self.tools)
        return rung


@pytest.fixture
def office() -> Iterator[Office]:
    clock = SystemClock()
    storage = FakeStorage(clock)
    directory = Directory(
        storage, OpenVault(), {PlatformName.WEIBO: partial(WeiboCallback, clock=clock)}
    )
    receipts = ReceiptDesk(storage.receipts(), clock)
    answering = Answering(storage.searching(), receipts, more_url=str)
    desk = CallbackDesk(directory, answering, GroupWriter(storage), clock, SortableIds())
    with served(create_app(desk)) as door:
        page = f"{door}/callbacks/weibo/示例市发布/revoked"
        app = APP | {"revoked_url": page}
        account = {
            "name": "fabu",
            "uid": UID,
            "screen_name": "示例市发布",
            "app_key": "1000000001",
            "tokens": [{"value": TOKEN, "app_key": "1000000001"}],
        }
        script = {"weibo": {"apps": [app], "accounts": [account]}}
        http = open_client()
        with running_sandbox(parse_scenario(script), platforms=["weibo"]) as sandbox, http:
            stored = make.account(
                id=ACCOUNT,
                name="示例市发布",
                platform=PlatformName.WEIBO,
                mode=Mode.SHARE,
                api_base={"api": sandbox.weibo.url},
                options={"uid": str(UID), "app_key": "1000000001"},
            )
            secrets = {"app_secret": SECRET, "access_token": TOKEN}
            with storage.begin() as uow:
                uow.accounts.add(stored, OpenVault().seal(secrets))
                uow.commit()
            directory.refresh()
            collector = WeiboCollector(http, storage.tokens(), storage.budgets(), clock)
            tools = CollectingTools(
                PublishingTools(storage, {}, OpenVault(), jitter=lambda: 0.5),
                {PlatformName.WEIBO: collector},
                SortableIds(),
            )
            yield Office(sandbox.weibo, page, storage, tools)


def test_a_revocation_stops_the_account_as_soon_as_the_platform_confirms_it(
    office: Office,
) -> None:
    """The next visit was hours away; it comes at once, asks, and the reason is kept."""
    office.was_asked(hours_ago=10)
    assert office.visits() == 1
    assert office.visits() == 0

    office.was_asked(hours_ago=5)
    office.weibo.act("revoke_tokens", account="fabu")
    until(lambda: TOLD_AT in office.cursor())
    with pytest.raises(CredentialExpired):
        office.visits()

    trouble = office.trouble()
    assert trouble is not None
    assert trouble.in_words.startswith("账号取消了对应用的授权")


def test_hearsay_stops_nothing(office: Office) -> None:
    """Anybody who knows app and uid can ask for that page; the platform says the token lives."""
    office.was_asked(hours_ago=10)
    office.visits()
    office.was_asked(hours_ago=5)
    said = {"source": "1000000001", "uid": str(UID), "auth_end": "1", "verification": "x"}

    answer = httpx.get(office.page, params=said)
    office.visits()

    assert answer.status_code == 200
    assert office.trouble() is None
    assert TOLD_AT not in office.cursor()
