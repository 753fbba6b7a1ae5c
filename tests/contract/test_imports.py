"""What every storage promises about files of replies."""

from dataclasses import replace

import pytest

from bot.domain.errors import NotFound
from bot.domain.ids import ImportId
from bot.domain.replies.importing import ReplyImport, RowFault, Table
from tests.contract.conftest import CompleteStorage
from tests.factories import NOW, after

ROWS = Table(("编号", "内容"), ((2, ("1", "停水")), (3, ("2", ""))))
ONE = ReplyImport(ImportId("imp_1"), "hotline", "12345", "a.xlsx", "0" * 64, "li", NOW, 2)
OTHER = replace(ONE, id=ImportId("imp_2"), staged_at=after(1))


def test_a_files_rows_wait_until_it_is_taken(storage: CompleteStorage) -> None:
    """Then only the record is left."""
    taken = replace(ONE, new=1, taken_at=after(9), faults=(RowFault(3, "没有内容"),))
    with storage.begin() as uow:
        uow.imports.stage(ONE, ROWS)
        uow.imports.stage(OTHER, ROWS)
        waiting = uow.imports.table(ONE.id)
        uow.imports.finish(taken)
        uow.commit()

    with storage.begin() as uow:
        assert waiting == ROWS
        assert uow.imports.table(ONE.id) is None
        assert uow.imports.get(ONE.id) == taken
        assert uow.imports.newest(limit=5) == [OTHER, taken]


def test_what_waited_too_long_is_forgotten_and_nothing_else(storage: CompleteStorage) -> None:
    """Records of what was taken stay."""
    with storage.begin() as uow:
        for record in (ONE, OTHER):
            uow.imports.stage(record, ROWS)
        uow.imports.finish(replace(ONE, taken_at=after(1)))
        uow.imports.forget_staged(before=after(5))

        assert [record.id for record in uow.imports.newest(limit=5)] == [ONE.id]
        with pytest.raises(NotFound):
            uow.imports.get(OTHER.id)
