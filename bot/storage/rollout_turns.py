"""One writer a rollout on PostgreSQL, as SQLite has one writer for all.

Siblings of a rollout look at each other ("is everybody prepared?") and people change posts while
workers send them. Whoever reads posts or deliveries in a unit of work that may write takes the
rollout's row first and keeps it, so that nothing it decided upon changes before its commit.
"""

from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from bot.domain.ids import DeliveryId, PostId, ReleaseId, RolloutId
from bot.storage.engine import only_reads
from bot.storage.tables import deliveries, posts, rollouts

_LOCK = select(rollouts.c.id).with_for_update(key_share=True)
_ITSELF = _LOCK.where(rollouts.c.id == bindparam("which"))
_OF_POST = _LOCK.where(
    rollouts.c.id
    == select(posts.c.rollout_id).where(posts.c.id == bindparam("which")).scalar_subquery()
)
_OF_DELIVERY = _LOCK.where(
    rollouts.c.id
    == select(deliveries.c.rollout_id)
    .where(deliveries.c.id == bindparam("which"))
    .scalar_subquery()
)
_OF_RELEASE = _LOCK.where(rollouts.c.release_id == bindparam("which")).order_by(rollouts.c.id)


class RolloutTurns:
    """Takes the turns of rollouts for one transaction; does nothing on SQLite, nor for a look.

    A turn is kept to the transaction's end, so one that was taken is not asked for again.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_needless = connection.dialect.name == "sqlite" or only_reads(connection)
        self._taken: set[str] = set()

    def forget(self) -> None:
        """The transaction has ended, and all turns with it."""
        self._taken.clear()

    def take(self, rollout: RolloutId) -> None:
        """The turn of this rollout."""
        self._take(_ITSELF, rollout)

    def take_of_post(self, post: PostId) -> None:
        """The turn of the rollout the post belongs to."""
        self._take(_OF_POST, post)

    def take_of_delivery(self, delivery: DeliveryId) -> None:
        """The turn of the rollout the delivery belongs to."""
        self._take(_OF_DELIVERY, delivery)

    def take_of_release(self, release: ReleaseId) -> None:
        """The turns of all rollouts of the release, always in the same order."""
        self._take(_OF_RELEASE, release)

    def _take(self, lock: Select[Any], which: str) -> None:
        if self._is_needless or which in self._taken:
            return
        locked = self._connection.scalars(lock, {"which": which}).all()
        self._taken |= {which, *locked}
