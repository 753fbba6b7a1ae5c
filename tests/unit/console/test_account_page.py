"""One account: its authorisation, what people confirm, why its posts wait."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.domain.accounts.budgets import COMMERCIAL_BUCKET, Budget, Purpose
from bot.domain.accounts.trouble import AccountTrouble
from bot.domain.errors import CredentialExpired, Explanation
from bot.domain.ids import AccountId
from bot.domain.people import Role
from bot.domain.publishing.journal import Failure
from bot.ports.tokens import PlatformToken
from tests.factories import NOW, after
from tests.fakes.authoriser import grant
from tests.unit.console.desk import Desk, send

PAGE = "/accounts/acc_4"


def state_on(page: str) -> str:
    """The sealed note in the link that leads to the platform."""
    found = re.search(r'href="(https://platform.example/[^"]+)"', page)
    assert found
    return parse_qs(urlsplit(html.unescape(found[1])).query)["state"][0]


def test_the_page_of_an_account_says_what_nobody_has_done_yet(busy: Desk) -> None:
    """No consent, nothing confirmed, nothing collected."""
    shown = busy.signed_in("zhou", Role.ACCOUNT_ADMIN).get(PAGE).text

    for words in ("还没有从这里授权过", "应用已通过微博审核", "未确认", "没有收取", "去授权"):
        assert words in shown


def test_who_may_not_manage_accounts_sees_no_button(busy: Desk) -> None:
    """But may read how the account is."""
    shown = busy.signed_in("li", Role.WRITER).get(PAGE)

    assert shown.status_code == 200
    assert "去授权" not in shown.text
    assert "看过了" not in shown.text


def test_consent_goes_to_the_platform_and_back(busy: Desk) -> None:
    """Nothing is kept before the officer says so on our own page."""
    browser = busy.signed_in("zhou", Role.ACCOUNT_ADMIN)

    away = send(browser, f"{PAGE}/connect")
    state = state_on(away.text)
    back = browser.get("/accounts/consent", params={"code": "c0de", "state": state})
    before = busy.storage.tokens().get(AccountId("acc_4"))
    done = send(browser, f"{PAGE}/finish", code="c0de")

    assert "https://platform.example/authorize?" in away.text
    assert "云岭发布微博" in back.text
    assert before is None
    assert done.headers["location"] == f"{PAGE}?done=connect"
    kept = busy.storage.tokens().get(AccountId("acc_4"))
    assert kept is not None
    assert kept.value == "2.00new"
    assert "授权还有 30 天到期" in browser.get(PAGE).text


def test_a_refusal_on_the_platform_is_told_without_a_button(busy: Desk) -> None:
    """The browser comes back without a code."""
    browser = busy.signed_in("zhou", Role.ACCOUNT_ADMIN)
    away = send(browser, f"{PAGE}/connect")
    state = state_on(away.text)

    back = browser.get("/accounts/consent", params={"error": "access_denied", "state": state})

    assert "没有授权" in back.text
    assert "/finish" not in back.text


def test_a_code_for_nobody_we_asked_is_refused(busy: Desk) -> None:
    """A made-up note, as a link from elsewhere would carry."""
    browser = busy.signed_in("zhou", Role.ACCOUNT_ADMIN)

    back = browser.get("/accounts/consent", params={"code": "c0de", "state": "x"})

    assert back.status_code == 422
    assert "重新发起授权" in back.text


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (grant(uid="7"), 422, "另一个微博账号"),
        (
            CredentialExpired("x", explanation=Explanation("授权码已使用", "请重新授权", "")),
            502,
            "授权码已使用。请重新授权",
        ),
    ],
)
def test_what_went_wrong_is_told_on_the_page(
    busy: Desk, answer: object, status: int, words: str
) -> None:
    """By us or by the platform."""
    with busy.storage.begin() as uow:
        account = uow.accounts.get(AccountId("acc_4"))
        uow.accounts.save(type(account)(**{**vars(account), "options": {"uid": "1900000001"}}))
        uow.commit()
    busy.authoriser.answer = answer  # type: ignore[assignment]

    shown = send(busy.signed_in("zhou", Role.ACCOUNT_ADMIN), f"{PAGE}/finish", code="c")

    assert (shown.status_code, words in shown.text) == (status, True)


def test_items_are_ticked_off_and_the_basis_is_written_down(busy: Desk) -> None:
    """Each leads back to the page, which shows it."""
    browser = busy.signed_in("zhou", Role.ACCOUNT_ADMIN)

    send(browser, f"{PAGE}/confirm", item="app_reviewed", seen="1")
    send(browser, f"{PAGE}/basis", basis="合同 7 号")
    shown = browser.get(PAGE).text
    refused = send(browser, f"{PAGE}/confirm", item="horoscope", seen="1")

    assert "zhou" in shown
    assert "正在收取" in shown
    assert "合同 7 号" in shown
    assert refused.status_code == 422
    assert send(browser, f"{PAGE}/dance").headers["location"] == PAGE


def test_why_posts_wait_is_on_the_board_and_can_be_ended(busy: Desk) -> None:
    """An errand for those who manage accounts; the button lets the posts go on."""
    failure = Failure("CredentialExpired", cause="微博授权已失效", next_step="请重新授权")
    with busy.storage.begin() as uow:
        uow.accounts.save_trouble(AccountTrouble(AccountId("acc_4"), NOW, failure))
        uow.commit()
    browser = busy.signed_in("zhou", Role.ACCOUNT_ADMIN)

    board, listed = browser.get("/").text, browser.get("/accounts").text
    ended = send(browser, f"{PAGE}/resume")

    for shown in (board, listed):
        assert "微博授权已失效。请重新授权" in shown
    assert ended.headers["location"] == f"{PAGE}?done=resume"
    assert "微博授权已失效" not in browser.get("/accounts").text


@pytest.mark.parametrize(
    ("error", "is_dead"), [("CredentialExpired", True), ("AccountSuspended", False)]
)
def test_a_dead_authorisation_is_mended_by_consent_alone(
    busy: Desk, error: str, is_dead: bool
) -> None:
    """However long it was meant to live; a frozen account is said to be well again by a person."""
    with busy.storage.begin() as uow:
        failure = Failure(error, cause="平台的话", next_step="请处理")
        uow.accounts.save_trouble(AccountTrouble(AccountId("acc_4"), NOW, failure))
        uow.commit()
    long = PlatformToken("a", expires_at=after(365 * 86_400), fetched_at=NOW)
    busy.storage.tokens().swap(AccountId("acc_4"), seen=None, new=long)

    shown = busy.signed_in("zhou", Role.ACCOUNT_ADMIN).get(PAGE).text

    assert ("授权已失效" in shown) is is_dead
    assert ("授权还有 365 天" in shown) is not is_dead
    assert ("已恢复，继续发布" in shown) is not is_dead


def test_an_authorisation_that_ends_soon_is_an_errand(busy: Desk) -> None:
    """With the days that are left; for a year nobody is asked."""
    browser = busy.signed_in("zhou", Role.ACCOUNT_ADMIN)
    tokens, account = busy.storage.tokens(), AccountId("acc_4")
    long = PlatformToken("a", expires_at=after(365 * 86_400), fetched_at=NOW)
    short = PlatformToken("b", expires_at=after(3 * 86_400), fetched_at=NOW)

    tokens.swap(account, seen=None, new=long)
    calm = browser.get("/").text
    tokens.swap(account, seen=long, new=short)
    asked = browser.get("/").text

    assert "请重新授权" not in calm
    assert "授权还有 3 天到期，请重新授权" in asked


def test_what_todays_calls_went_for_is_shown(busy: Desk) -> None:
    """In a line on the list, and item by item on the page."""
    budgets, day = busy.storage.budgets(), Budget("weibo_user_day", 100, reserve=20)
    for purpose in (Purpose.PROBING, Purpose.PROBING, Purpose.PUBLISHING):
        budgets.spend(AccountId("acc_4"), day, publishing=False, purpose=purpose)
    contract = Budget(COMMERCIAL_BUCKET, 50_000)
    budgets.spend(AccountId("acc_4"), contract, publishing=False)
    browser = busy.signed_in("zhou", Role.ACCOUNT_ADMIN)

    page = browser.get(PAGE).text
    assert "今天调用 3 次：看有无新评论 2、发布 1" in browser.get("/accounts").text
    assert '<dt class="total">合计</dt><dd class="total">3 次</dd>' in page
    assert "<dt>商业接口，另计</dt><dd>1 次</dd>" in page
