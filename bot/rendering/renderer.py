"""The renderer: a release and an account in, exactly what would be sent out."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.domain.accounts.account import Account, PlatformName
from bot.domain.ids import ReleaseId
from bot.domain.posts.draft import DraftContent
from bot.domain.posts.editing import edited
from bot.domain.posts.edits import UNEDITED, Edits
from bot.domain.posts.limits import Limits
from bot.domain.posts.post import PostKind
from bot.domain.releases.attachments import with_addresses
from bot.domain.releases.related import NOTHING_BESIDE, Beside
from bot.domain.releases.release import Release, ReleaseContent
from bot.domain.text import fingerprint
from bot.ports.fetching import Fetcher
from bot.ports.media import MediaStore
from bot.ports.rendering import PLAIN_SIGHT, Rendered, Sight
from bot.ports.wording import MakeDigest, ShortenTitle, SplitWords
from bot.rendering.articles import articles_of
from bot.rendering.commission import Commission
from bot.rendering.galleries import gallery_of
from bot.rendering.long_texts import post_text_of
from bot.rendering.markup import safe_link
from bot.rendering.pictures import PictureDesk
from bot.rendering.post_pictures import post_pictures
from bot.rendering.preview import PictureUrl, preview_html
from bot.rendering.remarks import Remarks
from bot.rendering.subjects import subjects_of
from bot.rendering.templates import Folders, Templates
from bot.rendering.titles import Titling


def _nowhere(_release: ReleaseId, _key: str) -> str:
    return ""


class TemplateRenderer:
    """Draws posts from the folders under `templates_dir`. Safe to share between threads.
    `attachment_url` says where the public finds a release's attachment that is kept with us.

    Account options it reads: `theme` (#rrggbb), `author`, `staff_line` (撰稿、编辑、审核 for the
    colophon); for Weibo `topic`, `mentions` (names of accounts, parted by blanks) and `home_url`
    (the link of a post whose policy has no address).
    """

    def __init__(
        self,
        templates_dir: Path,
        media: MediaStore,
        fetcher: Fetcher,
        *,
        shorten_title: ShortenTitle,
        make_digest: MakeDigest,
        split_words: SplitWords,
        attachment_url: Callable[[ReleaseId, str], str] = _nowhere,
    ) -> None:
        self._templates = Templates(templates_dir)
        self._desk = PictureDesk(media, fetcher)
        self._shorten_title = shorten_title
        self._make_digest = make_digest
        self._split_words = split_words
        self._attachment_url = attachment_url

    def render(
        self,
        release: Release,
        account: Account,
        *,
        kind: PostKind,
        template: str,
        limits: Limits,
        may_cut_titles: bool = False,
        beside: Beside = NOTHING_BESIDE,
        edits: Edits = UNEDITED,
    ) -> Rendered:
        """The post of `kind` for `account`; see `bot.ports.rendering.Renderer`.

        Raises:
            NotFound: the platform has no such template.
        """
        remarks, approved = Remarks(), self._addressed(release)
        folders = Folders(kind, template=template)
        manifest = self._templates.manifest(account.platform, folders, folders)
        commission = Commission(
            content=edited(approved, edits),
            approved=approved,
            covers=edits.covers,
            beside=beside,
            account=account,
            kind=kind,
            template=template,
            limits=limits,
            manifest=manifest,
            templates=self._templates,
            desk=self._desk,
            titling=Titling(
                self._shorten_title,
                remarks,
                release.content.issuing_bodies,
                manifest.title_policy,
                may_cut_titles,
            ),
            make_digest=self._make_digest,
            split_words=self._split_words,
            remarks=remarks,
        )
        content = _content_of(commission)
        return Rendered(content, remarks.form, remarks.notes, remarks.problems)

    def _addressed(self, release: Release) -> ReleaseContent:
        """The content with an address for every attachment that is kept with us."""
        content = release.content
        files = with_addresses(content.attachments, partial(self._attachment_url, release.id))
        return content if files == content.attachments else replace(content, attachments=files)

    def templates(self, platform: PlatformName, kind: PostKind) -> tuple[str, ...]:
        """The names of the templates of a kind, the default first."""
        return self._templates.names(platform, kind)

    def preview(
        self,
        content: DraftContent,
        platform: PlatformName,
        *,
        picture_url: PictureUrl,
        sight: Sight = PLAIN_SIGHT,
    ) -> str:
        """`content` as a standalone page; `picture_url` turns a SHA-256 into an address."""
        return preview_html(
            content, platform, picture_url=picture_url, templates=self._templates, sight=sight
        )


def _content_of(commission: Commission) -> DraftContent:
    subjects = subjects_of(
        commission.content, commission.kind, commission.beside, commission.approved
    )
    if not subjects:
        commission.remarks.problem(
            "interpretation", "这份政策还没有解读材料，无法生成解读稿，请先补充解读"
        )
        return DraftContent()
    if commission.kind is PostKind.PICTURES and commission.limits.gallery_pictures:
        return gallery_of(commission, subjects)
    articles = articles_of(commission, subjects) if commission.limits.articles else ()
    text = post_text_of(commission, subjects[0]) if commission.limits.text_units else ""
    pictures = post_pictures(commission, subjects) if text and not articles else ()
    return DraftContent(
        articles=articles,
        text=text,
        pictures=pictures,
        marker=safe_link(subjects[0].url) or _content_marker(commission, text),
    )


def _content_marker(commission: Commission, text: str) -> str:
    """Without an address a post is found again by what it says."""
    return fingerprint(text or commission.content.title)
