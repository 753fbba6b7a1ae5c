"""When the inbox is visited, what the visits may cost, and how long the token lives."""

from datetime import timedelta

import pytest

from bot.domain import errors as tree
from bot.domain.accounts.budgets import Purpose
from bot.ports.tokens import PlatformToken
from tests.factories import NOW, after
from tests.unit.platforms.weibo.inbox import SWEPT, drain, requests, unread
from tests.unit.platforms.weibo.stand import UID, Ledger, access, refusal, stand


def test_one_stream_stands_for_the_whole_inbox_once_somebody_said_why_it_is_kept() -> None:
    """Because one cheap call tells which streams have something new; the token is asked about
    in any case."""
    allowed = access(collecting_basis="合同 7 号").account

    assert stand().collector.streams(allowed, ()) == ("authorisation", "inbox")
    assert stand().collector.streams(access().account, ()) == ("authorisation",)


def test_collecting_leaves_the_reserve_to_publishing() -> None:
    """At 80 calls of the day it stops until midnight."""
    at = stand(unread_count=unread())
    at.ledger = Ledger(already=80)

    with pytest.raises(tree.RateLimited):
        at.collector.read(access(), "inbox", SWEPT)

    assert requests(at) == []


def test_the_token_is_asked_about_once_a_day() -> None:
    """Its end is kept where the board reads it; the call may use the reserve."""
    facts = {"uid": int(UID), "appkey": 1000000001, "expire_in": 86_400 * 3}
    at = stand(get_token_info=facts)
    at.ledger = Ledger(already=90)

    page = at.collector.read(access(), "authorisation", {})
    again = at.collector.read(access(), "authorisation", page.cursor)
    at.clock.moment = NOW + timedelta(hours=24)
    at.collector.read(access(), "authorisation", again.cursor)

    assert at.tokens.token is not None
    assert at.tokens.token.expires_at == NOW + timedelta(days=4)
    assert at.ledger.purposes == [Purpose.AUTHORISING, Purpose.AUTHORISING]


def test_hearsay_of_a_revocation_is_asked_about_within_what_reading_may_spend() -> None:
    """Anybody can say it: only the platform's answer counts, and publishing keeps its calls."""
    facts = {"uid": int(UID), "appkey": 1000000001, "expire_in": 86_400 * 3}
    at = stand(get_token_info=[facts, refusal(21332)])
    told = {"asked_at": (NOW - timedelta(hours=4)).isoformat(), "told_at": NOW.isoformat()}
    asked_just_now = told | {"asked_at": (NOW - timedelta(hours=3)).isoformat()}

    rests = at.collector.read(access(), "authorisation", asked_just_now)
    denied = at.collector.read(access(), "authorisation", told)
    with pytest.raises(tree.CredentialExpired) as dead:
        at.collector.read(access(), "authorisation", told)

    assert rests.cursor == asked_just_now
    assert denied.cursor == {"asked_at": NOW.isoformat()}
    assert at.ledger.purposes == [Purpose.CHECKING, Purpose.CHECKING]
    assert dead.value.explanation.cause == "账号取消了对应用的授权"


def test_an_expired_token_is_noticed_by_the_daily_question() -> None:
    """The platform's word becomes an error that stops the account."""
    at = stand(get_token_info=refusal(21327))
    at.tokens.token = PlatformToken("2.00stored", expires_at=after(60), fetched_at=NOW)

    with pytest.raises(tree.CredentialExpired):
        at.collector.read(access(), "authorisation", {})


def test_the_next_visit_follows_the_calls_that_are_left() -> None:
    """Soon after a post, hours later at night; a fixed interval goes before all."""
    at, rich = stand(), access(collecting_basis="x").account
    fixed = access(collecting_basis="x", collect_seconds="2").account
    at.ledger = Ledger(already=20)

    calm = at.collector.next_visit(rich, now=NOW, posts=[])
    soon = at.collector.next_visit(rich, now=NOW, posts=[after(-60)])
    at.ledger = Ledger(already=75)
    spent = at.collector.next_visit(rich, now=NOW, posts=[])

    assert at.collector.next_visit(fixed, now=NOW, posts=[]) == after(2)
    assert NOW < soon < calm < spent
    assert at.collector.next_visit(access().account, now=NOW, posts=[]) == after(6 * 3600)


def test_an_app_that_may_read_nothing_says_so() -> None:
    """It is an error, not an empty inbox."""
    at = stand(to_me=refusal(10014), mentions=refusal(10014))

    with pytest.raises(tree.NotPermitted):
        drain(at, {})
