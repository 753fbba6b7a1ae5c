"""One rendering: what was asked for, with the tools and the remarks that go with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.domain.accounts.account import Account
from bot.domain.posts.draft import Picture
from bot.domain.posts.limits import Limits
from bot.domain.posts.post import PostKind
from bot.domain.releases.document import Image
from bot.domain.releases.related import Beside
from bot.domain.releases.release import ReleaseContent
from bot.domain.text import clip
from bot.ports.wording import MakeDigest, SplitWords
from bot.rendering.blocks import LinkPolicy
from bot.rendering.colours import LARGE_TEXT, WHITE, contrast, is_colour, rgb, shortest
from bot.rendering.fitting import PictureFault, PictureRules
from bot.rendering.manifest import Manifest
from bot.rendering.pictures import PictureDesk
from bot.rendering.remarks import Remarks
from bot.rendering.subjects import Subject
from bot.rendering.templates import Folders, Templates
from bot.rendering.titles import Titling

_NAME = 60


@dataclass(frozen=True)
class Commission:
    """Everything one rendering works from. Made anew for each, thrown away after it.

    `content` is the release with its edited blocks, `approved` without. `covers` are words that
    people chose for covers, by the number of the article.
    """

    content: ReleaseContent
    approved: ReleaseContent
    covers: Mapping[int, str]
    beside: Beside
    account: Account
    kind: PostKind
    template: str
    limits: Limits
    manifest: Manifest
    templates: Templates
    desk: PictureDesk
    titling: Titling
    make_digest: MakeDigest
    split_words: SplitWords
    remarks: Remarks
    _pictures: dict[tuple[Image, PictureRules, int], tuple[Picture, ...] | PictureFault] = field(
        default_factory=dict
    )

    @cached_property
    def theme(self) -> str:
        """The account's colour if it names one that can be read, else the template's."""
        own = self.account.options.get("theme", "")
        if is_colour(own) and contrast(rgb(own), WHITE) >= LARGE_TEXT:
            return own
        if own:
            self.remarks.note(
                f"账号的主题色“{own}”不是 #rrggbb 形式，或在白底上看不清，已改用模板的颜色"
            )
        return self.manifest.theme

    def manifest_of(self, subject: Subject) -> Manifest:
        """What holds for the article about `subject`."""
        article = self._folders(subject.kind, subject.form)
        return self.templates.manifest(self.account.platform, self._folders(self.kind), article)

    def styles_of(self, subject: Subject) -> Mapping[str, str]:
        """Inline styles by place, in the theme's colour."""
        return self.manifest_of(subject).styles_in(shortest(self.theme))

    def draw(self, kind: PostKind, part: str, context: dict[str, object], form: str = "") -> str:
        """Draw one part of this account's templates."""
        folders = self._folders(kind, form)
        return self.templates.draw(self.account.platform, folders, part, context)

    def _folders(self, kind: PostKind, form: str = "") -> Folders:
        return Folders(kind, form, self.template)

    @cached_property
    def links(self) -> LinkPolicy:
        """Which links stay clickable on this account."""
        return LinkPolicy(self.limits.links_survive, self.manifest.kept_link_hosts)

    def picture_of(self, image: Image) -> Picture | None:
        """The picture, or None with a note that names it and says why; asked for once."""
        found = self._parts(image, PictureRules.of(self.limits), 1)
        if isinstance(found, PictureFault):
            told = f"图片“{_named(image)}”未能取得（{found}），正文中以文字说明代替，请检查"
            self.remarks.note(told)
            return None
        return found[0]

    def gallery_pictures_of(self, image: Image, *, most: int) -> tuple[Picture, ...]:
        """The picture as permanent material, a very tall one in up to `most` parts; nothing, with
        a problem, where it cannot be had: there, no words stand in for it."""
        found = self._parts(image, self.library_rules, most)
        if isinstance(found, PictureFault):
            told = f"图片“{_named(image)}”未能取得（{found}），图片消息里缺少这一张"
            self.remarks.problem("pictures", told)
            return ()
        if len(found) > 1:
            told = f"图片“{_named(image)}”很长，已在空白处分为 {len(found)} 张，请检查分处"
            self.remarks.note(told)
        return found

    @property
    def library_rules(self) -> PictureRules:
        """What the platform takes as permanent material, heavier than inside a text."""
        return PictureRules(self.limits.picture_types, self.limits.cover_bytes)

    def _parts(
        self, image: Image, rules: PictureRules, most: int
    ) -> tuple[Picture, ...] | PictureFault:
        wanted = (image, rules, most)
        if wanted not in self._pictures:
            self._pictures[wanted] = self._prepared(image, rules, most)
        return self._pictures[wanted]

    def _prepared(
        self, image: Image, rules: PictureRules, most: int
    ) -> tuple[Picture, ...] | PictureFault:
        try:
            parts = self.desk.prepare_parts(image, rules, most=most)
        except PictureFault as fault:
            return fault
        for part in parts:
            if part.remark:
                self.remarks.note(f"图片“{_named(image)}”{part.remark}")
        return tuple(part.picture for part in parts)


def _named(image: Image) -> str:
    """What staff know the picture by."""
    return clip(image.caption or image.alt or image.url, _NAME)
