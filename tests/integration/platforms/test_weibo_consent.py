"""Connecting an account of the simulated Weibo, from the page of consent to the first post."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.domain.accounts.account import Account, Mode, PlatformName
from bot.domain.accounts.authorisation import Life, life_of
from bot.domain.errors import CredentialExpired, InvalidInput
from bot.domain.ids import AccountId
from bot.domain.permissions import Actor
from bot.platforms.transport import open_client
from bot.platforms.weibo.adapter import WeiboAdapter
from bot.platforms.weibo.authorising import WeiboAuthoriser
from bot.sandbox.running import ControlClient, running_sandbox
from bot.sandbox.scenario import parse_scenario
from bot.usecases.accounts.check_account import check_account
from bot.usecases.accounts.connect_account import (
    ConnectingTools,
    ask_for_consent,
    connect_account,
)
from bot.usecases.publishing.tools import PublishingTools
from tests import factories
from tests.fakes.media import FakeMediaStore
from tests.fakes.storage import FakeStorage
from tests.fakes.vault import OpenVault

UID, OWNER = 1_900_000_001, 1_900_000_002
BACK = "https://office.example/accounts/consent"
ADMIN = Actor("cli:anna", is_operator=True)
NAME = "示例市发布"


class SystemClock:
    """The time as it is: the sandbox's clock runs with it."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Office:
    """One account of the sandbox that nobody has connected yet."""

    weibo: ControlClient
    http: httpx.Client
    storage: FakeStorage

    @property
    def tools(self) -> ConnectingTools:
        tokens, budgets, clock = self.storage.tokens(), self.storage.budgets(), SystemClock()
        adapter = WeiboAdapter(
            self.http, tokens, budgets, FakeMediaStore(), clock, lambda sha: f"https://x/{sha}"
        )
        publishing = PublishingTools(
            self.storage, {PlatformName.WEIBO: adapter}, OpenVault(), jitter=lambda: 0.5
        )
        authoriser = WeiboAuthoriser(self.http, tokens, budgets, clock)
        return ConnectingTools(publishing, {PlatformName.WEIBO: authoriser}, tokens, BACK)

    def code(self, **more: str) -> str:
        """What the platform sends the browser back with after consent."""
        address = ask_for_consent(NAME, actor=ADMIN, tools=self.tools)
        answer = self.http.get(httpx.URL(address).copy_merge_params(more))
        assert answer.status_code == 302, answer.text
        return httpx.URL(answer.headers["location"]).params["code"]

    def connect(self, code: str) -> Account:
        return connect_account(NAME, code, actor=ADMIN, tools=self.tools).account


@pytest.fixture(params=[{}])
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    """A fresh Weibo; a test may give its application other settings."""
    app = {
        "app_key": "1000000001",
        "app_secret": "inventedappsecret000000000000001",
        "redirect_uri": BACK,
        "safe_domains": ["www.example.gov.cn"],
    } | request.param
    people = [
        {"name": name, "uid": uid, "screen_name": name, "app_key": "1000000001"}
        for name, uid in (("fabu", UID), ("other", OWNER))
    ]
    script = {"weibo": {"apps": [app], "accounts": people}}
    http = open_client()
    with running_sandbox(parse_scenario(script), platforms=["weibo"]) as sandbox, http:
        storage = FakeStorage(SystemClock())
        account = factories.account(
            id=AccountId("acc_weibo"),
            name=NAME,
            platform=PlatformName.WEIBO,
            mode=Mode.SHARE,
            api_base={"api": sandbox.weibo.url},
            options={"uid": str(UID), "app_key": "1000000001", "rip": "203.0.113.10"},
        )
        secrets = {"app_secret": "inventedappsecret000000000000001"}
        with storage.begin() as uow:
            uow.accounts.add(account, OpenVault().seal(secrets))
            uow.commit()
        yield Office(sandbox.weibo, http, storage)


def test_an_account_is_connected_and_its_check_knows_the_token(office: Office) -> None:
    """An ordinary app's token lives thirty days here; the check says so."""
    office.connect(office.code())

    token = office.tools.tokens.get(AccountId("acc_weibo"))
    assert token is not None
    assert life_of(token.expires_at, datetime.now(UTC)) is Life.LONG
    told = [one.what for one in check_account(NAME, tools=office.tools.publishing).findings]
    assert "授权的账号和应用与设置一致" in told
    assert any("授权还有 30 天" in what for what in told)


def test_a_code_is_good_once(office: Office) -> None:
    """The second exchange says that the flow must be begun again."""
    code = office.code()
    office.connect(code)

    with pytest.raises(CredentialExpired):
        office.connect(code)


def test_somebody_signed_in_as_another_account_connects_nothing(office: Office) -> None:
    """As happens at a desk where a private account is logged in."""
    with pytest.raises(InvalidInput, match=str(OWNER)):
        office.connect(office.code(sandbox_uid=str(OWNER)))

    assert office.tools.tokens.get(AccountId("acc_weibo")) is None


@pytest.mark.parametrize("office", [{"owner_uid": UID}], indirect=True)
def test_the_account_that_owns_the_app_is_authorised_for_five_years(office: Office) -> None:
    """The way to spare the office a renewal every month."""
    found = connect_account(NAME, office.code(), actor=ADMIN, tools=office.tools)

    assert found.expires_at - datetime.now(UTC) > timedelta(days=1824)


@pytest.mark.parametrize("office", [{"level": "test", "test_uids": [UID]}], indirect=True)
def test_an_app_without_review_is_told_by_its_token(office: Office) -> None:
    """One day; the check forbids going live."""
    found = connect_account(NAME, office.code(), actor=ADMIN, tools=office.tools)

    assert found.is_test_level
    faults = check_account(NAME, tools=office.tools.publishing).faults
    assert any("还没有通过审核" in one.what for one in faults)


@pytest.mark.parametrize("office", [{"redirect_uri": "https://other.example/back"}], indirect=True)
def test_an_address_that_is_not_registered_is_named(office: Office) -> None:
    """The platform's own page refuses before anybody can consent."""
    address = ask_for_consent(NAME, actor=ADMIN, tools=office.tools)
    answer = office.http.get(address)

    assert (answer.status_code, answer.json()["error_code"]) == (400, 21322)
