"""What a platform offers beside publishing, as told beforehand."""

from collections.abc import Mapping, Sequence

from bot.domain.accounts.account import AccountAccess
from bot.domain.errors import PlatformError
from bot.domain.ids import AccountId
from bot.domain.posts.draft import DraftContent
from bot.ports.aftercare import PreviewReader


class ScriptedAftercare:
    """Keeps the promise of `ports.aftercare.Aftercare`; `refuses` says of which accounts it takes
    nothing down, `taken_down` whose posts it has."""

    def __init__(self) -> None:
        self.refuses: dict[AccountId, PlatformError] = {}
        self.taken_down: list[AccountId] = []
        self.dies = False

    def send_preview(
        self, access: AccountAccess, content: DraftContent, testers: Sequence[PreviewReader]
    ) -> None:
        raise AssertionError("no preview is expected here")

    def take_down(
        self, access: AccountAccess, evidence: Mapping[str, str], *, article: int = 0
    ) -> Mapping[str, str]:
        if self.dies:
            raise RuntimeError("the worker is gone")
        if access.account.id in self.refuses:
            raise self.refuses[access.account.id]
        self.taken_down.append(access.account.id)
        return {"taken_down": str(article) if article else "all"}

    def mass_speed(self, access: AccountAccess) -> int:
        return 0

    def set_mass_speed(self, access: AccountAccess, speed: int) -> None:
        raise AssertionError("no other speed is expected here")
