"""A way to a token whose every answer a test scripts."""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from bot.domain.accounts.account import Account, AccountAccess
from bot.domain.errors import PlatformError
from bot.ports.authorising import Grant
from bot.ports.tokens import PlatformToken
from tests.factories import NOW, after

APP_KEY = "1000000001"
UID = "1900000001"


def grant(days: float = 30, **changes: str) -> Grant:
    """Consent of the right account for the right application."""
    token = PlatformToken("2.00new", expires_at=after(days * 86_400), fetched_at=NOW)
    facts = {"uid": UID, "app_key": APP_KEY} | changes
    return Grant(token, lifetime=timedelta(days=days), **facts)


@dataclass
class ScriptedAuthoriser:
    """Keeps the promises of `ports.authorising.Authoriser`; remembers the codes it was given."""

    answer: Grant | PlatformError = field(default_factory=grant)
    codes: list[str] = field(default_factory=list)

    def consent_address(self, account: Account, *, redirect_uri: str, state: str) -> str:
        query = urlencode({"redirect_uri": redirect_uri, "state": state})
        return f"https://platform.example/authorize?{query}"

    def grant(self, access: AccountAccess, code: str, *, redirect_uri: str) -> Grant:
        self.codes.append(code)
        if isinstance(self.answer, PlatformError):
            raise self.answer
        return self.answer

    def app_key(self, account: Account) -> str:
        return APP_KEY
