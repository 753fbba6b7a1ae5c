"""A search that scans: what every index must find too."""

from collections.abc import Sequence

from bot.domain.ids import AccountId
from bot.domain.posts.post import PostKind
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.releases.release import Release, ReleaseState
from bot.domain.releases.searching import SearchHit, searchable, text_to_search
from tests.fakes.storage_releases import FakeReleases
from tests.fakes.storage_state import State


class FakeReleaseSearch:
    """Every released text against the words, one after the other."""

    def __init__(self, state: State) -> None:
        self._state = state

    def released(self, words: str, *, account: AccountId, limit: int) -> Sequence[SearchHit]:
        needle = searchable(words)
        released = FakeReleases(self._state).in_state(ReleaseState.RELEASED, limit=1_000_000)
        found = [r for r in released if needle and needle in text_to_search(r)]
        found.sort(key=lambda r: (needle in searchable(r.content.title), r.received_at))
        return [self._hit(release, account) for release in found[: -limit - 1 : -1]]

    def _hit(self, release: Release, account: AccountId) -> SearchHit:
        content = release.content
        return SearchHit(
            release=release.id,
            title=content.title,
            document_number=content.document_number,
            issuing_bodies=content.issuing_bodies,
            url=self._live_url(release, account) or content.source_url or "",
        )

    def _live_url(self, release: Release, account: AccountId) -> str:
        live = []
        for delivery in self._state.deliveries.values():
            post, receipt = self._state.posts[delivery.post], delivery.receipt
            if (post.release, post.account) != (release.id, account) or receipt is None:
                continue
            if delivery.state is not DeliveryState.REMOVED and receipt.published and receipt.urls:
                by_itself = post.kind is not PostKind.INTERPRETATION
                live.append((by_itself, receipt.published.at, receipt.urls[0]))
        return max(live)[-1] if live else ""
