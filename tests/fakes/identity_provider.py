"""An identity provider in a few lines: it signs people on and refuses what is wrong."""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from bot.ports.clock import Clock

ISSUER = "https://id.example.gov.cn"
CLIENT, SECRET = "tongbu", "a client secret"


def encoded(value: bytes) -> str:
    """Base64 as tokens have it."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


@dataclass
class Signer:
    """A key of the provider's."""

    kid: str
    key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )

    def published(self) -> Mapping[str, str]:
        """As it stands among the provider's keys."""
        numbers = self.key.public_key().public_numbers()
        n, e = numbers.n.to_bytes(256), numbers.e.to_bytes(3)
        known = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid}
        return known | {"n": encoded(n), "e": encoded(e)}

    def token(self, claims: Mapping[str, Any], **header: Any) -> str:
        """A signed token of these claims."""
        head = {"alg": "RS256", "kid": self.kid} | header
        words = ".".join(encoded(json.dumps(part).encode()) for part in (head, claims))
        return f"{words}.{encoded(self.key.sign(words.encode(), padding.PKCS1v15(), SHA256()))}"


@dataclass
class Asked:
    """What a browser came with, until its code is exchanged."""

    nonce: str
    challenge: str
    returns_to: str


class LocalProvider:
    """Answers over a transport of httpx. `person` signs on next; `spoil` changes the claims of
    their token, `signer` its key, and `is_away` takes everything down."""

    def __init__(self, clock: Clock, *, signer: Signer) -> None:
        self._clock = clock
        self.signer = self.published = signer
        self.person = {"sub": "u-1001", "preferred_username": "li"}
        self.spoil: Callable[[dict[str, Any]], None] = lambda _: None
        self.is_away = False
        self.asked_for: list[str] = []
        self._codes: dict[str, Asked] = {}

    def client(self) -> httpx.Client:
        """What reaches it."""
        return httpx.Client(transport=httpx.MockTransport(self._answer))

    def signs_on(self, address: str) -> str:
        """Somebody opens the address and proves who they are: where they are sent back to."""
        given = {name: each[0] for name, each in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{ISSUER}/authorize?")
        assert (given["client_id"], given["response_type"]) == (CLIENT, "code")
        assert given["code_challenge_method"] == "S256"
        assert "openid" in given["scope"].split()
        code = secrets.token_urlsafe(8)
        asked = Asked(given["nonce"], given["code_challenge"], given["redirect_uri"])
        self._codes[code] = asked
        return f"{given['redirect_uri']}?code={code}&state={given['state']}"

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked_for.append(request.url.path)
        if self.is_away:
            return httpx.Response(503, text="maintenance")
        match request.url.path:
            case "/.well-known/openid-configuration":
                return httpx.Response(200, json=self._discovery())
            case "/keys":
                return httpx.Response(200, json={"keys": [self.published.published()]})
            case "/token":
                return self._exchanged(request)
        return httpx.Response(404)

    def _discovery(self) -> Mapping[str, Any]:
        places = {
            "authorization_endpoint": "authorize",
            "token_endpoint": "token",
            "jwks_uri": "keys",
            "end_session_endpoint": "logout",
        }
        return {"issuer": ISSUER} | {name: f"{ISSUER}/{path}" for name, path in places.items()}

    def _exchanged(self, request: httpx.Request) -> httpx.Response:
        form = {name: each[0] for name, each in parse_qs(request.content.decode()).items()}
        basic = base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '%20')}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {basic}":
            return httpx.Response(401, json={"error": "invalid_client"})
        asked = self._codes.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if (
            asked is None
            or encoded(digest) != asked.challenge
            or form["redirect_uri"] != asked.returns_to
        ):
            return httpx.Response(400, json={"error": "invalid_grant"})
        now = int(self._clock.now().timestamp())
        claims: dict[str, Any] = {"iss": ISSUER, "aud": CLIENT, "iat": now, "exp": now + 300}
        claims |= {"nonce": asked.nonce, **self.person}
        self.spoil(claims)
        return httpx.Response(200, json={"id_token": self.signer.token(claims)})
