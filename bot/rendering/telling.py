"""One subject told in articles: whole where it fits, split at its headings, or an excerpt."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from bot.domain.posts.draft import Article
from bot.domain.posts.limits import Limits
from bot.domain.releases.document import Document, Rule
from bot.domain.releases.release import InterpretationKind
from bot.rendering.blocks import BlockWriter, Manner, Piece, length_as_sent
from bot.rendering.commission import Commission
from bot.rendering.dialogue import dialogue_of
from bot.rendering.fronts import cover_of
from bot.rendering.leads import affords_leads
from bot.rendering.manifest import Manifest
from bot.rendering.markup import safe_link
from bot.rendering.paging import Page, fitting_pieces, paginate
from bot.rendering.points import digested
from bot.rendering.subjects import Subject, bodies, in_force_since

_LEAST_ROOM = 400
_ROOM_FOR_BACKGROUND = 60
"""In a shorter lead nothing but news has a place; a slogan is worse than none."""
_UTF8_BYTES = 4
_MOST_PARTS = 88
_ONLY_FOOTNOTES: Page = (Piece(Rule(), "", (" ",)),)


def html_limit(limits: Limits) -> int:
    """The most characters an article may have, 0 for any number; bytes are counted safely."""
    by_bytes = limits.html_bytes // _UTF8_BYTES
    return min(filter(None, (limits.html, by_bytes)), default=0)


@dataclass(frozen=True)
class Telling:
    """One subject on its way into articles, the first of which is the post's number `first`."""

    commission: Commission
    subject: Subject
    first: int = 0

    @cached_property
    def _manifest(self) -> Manifest:
        return self.commission.manifest_of(self.subject)

    @cached_property
    def _styles(self) -> Mapping[str, str]:
        return self.commission.styles_of(self.subject)

    @property
    def _is_points(self) -> bool:
        return self._body is not self.subject.body

    @cached_property
    def _body(self) -> Document:
        """What the article tells: the whole body, or its points."""
        body, wants_points = self.subject.body, self._manifest.body == "points"
        return digested(body, self.commission.make_digest) if wants_points else body

    @cached_property
    def _text(self) -> str:
        return self._body.text

    @cached_property
    def _fingerprint(self) -> str:
        return fingerprint_of(self.subject.approved_body.text)

    def _writer(self) -> BlockWriter:
        """A fresh block writer: footnotes count from one."""
        manner = Manner(
            leads=self._manifest.leads and affords_leads(self._text),
            dialogue=dialogue_of(self._body) if self._manifest.dialogue else None,
            alt_as_text=self._manifest.alt_as_text,
        )
        commission = self.commission
        return BlockWriter(self._styles, commission.links, commission.picture_of, manner)

    def articles(self, most: int) -> Iterator[Article]:
        """The subject in at most `most` articles."""
        limit = html_limit(self.commission.limits)
        writer = self._writer()
        whole = tuple([writer.write(block) for block in self._body.blocks])
        html = self._html(whole, 1, 1, is_excerpt=self._is_points)
        self._remark_what_people_must_do()
        if self._is_points:
            self._remark_excerpt("已按要点模板摘编要点，并注明完整内容的链接")
        if not limit or length_as_sent(html) <= limit:
            yield self._article(whole, html, 1, 1)
            return
        pages, is_excerpt = self._divided(limit, most)
        for number, page in enumerate(pages, start=1):
            is_cut = is_excerpt and number == len(pages)
            html = self._html(page, number, len(pages), is_excerpt=is_cut)
            if length_as_sent(html) > limit:
                self.commission.remarks.problem(
                    "html", f"“{self.subject.title}”有无法拆分的内容超过平台字数，请修改正文"
                )
            yield self._article(page, html, number, len(pages))

    def _divided(self, limit: int, most: int) -> tuple[list[Page], bool]:
        """The body on at most `most` pages, and whether the source has more."""
        title, remarks = self.subject.title, self.commission.remarks
        room = limit - self._frame_size()
        if room < _LEAST_ROOM:
            remarks.problem(
                "html", f"“{title}”的版头、附件和文末说明已占满平台字数，请减少附件说明"
            )
            return [()], True
        pages = paginate(
            fitting_pieces(self._body.blocks, room=room, write=self._writer().write), room
        )
        most = 1 if self._manifest.overflow == "excerpt" else most
        if len(pages) <= most:
            remarks.became(
                "split", because=f"“{title}”超过平台单篇字数上限，已按章节分为 {len(pages)} 篇"
            )
            return pages, False
        self._remark_excerpt("超过平台字数上限，已节选前一部分并注明完整内容的链接")
        return pages[:most], True

    def _remark_excerpt(self, why: str) -> None:
        title, remarks = self.subject.title, self.commission.remarks
        remarks.became("excerpt", because=f"“{title}”{why}")
        if not safe_link(self.subject.url):
            remarks.problem("link", f"“{title}”只是节选，但没有原文链接，请补充原文网址")

    def _frame_size(self) -> int:
        """The most characters that stand around the body, wherever the page stands."""
        return max(
            len(self._html(_ONLY_FOOTNOTES, number, count, is_excerpt=is_excerpt))
            for number, count in ((1, 1), (1, _MOST_PARTS), (_MOST_PARTS, _MOST_PARTS))
            for is_excerpt in (False, True)
        )

    def _article(self, page: Page, html: str, number: int, count: int) -> Article:
        pictures = dict.fromkeys(picture for piece in page for picture in piece.pictures)
        words = self.commission.covers.get(self.first + number - 1, "")
        cover = cover_of(self.commission, self.subject, part=_part(number, count), words=words)
        return Article(
            title=self._title(number, count),
            html=html,
            digest=self._digest(page if number > 1 else ()),
            author=self._author(),
            source_url=safe_link(self.subject.url),
            cover=cover.picture,
            crops=cover.crops,
            # A template may leave the body out; what it does not show is not uploaded.
            pictures=tuple(picture for picture in pictures if picture.sha256 in html),
            open_comments=self.commission.account.opens_comments,
        )

    def _remark_what_people_must_do(self) -> None:
        subject, remarks = self.subject, self.commission.remarks
        if subject.ai_generated or any(image.ai_generated for image in self._body.images):
            remarks.made_by_machine(subject.title)
        if subject.form and any(each.live for each in subject.counterparts):
            remarks.note(
                "政策文章已经发布，不能通过接口补上这篇解读的链接；"
                "如需在政策文章中注明，请在平台后台人工修改"
            )
        if subject.form == InterpretationKind.INFOGRAPHIC and not _has_words(self._body):
            remarks.note(f"图解“{subject.title}”没有文字说明，看不到图的读者无法了解，请补充文字版")

    def _own_title(self) -> str:
        return self._draw("title.j2", {"subject": self.subject})

    def _draw(self, part: str, context: dict[str, object]) -> str:
        return self.commission.draw(self.subject.kind, part, context, self.subject.form)

    def _title(self, number: int, count: int) -> str:
        limit = self.commission.limits.title
        return self.commission.titling.fit(self._own_title(), limit, suffix=_suffix(number, count))

    def _full_title(self, number: int, count: int) -> str:
        """The title as approved, where the shown one cannot be it."""
        limit = self.commission.limits.title
        fits = not limit or len(self._own_title() + _suffix(number, count)) <= limit
        return "" if fits else self.subject.title

    def _digest(self, later_page: Page) -> str:
        limit = self.commission.limits.digest
        if not limit:
            return ""
        shown = Document(tuple(piece.block for piece in later_page)) if later_page else None
        text, make_digest = (shown or self.subject.body).text, self.commission.make_digest
        if limit < _ROOM_FOR_BACKGROUND:
            since = in_force_since(self.subject.body)
            found = make_digest(text, limit, facts_first=True) or (f"{since}。" if since else "")
        else:
            found = make_digest(text, limit)
        digest = self._draw("digest.j2", {"digest": found})
        return digest if len(digest) <= limit else found

    def _author(self) -> str:
        author = self.commission.account.options.get("author", self.commission.account.name)
        most = self.commission.limits.author
        if len(author) <= most:
            return author
        if most:
            self.commission.remarks.note(f"作者“{author}”超过 {most} 个字，本稿不填作者")
        return ""

    def _html(self, page: Page, number: int, count: int, *, is_excerpt: bool = False) -> str:
        footnotes = dict.fromkeys(note for piece in page for note in piece.footnotes)
        context: dict[str, object] = {
            "subject": self.subject,
            "content": self.commission.content,
            "issuer": bodies(self.commission.content),
            "body": Markup("".join([piece.html for piece in page])),  # noqa: S704 - escaped there
            "footnotes": Markup("".join(footnotes)),  # noqa: S704 - escaped there
            "number": number,
            "count": count,
            "full_title": self._full_title(number, count),
            "excerpt_notice": self._manifest.excerpt_notice if is_excerpt else "",
            "credits": credits_of(self._body),
            "fingerprint": self._fingerprint,
            "staff": self.commission.account.options.get("staff_line", ""),
            "keeps_link": self.commission.links.keeps,
            "styles": self._styles,
        }
        return self._draw("article.html.j2", context)


def credits_of(body: Document) -> str:
    """Where the pictures of `body` are from, each source once."""
    return "、".join(dict.fromkeys(image.credit for image in body.images if image.credit))


def _has_words(body: Document) -> bool:
    """Whether the text beside the pictures, or what describes them, says anything."""
    return bool(body.text.strip()) or any(image.alt for image in body.images)


def _suffix(number: int, count: int) -> str:
    return f"（{_part(number, count)}）" if count > 1 else ""


def _part(number: int, count: int) -> str:
    return f"{number}/{count}" if count > 1 else ""


def fingerprint_of(text: str) -> str:
    """What lets a post prove that it quotes the approved text: 16 digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
