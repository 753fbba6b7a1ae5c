"""The authorization code flow: who is vouched for, and everything that vouches for nobody."""

import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws, jwt
from joserfc.jwk import RSAKey, generate_key

from bot.domain.sign_on import Identity, challenge_of
from bot.ports.sign_on import SignOnRefused
from bot.signon.provider import AWAY, KEPT, NOT_BEFORE, REFUSED, OidcProvider
from bot.signon.tokens import Expected, TokenRefused, UnknownKey, claims_of
from tests.factories import NOW
from tests.fakes.clock import StillClock
from tests.fakes.identity_provider import CLIENT, ISSUER, LocalProvider, Signer, encoded

VERIFIER, NONCE = "v" * 43, "the nonce"
EXPECTED = Expected(ISSUER, CLIENT, NONCE, NOW)
SOUND = {
    "iss": ISSUER,
    "aud": CLIENT,
    "sub": "u-1001",
    "nonce": NONCE,
    "iat": int(NOW.timestamp()),
    "exp": int(NOW.timestamp()) + 300,
}


def code_for(office: LocalProvider, ours: OidcProvider, *, verifier: str = VERIFIER) -> str:
    """Somebody signs on; the code that comes back."""
    address = ours.address(state="s", nonce=NONCE, challenge=challenge_of(verifier))
    return parse_qs(urlsplit(office.signs_on(address)).query)["code"][0]


def test_the_provider_says_who_somebody_is(office: LocalProvider, ours: OidcProvider) -> None:
    """By a subject that never changes; discovery and keys are fetched once for many."""
    found = [ours.identify(code_for(office, ours), verifier=VERIFIER, nonce=NONCE) for _ in "123"]

    assert set(found) == {Identity(ISSUER, "u-1001", "li")}
    assert found[0].key == f"{ISSUER} u-1001"
    assert office.asked_for.count("/.well-known/openid-configuration") == 1
    assert office.asked_for.count("/keys") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nonce", "another"),
        ("nonce", None),
        ("nonce", [NONCE]),
        ("aud", "somebody else"),
        ("aud", [CLIENT, "somebody else"]),
        ("azp", "somebody else"),
        ("azp", [CLIENT, "somebody else"]),
        ("iss", "https://id.example.com"),
        ("exp", NOW.timestamp() - 61),
        ("exp", "tomorrow"),
        ("exp", True),
        ("exp", float("nan")),
        ("iat", NOW.timestamp() - 601),
        ("iat", NOW.timestamp() + 61),
        ("nbf", NOW.timestamp() + 61),
        ("sub", ""),
        ("sub", 7),
        ("sub", "x" * 256),
    ],
)
def test_a_claim_that_does_not_hold_vouches_for_nobody(
    office: LocalProvider, ours: OidcProvider, name: str, value: object
) -> None:
    """However well the token is signed."""
    office.spoil = lambda claims: claims.update({name: value})

    with pytest.raises(SignOnRefused, match=REFUSED):
        ours.identify(code_for(office, ours), verifier=VERIFIER, nonce=NONCE)


@pytest.mark.parametrize("name", SOUND)
def test_no_claim_may_be_missing(signer: Signer, name: str) -> None:
    """Each is needed to know that this is the answer."""
    fewer = {each: value for each, value in SOUND.items() if each != name}

    with pytest.raises(TokenRefused):
        claims_of(signer.token(fewer), [signer.published()], EXPECTED)


def test_a_code_is_worth_nothing_without_its_verifier_or_twice(
    office: LocalProvider, ours: OidcProvider
) -> None:
    """Whoever only saw the address cannot use it."""
    stolen, used = code_for(office, ours), code_for(office, ours)
    ours.identify(used, verifier=VERIFIER, nonce=NONCE)

    for code, verifier in ((stolen, "w" * 43), (used, VERIFIER)):
        with pytest.raises(SignOnRefused, match=REFUSED):
            ours.identify(code, verifier=verifier, nonce=NONCE)


def _unsigned(_signer: Signer) -> str:
    head = encoded(json.dumps({"alg": "none"}).encode())
    return f"{head}.{encoded(json.dumps(SOUND).encode())}."


def _by_a_shared_secret(signer: Signer) -> str:
    """The public key taken for a secret."""
    return _by_secret(signer, signer.published()["n"].encode())


