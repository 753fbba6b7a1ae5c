"""What a person may ask of a platform beside the route: previews, taking down, sending speed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.accounts.account import AccountAccess
from bot.domain.posts.draft import DraftContent


@dataclass(frozen=True)
class PreviewReader:
    """Who gets a preview: a follower by openid, or anybody by the WeChat id they chose."""

    openid: str = ""
    wechat_id: str = ""


class Aftercare(Protocol):
    """Beside publishing. Every method raises only `PlatformError`s."""

    def send_preview(
        self, access: AccountAccess, content: DraftContent, testers: Sequence[PreviewReader]
    ) -> None:
        """Show `content` to each tester; nothing of it stays in the account's draft box."""
        ...

    def take_down(
        self, access: AccountAccess, evidence: Mapping[str, str], *, article: int = 0
    ) -> Mapping[str, str]:
        """Take what a delivery published away, or one article of it (from 1; 0 means all).

        `evidence` is what the delivery's journal learnt. Taking down again what is down already
        is no error. Returns what was learnt.
        """
        ...

    def mass_speed(self, access: AccountAccess) -> int:
        """How fast the account sends to its followers: 0 (fastest) to 4."""
        ...

    def set_mass_speed(self, access: AccountAccess, speed: int) -> None:
        """Set how fast the account sends to its followers."""
        ...
