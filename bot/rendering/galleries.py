"""Picture messages (图片消息): a release's pictures to leaf through, with a plain text below."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.posts.draft import Article, ArticleForm, DraftContent, Picture
from bot.domain.posts.post import PostKind
from bot.domain.releases.document import Image
from bot.domain.text import fingerprint
from bot.rendering.commission import Commission
from bot.rendering.fronts import crops_of
from bot.rendering.markup import safe_link
from bot.rendering.subjects import INFOGRAPHIC, Fact, Subject, bodies, in_chinese

_UTF8_BYTES = 3
_LEAST_DIGEST = 20
_MOST_DIGEST = 300


def gallery_of(commission: Commission, subjects: Sequence[Subject]) -> DraftContent:
    """The picture message about the release; without pictures it stays empty, with a problem."""
    subject, pictures = _own_pictures(commission, subjects)
    if not pictures:
        commission.remarks.problem("pictures", _NONE.format(title=subject.title))
        return DraftContent()
    article = Article(
        title=commission.titling.fit(
            commission.draw(PostKind.PICTURES, "title.j2", {"subject": subject}),
            commission.limits.title,
        ),
        form=ArticleForm.PICTURES,
        text=_Caption(commission, subject, pictures).text(),
        pictures=pictures,
        crops=crops_of(pictures[0], commission.limits.cover_shapes),
        open_comments=commission.account.comment_privilege,
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
    return subjects[0], ()


def _prepared(commission: Commission, images: Sequence[Image]) -> tuple[Picture, ...]:
    found = (commission.gallery_picture_of(image) for image in dict.fromkeys(images))
    return tuple(picture for picture in found if picture)


@dataclass(frozen=True)
class _Caption:
    """The text below the pictures on its way to its length."""

    commission: Commission
    subject: Subject
    pictures: Sequence[Picture]

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
            "names": f"《{content.title}》",
            "subject": self.subject,
            "facts": [fact for fact in facts if fact.value],
            "digest": digest,
            "link": safe_link(self.subject.url),
            "credits": "、".join(credits_of(self.pictures)),
        }
        return self.commission.draw(PostKind.PICTURES, "text.j2", context).strip()


def credits_of(pictures: Sequence[Picture]) -> tuple[str, ...]:
    """Whose pictures they are, as the release tells it, each once."""
    return tuple(dict.fromkeys(picture.credit for picture in pictures if picture.credit))
