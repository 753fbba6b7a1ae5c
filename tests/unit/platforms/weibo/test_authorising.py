"""The way to a token: the page of consent, the exchange, and whose token it is."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.domain import errors as tree
from bot.domain.accounts.account import AccountAccess
from bot.domain.accounts.budgets import Purpose
from bot.platforms.weibo.authorising import WeiboAuthoriser
from tests.factories import NOW
from tests.unit.platforms.weibo.stand import SECRET, TOKEN, UID, Stand, access, stand

BACK = "https://office.example/accounts/consent"
CODE = "0123456789abcdef0123456789abcdef"
FACTS = {"uid": int(UID), "appkey": 1000000001, "create_at": 1795140000, "expire_in": 86_000}


def exchange(**changes: Any) -> dict[str, Any]:
    body = {"access_token": "2.00brandnewtoken00000000001", "expires_in": 157679999, "uid": UID}
    return body | changes


def authoriser(at: Stand) -> WeiboAuthoriser:
    return WeiboAuthoriser(at.http, at.tokens, at.ledger, at.clock)


def test_the_page_of_consent_is_the_platforms_and_makes_the_holder_sign_in() -> None:
    """Whoever is logged in privately at that browser must not consent instead."""
    address = authoriser(stand()).consent_address(
        access().account, redirect_uri=BACK, state="sealed"
    )

    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith("https://api.weibo.com/oauth2/authorize?")
    assert asked == {
        "client_id": "1000000001",
        "response_type": "code",
        "redirect_uri": BACK,
        "state": "sealed",
        "forcelogin": "true",
    }


@pytest.mark.parametrize("seconds", [157679999, "157679999"], ids=["number", "text"])
def test_a_code_is_exchanged_and_its_token_examined(seconds: int | str) -> None:
    """The end of its life is what get_token_info says; whose it is as well."""
    at = stand(access_token=exchange(expires_in=seconds, uid="7"), get_token_info=FACTS)

    grant = authoriser(at).grant(access(), CODE, redirect_uri=BACK)

    assert at.platform.form(0) == {
        "client_id": "1000000001",
        "client_secret": SECRET,
        "grant_type": "authorization_code",
        "code": CODE,
        "redirect_uri": BACK,
    }
    assert at.platform.form(1) == {"access_token": "2.00brandnewtoken00000000001"}
    assert (grant.uid, grant.app_key) == (UID, "1000000001")
    assert grant.token.expires_at == NOW + timedelta(seconds=86_000)
    assert grant.lifetime == timedelta(seconds=157679999)
    assert at.ledger.purposes == [Purpose.AUTHORISING, Purpose.AUTHORISING]


def test_the_same_token_again_is_kept_whole() -> None:
    """Secrets are taken out of answers; this one is the answer."""
    at = stand(access_token=exchange(access_token=TOKEN), get_token_info=FACTS)

    assert authoriser(at).grant(access(), CODE, redirect_uri=BACK).token.value == TOKEN


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (("invalid_grant", 21325, "invalid authorization code:x"), tree.CredentialExpired),
        (("invalid_client", 21324, "unknow client id:1"), tree.Misconfigured),
        (("redirect_uri_mismatch", 21322, ""), tree.Misconfigured),
        (("invalid_grant", None, ""), tree.CredentialExpired),
    ],
    ids=["used code", "wrong secret", "unregistered address", "a word only"],
)
def test_refusals_in_the_envelope_of_oauth_are_explained(
    answer: tuple[str, int | None, str], kind: type[tree.PlatformError]
) -> None:
    """With or without a code, with or without a description."""
    word, code, description = answer
    body = {"error": word, "error_code": code, "error_description": description}
    refusal = httpx.Response(400, json={k: v for k, v in body.items() if v})

    with pytest.raises(kind) as refused:
        authoriser(stand(access_token=refusal)).grant(access(), CODE, redirect_uri=BACK)

    assert refused.value.explanation is not tree.UNEXPLAINED
    assert SECRET not in str(refused.value)


def test_without_key_and_secret_nobody_is_asked() -> None:
    """It says which setting is missing."""
    nameless = access(app_key="")
    mute = AccountAccess(access().account, {})

    with pytest.raises(tree.Misconfigured, match="App Key"):
        authoriser(stand()).consent_address(nameless.account, redirect_uri=BACK, state="s")
    with pytest.raises(tree.Misconfigured, match="App Secret"):
        authoriser(stand()).grant(mute, CODE, redirect_uri=BACK)
