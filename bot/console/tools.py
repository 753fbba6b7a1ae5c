"""What the console needs from the house, handed over as one value."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.accounts.account import PlatformName
from bot.domain.cases.drafting import AnswerTemplate
from bot.domain.posts.draft import DraftContent
from bot.domain.posts.post import Post
from bot.domain.workdays import WorkCalendar
from bot.ports.clock import Clock, Ids
from bot.ports.doorbell import Doorbell
from bot.ports.media import MediaStore
from bot.ports.overview import Overview
from bot.ports.reading import ReleaseReader
from bot.ports.rendering import PLAIN_SIGHT, Previewer, Sight
from bot.ports.sign_on import SignOn
from bot.ports.storage import Storage
from bot.ports.vault import Passwords
from bot.usecases.accounts.connect_account import ConnectingTools
from bot.usecases.cases.find_quotations import QuotingTools
from bot.usecases.cases.tools import CaseTools
from bot.usecases.posts.sign_off import sign_off
from bot.usecases.posts.tools import PostTools
from bot.usecases.publishing.tools import AftercareTools, DoubtTools, PublishingTools
from bot.usecases.releases.attach_file import USUAL_LARGEST
from bot.usecases.replies.fetch_attachment import AttachmentTools
from bot.usecases.replies.import_replies import ImportTools
from bot.usecases.replies.tools import CorrespondenceTools
from bot.usecases.topics.tools import WatchTools


def media_address(sha256: str) -> str:
    """Where the public pages serve a picture."""
    return f"/media/{sha256}"


NOT_YET = "（通过后填写）"


@dataclass(frozen=True)
class ConsoleTools:
    """`templates` is the folder that holds `console/`. `is_https` says how staff reach us: it
    makes the session's cookie secure. `show_design` opens `/design`, for development. `sign_on` is
    the identity provider staff may sign on through.
    `largest_attachment` is in bytes."""

    storage: Storage
    overview: Overview
    passwords: Passwords
    publishing: PublishingTools
    doubts: DoubtTools
    aftercare: AftercareTools
    connecting: ConnectingTools
    posts: PostTools
    correspondence: CorrespondenceTools
    attachments: AttachmentTools
    cases: CaseTools
    quoting: QuotingTools
    answer_templates: Sequence[AnswerTemplate]
    imports: ImportTools
    watching: WatchTools
    previewer: Previewer
    reader: ReleaseReader
    media: MediaStore
    doorbell: Doorbell
    ids: Ids
    clock: Clock
    templates: Path
    unit_name: str = "同步"
    public_url: str = ""
    largest_attachment: int = USUAL_LARGEST
    is_https: bool = False
    show_design: bool = False
    sign_on: SignOn | None = None
    picture_url: Callable[[str], str] = media_address

    @property
    def work_calendar(self) -> WorkCalendar:
        """The one that terms are counted on."""
        return self.cases.calendar

    def preview(
        self, content: DraftContent, platform: PlatformName, sight: Sight = PLAIN_SIGHT
    ) -> str:
        """A draft as its readers will see it, as a page of its own."""
        return self.previewer.preview(content, platform, picture_url=self.picture_url, sight=sight)

    def preview_post(
        self, post: Post, content: DraftContent, platform: PlatformName, sight: Sight
    ) -> str:
        """`content` of the post with the names of those behind it, as far as they are known."""
        with self.storage.begin() as uow:
            signed = sign_off(uow, post, content, unknown=NOT_YET)
        return self.preview(signed, platform, sight)
