"""The door to the platform: what is sent, and what every kind of answer becomes."""

import logging
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from bot.domain import errors as tree
from bot.domain.accounts.account import AccountAccess
from bot.domain.accounts.budgets import Purpose
from bot.platforms.weibo.client.hosts import Host, base_address
from bot.ports.tokens import PlatformToken
from tests.factories import NOW, after
from tests.fakes.away import AwayLedger
from tests.unit.platforms.weibo.stand import (
    SECRET,
    TEXT,
    TOKEN,
    Ledger,
    Stand,
    Tokens,
    access,
    order,
    refusal,
    stand,
    status,
    with_account,
)

ECHO = {"error": f"expired_token {TOKEN} {SECRET}", "error_code": "21327"}


def share(at: Stand, given: AccountAccess | None = None) -> object:
    return at.perform("share", order(given))


def read_back(at: Stand) -> object:
    return at.look_for("share", order())


@pytest.mark.parametrize(
    ("answer", "on_write", "on_read"),
    [
        (httpx.ConnectError("refused"), tree.NotSent, tree.NotSent),
        (httpx.ConnectTimeout("slow"), tree.NotSent, tree.NotSent),
        (httpx.ReadTimeout("slow"), tree.OutcomeUnknown, tree.PlatformUnavailable),
        (httpx.ReadError("reset"), tree.OutcomeUnknown, tree.PlatformUnavailable),
        (httpx.WriteError("reset"), tree.OutcomeUnknown, tree.PlatformUnavailable),
        (httpx.RemoteProtocolError("cut"), tree.OutcomeUnknown, tree.PlatformUnavailable),
        (
            httpx.Response(502, html="<html>502 Bad Gateway</html>"),
            tree.OutcomeUnknown,
            tree.PlatformUnavailable,
        ),
        (httpx.Response(403), tree.OutcomeUnknown, tree.PlatformUnavailable),
        (httpx.Response(200, json=[]), tree.OutcomeUnknown, tree.PlatformUnavailable),
        (httpx.Response(200, json={"ok": 1}), tree.OutcomeUnknown, tree.PlatformUnavailable),
        (httpx.Response(500, json={"ok": 1}), tree.OutcomeUnknown, tree.PlatformUnavailable),
        (
            httpx.Response(200, json={"error": "some new word"}),
            tree.OutcomeUnknown,
            tree.NotPermitted,
        ),
        (refusal(10001, http_status=503), tree.OutcomeUnknown, tree.PlatformUnavailable),
        (refusal("10014", http_status=403), tree.NotPermitted, tree.NotPermitted),
        (refusal("21327", http_status=200), tree.CredentialExpired, tree.CredentialExpired),
        (
            httpx.Response(400, json={"error": "invalid_access_token"}),
            tree.CredentialExpired,
            tree.CredentialExpired,
        ),
        (
            httpx.Response(200, json={"code": 10001, "msg": "system error", "data": ""}),
            tree.OutcomeUnknown,
            tree.PlatformUnavailable,
        ),
    ],
    ids=[
        "no connection",
        "connect time-out",
        "read time-out",
        "reset",
        "reset while writing",
        "cut off",
        "HTML from a gateway",
        "403 without a body",
        "a list",
        "an object that is no post",
        "500 with odd JSON",
        "an error word nobody knows",
        "system error",
        "error as text",
        "error under HTTP 200",
        "OAuth word without a code",
        "the article envelope",
    ],
)
def test_every_answer_becomes_one_of_our_errors(
    answer: object, on_write: type, on_read: type
) -> None:
    """Only what cannot have left, or was clearly refused, may be called not done."""
    with pytest.raises(tree.PlatformError) as written:
        share(stand(share=answer))
    with pytest.raises(tree.PlatformError) as read:
        read_back(stand(user_timeline=answer))

    assert type(written.value) is on_write
    assert type(read.value) is on_read


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(400, json=ECHO),
        httpx.Response(200, json=ECHO | {"error_code": 20021, "error_description": TOKEN}),
        httpx.Response(502, text=TOKEN),
        httpx.ReadTimeout(f"https://api.weibo.com/?access_token={TOKEN}"),
    ],
)
def test_no_error_holds_a_token_or_a_secret(
    answer: object, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither in its words nor in what is kept as evidence, nor in a log line."""
    caplog.set_level(logging.WARNING)

    with pytest.raises(tree.PlatformError) as raised:
        share(stand(share=answer))

    kept = f"{raised.value} {raised.value!r} {raised.value.__dict__} {caplog.text}"
    assert TOKEN not in kept
    assert SECRET not in kept


def test_a_session_does_not_show_its_token() -> None:
    """A session in a traceback or a log is harmless."""
    at = stand()
    session = at.adapter._link.session(access(), seconds=1, purpose=Purpose.PUBLISHING)

    assert TOKEN not in repr(session)


def test_the_form_is_encoded_once_and_carries_token_and_rip() -> None:
    """Doubly encoded text would be published literally."""
    at = stand(share=status())

    share(at)

    assert at.platform.form() == {"access_token": TOKEN, "status": TEXT, "rip": "203.0.113.10"}
    assert str(at.platform.requests[0].url) == "https://api.weibo.com/2/statuses/share.json"


def test_a_token_in_the_settings_goes_before_the_stored_one() -> None:
    """Whoever wrote it there means it; connecting the account takes it out."""
    stored = PlatformToken("2.00stored", expires_at=NOW + timedelta(days=1), fetched_at=NOW)
    written, connected = stand(share=status()), stand(share=status())
    written.tokens = connected.tokens = Tokens(stored)

    share(written)
    share(connected, AccountAccess(access().account, {"app_secret": SECRET}))

    assert written.platform.form()["access_token"] == TOKEN
    assert connected.platform.form()["access_token"] == "2.00stored"


def test_an_expired_token_is_not_sent() -> None:
    """It says that it has expired, not that there never was one."""
    at = stand(share=status())
    at.tokens = Tokens(PlatformToken("2.00stored", expires_at=NOW, fetched_at=NOW))

    with pytest.raises(tree.CredentialExpired) as refused:
        share(at, AccountAccess(access().account, {}))

    assert "已过期" in refused.value.explanation.cause
    assert at.platform.requests == []


def test_an_account_without_a_token_sends_nothing() -> None:
    """It says so instead."""
    at = stand(share=status())

    with pytest.raises(tree.CredentialExpired):
        share(at, AccountAccess(access().account, {}))

    assert at.platform.requests == []


def test_every_call_is_paid_from_the_days_budget_before_it_is_made() -> None:
    """Publishing may use the reserve; when that is gone nothing is sent."""
    at = stand(share=status(), get_token_info={}, user_timeline={})
    at.ledger = Ledger(already=80)

    share(at)
    findings = at.adapter.check(access())
    at.ledger.already = 100
    with pytest.raises(tree.RateLimited) as raised:
        share(at)

    assert at.ledger.spent == [("weibo_user_day", True)]
    assert len(at.platform.requests) == 1
    assert any(not finding.ok for finding in findings)
    assert raised.value.until is not None
    assert "100 次" in raised.value.explanation.cause


def test_the_load_profile_has_no_daily_limit() -> None:
    """For big runs against the sandbox."""
    at = stand(share=status())
    at.ledger = Ledger(already=5_000)

    share(at, with_account(access(), quota_profile="load"))

    assert len(at.platform.requests) == 1


@pytest.mark.parametrize(
    ("bases", "host", "address"),
    [
        ({}, Host.API, "https://api.weibo.com"),
        ({}, Host.COMMERCIAL, "https://c.api.weibo.com"),
        ({"api": "http://127.0.0.1:9/"}, Host.API, "http://127.0.0.1:9"),
        ({"api": "http://127.0.0.1:9"}, Host.REMIND, "http://127.0.0.1:9"),
        ({"api": "http://127.0.0.1:9", "rm": "http://127.0.0.1:8"}, Host.REMIND, None),
    ],
)
def test_a_sandbox_account_never_reaches_the_real_platform(
    bases: dict, host: Host, address: str | None
) -> None:
    """Every host role stays where the account's api role is."""
    account = with_account(access(), api_base=bases).account

    assert base_address(account, host) == (address or "http://127.0.0.1:8")


@pytest.mark.parametrize(
    ("base", "is_trusted"),
    [
        ("https://api.weibo.com", True),
        ("https://relay.example.gov.cn", True),
        ("http://api.weibo.com", False),
        ("https://api.weibo.com.evil.cn", False),
        ("https://api.weibo.com@evil.cn", False),
        ("http://127.0.0.1:9", False),
    ],
)
def test_a_production_account_goes_to_weibo_or_a_listed_relay(base: str, is_trusted: bool) -> None:
    """Anything else is refused before a token leaves."""
    at = stand(share=status())
    given = access(relay_hosts="relay.example.gov.cn")
    given = with_account(given, production=True, api_base={"api": base})

    if is_trusted:
        share(at, given)
    else:
        with pytest.raises(tree.Misconfigured):
            share(at, given)

    assert len(at.platform.requests) == int(is_trusted)


@pytest.mark.parametrize("store", ["budgets", "tokens"])
def test_without_the_database_nothing_is_sent_and_that_is_known(store: str) -> None:
    """The ledger or the token cannot be read, so the call was not made: no person need look."""
    at = stand(share=status())
    at.tokens = Tokens(PlatformToken("2.00stored", expires_at=after(60), fetched_at=NOW))
    adapter = replace(at.adapter, **{store: AwayLedger()})
    connected = AccountAccess(access().account, {"app_secret": SECRET})
    step = adapter.route(connected.account).step("share")

    with pytest.raises(tree.NotSent):
        adapter.perform(step, order(connected))

    assert at.platform.requests == []
