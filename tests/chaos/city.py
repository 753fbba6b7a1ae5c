"""The city of a chaos run: accounts, releases and posts, on our side and on the platforms'."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from bot.bootstrap import House
from bot.domain.accounts.account import Account, Mode, PlatformName
from bot.domain.ids import AccountId, DeliveryId, PostId, ReleaseId, RolloutId
from bot.domain.permissions import SYSTEM
from bot.domain.posts.draft import Draft, DraftContent
from bot.domain.publishing.delivery import Delivery
from bot.ports.storage import UnitOfWork
from bot.usecases.accounts.add_account import add_account
from tests import factories as make
from tests.chaos.extent import Extent
from tests.integration.publishing.routes import LINK, TITLE, WAYS, Way

TOKEN, AES_KEY = "InventedToken", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
POSTS_A_ROLLOUT = 10
SHARE_DUE = 0.8
"""The share of the storm in which posts fall due."""
QUICK = {"poll_seconds": "2", "look_seconds": "0 2 5", "settling_seconds": "1"}
"""Searches that follow each other sooner than they would, since a run has minutes, not hours."""
THRIFTY = {"look_seconds": "0 10 30 60"}
"""The same within documented quotas: steps that wait ask as rarely as they always do."""


@dataclass(frozen=True)
class Holder:
    """An account: the platform calls it `name`, we call it `id`."""

    way: Way
    number: int

    @property
    def name(self) -> str:
        return f"a{self.number}"

    @property
    def id(self) -> AccountId:
        return AccountId(f"{self.way.platform.value}_{self.number:02}")


@dataclass(frozen=True)
class Order:
    """One post: on whose account, under a title that no other post has, and when."""

    number: int
    holder: Holder
    due_at: datetime

    @property
    def post(self) -> PostId:
        return PostId(f"pst_{self.number:05}")

    @property
    def delivery(self) -> DeliveryId:
        return DeliveryId(f"dlv_{self.number:05}")

    @property
    def title(self) -> str:
        return f"关于办理第{self.number:05}号事项的通知"


class City:
    """Everything that is planned; it is on no platform and in no database before it is settled."""

    def __init__(self, extent: Extent) -> None:
        self.extent = extent
        publish, mass, share = (WAYS[name] for name in _WAYS)
        first_mass = extent.publish_accounts + 1
        self.publishing = [Holder(publish, n) for n in range(1, first_mass)]
        self.pushing = [Holder(mass, n) for n in range(first_mass, extent.wechat_accounts + 1)]
        self.sharing = [Holder(share, n) for n in range(1, extent.share_accounts + 1)]

    @cached_property
    def holders(self) -> list[Holder]:
        """All of them."""
        return [*self.publishing, *self.pushing, *self.sharing]

    def scenario(self, callbacks: str) -> dict[str, Any]:
        """The platforms, as a file of the simulator says it; `callbacks` is our door's address."""
        wechat, weibo = WAYS["wechat publish"], WAYS["weibo share"]
        tables = wechat.scenario(self.extent.wechat_accounts) | weibo.scenario(
            self.extent.share_accounts
        )
        for holder, account in zip(
            (*self.publishing, *self.pushing), tables["wechat"]["accounts"], strict=True
        ):
            account["callback_url"] = f"{callbacks}/callbacks/wechat/{holder.id}"
            account |= {"token": TOKEN, "aes_key": AES_KEY}
        # Two posts of one text must both show in the books, else nobody would see that there are.
        tables["weibo"]["switches"] = {"dedup": "off"}
        for table in tables.values():
            table["quota_profile"] = self.extent.quota_profile
        return tables

    def orders(self, begin: datetime) -> Iterator[Order]:
        """Every post; they fall due one after the other while it storms."""
        shared = [h for h in self.sharing for _ in range(self.extent.posts_a_share_account)]
        rest = self.extent.posts - len(shared) - len(self.pushing)
        published = [self.publishing[n % len(self.publishing)] for n in range(rest)]
        step = SHARE_DUE * self.extent.storm_seconds / self.extent.posts
        for number, holder in enumerate(_mixed(published, [*shared, *self.pushing])):
            yield Order(number + 1, holder, begin + timedelta(seconds=number * step))

    def open_accounts(self, house: House, urls: Mapping[PlatformName, str]) -> None:
        """Enter every account, as somebody who may."""
        for holder in self.holders:
            account, secrets = _account(holder, urls[holder.way.platform], self.extent)
            add_account(account, secrets, actor=SYSTEM, storage=house.storage, vault=house.vault)

    def order_posts(self, house: House) -> list[Order]:
        """Every release and post, approved and scheduled; the first is due now."""
        contents = {way: way.content(house.media) for way in {h.way for h in self.holders}}
        orders = list(self.orders(datetime.now(UTC)))
        with house.storage.begin() as uow:
            uow.sources.add(make.source())
            for start in range(0, len(orders), POSTS_A_ROLLOUT):
                _add_rollout(uow, orders[start : start + POSTS_A_ROLLOUT], contents)
            uow.commit()
        return orders


_WAYS = ("wechat publish", "wechat mass", "weibo share")


def _mixed(many: list[Holder], few: list[Holder]) -> list[Holder]:
    """The few spread evenly among the many."""
    every = len(many) / max(1, len(few))
    places = [(n + 0.5, h) for n, h in enumerate(many)]
    places += [((n + 0.25) * every, h) for n, h in enumerate(few)]
    return [holder for _, holder in sorted(places, key=lambda place: place[0])]


def _account(holder: Holder, url: str, extent: Extent) -> tuple[Account, dict[str, str]]:
    account, secrets = holder.way.account(holder.number, url)
    quick = QUICK if extent.quota_profile == "load" else THRIFTY
    account = replace(
        account,
        id=holder.id,
        name=str(holder.id),
        quota_profile=extent.quota_profile,
        options={**account.options, **quick},
    )
    return account, secrets | {"token": TOKEN, "aes_key": AES_KEY}


def _add_rollout(
    uow: UnitOfWork, orders: list[Order], contents: Mapping[Way, DraftContent]
) -> None:
    first = orders[0]
    release = make.release(
        id=ReleaseId(f"rel_{first.number:05}"),
        source_key=str(first.number),
        content=make.content(title=first.title, document_number=None),
    )
    rollout = make.rollout(
        id=RolloutId(f"rol_{first.number:05}"), release=release.id, due_at=first.due_at
    )
    uow.releases.add(release)
    uow.posts.add_rollout(rollout)
    for order in orders:
        draft = Draft(_content(contents[order.holder.way], order))
        uow.posts.add(
            make.post(
                id=order.post,
                rollout=rollout.id,
                release=release.id,
                account=order.holder.id,
                draft=draft,
                due_at=order.due_at,
            )
        )
        uow.deliveries.add(_delivery(order, rollout.id, draft))


def _content(content: DraftContent, order: Order) -> DraftContent:
    link = f"{LINK}?n={order.number}"
    articles = tuple(
        replace(article, title=order.title, source_url=link) for article in content.articles
    )
    text = content.text.replace(TITLE, order.title).replace(LINK, link)
    return replace(content, articles=articles, text=text)


def _delivery(order: Order, rollout: RolloutId, draft: Draft) -> Delivery:
    return make.delivery(
        id=order.delivery,
        post=order.post,
        rollout=rollout,
        account=order.holder.id,
        content_hash=draft.content.hash,
        due_at=order.due_at,
        next_at=order.due_at,
    )


def is_pushed(holder: Holder) -> bool:
    """Whether its platform knows a repeated call by our key."""
    return holder.way.mode is Mode.MASS
