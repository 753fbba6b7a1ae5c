"""What every storage promises about recalls."""

from dataclasses import replace

import pytest

from bot.domain.errors import NotFound
from bot.domain.ids import AccountId, PostId, RecallId, ReleaseId
from bot.domain.releases.recall import Recall, Recalled, RecallState
from tests.contract.conftest import CompleteStorage
from tests.factories import NOW, after

LEFT = Recalled(PostId("pst_1"), AccountId("acc_1"), RecallState.BY_HAND, "请到平台删除")
FIRST = Recall(RecallId("rec_1"), ReleaseId("rel_1"), 1, "数字有误", "li", NOW, (LEFT,))
SECOND = replace(FIRST, id=RecallId("rec_2"), release=ReleaseId("rel_2"), opened_at=after(1))


def test_recalls_come_back_open_ones_oldest_first(peopled: CompleteStorage) -> None:
    """A closed one stays on the list of all."""
    with peopled.begin() as uow:
        uow.recalls.add(FIRST)
        uow.recalls.add(SECOND)
        uow.commit()
    closed = replace(FIRST, closed_at=after(2))

    with peopled.begin() as uow:
        before = uow.recalls.open_ones()
        uow.recalls.save(closed)
        uow.commit()

    with peopled.begin() as uow:
        assert before == [FIRST, SECOND]
        assert uow.recalls.open_ones() == [SECOND]
        assert uow.recalls.newest() == [SECOND, closed]
        assert uow.recalls.newest(limit=1) == [SECOND]
        assert uow.recalls.of_release(ReleaseId("rel_1")) == [closed]
        assert uow.recalls.get(RecallId("rec_1")) == closed
        with pytest.raises(NotFound):
            uow.recalls.get(RecallId("rec_9"))
        with pytest.raises(NotFound):
            uow.recalls.save(replace(FIRST, id=RecallId("rec_9")))
