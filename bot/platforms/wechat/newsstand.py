"""What a WeChat account has published last, without push; mass-sent messages are not listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

import httpx

from bot.domain.accounts.account import AccountAccess
from bot.platforms.transport import Deadline
from bot.platforms.wechat import evidence
from bot.platforms.wechat.client import publishing
from bot.platforms.wechat.client.session import Line, Session
from bot.platforms.wechat.client.tokens import TokenKeeper
from bot.platforms.wechat.looking import evidence_of
from bot.ports.clock import Clock
from bot.ports.newsstand import ShownPost
from bot.ports.tokens import CallBudgets, TokenStore

_SECONDS = 10.0
_NEWEST = 10
_EVER = datetime(2012, 8, 1, tzinfo=UTC)
"""The platform is no older."""


@dataclass(frozen=True)
class WechatNewsstand:
    """Implements `bot.ports.newsstand.Newsstand`. Shared between threads."""

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    clock: Clock

    def newest(self, access: AccountAccess) -> Sequence[ShownPost]:
        """The newest ten: one call."""
        keeper = TokenKeeper(self.http, self.tokens, self.clock)
        line = Line(self.http, keeper, self.budgets, self.clock)
        session = Session(line, access, Deadline(_SECONDS), publishing=False)
        found = publishing.newest_published(session, since=_EVER)
        return [_shown(one) for one in islice(found, _NEWEST) if not one.is_deleted]


def _shown(one: publishing.Published) -> ShownPost:
    proof = evidence_of(one)
    first = proof[evidence.URLS].split("\n")[0]
    return ShownPost("\n".join(one.titles), first, one.updated_at, proof)
