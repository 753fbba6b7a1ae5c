"""Our side of a simulated day: accounts, one approved release, and posts that are due."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.callbacks.grouping import GroupWriter
from bot.domain.accounts.account import PlatformName
from bot.domain.accounts.authorisation import LEGAL_BASIS
from bot.domain.ids import AccountId, PostId, RolloutId
from bot.domain.posts.draft import Draft, DraftContent
from bot.domain.posts.post import PostState
from bot.domain.posts.rollout import RolloutPolicy
from bot.ports.correspondence import Correspondent
from bot.ports.media import MediaStore
from bot.ports.platform import PlatformAdapter
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.posts.review_post import approve_post
from bot.usecases.posts.schedule_post import schedule_post
from tests import factories as make
from tests.fakes.vault import OpenVault
from tests.integration.publishing.routes import Way
from tests.integration.publishing.town import EDITOR, REVIEWER, NumberedIds
from tests.proof.doorway import InlineWriter
from tests.proof.faults import Fault
from tests.proof.ground import AES_KEY, TOKEN
from tests.proof.platforms import Platform, url_of

if TYPE_CHECKING:
    from tests.proof.day import Day
    from tests.proof.sequel import Morning, Sequel

ROLLOUT = RolloutId("rol_1")


@dataclass(frozen=True)
class Plan:
    """What a day is about: the ways out, and how the platforms answer open questions.

    `ends_refused`: the platform takes the post and then finds fault with it. With a `sequel` the
    post is out, and it is what follows that is cut. With a `morning` no post is ordered: it is
    planned from a release. `only` these faults are tried, if it names any.
    """

    name: str
    ways: tuple[Way, ...]
    switches: Mapping[PlatformName, Mapping[str, Any]] = field(default_factory=dict)
    ends_refused: bool = False
    only: frozenset[Fault] = frozenset()
    morning: "Callable[[Day], Morning] | None" = None
    sequel: "Callable[[Day], Sequel] | None" = None


@dataclass(frozen=True)
class Party:
    """One post of the day on its account."""

    way: Way
    platform: Platform
    number: int
    name: str

    @property
    def account(self) -> AccountId:
        return AccountId(f"{self.platform.name.value}_{self.number:02}")

    @property
    def post(self) -> PostId:
        return PostId(f"pst_{self.account}")

    @property
    def effects(self) -> int:
        """How often the public got the post, by the platform's own books."""
        return self.platform.effects(self.name)


@dataclass
class Seams:
    """Where a test of the proof puts a known bug: round the storage, the adapters, who writes
    back, the writer of pushes."""

    storage: Callable[[Storage], Storage] = lambda storage: storage
    adapter: Callable[[PlatformAdapter], PlatformAdapter] = lambda adapter: adapter
    correspondent: Callable[[Correspondent], Correspondent] = lambda correspondent: correspondent
    writer: Callable[[Storage], GroupWriter] = InlineWriter


def order_posts(
    parties: tuple[Party, ...], storage: Storage, *, media: MediaStore, due_at: datetime
) -> None:
    """One release, one rollout, a post for each party, approved by four eyes and scheduled."""
    drafts = {party.post: Draft(_content(party.way, media)) for party in parties}
    policy = RolloutPolicy.ALL_OR_NOTHING if len(parties) > 1 else RolloutPolicy.AS_READY
    with storage.begin() as uow:
        uow.sources.add(make.source())
        uow.releases.add(make.release())
        uow.posts.add_rollout(make.rollout(id=ROLLOUT, policy=policy))
        for party in parties:
            open_account(uow, party)
            uow.posts.add(_post(party, drafts[party.post]))
        uow.commit()
    ids = NumberedIds()
    for post, draft in drafts.items():
        approve_post(post, content_hash=draft.content.hash, actor=REVIEWER, storage=storage)
        schedule_post(post, at=due_at, actor=EDITOR, storage=storage, ids=ids)


_CONTENTS: dict[Way, DraftContent] = {}


def _content(way: Way, media: MediaStore) -> DraftContent:
    if way not in _CONTENTS:
        content = way.content(media)
        articles = tuple(replace(article, open_comments=True) for article in content.articles)
        _CONTENTS[way] = replace(content, articles=articles)
    return _CONTENTS[way]


def open_account(uow: UnitOfWork, party: Party) -> None:
    """The party's account as we know it, with its secrets."""
    account, secrets = party.way.account(party.number, url_of(party.platform.name))
    account = replace(
        account,
        id=party.account,
        name=party.account,
        quota_profile="documented",
        comment_privilege=True,
        options={**account.options, LEGAL_BASIS: "政务公开", "letters_per_message": "2"},
    )
    secrets |= {"token": TOKEN, "aes_key": AES_KEY}
    uow.accounts.add(account, OpenVault().seal(secrets))


def _post(party: Party, draft: Draft) -> Any:
    return make.post(
        id=party.post,
        rollout=ROLLOUT,
        account=party.account,
        draft=draft,
        state=PostState.IN_REVIEW,
        approved_hash=None,
        submitted_by=EDITOR.name,
        due_at=None,
    )
