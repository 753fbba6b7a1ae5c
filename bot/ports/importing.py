"""Tables of other desks, as taking them in needs them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.ids import ImportId
from bot.domain.replies.importing import ReplyImport, Table


class ReadTable(Protocol):
    """Reads the first sheet of a file; its first row that holds anything has the headings."""

    def __call__(self, content: bytes, file_name: str) -> Table:
        """The table, every cell as text.

        Raises:
            InvalidInput: no format we read, locked, damaged, or larger than any such table is.
        """
        ...


class ReplyImports(Protocol):
    """Files that were handed in, with what became of them. Rows wait here between being looked at
    and being taken, and no longer."""

    def stage(self, staged: ReplyImport, table: Table) -> None: ...

    def get(self, wanted: ImportId) -> ReplyImport: ...

    def table(self, wanted: ImportId) -> Table | None:
        """The rows of a file that waits; None once it is taken."""
        ...

    def finish(self, taken: ReplyImport) -> None:
        """Store what became of it, and let its rows go."""
        ...

    def newest(self, *, limit: int) -> Sequence[ReplyImport]: ...

    def forget_staged(self, *, before: datetime) -> None:
        """Files that were handed in before then and never taken leave nothing."""
        ...
