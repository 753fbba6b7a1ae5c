"""ID tokens: the signature by a key the provider publishes, and every claim that must hold.

JWS compact serialisation (RFC 7515) with RS256, PS256 or ES256 only: which of them is said by the
key, never by the token, so that neither `none` nor a shared secret can stand in its place.
"""

import base64
import binascii
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

SKEW = timedelta(seconds=60)
"""How far the provider's clock may be from ours."""
OLDEST = timedelta(minutes=10)
"""A token that was made longer ago is not the answer to what was just asked."""
LONGEST_TOKEN = 16_384
SMALLEST_RSA_BITS = 2048
_RSA_ALGORITHMS = frozenset({"RS256", "PS256"})
_HALF = 32

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
    if len(token) > LONGEST_TOKEN or token.count(".") != 2:
        raise TokenRefused("not a signed token")
    head, body, signature = token.split(".")
    header = _json(head)
    _require_signed(header, f"{head}.{body}".encode(), _decoded(signature), keys)
    claims = _json(body)
    _require_claims(claims, expected)
    return claims


def _require_signed(
    header: Mapping[str, Any], words: bytes, signature: bytes, keys: Sequence[Key]
) -> None:
    if "crit" in header:
        raise TokenRefused("an extension that must be understood")
    usable = [key for key in keys if _is_usable(key, header)]
    if not usable:
        raise UnknownKey(f"no key for {header.get('alg')!r}")
    for key in usable:
        try:
            _verify(key, str(header["alg"]), words, signature)
        except (InvalidSignature, ValueError):
            continue
        return
    raise TokenRefused("the signature does not fit")


def _is_usable(key: Key, header: Mapping[str, Any]) -> bool:
    """Whether the key is meant for this signature."""
    if header.get("kid") is not None and key.get("kid") != header["kid"]:
        return False
    if key.get("use", "sig") != "sig" or key.get("alg", header.get("alg")) != header.get("alg"):
        return False
    if key.get("kty") == "RSA":
        return header.get("alg") in _RSA_ALGORITHMS
    is_p256 = key.get("kty") == "EC" and key.get("crv") == "P-256"
    return is_p256 and header.get("alg") == "ES256"


def _verify(key: Key, algorithm: str, words: bytes, signature: bytes) -> None:
    if key["kty"] == "RSA":
        numbers = rsa.RSAPublicNumbers(e=_number(key, "e"), n=_number(key, "n"))
        public = numbers.public_key()
        if public.key_size < SMALLEST_RSA_BITS:
            raise TokenRefused("the provider's key is too short")
        if algorithm == "RS256":
            public.verify(signature, words, padding.PKCS1v15(), SHA256())
        else:
            pss = padding.PSS(mgf=padding.MGF1(SHA256()), salt_length=SHA256.digest_size)
            public.verify(signature, words, pss, SHA256())
        return
    if len(signature) != 2 * _HALF:
        raise InvalidSignature
    point = ec.EllipticCurvePublicNumbers(_number(key, "x"), _number(key, "y"), ec.SECP256R1())
    pair = (int.from_bytes(signature[:_HALF]), int.from_bytes(signature[_HALF:]))
    point.public_key().verify(encode_dss_signature(*pair), words, ec.ECDSA(SHA256()))


def _require_claims(claims: Mapping[str, Any], expected: Expected) -> None:
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience
    if claims.get("iss") != expected.issuer:
        raise TokenRefused("another issuer")
    if not isinstance(audiences, list) or expected.audience not in audiences:
        raise TokenRefused("for somebody else")
    if claims.get("azp", expected.audience) != expected.audience:
        raise TokenRefused("handed to somebody else")
    if len(audiences) > 1 and "azp" not in claims:
        raise TokenRefused("for several, handed to nobody")
    if _moment(claims, "exp") <= expected.now.timestamp() - SKEW.total_seconds():
        raise TokenRefused("it has expired")
    age = expected.now.timestamp() - _moment(claims, "iat")
    if not -SKEW.total_seconds() <= age <= OLDEST.total_seconds():
        raise TokenRefused("it was not made just now")
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(
        nonce.encode(), expected.nonce.encode()
    ):
        raise TokenRefused("the answer to another question")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject or len(subject) > 255:
        raise TokenRefused("nobody is named")


def _moment(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TokenRefused(f"no {name}")
    return float(value)


def _json(part: str) -> Mapping[str, Any]:
    try:
        value = json.loads(_decoded(part))
    except (ValueError, RecursionError):
        raise TokenRefused("unreadable") from None
    if not isinstance(value, dict):
        raise TokenRefused("unreadable")
    return value


def _number(key: Key, name: str) -> int:
    value = key.get(name)
    if not isinstance(value, str):
        raise TokenRefused("the provider's key is unreadable")
    return int.from_bytes(_decoded(value))


def _decoded(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise TokenRefused("unreadable") from None
