"""What every storage promises about the review of posts and about deputies."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.deputies import Deputy
from bot.domain.errors import NotFound
from bot.domain.ids import DeputyId, PostId
from bot.domain.posts.review import ReviewStep
from bot.domain.posts.review_log import ReviewEntry, ReviewEvent
from tests import factories as make
from tests.contract.conftest import CompleteStorage

POST = PostId("pst_1")
FIRST, LAST = date(2026, 11, 23), date(2026, 11, 27)
DEPUTY = Deputy(DeputyId("dep_1"), "chen", "wang", FIRST, LAST, "chen", make.NOW)


def entry(event: ReviewEvent, text: str) -> ReviewEntry:
    return ReviewEntry(POST, event, make.NOW, "wang", "hash", 1, ReviewStep.SECOND, text)


def test_lines_come_back_in_order(peopled: CompleteStorage) -> None:
    """A short look takes the newest."""
    lines = [entry(ReviewEvent.RETURNED, "金额有误"), entry(ReviewEvent.COMMENTED, "好")]
    with peopled.begin() as uow:
        for line in lines:
            uow.reviews.add(line)
        uow.commit()

    with peopled.begin() as uow:
        assert uow.reviews.of_post(POST) == lines
        assert uow.reviews.of_post(POST, limit=1) == lines[1:]


def test_deputies_act_on_their_days(storage: CompleteStorage) -> None:
    """Both ends included; not before, not after, not when it was taken back."""
    later = replace(DEPUTY, id=DeputyId("dep_2"), since=LAST)
    with storage.begin() as uow:
        uow.deputies.add(DEPUTY)
        uow.deputies.add(later)
        uow.commit()

    with storage.begin() as uow:
        assert uow.deputies.acting_for("wang", day=FIRST) == [DEPUTY]
        assert uow.deputies.acting_for("wang", day=LAST) == [DEPUTY, later]
        assert uow.deputies.acting_for("wang", day=date(2026, 11, 28)) == []
        assert uow.deputies.acting_for("chen", day=FIRST) == []
        uow.deputies.save(replace(DEPUTY, ended_at=make.NOW))
        assert uow.deputies.acting_for("wang", day=FIRST) == []
        assert uow.deputies.not_over(day=FIRST) == [later]
        with pytest.raises(NotFound):
            uow.deputies.get(DeputyId("dep_9"))
