"""What every storage promises about transactions and its clock."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import NotFound
from bot.domain.ids import PostId, ReleaseId, SourceId
from tests.contract.conftest import CompleteStorage
from tests.factories import NOW, delivery, post, release, reply, source


def test_what_is_not_committed_is_gone(peopled: CompleteStorage) -> None:
    """Leaving a unit of work without commit leaves nothing behind, in any table."""
    with peopled.begin() as uow:
        uow.sources.add(source(id=SourceId("other")))
        uow.releases.save(release(source_key="changed"))
        uow.deliveries.add(delivery())
        uow.replies.store([reply()])
        uow.audit.write(actor="a", action="b", object_kind="c", object_id="d")
        uow.stops.stop_everything(by="a")

    with peopled.begin() as uow:
        assert len(uow.sources.all()) == 1
        assert uow.releases.get(ReleaseId("rel_1")) == release()
        assert uow.deliveries.of_post(PostId("pst_1")) == []
        assert uow.replies.recent(reply().incoming.account) == []
        assert uow.audit.records() == []
        assert not uow.stops.everything_is_stopped()


def test_an_error_rolls_back(peopled: CompleteStorage) -> None:
    """An exception leaves nothing behind and reaches the caller unchanged."""

    def change_and_fail() -> None:
        with peopled.begin() as uow:
            uow.posts.save(post(hold_reason="等一等"))
            uow.posts.get(PostId("nowhere"))

    with pytest.raises(NotFound):
        change_and_fail()

    with peopled.begin() as uow:
        assert uow.posts.get(PostId("pst_1")) == post()


def test_what_follows_a_commit_is_a_new_transaction(peopled: CompleteStorage) -> None:
    """After a commit in one unit of work, later changes need a commit of their own."""
    with peopled.begin() as uow:
        uow.posts.save(post(hold_reason="第一次"))
        uow.commit()
        uow.posts.save(post(hold_reason="第二次"))

    with peopled.begin() as uow:
        assert uow.posts.get(PostId("pst_1")).hold_reason == "第一次"


def test_what_was_read_stays_true_until_commit(peopled: CompleteStorage) -> None:
    """Units of work that read a post and write it do not overwrite each other."""

    def add_one(_: int) -> None:
        with peopled.begin() as uow:
            old = uow.posts.get(PostId("pst_1"))
            uow.posts.save(replace(old, grace_seconds=old.grace_seconds + 1))
            uow.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add_one, range(20)))

    with peopled.begin() as uow:
        assert uow.posts.get(PostId("pst_1")).grace_seconds == post().grace_seconds + 20


def test_siblings_see_each_other_prepared(peopled: CompleteStorage) -> None:
    """When two members of a rollout save and look at once, the later one sees both."""
    with peopled.begin() as uow:
        uow.posts.add(post(id=PostId("pst_2")))
        uow.deliveries.add(delivery())
        uow.deliveries.add(delivery(id="dlv_2", post=PostId("pst_2")))
        uow.commit()

    def prepare(name: str) -> int:
        with peopled.begin() as uow:
            mine = uow.deliveries.get(name)  # type: ignore[arg-type]
            uow.deliveries.save(replace(mine, prepared_at=NOW))
            ready = sum(m.prepared for m in uow.deliveries.members(mine.rollout))
            uow.commit()
        return ready

    with ThreadPoolExecutor(2) as pool:
        seen = sorted(pool.map(prepare, ["dlv_1", "dlv_2"]))

    assert seen == [1, 2]


def test_a_look_shows_what_is_committed(peopled: CompleteStorage) -> None:
    """Everything can be read in it, as in any unit of work."""
    with peopled.look() as uow:
        assert uow.posts.get(PostId("pst_1")) == post()
        assert uow.posts.rollout(post().rollout).release == ReleaseId("rel_1")
        assert uow.now().utcoffset() == timedelta(0)


def test_a_look_cannot_commit(peopled: CompleteStorage) -> None:
    """Whoever wants to write has to begin to."""
    with pytest.raises(TypeError), peopled.look() as uow:
        uow.commit()


def test_the_clock_is_aware_and_in_utc(storage: CompleteStorage) -> None:
    """Times are aware UTC, so that they can be compared and converted."""
    with storage.begin() as uow:
        now = uow.now()

    assert now.utcoffset() == timedelta(0)
