"""Writing back to followers on one platform."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.domain.accounts.account import Account, AccountAccess
from bot.domain.errors import Problem
from bot.domain.replies.answer import AnswerContent, Way
from bot.domain.replies.erasure import ErasureReason
from bot.domain.replies.window import WindowRules


@dataclass(frozen=True)
class Letter:
    """One answer on its way: a letter goes to `recipient`, a word under a comment to `comment`
    of the article (or post) `target`."""

    way: Way
    content: AnswerContent
    recipient: str
    target: str
    comment: str


class Correspondent(Protocol):
    """Sends answers. Shared between threads."""

    def window_rules(self, account: Account) -> WindowRules:
        """What followers' acts allow on this account, as its options say."""
        ...

    def leavings(self) -> Mapping[str, ErasureReason]:
        """Events, in small letters, by which a follower leaves, and what each asks for."""
        ...

    def faults(self, content: AnswerContent, way: Way, account: Account) -> tuple[Problem, ...]:
        """Everything for which the platform would refuse this content. Pure."""
        ...

    def send(self, access: AccountAccess, letter: Letter, *, seconds: float) -> None:
        """Send it, once, within `seconds`; nothing leaves later.

        Raises:
            PlatformError: as the tree in `bot.domain.errors` tells them apart.
        """
        ...

    def is_there(self, access: AccountAccess, letter: Letter, *, seconds: float) -> bool:
        """Whether this very word stands under its comment. Only for ways that can be looked for.

        Raises:
            PlatformError: another word stands there, the comment is gone, or nobody can tell.
        """
        ...
