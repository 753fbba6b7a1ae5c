"""In-memory files of replies that were handed in."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.errors import NotFound
from bot.domain.ids import ImportId
from bot.domain.replies.importing import ReplyImport, Table
from tests.fakes.storage_state import State


class FakeReplyImports:
    """Records by id; the rows of those that wait beside them."""

    def __init__(self, state: State) -> None:
        self._state = state

    def stage(self, staged: ReplyImport, table: Table) -> None:
        self._state.reply_imports[staged.id] = staged
        self._state.import_tables[staged.id] = table

    def get(self, wanted: ImportId) -> ReplyImport:
        if wanted not in self._state.reply_imports:
            raise NotFound("导入的文件", wanted)
        return self._state.reply_imports[wanted]

    def table(self, wanted: ImportId) -> Table | None:
        return self._state.import_tables.get(wanted)

    def finish(self, taken: ReplyImport) -> None:
        self._state.reply_imports[taken.id] = taken
        self._state.import_tables.pop(taken.id, None)

    def newest(self, *, limit: int) -> Sequence[ReplyImport]:
        records = self._state.reply_imports.values()
        return sorted(records, key=lambda r: (r.staged_at, r.id), reverse=True)[:limit]

    def forget_staged(self, *, before: datetime) -> None:
        for old in [
            i for i in self._state.import_tables if self.get(ImportId(i)).staged_at < before
        ]:
            del self._state.import_tables[old], self._state.reply_imports[old]
