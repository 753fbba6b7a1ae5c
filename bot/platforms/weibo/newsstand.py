"""What a Weibo account has posted last, as its own timeline shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

import httpx

from bot.domain.accounts.account import AccountAccess
from bot.domain.accounts.budgets import Purpose
from bot.platforms.weibo.client import timeline
from bot.platforms.weibo.client.session import Link
from bot.platforms.weibo.publishing import post_evidence
from bot.ports.clock import Clock
from bot.ports.newsstand import ShownPost
from bot.ports.tokens import CallBudgets, TokenStore

_SECONDS = 10.0


@dataclass(frozen=True)
class WeiboNewsstand:
    """Implements `bot.ports.newsstand.Newsstand`. Shared between threads."""

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    clock: Clock

    def newest(self, access: AccountAccess) -> Sequence[ShownPost]:
        """The newest five: one call."""
        link = Link(self.http, self.tokens, self.budgets, self.clock)
        session = link.session(access, seconds=_SECONDS, purpose=Purpose.VERIFYING)
        shown = []
        for status in timeline.own_timeline(session).statuses:
            proof = post_evidence(access.account, status)
            url = proof["urls"].rsplit("\n", maxsplit=1)[-1]
            shown.append(ShownPost(status.text, url, status.created_at, proof))
        return shown
