"""An OpenID Connect provider: discovery, keys, and the authorization code flow with PKCE.

OpenID Connect Core 1.0 §3.1 and Discovery 1.0; RFC 7636 (PKCE); RFC 9207 is not needed with one
provider.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import structlog

from bot.domain.sign_on import Identity
from bot.ports.clock import Clock
from bot.ports.sign_on import SignOnRefused
from bot.signon.tokens import Expected, Key, TokenRefused, UnknownKey, claims_of

SECONDS = 8.0
KEPT = timedelta(hours=1)
"""Discovery and keys are asked for again after it."""
NOT_BEFORE = timedelta(minutes=1)
"""A token by an unknown key has the keys fetched again, no more often than this."""
AWAY = "统一身份认证暂时没有应答，请稍后再试，或者请系统管理员检查"
REFUSED = "统一身份认证没有确认您的身份，请再登录一次；还是不行请联系系统管理员"

log = structlog.get_logger()


@dataclass(frozen=True)
class ProviderSettings:
    """What the settings say of it. `returns_to` is where it sends browsers back to."""

    issuer: str
    client_id: str
    returns_to: str
    leaves_to: str
    client_secret: str = field(default="", repr=False)
    name: str = "统一身份认证"
    is_only_way: bool = False
    binds_by_login: bool = False


class OidcProvider:
    """Keeps the promises of `ports.sign_on.SignOn`. Safe to share between threads."""

    def __init__(self, settings: ProviderSettings, http: httpx.Client, clock: Clock) -> None:
        self._settings, self._http, self._clock = settings, http, clock
        self._lock = threading.Lock()
        self._known: dict[str, tuple[datetime, Mapping[str, Any]]] = {}

    @property
    def name(self) -> str:
        return self._settings.name

    @property
    def issuer(self) -> str:
        return self._settings.issuer

    @property
    def is_only_way(self) -> bool:
        return self._settings.is_only_way

    @property
    def binds_by_login(self) -> bool:
        return self._settings.binds_by_login

    def address(self, *, state: str, nonce: str, challenge: str) -> str:
        asked = {
            "response_type": "code",
            "client_id": self._settings.client_id,
            "redirect_uri": self._settings.returns_to,
            "scope": "openid profile",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        place = self._place("authorization_endpoint")
        return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}"

    def identify(self, code: str, *, verifier: str, nonce: str) -> Identity:
        token = self._exchanged(code, verifier)
        expected = Expected(self.issuer, self._settings.client_id, nonce, self._clock.now())
        try:
            claims = self._claims(token, expected)
        except TokenRefused as error:
            log.warning("id token refused", reason=str(error))
            raise SignOnRefused(REFUSED) from error
        login = claims.get("preferred_username")
        return Identity(self.issuer, claims["sub"], login if isinstance(login, str) else "")

    def leaving_address(self) -> str:
        try:
            place = self._discovery().get("end_session_endpoint")
        except SignOnRefused:
            return ""
        if not isinstance(place, str) or not self._is_safe(place):
            return ""
        told = {
            "client_id": self._settings.client_id,
            "post_logout_redirect_uri": self._settings.leaves_to,
        }
        return f"{place}{'&' if '?' in place else '?'}{urlencode(told)}"

    def _claims(self, token: str, expected: Expected) -> Mapping[str, Any]:
        """The keys are fetched again once where the provider may have changed them."""
        try:
            return claims_of(token, self._keys(KEPT), expected)
        except UnknownKey:
            return claims_of(token, self._keys(NOT_BEFORE), expected)

    def _exchanged(self, code: str, verifier: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._settings.returns_to,
            "code_verifier": verifier,
            "client_id": self._settings.client_id,
        }
        secret, auth = self._settings.client_secret, httpx.Auth()
        ways = self._discovery().get("token_endpoint_auth_methods_supported")
        if secret and isinstance(ways, list) and "client_secret_basic" not in ways:
            form["client_secret"] = secret
        elif secret:
            auth = httpx.BasicAuth(quote(self._settings.client_id, ""), quote(secret, ""))
        place = self._place("token_endpoint")
        try:
            answer = self._http.post(place, data=form, auth=auth, timeout=SECONDS)
            said = answer.json() if answer.status_code < 500 else {}
        except (httpx.HTTPError, ValueError) as error:
            log.warning("provider away", error=type(error).__name__)
            raise SignOnRefused(AWAY) from None
        token = said.get("id_token") if isinstance(said, dict) else None
        if answer.status_code != 200 or not isinstance(token, str):
            log.warning("code refused", status=answer.status_code)
            raise SignOnRefused(AWAY if answer.status_code >= 500 else REFUSED)
        return token

    def _keys(self, fresh: timedelta) -> Sequence[Key]:
        keys = self._got(self._place("jwks_uri"), fresh).get("keys")
        return [key for key in keys if isinstance(key, dict)] if isinstance(keys, list) else []

    def _place(self, name: str) -> str:
        place = self._discovery().get(name)
        if not isinstance(place, str) or not self._is_safe(place):
            log.warning("discovery refused", missing=name)
            raise SignOnRefused(AWAY)
        return place

    def _is_safe(self, place: str) -> bool:
        """Over https, unless the provider itself is a local one for trials."""
        return place.startswith(("https://", "http://")[: 1 + self.issuer.startswith("http://")])

    def _discovery(self) -> Mapping[str, Any]:
        place = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
        found = self._got(place, KEPT)
        if found.get("issuer") != self.issuer:
            log.warning("discovery refused", issuer="another one")
            raise SignOnRefused(AWAY)
        return found

    def _got(self, place: str, fresh: timedelta) -> Mapping[str, Any]:
        """What is there, as it was no longer ago than `fresh`."""
        with self._lock:
            at, known = self._known.get(place, (None, {}))
            now = self._clock.now()
            if at is None or now - at >= fresh:
                known = self._fetched(place)
                self._known[place] = (now, known)
            return known

    def _fetched(self, place: str) -> Mapping[str, Any]:
        try:
            answer = self._http.get(place, timeout=SECONDS)
            said = answer.raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            log.warning("provider away", error=type(error).__name__)
            raise SignOnRefused(AWAY) from None
        return said if isinstance(said, dict) else {}
