"""A console over a real database file, with people of every role, for tests to sit down at."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette

from bot.console.app import create_app
from bot.console.tools import ConsoleTools
from bot.domain.accounts.account import PlatformName
from bot.domain.ids import DepartmentId, UserId
from bot.domain.people import Role, User
from bot.domain.posts.draft import DraftContent
from bot.language.words import split_words
from bot.ports.fetching import Fetched
from bot.ports.rendering import PLAIN_SIGHT, Sight
from bot.reading.reader import Reader
from bot.reading.spreadsheet_file import read_table
from bot.regulations.answer_templates import answer_templates
from bot.regulations.calendar import work_calendar
from bot.regulations.case_rules import default_deadlines
from bot.regulations.import_profiles import default_profiles
from bot.regulations.watch_rules import default_watch_rules
from bot.storage.database import Database
from bot.system import SortableIds
from bot.usecases.accounts.connect_account import ConnectingTools
from bot.usecases.cases.find_quotations import QuotingTools
from bot.usecases.cases.tools import CaseTools
from bot.usecases.posts.tools import PostTools
from bot.usecases.publishing.tools import AftercareTools, DoubtTools, PublishingTools
from bot.usecases.replies.fetch_attachment import AttachmentTools
from bot.usecases.replies.import_replies import ImportTools
from bot.usecases.replies.tools import CorrespondenceTools
from bot.usecases.topics.tools import WatchTools
from bot.vault.secrets import FernetVault
from tests.fakes.aftercare import ScriptedAftercare
from tests.fakes.attachments import Box
from tests.fakes.authoriser import ScriptedAuthoriser
from tests.fakes.clock import StillClock
from tests.fakes.correspondence import RecordingCommentDesk, ScriptedCorrespondent
from tests.fakes.doorbell import RecordingDoorbell
from tests.fakes.media import FakeMediaStore
from tests.fakes.newsstand import ScriptedNewsstand
from tests.fakes.platform import ScriptedPlatform
from tests.fakes.vault import OpenVault, PlainPasswords
from tests.unit.console.browser import Browser
from tests.unit.usecases.posts.desk import PlainRenderer

TEMPLATES = Path(__file__).parents[3] / "templates"
PASSWORD = "correct horse"
_TOKEN = re.compile(r'name="(?:csrf|token)" value="([^"]+)"')


class PlainPreviewer:
    """Keeps the promise of `ports.rendering.Previewer`."""

    def preview(
        self,
        content: DraftContent,
        platform: PlatformName,
        *,
        picture_url: Callable[[str], str],
        sight: Sight = PLAIN_SIGHT,
    ) -> str:
        told = "".join(f"<h1>{each.title}</h1>{each.html}" for each in content.articles)
        return f"<!doctype html><title>{sight.shown} {sight.shade}</title>{told}{content.text}"


class NoFetcher:
    """Keeps the promise of `ports.fetching.Fetcher`: nothing may be fetched here."""

    def fetch(
        self, url: str, *, max_bytes: int, etag: str = "", last_modified: str = ""
    ) -> Fetched:
        raise AssertionError(f"{url} was fetched")


@dataclass
class Desk:
    """The console and what is behind it."""

    url: str
    is_https: bool = False
    show_design: bool = True
    clock: StillClock = field(default_factory=StillClock)
    doorbell: RecordingDoorbell = field(default_factory=RecordingDoorbell)

    def __post_init__(self) -> None:
        self.storage = Database(
            self.url, audit_key=b"audit key", vault=FernetVault("k" * 32), clock=self.clock
        )
        wechat = ScriptedPlatform()
        weibo = ScriptedPlatform(platform=PlatformName.WEIBO)
        adapters = {PlatformName.WECHAT: wechat, PlatformName.WEIBO: weibo}
        publishing = PublishingTools(self.storage, adapters, OpenVault(), jitter=lambda: 0.5)
        self.newsstand, self.wechat = ScriptedNewsstand(), wechat
        self.media = FakeMediaStore()
        self.aftercare = ScriptedAftercare()
        self.authoriser = ScriptedAuthoriser()
        self.correspondent, self.comments = ScriptedCorrespondent(), RecordingCommentDesk()
        self.correspondence = CorrespondenceTools(
            publishing,
            {PlatformName.WECHAT: self.correspondent},
            {PlatformName.WECHAT: self.comments},
            self.doorbell,
            SortableIds(),
        )
        drawn = count(1)
        self.cases = CaseTools(
            self.correspondence,
            work_calendar(),
            default_deadlines(),
            lambda below: next(drawn) % below,
        )
        self.box = Box()
        self.tools = ConsoleTools(
            storage=self.storage,
            overview=self.storage.overview(),
            passwords=PlainPasswords(),
            publishing=publishing,
            aftercare=AftercareTools(publishing, {PlatformName.WECHAT: self.aftercare}),
            doubts=DoubtTools(
                publishing,
                {PlatformName.WECHAT: self.newsstand, PlatformName.WEIBO: self.newsstand},
            ),
            connecting=ConnectingTools(
                publishing,
                {PlatformName.WEIBO: self.authoriser},
                self.storage.tokens(),
                "http://console.test/accounts/consent",
            ),
            posts=PostTools(
                self.storage, adapters, PlainRenderer(), SortableIds(), self.storage.searching()
            ),
            correspondence=self.correspondence,
            attachments=AttachmentTools(publishing, {PlatformName.WECHAT: self.box}),
            cases=self.cases,
            quoting=QuotingTools(
                self.storage, self.storage.searching(), self.storage.answer_shelf(), split_words
            ),
            answer_templates=answer_templates(),
            imports=ImportTools(
                self.storage, read_table, OpenVault(), SortableIds(), default_profiles()
            ),
            watching=WatchTools(
                self.storage,
                self.storage.searching(),
                split_words,
                SortableIds().new,
                default_watch_rules(),
            ),
            previewer=PlainPreviewer(),
            reader=Reader(NoFetcher(), self.media),
            media=self.media,
            doorbell=self.doorbell,
            ids=SortableIds(),
            clock=self.clock,
            templates=TEMPLATES,
            unit_name="云岭市政务公开",
            public_url="http://console.test",
            is_https=self.is_https,
            show_design=self.show_design,
        )
        self.app: Starlette = create_app(self.tools)

    def use(self, **changes: Any) -> None:
        """Furnish the console otherwise."""
        self.tools = replace(self.tools, **changes)
        self.app = create_app(self.tools)

    def employ(self, login: str, *roles: Role, department: str = "") -> None:
        """A person who may sign in."""
        person = User(
            UserId(f"usr_{login}"),
            login,
            f"{login}同志",
            frozenset(roles),
            PlainPasswords().hash(PASSWORD),
            department=DepartmentId(department) if department else None,
        )
        with self.storage.begin() as uow:
            uow.people.add_user(person)
            uow.commit()

    def visitor(self) -> Browser:
        """A browser that nobody has signed in with."""
        scheme = "https" if self.is_https else "http"
        return Browser(self.app, base_url=f"{scheme}://console.test")

    def signed_in(self, login: str, *roles: Role, department: str = "") -> Browser:
        """A browser of a new person with these roles."""
        self.employ(login, *roles, department=department)
        client = self.visitor()
        response = sign_in(client, login)
        assert response.status_code == 303, response.text
        return client


def sign_in(client: Browser, login: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    """Fill in the login form and send it."""
    fields = {"token": token_on(client, "/login"), "login": login, "password": password}
    return client.post("/login", data=fields | more)


def token_on(client: Browser, path: str) -> str:
    """The token of the forms on a page."""
    found = _TOKEN.search(client.get(path).text)
    assert found, f"no form on {path}"
    return found.group(1)


def send(client: Browser, path: str, **fields: str) -> httpx.Response:
    """Send a form with the session's token."""
    return client.post(path, data={"csrf": token_on(client, "/settings")} | fields)
