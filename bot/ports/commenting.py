"""Looking after the comments under what we published on one platform."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.domain.accounts.account import AccountAccess


@dataclass(frozen=True)
class CommentPlace:
    """A comment by the platform's ids: its article (or post), and its own within that."""

    target: str
    comment: str


COMMENT_GONE = "comment_gone"
"""In the evidence of an error: the comment itself is not there any more."""


class CommentDesk(Protocol):
    """Every method may be repeated: what is so already is no error. Raises only
    `PlatformError`s; one about a comment that is gone carries `COMMENT_GONE`."""

    def open(self, access: AccountAccess, evidence: Mapping[str, str], *, article: int = 0) -> None:
        """Let readers comment on what a delivery published, or on one article (from 1; 0: all).

        `evidence` is what the delivery's journal learnt.
        """
        ...

    def close(
        self, access: AccountAccess, evidence: Mapping[str, str], *, article: int = 0
    ) -> None:
        """Let nobody comment any more; what is there stays."""
        ...

    def select(self, access: AccountAccess, place: CommentPlace) -> None:
        """Show the comment to all readers (精选)."""
        ...

    def unselect(self, access: AccountAccess, place: CommentPlace) -> None:
        """Show it no longer."""
        ...

    def delete(self, access: AccountAccess, place: CommentPlace) -> None:
        """Take the comment away, with the author's word under it."""
        ...

    def delete_answer(self, access: AccountAccess, place: CommentPlace) -> None:
        """Take the author's word away; the comment stays."""
        ...
