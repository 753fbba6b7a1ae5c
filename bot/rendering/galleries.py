"""Picture messages (图片消息): a release's pictures to leaf through, with a plain text below."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.posts.draft import Article, ArticleForm, DraftContent, Picture
from bot.domain.posts.post import PostKind
from bot.domain.releases.document import Image
from bot.domain.text import fingerprint, in_book_marks
from bot.rendering.commission import Commission
from bot.rendering.drawn_pages import drawn_pages, undrawable
from bot.rendering.fronts import crops_of
from bot.rendering.long_pictures import TooLong
from bot.rendering.markup import safe_link
from bot.rendering.subjects import INFOGRAPHIC, Fact, Subject, bodies, in_chinese

_UTF8_BYTES = 3
_LEAST_DIGEST = 20
_MOST_DIGEST = 300


def gallery_of(commission: Commission, subjects: Sequence[Subject]) -> DraftContent:
    """The picture message about the release; without pictures it stays empty, with a problem."""
    if commission.manifest.gallery.source == "long":
        subject, pictures = subjects[0], _long_pictures(commission, subjects[0])
    else:
        subject, pictures = _own_pictures(commission, subjects)
    if not pictures:
        return DraftContent()
    article = Article(
        title=commission.titling.fit(
            commission.draw(PostKind.PICTURES, "title.j2", {"subject": subject}),
            commission.limits.title,
        ),
        form=ArticleForm.PICTURES,
        text=_Caption(commission, subject).text(),
        pictures=pictures,
        crops=crops_of(pictures[0], commission.limits.cover_shapes),
        open_comments=commission.account.opens_comments,
    )
    marker = safe_link(subject.url) or fingerprint(article.text)
    return DraftContent(articles=(article,), marker=marker)


_NONE = (
    "“{title}”没有可用的图片，无法生成图片消息。请改用文章类模板，"
    "或在分发规则中选用“long”模板，由系统把正文画成长图"
)


def _own_pictures(
    commission: Commission, subjects: Sequence[Subject]
) -> tuple[Subject, tuple[Picture, ...]]:
    """The first subject that has pictures, infographics before all others, with all of them."""
    for subject in sorted(subjects, key=lambda each: each.label != INFOGRAPHIC):
        if pictures := _prepared(commission, subject.body.images):
            return subject, pictures
    commission.remarks.problem("pictures", _NONE.format(title=subjects[0].title))
    return subjects[0], ()


def _prepared(commission: Commission, images: Sequence[Image]) -> tuple[Picture, ...]:
    """All of them, the tall ones in parts as far as the platform's number allows."""
    wanted = list(dict.fromkeys(images))
    pictures: list[Picture] = []
    for at, image in enumerate(wanted):
        others = len(wanted) - at - 1
        free = commission.limits.gallery_pictures - len(pictures) - others
        pictures += commission.gallery_pictures_of(image, most=max(1, free))
    return tuple(pictures)


def _long_pictures(commission: Commission, subject: Subject) -> tuple[Picture, ...]:
    """The whole text on drawn pages, each with what it says beside it."""
    if missing := undrawable(subject):
        commission.remarks.problem("pictures", _NO_FONT.format(missing=missing))
    most = commission.limits.gallery_pictures
    try:
        pages = drawn_pages(commission, subject, most=most)
    except TooLong as fault:
        told = _TOO_LONG.format(title=subject.title, needed=fault.needed, most=most)
        commission.remarks.problem("pictures", told)
        return ()
    return tuple(replace(commission.desk.keep(page.content), alt=page.text) for page in pages)


_NO_FONT = (
    "正文中的“{missing}”在现有字体里没有，画成长图会缺字。"
    "请改用文章类模板，或请管理员在服务器上安装含有这些字的字体"
)
_TOO_LONG = "“{title}”的全文画成长图需要 {needed} 张，图片消息最多 {most} 张。请改用文章类模板"


@dataclass(frozen=True)
class _Caption:
    """The text below the pictures on its way to its length."""

    commission: Commission
    subject: Subject

    def text(self) -> str:
        """Names, facts and link, with as much of a digest as there is room for."""
        bare = self._drawn("")
        room = (self.commission.limits.gallery_text_bytes - len(bare.encode())) // _UTF8_BYTES
        if room < _LEAST_DIGEST:
            return bare
        # An infographic says what it has to say in its pictures; the policy has sentences.
        told = self.commission.content.body.text
        return self._drawn(self.commission.make_digest(told, min(room - 1, _MOST_DIGEST)))

    def _drawn(self, digest: str) -> str:
        content = self.commission.content
        facts = (
            Fact("发文机关", bodies(content)),
            Fact("发文字号", content.document_number or ""),
            Fact("成文日期", in_chinese(content.issued_on)),
        )
        context: dict[str, object] = {
            "names": in_book_marks(content.title),
            "subject": self.subject,
            "facts": [fact for fact in facts if fact.value],
            "digest": digest,
            "link": safe_link(self.subject.url),
            "credits": "、".join(credits_of(self.subject.body.images)),
            "machine_made": self._machine_made(),
        }
        return self.commission.draw(PostKind.PICTURES, "text.j2", context).strip()

    def _machine_made(self) -> str:
        """The label the law wants where pictures or text were made with artificial intelligence."""
        images = self.subject.body.images
        made = [image for image in images if image.ai_generated]
        if made or self.subject.ai_generated:
            self.commission.remarks.made_by_machine(self.subject.title)
        if self.subject.ai_generated:
            return "本文由人工智能辅助生成"
        if made:
            return f"{'' if len(made) == len(images) else '部分'}图片由人工智能辅助生成"
        return ""


def credits_of(images: Sequence[Image]) -> tuple[str, ...]:
    """Whose pictures they are, as the release tells it, each once."""
    return tuple(dict.fromkeys(image.credit for image in images if image.credit))
