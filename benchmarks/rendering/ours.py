"""Our way from Markdown to WeChat HTML, as the product goes it; covers and digests apart."""

from datetime import UTC, date, datetime

from bot.bootstrap import renderer_of
from bot.domain.accounts.account import Account, Mode, PlatformName
from bot.domain.ids import AccountId, ReleaseId, SourceId
from bot.domain.posts.limits import Limits
from bot.domain.posts.post import PostKind
from bot.domain.releases.document import Document
from bot.domain.releases.release import Release, ReleaseContent, ReleaseState
from bot.ports.fetching import Fetched, FetchFailed
from bot.reading.markdown_body import read_markdown
from bot.reading.notes import Notes

ACCOUNT = Account(AccountId("acc_bench"), "云岭发布", PlatformName.WECHAT, Mode.PUBLISH)
RELEASE = ReleaseId("rel_bench")
LIMITS = Limits(articles=8, title=64, author=8, html=19_999, html_bytes=1024 * 1024)


class Nowhere:
    """A fetcher and a media store without anything in them: the texts have no pictures."""

    def fetch(self, url: str, **_: object) -> Fetched:
        raise FetchFailed(url)

    def put(self, _: bytes) -> str:
        raise AssertionError("nothing is drawn here")

    def get(self, sha256: str) -> bytes:
        raise AssertionError(sha256)


class Ours:
    """Reads Markdown, and renders documents with the standard template."""

    def __init__(self) -> None:
        nowhere = Nowhere()
        self._renderer = renderer_of(nowhere, nowhere, public_url="")

    def read(self, markdown: str) -> Document:
        """The stored form of a Markdown text."""
        return read_markdown(markdown, Notes())

    def render(self, body: Document) -> tuple[str, ...]:
        """The HTML of every article the post of `body` takes."""
        return self.render_release(release_of(body))

    def render_release(self, release: Release) -> tuple[str, ...]:
        """The HTML of every article the policy post of `release` takes."""
        made = self._renderer.render(
            release, ACCOUNT, kind=PostKind.POLICY, template="default", limits=LIMITS
        )
        return tuple(article.html for article in made.content.articles)


def release_of(
    body: Document, release: ReleaseId = RELEASE, *, digest: str = "taken when it was accepted"
) -> Release:
    """An approved release around `body`; its hash is taken on acceptance, not on drawing."""
    content = ReleaseContent(
        title="云岭市人民政府办公室关于优化办事流程的通知",
        issuing_bodies=("云岭市人民政府办公室",),
        body=body,
        document_number="云岭政办发〔2026〕7号",
        issued_on=date(2026, 11, 20),
        source_url="https://www.yunling.example/zhengce/7.html",
    )
    return Release(
        id=release,
        source=SourceId("site"),
        source_key=release,
        version=1,
        content=content,
        content_hash=digest,
        state=ReleaseState.APPROVED,
        received_at=datetime.now(UTC),
    )
