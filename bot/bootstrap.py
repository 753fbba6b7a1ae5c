"""The one composition root: builds every adapter, once a process."""

import random
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx

from bot.config import Settings
from bot.coordination.heartbeats import RedisHeartbeats
from bot.domain.ids import ReleaseId
from bot.domain.notices.channel import ChannelKind
from bot.fetching.guard import Guard
from bot.fetching.http import HttpFetcher
from bot.jobs.bell import CeleryDoorbell, open_doorbell
from bot.jobs.names import Queue
from bot.language.digest import make_digest
from bot.language.titles import shorten_title
from bot.language.words import split_words
from bot.notices.senders import senders
from bot.observability import LoggedSteps
from bot.platforms.registry import Platforms, build_platforms
from bot.platforms.transport import trusted
from bot.ports.clock import Clock
from bot.ports.fetching import Fetcher
from bot.ports.media import MediaStore
from bot.ports.notices import NoticeSender
from bot.reading.attachments.apart import InspectorApart
from bot.reading.reader import Reader
from bot.reading.spreadsheet_file import read_table
from bot.regulations.answer_templates import answer_templates
from bot.regulations.calendar import work_calendar
from bot.regulations.case_rules import default_deadlines
from bot.regulations.import_profiles import default_profiles
from bot.regulations.watch_rules import default_watch_rules
from bot.rendering.renderer import TemplateRenderer
from bot.signon.provider import OidcProvider, ProviderSettings
from bot.storage.database import Database
from bot.storage.media import FolderMediaStore
from bot.system import SortableIds, SystemClock
from bot.usecases.accounts.connect_account import ConnectingTools
from bot.usecases.accounts.menus import MenuTools
from bot.usecases.cases.find_quotations import QuotingTools, figures_without_source
from bot.usecases.cases.tools import CaseTools
from bot.usecases.notices.duties import late_emergencies, owed_interpretations
from bot.usecases.notices.lookouts import (
    backups,
    due_cases,
    silent_accounts,
    stuck_posts,
    topic_alerts,
    troubled_accounts,
    weekly_brief,
    working_parts,
)
from bot.usecases.notices.tools import NoticeTools
from bot.usecases.posts.tools import PostTools
from bot.usecases.publishing.tools import AftercareTools, DoubtTools, PublishingTools
from bot.usecases.questions.tools import GroupingTools
from bot.usecases.releases.inspect_attachments import InspectionTools
from bot.usecases.releases.read_sources import IntakeTools
from bot.usecases.releases.sweep_media import SweepTools
from bot.usecases.replies.collect_replies import CollectingTools
from bot.usecases.replies.fetch_attachment import AttachmentTools
from bot.usecases.replies.import_replies import ImportTools
from bot.usecases.replies.tools import CorrespondenceTools
from bot.usecases.statistics.tools import StatisticsTools
from bot.usecases.topics.make_brief import BriefTools
from bot.usecases.topics.tools import WatchTools
from bot.vault.keys import Purpose, derive
from bot.vault.passwords import Argon2Passwords
from bot.vault.secrets import FernetVault

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
CONSENT_PATH = "/accounts/consent"
"""Where the console takes a code of consent."""
SIGN_ON_PATH = "/login/oidc/return"
"""Where the identity provider sends browsers back to."""
CALLBACK_BUSY_SECONDS = 1.5
"""How long a callback's write waits for another: its follower waits for us."""


