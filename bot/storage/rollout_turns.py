"""One writer a rollout on PostgreSQL, as SQLite has one writer for all.

Siblings of a rollout look at each other ("is everybody prepared?") and people change posts while
workers send them. Whoever reads posts or deliveries in a unit of work that may write takes the
rollout's row first and keeps it, so that nothing it decided upon changes before its commit.
"""

from sqlalchemy import Connection, ScalarSelect, Select, select

from bot.domain.ids import DeliveryId, PostId, ReleaseId, RolloutId
from bot.storage.tables import deliveries, posts, rollouts


class RolloutTurns:
    """Takes the turns of rollouts for one transaction; does nothing on SQLite."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._has_one_writer = connection.dialect.name == "sqlite"

    def take(self, rollout: RolloutId) -> None:
        """The turn of this rollout."""
        self._take(select(rollouts.c.id).where(rollouts.c.id == rollout))

    def take_of_post(self, post: PostId) -> None:
        """The turn of the rollout the post belongs to."""
        self._take(_where_is(select(posts.c.rollout_id).where(posts.c.id == post)))

    def take_of_delivery(self, delivery: DeliveryId) -> None:
        """The turn of the rollout the delivery belongs to."""
        found = select(deliveries.c.rollout_id).where(deliveries.c.id == delivery)
        self._take(_where_is(found))

    def take_of_release(self, release: ReleaseId) -> None:
        """The turns of all rollouts of the release, always in the same order."""
        wanted = select(rollouts.c.id).where(rollouts.c.release_id == release)
        self._take(wanted.order_by(rollouts.c.id))

    def _take(self, wanted: Select[tuple[str]]) -> None:
        if not self._has_one_writer:
            self._connection.execute(wanted.with_for_update(key_share=True)).all()


def _where_is(rollout: Select[tuple[str]]) -> Select[tuple[str]]:
    found: ScalarSelect[str] = rollout.scalar_subquery()
    return select(rollouts.c.id).where(rollouts.c.id == found)
