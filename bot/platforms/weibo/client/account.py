"""What a token is worth: whose it is, for which app, and for how long."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.platforms.weibo.client.counters import number_of
from bot.platforms.weibo.client.hosts import Host
from bot.platforms.weibo.client.session import Session


@dataclass(frozen=True)
class TokenFacts:
    """The answer of `get_token_info`."""

    uid: str
    app_key: str
    created_at: datetime | None
    seconds_left: int

    def lifetime(self, now: datetime) -> timedelta | None:
        """How long the token lives in all, which tells the app's level; None when not said."""
        if self.created_at is None:
            return None
        return now + timedelta(seconds=self.seconds_left) - self.created_at


def token_facts(session: Session) -> TokenFacts:
    """`oauth2/get_token_info`, the only trustworthy source of whose token it is."""
    return session.post(Host.API, "/oauth2/get_token_info", {}, _facts, writes=False)


def followers(session: Session) -> int:
    """`users/show` of the account itself: how many follow it. From ten thousand on newer answers
    are said to be rounded ("1.2万")."""
    fields = {"uid": session.access.account.options.get("uid", "")}
    return session.get(
        Host.API, "/2/users/show.json", fields, lambda body: number_of(body["followers_count"])
    )


def _facts(body: Any) -> TokenFacts:
    # The field is `expire_in`; the page of 2012 said `expires_in`.
    left = body["expire_in"] if "expire_in" in body else body["expires_in"]
    created = body.get("create_at")
    return TokenFacts(
        uid=str(body["uid"]),
        app_key=str(body.get("appkey") or ""),
        created_at=datetime.fromtimestamp(int(created), UTC) if created else None,
        seconds_left=int(left),
    )