def _by_its_pem(signer: Signer) -> str:
    """The same, as it stands in a file."""
    public = signer.key.public_key()
    return _by_secret(signer, public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def _by_secret(signer: Signer, secret: bytes) -> str:
    head = encoded(json.dumps({"alg": "HS256", "kid": signer.kid}).encode())
    words = f"{head}.{encoded(json.dumps(SOUND).encode())}"
    return f"{words}.{encoded(hmac.digest(secret, words.encode(), 'sha256'))}"


def _by_another_key(signer: Signer) -> str:
    return Signer(signer.kid).token(SOUND)


def _changed(signer: Signer) -> str:
    head, _, signature = signer.token(SOUND).split(".")
    other = encoded(json.dumps(SOUND | {"sub": "u-1"}).encode())
    return f"{head}.{other}.{signature}"


def _nested(signer: Signer) -> str:
    """Deeper than anything can be read."""
    key = RSAKey.import_key(signer.key)
    return jws.serialize_compact({"alg": "RS256", "kid": signer.kid}, "[" * 9_000, key)


def _headed(head: object) -> Callable[[Signer], str]:
    """Nothing but this before sound claims."""
    return lambda _: ".".join(encoded(json.dumps(part).encode()) for part in (head, SOUND, "x"))


@pytest.mark.parametrize(
    "forged",
    [
        _unsigned,
        _by_a_shared_secret,
        _by_its_pem,
        _by_another_key,
        _changed,
        _nested,
        lambda signer: signer.token(SOUND, crit=["b64"]),
        lambda signer: signer.token(SOUND, crit=["b64"], b64=True),
        lambda signer: signer.token(SOUND, crit=[]),
        lambda signer: signer.token(SOUND, crit=5),
        lambda signer: signer.token(SOUND, alg="RS512"),
        lambda signer: signer.token(SOUND, alg=["RS256"]),
        lambda signer: signer.token(SOUND, kid=7),
        _headed(["alg"]),
        _headed("alg"),
        _headed(7),
        lambda _: "",
        lambda _: "a.b.c",
        lambda _: "\ud800.b.c",
        lambda _: "." * 2,
        lambda signer: signer.token(SOUND) + ".x",
        lambda signer: signer.token(["no", "claims"]),
        lambda signer: signer.token(SOUND | {"pad": "x" * 20_000}),
    ],
)
def test_a_forged_token_proves_nothing(signer: Signer, forged: Callable[[Signer], str]) -> None:
    """What the key is for is said by the key, never by the token."""
    assert claims_of(signer.token(SOUND), [signer.published()], EXPECTED)["sub"] == "u-1001"

    with pytest.raises(TokenRefused):
        claims_of(forged(signer), [signer.published()], EXPECTED)


def test_a_key_for_encryption_or_of_another_kind_signs_nothing(signer: Signer) -> None:
    """Nor does one without its numbers."""
    published: dict[str, Any] = dict(signer.published())
    for wrong in ({"use": "enc"}, {"alg": "PS256"}, {"kty": "oct"}, {"n": None}):
        with pytest.raises(TokenRefused):
            claims_of(signer.token(SOUND), [published | wrong], EXPECTED)


@pytest.mark.filterwarnings("ignore:Key size")
def test_a_short_key_signs_nothing() -> None:
    """However well it fits."""
    short = Signer("key-1", rsa.generate_private_key(public_exponent=65537, key_size=1024))

    with pytest.raises(UnknownKey):
        claims_of(short.token(SOUND), [short.published()], EXPECTED)


def test_what_else_the_provider_publishes_keeps_nobody_out(signer: Signer) -> None:
    """Broken keys, strange ones and those for encryption; nor does a word in the token's head."""
    known = signer.published()
    others: list[dict[str, Any]] = [
        {},
        {"kty": ["RSA"]},
        {"kty": "EC", "crv": "P-1", "x": "AQ", "y": "AQ", "kid": signer.kid},
        {"kty": "RSA", "n": "?", "e": "AQAB", "kid": signer.kid},
        {**known, "use": "enc"},
    ]

    assert claims_of(signer.token(SOUND, stamp="7"), [*others, known], EXPECTED)


@pytest.mark.parametrize(
    ("algorithm", "kind", "size", "is_taken"),
    [
        ("PS256", "RSA", 2048, True),
        ("ES256", "EC", "P-256", True),
        ("ES384", "EC", "P-384", False),
        ("RS512", "RSA", 2048, False),
        ("PS512", "RSA", 2048, False),
        ("Ed25519", "OKP", "Ed25519", False),
    ],
)
def test_three_algorithms_are_taken(algorithm: str, kind: Any, size: Any, is_taken: bool) -> None:
    """RS256 is what all others here are signed with."""
    key = generate_key(kind, size, {"kid": "key-1"})
    token = jwt.encode({"alg": algorithm, "kid": "key-1"}, SOUND, key, [algorithm])

    if is_taken:
        assert claims_of(token, [key.as_dict()], EXPECTED) == SOUND
    else:
        with pytest.raises(TokenRefused):
            claims_of(token, [key.as_dict()], EXPECTED)


def test_a_token_that_names_no_key_is_by_the_only_one(signer: Signer) -> None:
    """Of several it must name one."""
    token = jwt.encode({"alg": "RS256"}, SOUND, RSAKey.import_key(signer.key))
    only = signer.published()

    assert claims_of(token, [{**only, "use": "enc"}, only], EXPECTED) == SOUND
    with pytest.raises(UnknownKey):
        claims_of(token, [only, {**only, "kid": "key-2"}], EXPECTED)


def test_a_new_key_of_the_provider_is_fetched_but_not_for_every_forgery(
    office: LocalProvider, ours: OidcProvider, clock: StillClock
) -> None:
    """Once a minute at most."""
    ours.identify(code_for(office, ours), verifier=VERIFIER, nonce=NONCE)
    office.signer = Signer("key-2")
    for _ in range(3):
        with pytest.raises(SignOnRefused):
            ours.identify(code_for(office, ours), verifier=VERIFIER, nonce=NONCE)
    fetched = office.asked_for.count("/keys")
    clock.pass_seconds(NOT_BEFORE.total_seconds())
    office.published = office.signer
    found = ours.identify(code_for(office, ours), verifier=VERIFIER, nonce=NONCE)

    assert fetched == 1
    assert found.subject == "u-1001"
    assert office.asked_for.count("/keys") == 2


def test_a_provider_that_is_away_is_told_calmly(
    office: LocalProvider, ours: OidcProvider, clock: StillClock
) -> None:
    """What is known of it stays good for an hour; its token endpoint cannot be done without."""
    code = code_for(office, ours)
    office.is_away = True

    with pytest.raises(SignOnRefused, match=AWAY):
        ours.identify(code, verifier=VERIFIER, nonce=NONCE)
    assert ours.leaving_address().startswith(f"{ISSUER}/logout?client_id={CLIENT}")
    clock.pass_seconds((KEPT + timedelta(seconds=1)).total_seconds())
    assert ours.leaving_address() == ""
    with pytest.raises(SignOnRefused, match=AWAY):
        ours.address(state="s", nonce="n", challenge="c")
