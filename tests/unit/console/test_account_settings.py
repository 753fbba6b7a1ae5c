"""Entering an account, changing its settings, and letting it live, on the console's pages."""

import pytest

from bot.domain.accounts.account import Account, Mode, PlatformName
from bot.domain.accounts.check import AccountFinding
from bot.domain.ids import AccountId
from bot.domain.people import Role
from bot.domain.posts.review import PostApproval
from tests.fakes.vault import OpenVault
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send, sign_in, token_on

KEY = "k" * 43
WECHAT = {
    "platform": "wechat",
    "name": "云岭人社",
    "mode": "publish",
    "app_id": "wx0000000000000009",
    "app_secret": "topsecret-1",
    "token": "cloudridge",
    "aes_key": KEY,
    "verified": "1",
    "colour": "olive",
    "quiet_start": "22:00",
    "quiet_end": "07:00",
}


@pytest.fixture
def admin(busy: Desk) -> Browser:
    return busy.signed_in("zhou", Role.ACCOUNT_ADMIN)


def entered(desk: Desk) -> Account:
    """The account of the form, as it is stored."""
    with desk.storage.begin() as uow:
        account = uow.accounts.by_name("云岭人社")
    assert account
    return account


def secrets(desk: Desk, account: AccountId) -> dict[str, str]:
    with desk.storage.begin() as uow:
        return OpenVault().open(uow.accounts.sealed_secrets(account))


def test_the_form_asks_what_the_platform_needs(admin: Browser) -> None:
    """First which platform, then its own words."""
    first = admin.get("/accounts/new").text
    wechat = admin.get("/accounts/new?platform=wechat").text
    weibo = admin.get("/accounts/new?platform=weibo").text

    assert 'value="wechat"' in first
    assert "EncodingAESKey" in wechat
    assert "App Key" not in wechat
    assert "微博 UID" in weibo


def test_a_new_account_is_off_until_it_is_checked(busy: Desk, admin: Browser) -> None:
    """Its page says what is missing, and the address to copy."""
    added = send(admin, "/accounts/new", **WECHAT)
    account = entered(busy)
    page = admin.get(added.headers["location"]).text

    assert (account.enabled, account.mode, account.production) == (False, Mode.PUBLISH, True)
    assert account.quiet_hours
    assert account.options["colour"] == "olive"
    assert "还没有启用" in page
    assert f"http://console.test/callbacks/wechat/{account.id}" in page


def test_a_secret_goes_in_and_never_comes_out(busy: Desk, admin: Browser) -> None:
    """Not on the account's page, not in its form, not after a refusal, not over a lost session."""
    send(admin, "/accounts/new", **WECHAT)
    account = entered(busy)

    pages = [
        admin.get(f"/accounts/{account.id}").text,
        admin.get(f"/accounts/{account.id}/edit").text,
        send(admin, "/accounts/new", **(WECHAT | {"mode": ""})).text,
        busy.visitor().post("/accounts/new", data=WECHAT).text,
    ]

    assert secrets(busy, account.id)["app_secret"] == "topsecret-1"
    for page in pages:
        assert "topsecret-1" not in page
        assert KEY not in page


def test_what_is_wrong_is_told_field_by_field_and_the_rest_is_kept(admin: Browser) -> None:
    """Nothing is stored."""
    wrong = WECHAT | {"app_id": "", "aes_key": "short", "quiet_end": "", "name": "云" * 21}

    refused = send(admin, "/accounts/new", **wrong)

    assert refused.status_code == 422
    for words in ("请填写AppID", "43 位", "最多 20 字", "起止两个时刻", "请重新填写"):
        assert words in refused.text
    assert 'value="publish" checked' in refused.text
    assert send(admin, "/accounts/new", **(WECHAT | {"name": "云岭发布"})).status_code == 409


def test_an_empty_secret_keeps_the_one_there_is(busy: Desk, admin: Browser) -> None:
    """A new one replaces it; the callback's pair is changed apart, while the old one counts."""
    send(admin, "/accounts/new", **WECHAT)
    account = entered(busy)
    edit = f"/accounts/{account.id}/edit"

    send(admin, edit, author="云岭人社局", kind="service", verified="1", app_id=WECHAT["app_id"])
    kept = secrets(busy, account.id)
    send(admin, edit, app_secret="topsecret-2", app_id=WECHAT["app_id"])
    send(admin, f"/accounts/{account.id}/rotate", token="another")
    now = secrets(busy, account.id)

    assert kept["app_secret"] == "topsecret-1"
    assert (now["app_secret"], now["token"], now["token_previous"]) == (
        "topsecret-2",
        "another",
        "cloudridge",
    )
    assert entered(busy).options["author"] == ""
    assert entered(busy).quiet_hours is None


