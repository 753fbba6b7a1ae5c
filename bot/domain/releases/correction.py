"""更正: which public posts are replaced by the published correction of a later version."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import AccountId, PostId


@dataclass(frozen=True)
class OutPost:
    """A post that a platform accepted: of which version, where, when."""

    post: PostId
    account: AccountId
    version: int
    accepted_at: datetime


def correcting_versions(corrections: Sequence[str | None]) -> frozenset[int]:
    """The numbers, from 1, of the versions that say what they correct (更正说明) where the one
    before did not say it yet. `corrections` are those of all versions in their order."""
    before = (None, *corrections)
    return frozenset(
        number
        for number, (former, said) in enumerate(zip(before, corrections, strict=False), start=1)
        if said and said != former
    )


def replaced_by(posts: Iterable[OutPost], correcting: frozenset[int]) -> Mapping[PostId, OutPost]:
    """For each post that was public before, the newest correction that its account published."""
    out = sorted(posts, key=lambda one: (one.version, one.accepted_at))
    return {
        one.post: later
        for one in out
        for later in out
        if later.version in correcting
        and later.account == one.account
        and later.version > one.version
    }
