"""What became of every post, by the platforms' own books and by our database."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from bot.bootstrap import House
from bot.domain.accounts.account import PlatformName
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.sandbox.journal import Call
from bot.sandbox.running import ControlClient
from bot.vault.keys import Purpose, derive
from tests.chaos.city import City, Holder, Order, is_pushed
from tests.judging import Fate, is_resent, overdrawn, wrongs_of, wrongs_of_chain


@dataclass(frozen=True)
class Shown:
    """One thing the public of an account can find."""

    id: str
    words: str


@dataclass(frozen=True)
class Books:
    """What the platforms say they show, and what they were asked for."""

    shown: Mapping[Holder, Sequence[Shown]]
    calls: Mapping[Holder, Sequence[Call]]

    @staticmethod
    def read(city: City, controls: Mapping[PlatformName, ControlClient]) -> "Books":
        """As they stand now."""
        accounts = {name: control.state()["accounts"] for name, control in controls.items()}
        calls = {
            name: [Call(**call) for call in control.calls()] for name, control in controls.items()
        }
        return Books(
            {h: _shown(h, accounts[h.way.platform][h.name]) for h in city.holders},
            {
                h: [call for call in calls[h.way.platform] if call.account == h.name]
                for h in city.holders
            },
        )

    def effects(self, order: Order) -> int:
        """How often the public got the post."""
        return sum(order.title in one.words for one in self.shown[order.holder])

    def public_ids(self, holder: Holder) -> set[str]:
        """The ids of all that readers can find."""
        return {one.id for one in self.shown[holder]}


def _shown(holder: Holder, account: Mapping[str, Any]) -> list[Shown]:
    if holder.way.platform is PlatformName.WEIBO:
        return [Shown(one["id"], one["submitted"]) for one in account["posts"]]
    return [
        Shown(one["article_id"], "\n".join(article["title"] for article in one["articles"]))
        for one in account["published"]
    ]


@dataclass(frozen=True)
class Reckoning:
    """Both sides, side by side."""

    city: City
    orders: Sequence[Order]
    books: Books
    house: House

    @cached_property
    def deliveries(self) -> Mapping[Order, Delivery]:
        """Every post's delivery as stored."""
        with self.house.storage.begin() as uow:
            return {order: uow.deliveries.get(order.delivery) for order in self.orders}

    @property
    def effects(self) -> int:
        """How many posts the platforms show in all."""
        return sum(len(shown) for shown in self.books.shown.values())

    @property
    def held(self) -> dict[str, int]:
        """How many are held, or wait for a person, by the first sentence of their reason."""
        resting = (d for d in self.deliveries.values() if d.state is not DeliveryState.DELIVERED)
        return dict(Counter(d.hold_reason.split("。")[0] for d in resting).most_common())

    def wrongs(self) -> Iterator[str]:
        """Every promise that is broken."""
        for order, delivery in self.deliveries.items():
            ids = self.books.public_ids(order.holder)
            yield from wrongs_of(Fate(delivery, self.books.effects(order), ids))
        counted = sum(self.books.effects(order) for order in self.orders)
        if counted != self.effects:
            yield f"the platforms show {self.effects} posts, {counted} of them are ours"
        for holder in self.city.holders:
            yield from self._wrongs_of_calls(holder)
        key = derive(self.house.settings.secret_key, Purpose.AUDIT)
        yield from wrongs_of_chain(self.house.storage, key)

    def _wrongs_of_calls(self, holder: Holder) -> Iterator[str]:
        calls = self.books.calls[holder]
        for path in overdrawn(calls):
            yield f"{holder.id}: no call of {path} was left, and it was called"
        asked = sorted((c for c in calls if c.path == holder.way.accepting), key=_digest)
        for _, same in groupby(asked, key=_digest):
            if not is_pushed(holder) and is_resent(list(same)):
                yield f"{holder.id}: a post was sent again after the platform had taken it"


def _digest(call: Call) -> str:
    return call.digest