def test_a_check_is_run_and_its_findings_stay_on_the_page(busy: Desk, admin: Browser) -> None:
    """With the next step; a fault keeps the account off."""
    send(admin, "/accounts/new", **WECHAT)
    account = entered(busy)
    page = f"/accounts/{account.id}"
    busy.wechat.findings = (
        AccountFinding(False, "IP 白名单没有本机", "请加入白名单", "账号管理员"),
    )

    checked = send(admin, f"{page}/check")
    refused = send(admin, f"{page}/go-live", mode="publish")
    busy.wechat.findings = (AccountFinding(True, "令牌正常"),)
    live = send(admin, f"{page}/go-live", mode="draft")

    assert checked.headers["location"] == f"{page}?done=check"
    assert "IP 白名单没有本机" in refused.text
    assert refused.status_code == 422
    assert live.headers["location"] == f"{page}?done=go-live"
    assert (entered(busy).enabled, entered(busy).mode) == (True, Mode.DRAFT)


def test_who_does_not_manage_accounts_reaches_none_of_it(busy: Desk) -> None:
    """Neither the forms nor their deeds; an editor still sees how the account is."""
    browser = busy.signed_in("bian", Role.EDITOR)

    tried = [
        browser.get("/accounts/new"),
        browser.get("/accounts/acc_1/edit"),
        send(browser, "/accounts/new", **WECHAT),
        send(browser, "/accounts/acc_1/edit"),
        *(send(browser, f"/accounts/acc_1/{deed}") for deed in ("check", "go-live", "rotate")),
    ]

    assert {answer.status_code for answer in tried} == {403}
    assert browser.get("/accounts/acc_1").status_code == 200


def test_a_weibo_account_goes_on_to_its_consent(busy: Desk, admin: Browser) -> None:
    """Its page offers the way to the platform."""
    added = send(
        admin,
        "/accounts/new",
        platform="weibo",
        name="云岭人社",
        mode="share",
        app_key="1000000009",
        uid="1900000009",
        app_secret="topsecret-3",
    )

    page = admin.get(added.headers["location"]).text
    assert entered(busy).platform is PlatformName.WEIBO
    assert "去授权" in page
    assert "核对平台上系统看不到的设置" in page


def test_signing_in_again_asks_for_the_secret_once_more(busy: Desk) -> None:
    """The rest of the form is still there."""
    busy.employ("zhou", Role.ACCOUNT_ADMIN)
    visitor = busy.visitor()
    lost = visitor.post("/accounts/new", data=WECHAT)

    assert lost.status_code == 401
    assert "wx0000000000000009" in lost.text
    assert sign_in(visitor, "zhou").status_code == 303
    assert token_on(visitor, "/settings")


def test_switching_off_tells_first_what_it_means_and_asks_why(busy: Desk, admin: Browser) -> None:
    """The posts that will be held are named; a reason is needed; the page says it afterwards."""
    told = admin.get("/accounts/acc_4/off").text
    refused = send(admin, "/accounts/acc_4/off", reason=" ")
    done = send(admin, "/accounts/acc_4/off", reason="账号移交宣传部")
    after = admin.get("/accounts/acc_4?done=off").text

    assert 'href="/posts/pst_4"' in told
    assert "读者发来的消息收不到" in told
    assert refused.status_code == 422
    assert done.headers["location"] == "/accounts/acc_4?done=off"
    assert "原因：账号移交宣传部" in after
    assert "等待发布的稿件已暂停" in after
    assert "账号已停用：账号移交宣传部" in admin.get("/posts/pst_4").text
    assert "这个账号已经停用" in admin.get("/accounts/acc_4/off").text


def test_the_least_review_of_an_account_is_chosen_in_its_form(busy: Desk, admin: Browser) -> None:
    """What it was stays chosen; a value that is none changes nothing."""
    shown = admin.get("/accounts/acc_4/edit").text
    fields = {"app_key": "1234567890", "uid": "42"}
    send(admin, "/accounts/acc_4/edit", **fields, app_secret="s" * 8, least_review="three_steps")
    with busy.storage.look() as uow:
        strict = uow.accounts.get(AccountId("acc_4")).least_review
    send(admin, "/accounts/acc_4/edit", **fields, least_review="none")
    with busy.storage.look() as uow:
        still = uow.accounts.get(AccountId("acc_4")).least_review

    assert 'value="release" checked' in shown
    assert strict == still == PostApproval.THREE_STEPS
