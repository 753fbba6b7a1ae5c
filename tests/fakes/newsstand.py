"""A newsstand that shows what a test puts there."""

from collections.abc import Sequence

from bot.domain.accounts.account import AccountAccess
from bot.domain.errors import PlatformError
from bot.ports.newsstand import ShownPost


class ScriptedNewsstand:
    """Keeps the promise of `ports.newsstand.Newsstand`."""

    def __init__(self, *shown: ShownPost) -> None:
        self.shown = list(shown)
        self.error: PlatformError | None = None
        self.looks = 0

    def newest(self, access: AccountAccess) -> Sequence[ShownPost]:
        self.looks += 1
        if self.error is not None:
            raise self.error
        return self.shown
