"""The keeper of access tokens."""

import threading

import httpx
import pytest

from bot.domain.errors import (
    CredentialExpired,
    Misconfigured,
    NotSent,
    PlatformError,
    PlatformUnavailable,
)
from bot.platforms.transport import Deadline
from bot.platforms.wechat.client.tokens import TokenKeeper
from tests.unit.platforms.wechat.stand import TOKEN, Stand, access, order, refusal, stored

NEW = "90_NewToken"
FRESH = {"access_token": NEW, "expires_in": 7200}
DRAFT = {"news_item": [stored()]}


def used(stand: Stand) -> list[str]:
    """The token of every API call, in order."""
    calls = [r for r in stand.platform.requests if not r.url.path.endswith("stable_token")]
    return [request.url.params["access_token"] for request in calls]


def keeper(stand: Stand) -> TokenKeeper:
    tokens = stand.storage.tokens()
    return TokenKeeper(stand.http, tokens, stand.clock, sleep=lambda _: None)


def test_a_good_token_is_used_without_asking() -> None:
    """Most calls never touch the token endpoint."""
    stand = Stand(draft__get=DRAFT)

    stand.perform("read_back", order())

    assert used(stand) == [TOKEN]


def test_a_token_near_its_end_is_renewed_first_in_normal_mode() -> None:
    """Forced mode would kill the token of every other system of the office."""
    stand = Stand(draft__get=DRAFT, stable_token=FRESH)
    stand.give_token(TOKEN, seconds=7200)
    stand.clock.pass_seconds(7200 - 299)

    stand.perform("read_back", order())

    (asked,) = stand.platform.bodies("stable_token")
    assert asked["force_refresh"] is False
    assert used(stand) == [NEW]


def test_a_short_token_just_fetched_is_not_fetched_again_at_once() -> None:
    """The platform hands out the same one until about five minutes before its end."""
    stand = Stand(draft__get=DRAFT)
    stand.give_token(TOKEN, seconds=120)
    stand.clock.pass_seconds(30)

    stand.perform("read_back", order())

    assert used(stand) == [TOKEN]


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_refused_token_is_renewed_once_and_the_call_made_once_more(code: int) -> None:
    """For the caller nothing has happened."""
    stand = Stand(draft__get=[refusal(code), DRAFT], stable_token=FRESH)

    stand.perform("read_back", order())

    assert used(stand) == [TOKEN, NEW]
    assert stand.platform.count("stable_token") == 1


def test_a_token_refused_again_ends_there() -> None:
    """One renewal a call, whatever the platform says."""
    stand = Stand(draft__get=refusal(40001), stable_token=FRESH)

    with pytest.raises(CredentialExpired):
        stand.perform("read_back", order())

    assert stand.platform.count("stable_token") == 1


INSISTS = {"access_token": TOKEN, "expires_in": 6000}


def forced(stand: Stand) -> list[bool]:
    return [body["force_refresh"] for body in stand.platform.bodies("stable_token")]


def test_where_the_platform_insists_on_a_refused_token_a_new_one_is_forced() -> None:
    """The normal mode hands out the same token until its end, also one that is of no use."""
    stand = Stand(draft__get=[refusal(40001), DRAFT], stable_token=[INSISTS, FRESH])
    stand.clock.pass_seconds(30)

    stand.perform("read_back", order())

    assert used(stand) == [TOKEN, NEW]
    assert forced(stand) == [False, True]


def test_a_refresh_is_not_forced_within_half_a_minute_of_the_last() -> None:
    """The platform would give the same token, and count it."""
    stand = Stand(draft__get=refusal(40001), stable_token=INSISTS)
    stand.clock.pass_seconds(29)

    with pytest.raises(CredentialExpired):
        stand.perform("read_back", order())

    assert forced(stand) == [False]


