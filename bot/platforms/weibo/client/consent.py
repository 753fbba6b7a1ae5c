"""OAuth2: the exchange of a code of consent for a token."""

from dataclasses import dataclass, field
from typing import Any

from bot.platforms.weibo.client.hosts import Host
from bot.platforms.weibo.client.session import Session

AUTHORISE_PATH = "/oauth2/authorize"


@dataclass(frozen=True)
class NewToken:
    """What the exchange gives; the uid in it is not to be relied on."""

    value: str = field(repr=False)
    seconds: int = 0


def exchange_code(session: Session, code: str, *, redirect_uri: str) -> NewToken:
    """`oauth2/access_token`. A code is good for one exchange.

    Raises:
        CredentialExpired: the code was used before, or is too old (21325).
    """
    form = {
        "client_id": session.access.account.options["app_key"],
        "client_secret": session.access.secret("app_secret"),
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
    }
    return session.post(Host.API, "/oauth2/access_token", form, _new_token, writes=False)


def _new_token(body: Any) -> NewToken:
    # A number in live answers, text in the vendor's example.
    return NewToken(str(body["access_token"]), int(body["expires_in"]))