@dataclass(frozen=True)
class House:
    """Everything the doors need, built from the settings."""

    settings: Settings
    storage: Database
    callback_storage: Database
    media: FolderMediaStore
    vault: FernetVault
    passwords: Argon2Passwords
    clock: SystemClock
    ids: SortableIds
    fetcher: HttpFetcher
    reader: Reader
    renderer: TemplateRenderer
    platforms: Platforms
    doorbell: CeleryDoorbell
    heartbeats: RedisHeartbeats
    robots: httpx.Client
    notice_senders: Mapping[ChannelKind, NoticeSender]
    sign_on: OidcProvider | None = None

    def close(self) -> None:
        """End all connections, to the database and to the platforms."""
        self.platforms.close()
        self.robots.close()
        self.storage.dispose()
        self.callback_storage.dispose()

    @property
    def posts(self) -> PostTools:
        """For planning and editing posts."""
        return PostTools(
            self.storage,
            self.platforms.adapters,
            self.renderer,
            self.ids,
            self.storage.searching(),
            may_cut_titles=self.settings.cut_titles,
        )

    @property
    def publishing(self) -> PublishingTools:
        """For advancing deliveries."""
        return PublishingTools(
            self.storage, self.platforms.adapters, self.vault, random.random, log=LoggedSteps()
        )

    @property
    def aftercare(self) -> AftercareTools:
        """For previews, for taking down what is out, for what is asked of an account."""
        return AftercareTools(self.publishing, self.platforms.aftercare)

    @property
    def doubts(self) -> DoubtTools:
        """For deliveries of which a person must say whether they are out."""
        return DoubtTools(self.publishing, self.platforms.newsstands)

    @property
    def menus(self) -> MenuTools:
        """For the menus of accounts."""
        return MenuTools(self.publishing, self.platforms.menus)

    @property
    def connecting(self) -> ConnectingTools:
        """For the consent of those who hold accounts."""
        return ConnectingTools(
            self.publishing,
            self.platforms.authorisers,
            self.storage.tokens(),
            f"{self.settings.public_url}{CONSENT_PATH}",
        )

    @property
    def collecting(self) -> CollectingTools:
        """For reading the streams that are not pushed."""
        return CollectingTools(self.publishing, self.platforms.collectors, self.ids)

    @property
    def statistics(self) -> StatisticsTools:
        """For reading what platforms tell of articles and accounts."""
        return StatisticsTools(self.publishing, self.platforms.statistics)

    @property
    def correspondence(self) -> CorrespondenceTools:
        """For answers to followers, and for the comments under what is out."""
        return CorrespondenceTools(
            self.publishing,
            self.platforms.correspondents,
            self.platforms.comment_desks,
            self.doorbell,
            self.ids,
            figures=partial(figures_without_source, tools=self.quoting),
        )

    @property
    def quoting(self) -> QuotingTools:
        """For drawing answers from approved text."""
        return QuotingTools(
            self.storage,
            self.storage.searching(),
            self.storage.answer_shelf(),
            split_words,
            answer_templates(self.settings.home),
        )

    @property
    def attachments(self) -> AttachmentTools:
        """For what followers send along with their words."""
        return AttachmentTools(self.publishing, self.platforms.attachments)

    @property
    def notices(self) -> NoticeTools:
        """For seeing what staff must know, and telling them."""
        overview, queues = self.storage.overview(), frozenset(queue.value for queue in Queue)
        return NoticeTools(
            self.storage,
            self.vault,
            self.ids,
            self.notice_senders,
            (
                partial(working_parts, overview, self.storage, self.heartbeats, queues),
                partial(stuck_posts, overview),
                partial(due_cases, overview),
                partial(topic_alerts, self.storage),
                partial(weekly_brief, self.storage),
                partial(troubled_accounts, overview, self.storage),
                partial(silent_accounts, overview, self.storage),
                partial(owed_interpretations, overview, self.storage, work_calendar()),
                partial(late_emergencies, self.storage),
                partial(backups, self.storage),
            ),
            self.settings.public_url,
        )

    @property
    def cases(self) -> CaseTools:
        """For handling what followers' words need done."""
        return CaseTools(
            self.correspondence, work_calendar(), default_deadlines(), secrets.randbelow
        )

    @property
    def imports(self) -> ImportTools:
        """For replies that other desks hand over in files."""
        return ImportTools(self.storage, read_table, self.vault, self.ids, default_profiles())

    @property
    def grouping(self) -> GroupingTools:
        """For proposing which replies ask the same."""
        return GroupingTools(
            self.storage, self.storage.likeness(), self.storage.searching(), self.ids.new
        )

    @property
    def watching(self) -> WatchTools:
        """For counting and judging what followers speak of."""
        return WatchTools(
            self.storage,
            self.storage.searching(),
            split_words,
            self.ids.new,
            default_watch_rules(),
        )

    @property
    def briefing(self) -> BriefTools:
        """For the weekly brief."""
        return BriefTools(self.storage, self.storage.overview(), self.storage.service_figures())

    @property
    def sweeping(self) -> SweepTools:
        """For uploads that came to nothing."""
        days = self.settings.upload_grace_days
        return SweepTools(self.media, self.storage.media_references(), self.clock, days)

    @property
    def inspecting(self) -> InspectionTools:
        """For looking into attachments."""
        return InspectionTools(self.storage, self.media, InspectorApart(), self.doorbell)

    @property
    def intake(self) -> IntakeTools:
        """For taking releases in."""
        return IntakeTools(self.storage, self.reader, self.ids, self.doorbell)


