"""Short texts: facts in whole parts, parts dropped in a declared order until the text fits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.posts.draft import Picture
from bot.domain.releases.document import Image
from bot.domain.text import weibo_length
from bot.rendering.cards import Card, draw_card, points_of
from bot.rendering.commission import Commission
from bot.rendering.fitting import PictureRules, fit_picture
from bot.rendering.markup import host_of, safe_link
from bot.rendering.subjects import INFOGRAPHIC, Subject, bodies, in_chinese, in_force_since

Parts = Mapping[str, str]

_IN_CHINESE = {
    "topic": "话题",
    "issuer": "发文机关",
    "number": "发文字号",
    "issued": "成文日期",
    "in_force": "施行日期",
    "reading": "解读链接",
}
_LEAST_DIGEST = 8


def short_text_of(commission: Commission, subject: Subject) -> str:
    """The short text about `subject`, within the account's units as the platform counts them."""
    return _Writing(commission, subject).text()


def text_pictures(commission: Commission, subjects: Sequence[Subject]) -> tuple[Picture, ...]:
    """The pictures that go with the short text: an infographic's first, else the policy's."""
    if commission.manifest.text.picture == "none":
        return ()
    images: list[Image] = []
    for subject in sorted(subjects, key=lambda each: each.label != INFOGRAPHIC):
        images.extend(subject.body.images)
    most = commission.limits.pictures
    found = tuple(filter(None, (commission.picture_of(image) for image in images[:most])))
    if not found and most and commission.manifest.text.picture == "card":
        return (_card(commission, subjects[0]),)
    return found


def _card(commission: Commission, subject: Subject) -> Picture:
    content = commission.content
    number = f"（{content.document_number}）" if content.document_number else ""
    card = Card(
        label=subject.label,
        title=commission.titling.shorter(subject.title, commission.manifest.text.title),
        issuer=bodies(content),
        points=points_of(subject.body, commission.make_digest),
        source=f"摘自《{subject.title}》{number}，内容以全文为准",
        colour=commission.theme,
    )
    fit = fit_picture(draw_card(card, commission.split_words), PictureRules.of(commission.limits))
    return replace(commission.desk.keep(fit.content), alt=subject.title)


@dataclass(frozen=True)
class _Writing:
    """One short text being brought within its length."""

    commission: Commission
    subject: Subject

    def text(self) -> str:
        """The fullest text that fits; what cannot be made to fit is a problem."""
        whole = self._parts()
        parts, text = whole, ""
        for parts in self._attempts(whole):
            text = self._draw(parts)
            if self._fits(text):
                text = self._with_digest(parts, text)
                break
        else:
            self.commission.remarks.problem(
                "text",
                f"微博正文最少也要 {weibo_length(text)} 字，超过上限"
                f" {self.commission.limits.text_units} 字，请填写更短的标题",
            )
        self._remark_dropped(whole, parts)
        return text

    def _attempts(self, whole: Parts) -> Iterator[Parts]:
        """From the fullest set of parts to the barest; the title is shortened before facts go."""
        policy = self.commission.manifest.text
        if len(whole["title"]) <= policy.title:
            yield whole
        parts = {**whole, "title": self._short_title(policy.title)}
        yield parts
        for name in policy.drop:
            if parts[name]:
                parts = {**parts, name: ""}
                yield parts

    def _parts(self) -> Parts:
        content, account = self.commission.content, self.commission.account
        topic = account.options.get("topic", self.commission.manifest.text.topic)
        return {
            "title": self._plain(self.subject.title),
            "topic": topic if self.commission.limits.text_allows_topic else "",
            "issuer": self._plain(bodies(content)),
            "number": self._plain(content.document_number or ""),
            "issued": in_chinese(content.issued_on),
            "in_force": in_force_since(content.body),
            "digest": "",
            "reading": self._reading(),
            "link": self._link(),
            "home": self._home(),
        }

    def _draw(self, parts: Parts) -> str:
        return self.commission.draw(
            self.commission.kind, "text.j2", {**parts, "label": self.subject.label}
        )

    def _fits(self, text: str) -> bool:
        return weibo_length(text) <= self.commission.limits.text_units

    def _with_digest(self, parts: Parts, text: str) -> str:
        room = self.commission.limits.text_units - weibo_length(text) - 1
        if room < _LEAST_DIGEST:
            return text
        most = min(room, self.commission.manifest.text.digest)
        digest = self._plain(self.commission.make_digest(self.subject.body.text, most))
        # What the digest says already is not said twice.
        in_force = "" if parts["in_force"] in digest else parts["in_force"]
        fuller = self._draw({**parts, "in_force": in_force, "digest": digest})
        # An address inside a sentence is glued to Chinese signs, which the platform misreads.
        usable = digest and "://" not in digest
        return fuller if usable and self._fits(fuller) else text

    def _short_title(self, limit: int) -> str:
        return self._plain(self.commission.titling.shorter(self.subject.title, limit))

    def _plain(self, text: str) -> str:
        """`text` on one line, and without the sign that would make a topic where none may be."""
        line = " ".join(text.split())
        if self.commission.limits.text_allows_topic or "#" not in line:
            return line
        self.commission.remarks.note("文中的“#”会被平台当作话题，已改为全角“＃”")
        return line.replace("#", "＃")

    def _link(self) -> str:
        link, limits = safe_link(self.subject.url), self.commission.limits
        if limits.text_needs_link and not link:
            self._remark_missing_link()
        elif limits.text_needs_link and limits.safe_domains and not self._may_link(link):
            self.commission.remarks.problem(
                "link",
                f"链接 {link} 不在微博应用的安全域名（{'、'.join(limits.safe_domains)}）内，"
                "请在微博开放平台登记该域名，或换用登记过的网址",
            )
        return link

    def _home(self) -> str:
        """The office's own site, for a policy that has no address of its own."""
        home = safe_link(self.commission.account.options.get("home_url"))
        is_wanted = self.commission.limits.text_needs_link and not safe_link(self.subject.url)
        return home if is_wanted and self._may_link(home) else ""

    def _remark_missing_link(self) -> None:
        if home := self._home():
            self.commission.remarks.note(f"政策没有原文网址，微博正文改附官网链接 {home}")
            return
        self.commission.remarks.problem(
            "link",
            "微博正文必须带链接，但政策没有原文网址：请补充原文网址，"
            "或由账号管理员在账号设置中填写已登记安全域名的官网网址（home_url）",
        )

    def _reading(self) -> str:
        """The first interpretation's own address, where it may stand beside the policy's."""
        links = [safe_link(each.url) for each in self.subject.counterparts]
        return next((link for link in links if link and self._may_link(link)), "")

    def _may_link(self, link: str) -> bool:
        """Whether the account may post this link."""
        limits = self.commission.limits
        return not limits.text_needs_link or _is_safe(link, limits.safe_domains)

    def _remark_dropped(self, whole: Parts, parts: Parts) -> None:
        dropped = [said for name, said in _IN_CHINESE.items() if whole[name] and not parts[name]]
        if dropped:
            self.commission.remarks.note(f"微博字数有限，正文未写{'、'.join(dropped)}")
        if parts["title"] != whole["title"]:
            self.commission.remarks.note(f"微博正文使用短标题“{parts['title']}”")


def _is_safe(link: str, domains: Sequence[str]) -> bool:
    """`www.` and the bare host count as two different safe domains, so only equality is safe."""
    netloc = host_of(link)
    return netloc in domains or netloc.rsplit(":", 1)[0] in domains
