"""An upload cache in memory."""

from collections.abc import Mapping

from bot.domain.ids import AccountId


class FakeUploadCache:
    """Keeps the promise of `ports.uploads.UploadCache`."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str, str], Mapping[str, str]] = {}

    def get(self, account: AccountId, purpose: str, sha256: str) -> Mapping[str, str] | None:
        return self.kept.get((account, purpose, sha256))

    def put(self, account: AccountId, purpose: str, sha256: str, answer: Mapping[str, str]) -> None:
        self.kept[account, purpose, sha256] = dict(answer)
