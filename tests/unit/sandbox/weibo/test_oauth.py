"""Consent, tokens, and how they die."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.sandbox.weibo.calls import Call
from bot.sandbox.weibo.dispatch import Answer, dispatch
from tests.unit.sandbox.weibo.stand import APP, TOKEN, UID, Stand, make_stand

CLIENT = {"client_id": APP["app_key"], "client_secret": APP["app_secret"]}
BACK = {"redirect_uri": APP["redirect_uri"]}


def consent(stand: Stand, **changes: Any) -> Answer:
    query = {"client_id": APP["app_key"], "response_type": "code", "state": "s1"} | BACK | changes
    return dispatch(stand.world, Call("GET", "/oauth2/authorize", query))


def code_from(answer: Answer) -> str:
    return parse_qs(urlsplit(answer.location).query)["code"][0]


def exchange(stand: Stand, code: str, **changes: Any) -> Answer:
    form = CLIENT | BACK | {"grant_type": "authorization_code", "code": code} | changes
    return dispatch(stand.world, Call("POST", "/oauth2/access_token", form))


def test_consent_leads_to_a_token_of_the_account() -> None:
    """The walk of a go-live: authorise, exchange, ask whose token it is."""
    stand = make_stand()

    answer = consent(stand)
    token = exchange(stand, code_from(answer)).body
    form = {"access_token": token["access_token"]}
    told = dispatch(stand.world, Call("POST", "/oauth2/get_token_info", form)).body

    assert answer.status == 302
    assert "state=s1" in answer.location
    assert set(token) == {"access_token", "expires_in", "remind_in", "uid", "isRealName"}
    assert token["uid"] == str(UID)
    assert (told["uid"], told["appkey"]) == (UID, 1000000001)
    assert told["expire_in"] == 30 * 86_400


@pytest.mark.parametrize(
    ("app", "seconds"),
    [
        ({}, 30 * 86_400),
        ({"level": "test", "test_uids": [UID]}, 86_400),
        ({"owner_uid": UID}, 157_679_999),
        ({"token_seconds": 7200}, 7200),
    ],
)
def test_a_token_lives_as_long_as_its_app_level_allows(app: dict[str, Any], seconds: int) -> None:
    """The account that owns the app has five years."""
    stand = make_stand(app=app)

    assert exchange(stand, code_from(consent(stand))).body["expires_in"] == seconds


def test_a_code_works_once() -> None:
    """The second exchange is 21325 with the code in the description."""
    stand = make_stand()
    code = code_from(consent(stand))
    exchange(stand, code)

    answer = exchange(stand, code)

    assert answer.status == 400
    assert answer.body == {
        "error": "invalid_grant",
        "error_code": 21325,
        "request": "/oauth2/access_token",
        "error_uri": "/oauth2/access_token",
        "error_description": f"invalid authorization code:{code}",
    }


def test_a_code_expires_after_ten_minutes() -> None:
    """A person who hesitates has to start again."""
    stand = make_stand()
    code = code_from(consent(stand))
    stand.clock.shift(601)

    assert exchange(stand, code).body["error_code"] == 21325


@pytest.mark.parametrize(
    ("change", "code", "description"),
    [
        ({"client_secret": ""}, 21323, "miss client id or secret"),
        ({"client_secret": "wrong"}, 21324, "client_id or client_secret is invalid."),
        ({"redirect_uri": ""}, 21323, "miss redirect uri."),
        ({"redirect_uri": "https://elsewhere.example/"}, 21322, None),
        ({"grant_type": "refresh_token"}, 21328, None),
    ],
)
def test_a_wrong_exchange_says_what_is_wrong(
    change: dict[str, str], code: int, description: str | None
) -> None:
    """The OAuth envelope, with or without a description."""
    stand = make_stand()

    body = exchange(stand, code_from(consent(stand)), **change).body

    assert body["error_code"] == code
    assert body.get("error_description") == description


def test_access_token_by_get_is_refused() -> None:
    """POST only."""
    stand = make_stand()

    assert dispatch(stand.world, Call("GET", "/oauth2/access_token", CLIENT)).body[
        "error_code"
    ] == (10021)


def test_a_person_may_say_no() -> None:
    """The browser comes back with access_denied."""
    assert "error=access_denied" in consent(make_stand(), sandbox_deny="1").location


def test_the_redirect_must_be_the_registered_one() -> None:
    """21322 without description."""
    body = consent(make_stand(), redirect_uri="https://elsewhere.example/").body

    assert (body["error"], body["error_code"]) == ("redirect_uri_mismatch", 21322)


def test_an_expired_token_differs_from_a_revoked_one() -> None:
    """21327 and 21332, on the API and on get_token_info alike."""
    expired, revoked = make_stand(), make_stand()
    expired.world.tokens[TOKEN].expires_at = expired.clock.now()

    result = revoked.post("/oauth2/revokeoauth2")

    assert result == {"result": "true"}
    assert expired.share()["error_code"] == 21327
    assert revoked.share()["error_code"] == 21332
    assert expired.post("/oauth2/get_token_info")["error"] == "expired_token"


def test_the_header_word_is_oauth2_not_bearer() -> None:
    """Bearer is as good as no token: 10006."""
    stand = make_stand()
    path = "/2/account/get_uid.json"

    good = dispatch(stand.world, Call("GET", path, authorization=f"OAuth2 {TOKEN}"))
    bad = dispatch(stand.world, Call("GET", path, authorization=f"Bearer {TOKEN}"))

    assert good.body == {"uid": str(UID)}
    assert bad.body["error_code"] == 10006
