"""Which classes serve which platform: the one list to extend when a platform is added."""

from collections.abc import Callable
from dataclasses import dataclass

import httpx

from bot.domain.accounts.account import AccountAccess, PlatformName
from bot.platforms.wechat.adapter import WechatAdapter
from bot.platforms.wechat.callback import WechatCallback
from bot.platforms.wechat.collector import WechatCollector
from bot.platforms.weibo.adapter import WeiboAdapter
from bot.platforms.weibo.callback import WeiboCallback
from bot.platforms.weibo.collector import WeiboCollector
from bot.ports.clock import Clock
from bot.ports.media import MediaStore
from bot.ports.platform import CallbackChannel, Collector, PlatformAdapter
from bot.ports.tokens import CallBudgets, TokenStore
from bot.ports.uploads import UploadCache


@dataclass(frozen=True)
class Supplies:
    """What adapters are built from. `cover_url` makes a stored picture's public address."""

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    media: MediaStore
    uploads: UploadCache
    clock: Clock
    cover_url: Callable[[str], str]


def adapters(given: Supplies) -> dict[PlatformName, PlatformAdapter]:
    """One adapter a platform, each safe to share between threads."""
    calls = given.http, given.tokens, given.budgets, given.media
    return {
        PlatformName.WECHAT: WechatAdapter(*calls, given.uploads, given.clock),
        PlatformName.WEIBO: WeiboAdapter(*calls, given.clock, given.cover_url),
    }


def collectors(given: Supplies) -> dict[PlatformName, Collector]:
    """One collector a platform."""
    calls = given.http, given.tokens, given.budgets, given.clock
    return {
        PlatformName.WECHAT: WechatCollector(*calls),
        PlatformName.WEIBO: WeiboCollector(*calls),
    }


def callback_channels(
    clock: Clock,
) -> dict[PlatformName, Callable[[AccountAccess], CallbackChannel]]:
    """How to open an account's inbound door, by platform."""
    return {
        PlatformName.WECHAT: lambda access: WechatCallback(access, clock),
        PlatformName.WEIBO: lambda access: WeiboCallback(access, clock),
    }
