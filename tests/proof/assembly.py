"""What stands ready in the morning: accounts on the platforms, our tools, our callback desk."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from bot.callbacks.answering import Answering
from bot.callbacks.directory import Directory
from bot.callbacks.door import CallbackDesk
from bot.callbacks.grouping import GroupWriter
from bot.domain.accounts.account import PlatformName
from bot.platforms.wechat.adapter import WechatAdapter
from bot.platforms.wechat.callback import WechatCallback
from bot.platforms.weibo.adapter import WeiboAdapter
from bot.platforms.weibo.callback import WeiboCallback
from bot.ports.clock import Clock, Ids
from bot.ports.platform import PlatformAdapter
from bot.usecases.cases.look_up_receipt import ReceiptDesk
from bot.usecases.publishing.tools import PublishingTools
from tests.fakes.vault import OpenVault
from tests.proof.database import CutLedger, CutStorage, Site
from tests.proof.ground import Ground
from tests.proof.office import Party, Plan, Seams

JOB_SECONDS = {"publish_seconds": 3.0, "mass_seconds": 3.0}
"""How long WeChat works on a job before it tells."""


def parties_of(plan: Plan, ground: Ground) -> Iterator[Party]:
    """A fresh account for every way of the plan, those of one platform on one platform."""
    for name in {way.platform: None for way in plan.ways}:
        switches = dict(JOB_SECONDS) if name is PlatformName.WECHAT else {}
        switches |= plan.switches.get(name, {})
        ways = [way for way in plan.ways if way.platform is name]
        platform, numbers = ground.accounts_on(name, switches, len(ways))
        platform.stage.faults.clear()
        for way, number in zip(ways, numbers, strict=True):
            yield Party(way, platform, number, f"a{number}")


def open_tools(
    database: Any, ground: Ground, clock: Clock, *, site: Site, seams: Seams
) -> PublishingTools:
    """The tools of publishing: everything they do to the database or the network can be cut."""
    tokens: Any = CutLedger(database.tokens(), site)
    budgets: Any = CutLedger(database.budgets(), site)
    uploads: Any = CutLedger(database.uploads(), site)
    http, media = ground.http, ground.media
    adapters: tuple[PlatformAdapter, ...] = (
        WechatAdapter(http, tokens, budgets, media, uploads, clock, site.pass_seconds),
        WeiboAdapter(http, tokens, budgets, media, clock, _picture_address),
    )
    return PublishingTools(
        seams.storage(CutStorage(database, site)),
        {adapter.platform: seams.adapter(adapter) for adapter in adapters},
        OpenVault(),
        jitter=lambda: 0.5,
        monotonic=ground.time.seconds,
    )


def open_desk(database: Any, clock: Clock, ids: Ids) -> CallbackDesk:
    """What every process of the callbacks works with; each brings a writer of its own."""
    channels = {
        PlatformName.WECHAT: partial(WechatCallback, clock=clock),
        PlatformName.WEIBO: partial(WeiboCallback, clock=clock),
    }
    directory = Directory(database, OpenVault(), channels)
    directory.refresh()
    receipts = ReceiptDesk(database.receipts(), clock)
    answering = Answering(database.searching(), receipts, more_url=_search_address)
    return CallbackDesk(directory, answering, GroupWriter(database), clock, ids)


def _picture_address(sha256: str) -> str:
    return f"https://www.yunling.example/{sha256}"


def _search_address(words: str) -> str:
    return f"https://www.yunling.example/search?q={words}"