def build_house(settings: Settings) -> House:
    """Build everything; connects to nothing before it is used."""
    vault, clock, ids = FernetVault(settings.secret_key), SystemClock(), SortableIds()
    storage = open_database(settings, vault)
    media = FolderMediaStore(settings.media_dir)
    robots = httpx.Client(verify=trusted(), trust_env=False)
    fetcher = HttpFetcher(Guard(allowed=settings.allowed_private_hosts))
    return House(
        settings=settings,
        storage=storage,
        callback_storage=open_database(settings, vault, busy_seconds=CALLBACK_BUSY_SECONDS),
        media=media,
        vault=vault,
        passwords=Argon2Passwords(),
        clock=clock,
        ids=ids,
        fetcher=fetcher,
        reader=Reader(fetcher, media),
        renderer=renderer_of(media, fetcher, public_url=settings.public_url),
        platforms=build_platforms(
            tokens=storage.tokens(),
            budgets=storage.budgets(),
            uploads=storage.uploads(),
            media=media,
            clock=clock,
            cover_url=lambda sha256: f"{settings.public_url}/media/{sha256}",
        ),
        doorbell=open_doorbell(settings.redis_url),
        heartbeats=RedisHeartbeats(settings.redis_url),
        robots=robots,
        notice_senders=senders(robots, clock),
        sign_on=_sign_on(settings, robots, clock),
    )


def _sign_on(settings: Settings, http: httpx.Client, clock: Clock) -> OidcProvider | None:
    oidc = settings.oidc
    if oidc is None:
        return None
    provider = ProviderSettings(
        issuer=oidc.issuer,
        client_id=oidc.client_id,
        returns_to=f"{settings.public_url}{SIGN_ON_PATH}",
        leaves_to=f"{settings.public_url}/login",
        client_secret=oidc.client_secret,
        name=oidc.name,
        is_only_way=oidc.only,
        binds_by_login=oidc.bind_by_login,
    )
    return OidcProvider(provider, http, clock)


def renderer_of(media: MediaStore, fetcher: Fetcher, *, public_url: str) -> TemplateRenderer:
    """The renderer over our templates; pictures come through `fetcher`."""

    def attachment_url(release: ReleaseId, key: str) -> str:
        return f"{public_url}/gongkai/{release}/fujian/{key}"

    return TemplateRenderer(
        TEMPLATES,
        media,
        fetcher,
        shorten_title=shorten_title,
        make_digest=make_digest,
        split_words=split_words,
        attachment_url=attachment_url,
    )


def open_database(
    settings: Settings, vault: FernetVault, *, busy_seconds: float = 10.0
) -> Database:
    """The database of these settings; its audit chain is sealed with a key of its own."""
    return Database(
        settings.database_url,
        audit_key=derive(settings.secret_key, Purpose.AUDIT),
        vault=vault,
        busy_timeout_seconds=busy_seconds,
    )
