"""Pictures and voices of private messages."""

from dataclasses import dataclass
from typing import Any

import httpx

from bot.domain.accounts.account import AccountAccess
from bot.domain.accounts.budgets import Purpose
from bot.domain.replies.reply import Channel, Incoming
from bot.platforms.weibo.client.answering import media_of_message
from bot.platforms.weibo.client.session import Link
from bot.platforms.weibo.json_text import parsed
from bot.ports.attachments import Attachment
from bot.ports.clock import Clock
from bot.ports.tokens import CallBudgets, TokenStore

_SECONDS = 30.0


@dataclass(frozen=True)
class WeiboAttachments:
    """Implements `bot.ports.attachments.Attachments`."""

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    clock: Clock

    def fetch(self, access: AccountAccess, incoming: Incoming) -> Attachment | None:
        """By the receiver's `tovfid`; the sender's `vfid` is not ours to use."""
        fid = _fid(incoming)
        if not fid:
            return None
        link = Link(self.http, self.tokens, self.budgets, self.clock)
        session = link.session(access, seconds=_SECONDS, purpose=Purpose.ANSWERING)
        answer = media_of_message(session, fid)
        return Attachment(answer.body, answer.media_type)


def _fid(incoming: Incoming) -> str:
    if incoming.channel is not Channel.WEIBO_MESSAGE or not incoming.raw:
        return ""
    pushed: Any = parsed(incoming.raw)
    data = pushed.get("data")
    return str(data.get("tovfid") or "") if isinstance(data, dict) else ""