def test_twenty_refreshes_a_day_are_forced_and_no_more() -> None:
    """The rest of the day is refused with an explanation, not a loop; midnight begins anew."""
    stand = Stand(draft__get=refusal(40001), stable_token=INSISTS)
    for _ in range(25):
        stand.clock.pass_seconds(60)
        with pytest.raises(CredentialExpired):
            stand.perform("read_back", order())
    that_day = sum(forced(stand))
    stand.clock.pass_seconds(24 * 3600)
    for _ in range(2):
        stand.clock.pass_seconds(60)
        with pytest.raises(CredentialExpired):
            stand.perform("read_back", order())

    assert that_day == 20
    assert sum(forced(stand)) == 21


def test_a_token_somebody_else_renewed_is_taken_over() -> None:
    """A late refusal of the old one asks for nothing."""
    stand = Stand()
    stand.give_token(NEW)

    taken = keeper(stand).renew(access(), refused=TOKEN, deadline=Deadline(1))

    assert taken == NEW


def test_while_another_process_refreshes_we_wait_for_its_token() -> None:
    """Single flight: the token appears in the store, no second request is made."""
    stand = Stand()
    account, tokens = access().account.id, stand.storage.tokens()
    assert tokens.claim_refresh(account, seconds=15)
    waiting = TokenKeeper(stand.http, tokens, stand.clock, sleep=lambda _: stand.give_token(NEW))

    assert waiting.renew(access(), refused=TOKEN, deadline=Deadline(5)) == NEW


def test_a_refresh_that_never_ends_means_the_call_was_not_sent() -> None:
    """It may simply be tried again later."""
    stand = Stand()
    stand.storage.tokens().claim_refresh(access().account.id, seconds=15)

    with pytest.raises(NotSent):
        keeper(stand).renew(access(), refused=TOKEN, deadline=Deadline(0.01))


def test_many_threads_cost_one_refresh() -> None:
    """The daily quota of tokens is small."""
    stand = Stand(stable_token=FRESH)
    stand.clock.pass_seconds(8000)
    got: list[str] = []
    start = threading.Barrier(8)

    def ask() -> None:
        start.wait()
        got.append(keeper(stand).current(access(), Deadline(5)))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert got == [NEW] * 8
    assert stand.platform.count("stable_token") == 1


def test_the_claim_is_given_back_after_a_failure() -> None:
    """Otherwise nobody could refresh until it runs out."""
    stand = Stand(stable_token=[httpx.ReadTimeout("silence"), FRESH])
    with pytest.raises(PlatformUnavailable):
        keeper(stand).renew(access(), refused=TOKEN, deadline=Deadline(5))

    assert keeper(stand).renew(access(), refused=TOKEN, deadline=Deadline(5)) == NEW


@pytest.mark.parametrize(
    ("code", "words", "says"),
    [
        (40001, "invalid credential", "AppSecret"),
        (40125, "invalid appsecret", "AppSecret"),
        (40164, "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist", "203.0.113.7"),
    ],
)
def test_a_refused_token_request_says_what_to_mend(code: int, words: str, says: str) -> None:
    """These are the first errors a new installation meets."""
    stand = Stand(stable_token=refusal(code, words))

    with pytest.raises(Misconfigured) as refused:
        keeper(stand).renew(access(), refused=TOKEN, deadline=Deadline(5))

    assert says in refused.value.explanation.cause


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ReadTimeout(f"reading {TOKEN}"),
        httpx.Response(200, json=refusal(53503, f"bad {TOKEN}")),
        httpx.Response(500, html=f"<html>{TOKEN}"),
    ],
    ids=["time-out", "refusal", "gateway"],
)
def test_no_error_holds_the_token(failure: httpx.Response | Exception) -> None:
    """Errors are journalled, logged and shown."""
    stand = Stand(freepublish__submit=failure)

    with pytest.raises(PlatformError) as failed:
        stand.perform("submit", order())

    assert TOKEN not in repr(failed.value) + str(failed.value)
