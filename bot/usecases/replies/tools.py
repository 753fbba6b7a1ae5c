"""What writing back needs from the world, handed over as one value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.accounts.account import Account, PlatformName
from bot.domain.errors import InvalidInput, Problem
from bot.domain.replies.answer import Answer
from bot.domain.replies.reply import Reply
from bot.ports.clock import Ids
from bot.ports.commenting import CommentDesk
from bot.ports.correspondence import Correspondent, Letter
from bot.ports.doorbell import Doorbell
from bot.usecases.publishing.tools import PublishingTools

T = TypeVar("T")
FindFigures = Callable[[str, Sequence[str]], Sequence[str]]
"""Figures of an answer that neither these texts nor anything it names or is drawn from states."""


def look_for_none(_answer: str, _sources: Sequence[str]) -> Sequence[str]:
    """Every figure counts as told by somebody."""
    return ()


@dataclass(frozen=True)
class CorrespondenceTools:
    """Publishing, and what platforms offer for answers and comments. What a person writes waits
    `undo_seconds` before it leaves, and `figures` finds what of it has no source."""

    publishing: PublishingTools
    correspondents: Mapping[PlatformName, Correspondent]
    comment_desks: Mapping[PlatformName, CommentDesk]
    doorbell: Doorbell
    ids: Ids
    undo_seconds: int = 0
    figures: FindFigures = look_for_none

    def correspondent(self, account: Account) -> Correspondent:
        """Who writes back on the account's platform.

        Raises:
            InvalidInput: nobody does.
        """
        return _offered(self.correspondents, account)

    def comment_desk(self, account: Account) -> CommentDesk:
        """Who looks after comments on the account's platform.

        Raises:
            InvalidInput: nobody does.
        """
        return _offered(self.comment_desks, account)


def letter_of(answer: Answer, reply: Reply) -> Letter:
    """The answer as an adapter sends it."""
    said = reply.incoming
    return Letter(answer.way, answer.content, said.sender, said.target, said.platform_id)


def _offered(offers: Mapping[PlatformName, T], account: Account) -> T:
    if account.platform is PlatformName.FILES:
        words = f"“{account.name}”的来件不能从这里直接回复，请用电话、书面等方式答复"
        raise InvalidInput([Problem("account", words)])
    if account.platform not in offers:
        words = f"账号“{account.name}”所在的平台还不能从这里答复，请到平台后台处理"
        raise InvalidInput([Problem("account", words)])
    return offers[account.platform]
