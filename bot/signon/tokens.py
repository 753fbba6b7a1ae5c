"""ID tokens: signed by a key the provider publishes, and every claim that must hold.

joserfc verifies; here stands what it may accept: three algorithms, no extension, keys for signing.
Neither `none` nor a shared secret is among them, whatever the token says of itself.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, RSAKey, import_key
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry, decode
from joserfc.registry import HeaderParameter

SKEW = timedelta(seconds=60)
"""How far the provider's clock may be from ours."""
OLDEST = timedelta(minutes=10)
"""A token that was made longer ago is not the answer to what was just asked."""
LONGEST_TOKEN = 16_384
LONGEST_SUBJECT = 255
SMALLEST_RSA_BITS = 2048
_SIGNED = JWSRegistry(
    {"crit": HeaderParameter("an extension that must be understood", "none")},
    algorithms=("RS256", "PS256", "ES256"),
    strict_check_header=False,
)

Key = Mapping[str, Any]


class TokenRefused(Exception):
    """The token proves nothing; the message says why, without its content."""


class UnknownKey(TokenRefused):
    """It is signed by a key that is not among those given."""


@dataclass(frozen=True)
class Expected:
    """What the claims must say."""

    issuer: str
    audience: str
    nonce: str
    now: datetime


def claims_of(token: str, keys: Sequence[Key], expected: Expected) -> Mapping[str, Any]:
    """The claims of a token that is sound.

    Raises:
        UnknownKey: none of `keys` is the one it names.
        TokenRefused: anything else does not hold.
    """
    if len(token) > LONGEST_TOKEN:
        raise TokenRefused("too long")
    try:
        claims = decode(token, _signing(keys), registry=_SIGNED).claims
        _require_claims(claims, expected)
    except InvalidKeyIdError as error:
        raise UnknownKey(str(error)) from error
    except (JoseError, TypeError, ValueError, RecursionError) as error:
        raise TokenRefused(str(error)) from error
    return claims


def _signing(keys: Sequence[Key]) -> KeySet:
    """The sound ones; what else the provider publishes keeps nobody out."""
    found = []
    for each in keys:
        with suppress(JoseError, LookupError, TypeError, ValueError):
            key = import_key(dict(each))
            is_short = isinstance(key, RSAKey) and key.public_key.key_size < SMALLEST_RSA_BITS
            if each.get("use", "sig") == "sig" and not is_short:
                found.append(key)
    return KeySet(found)


def _require_claims(claims: dict[str, Any], expected: Expected) -> None:
    now, client = int(expected.now.timestamp()), expected.audience
    JWTClaimsRegistry(
        now,
        int(SKEW.total_seconds()),
        iss={"essential": True, "value": expected.issuer},
        aud={"essential": True, "value": client},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    ).validate(claims)
    is_for_several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if is_for_several else client) != client:
        raise TokenRefused("handed to somebody else")
    if claims["iat"] < now - OLDEST.total_seconds():
        raise TokenRefused("it was not made just now")
    if claims.get("nonce") != expected.nonce:
        raise TokenRefused("the answer to another question")
    if len(claims["sub"]) > LONGEST_SUBJECT:
        raise TokenRefused("nobody has so long a name")
