"""Every platform there is: adding one means a folder beside these and a line in each table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import httpx

from bot.domain.accounts.account import AccountAccess, PlatformName
from bot.platforms.transport import open_client
from bot.platforms.wechat.adapter import WechatAdapter
from bot.platforms.wechat.aftercare import WechatAftercare
from bot.platforms.wechat.attachments import WechatAttachments
from bot.platforms.wechat.callback import WechatCallback
from bot.platforms.wechat.collector import WechatCollector
from bot.platforms.wechat.correspondence import WechatCorrespondent
from bot.platforms.wechat.menus import WechatMenus
from bot.platforms.wechat.moderation import WechatCommentDesk
from bot.platforms.wechat.newsstand import WechatNewsstand
from bot.platforms.wechat.statistics import WechatStatistics
from bot.platforms.weibo.adapter import WeiboAdapter
from bot.platforms.weibo.aftercare import WeiboAftercare
from bot.platforms.weibo.attachments import WeiboAttachments
from bot.platforms.weibo.authorising import WeiboAuthoriser
from bot.platforms.weibo.callback import SeenNonces, WeiboCallback
from bot.platforms.weibo.collector import WeiboCollector
from bot.platforms.weibo.correspondence import WeiboCorrespondent
from bot.platforms.weibo.menus import WeiboMenus
from bot.platforms.weibo.moderation import WeiboCommentDesk
from bot.platforms.weibo.newsstand import WeiboNewsstand
from bot.platforms.weibo.statistics import WeiboStatistics
from bot.ports.aftercare import Aftercare
from bot.ports.attachments import Attachments
from bot.ports.authorising import Authoriser
from bot.ports.clock import Clock
from bot.ports.commenting import CommentDesk
from bot.ports.correspondence import Correspondent
from bot.ports.media import MediaStore
from bot.ports.menus import Menus
from bot.ports.newsstand import Newsstand
from bot.ports.platform import CallbackChannel, Collector, PlatformAdapter
from bot.ports.statistics import StatisticsReader
from bot.ports.tokens import CallBudgets, TokenStore
from bot.ports.uploads import UploadCache


@dataclass(frozen=True)
class Platforms:
    """What each platform offers: publishing, collecting, a callback channel an account; and, not
    on every platform, what a person may ask beside the route (`aftercare`), figures, writing back
    to followers, looking after comments, menus, the consent of who holds an account, what it shows
    now. `close` ends all connections to platforms."""

    adapters: Mapping[PlatformName, PlatformAdapter]
    collectors: Mapping[PlatformName, Collector]
    channels: Mapping[PlatformName, Callable[[AccountAccess], CallbackChannel]]
    aftercare: Mapping[PlatformName, Aftercare]
    statistics: Mapping[PlatformName, StatisticsReader]
    correspondents: Mapping[PlatformName, Correspondent]
    comment_desks: Mapping[PlatformName, CommentDesk]
    menus: Mapping[PlatformName, Menus]
    authorisers: Mapping[PlatformName, Authoriser]
    attachments: Mapping[PlatformName, Attachments]
    newsstands: Mapping[PlatformName, Newsstand]
    close: Callable[[], None]


def build_platforms(
    *,
    tokens: TokenStore,
    budgets: CallBudgets,
    uploads: UploadCache,
    media: MediaStore,
    clock: Clock,
    cover_url: Callable[[str], str],
) -> Platforms:
    """All platforms over one HTTP client. `cover_url` gives a stored picture's public address."""
    http = open_client()
    line = (http, tokens, budgets, clock)
    return Platforms(
        adapters={
            PlatformName.WECHAT: WechatAdapter(http, tokens, budgets, media, uploads, clock),
            PlatformName.WEIBO: WeiboAdapter(http, tokens, budgets, media, clock, cover_url),
        },
        collectors={
            PlatformName.WECHAT: WechatCollector(*line),
            PlatformName.WEIBO: WeiboCollector(*line),
        },
        channels={
            PlatformName.WECHAT: partial(WechatCallback, clock=clock),
            PlatformName.WEIBO: partial(WeiboCallback, clock=clock, nonces=SeenNonces()),
        },
        aftercare={
            PlatformName.WECHAT: WechatAftercare(http, tokens, budgets, media, uploads, clock),
            PlatformName.WEIBO: WeiboAftercare(*line),
        },
        statistics={
            PlatformName.WECHAT: WechatStatistics(*line),
            PlatformName.WEIBO: WeiboStatistics(*line),
        },
        correspondents={
            PlatformName.WECHAT: WechatCorrespondent(*line),
            PlatformName.WEIBO: WeiboCorrespondent(*line),
        },
        comment_desks={
            PlatformName.WECHAT: WechatCommentDesk(*line),
            PlatformName.WEIBO: WeiboCommentDesk(*line),
        },
        menus={PlatformName.WECHAT: WechatMenus(*line), PlatformName.WEIBO: WeiboMenus(*line)},
        authorisers={PlatformName.WEIBO: WeiboAuthoriser(*line)},
        attachments={
            PlatformName.WECHAT: WechatAttachments(*line),
            PlatformName.WEIBO: WeiboAttachments(*line),
        },
        newsstands=_newsstands(http, tokens, budgets, clock),
        close=http.close,
    )


def _newsstands(
    http: httpx.Client, tokens: TokenStore, budgets: CallBudgets, clock: Clock
) -> Mapping[PlatformName, Newsstand]:
    return {
        PlatformName.WECHAT: WechatNewsstand(http, tokens, budgets, clock),
        PlatformName.WEIBO: WeiboNewsstand(http, tokens, budgets, clock),
    }
