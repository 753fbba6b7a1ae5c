"""Rollouts as rows, and back."""

from typing import Any

from sqlalchemy import Row

from bot.domain.ids import ReleaseId, RolloutId
from bot.domain.posts.rollout import Rollout, RolloutPolicy, RolloutState
from bot.storage.tables import rollouts

ROLLOUT_COLUMNS = [column.label(f"rollouts_{column.name}") for column in rollouts.c]
"""The columns of a rollout under names that leave room for others beside them."""


def rollout_values(rollout: Rollout) -> dict[str, Any]:
    """The columns of a rollout."""
    return {
        "id": rollout.id,
        "release_id": rollout.release,
        "release_version": rollout.release_version,
        "policy": rollout.policy,
        "state": rollout.state,
        "due_at": rollout.due_at,
        "created_at": rollout.created_at,
    }


def rollout_row(row: Row[Any]) -> Rollout:
    """The rollout of a row that has the `ROLLOUT_COLUMNS`."""
    return Rollout(
        id=RolloutId(row.rollouts_id),
        release=ReleaseId(row.rollouts_release_id),
        release_version=row.rollouts_release_version,
        policy=RolloutPolicy(row.rollouts_policy),
        state=RolloutState(row.rollouts_state),
        due_at=row.rollouts_due_at,
        created_at=row.rollouts_created_at,
    )
