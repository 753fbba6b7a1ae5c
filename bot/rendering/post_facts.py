"""What a Weibo post says before and after its sentences: facts, links, whom to ask."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.text import compact, in_book_marks
from bot.rendering.commission import Commission
from bot.rendering.markup import host_of, safe_link
from bot.rendering.subjects import Mention, Subject, bodies, in_chinese, in_force_since

Parts = Mapping[str, str]
"""The parts of a text by name; an empty one is not written."""

LINKS = ("counterpart", "attachment", "link")
_MOST_RELATED = 3
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True)
class PostFacts:
    """What can be said about one subject on one account, each part found in the release."""

    commission: Commission
    subject: Subject

    def parts(self) -> dict[str, str]:
        """All of them, with the title as it was approved."""
        content, options = self.commission.content, self.commission.account.options
        topic = options.get("topic", self.commission.manifest.text.topic)
        return {
            "title": self.plain(self.subject.title),
            "topic": topic if self.commission.limits.text_allows_topic else "",
            "issuer": self.plain(bodies(content)),
            "number": self.plain(content.document_number or ""),
            # The date on an interpretation would be taken for its own.
            "issued": "" if self.subject.form else in_chinese(content.issued_on),
            "in_force": self._in_force(),
            "digest": "",
            "contact": self._contact(),
            **self._links(),
            "attachment": self._attachment(),
            "mentions": " ".join(options.get("mentions", "").replace("@", " ").split()),
        }

    def context(self, parts: Parts) -> dict[str, object]:
        """`parts` as the templates read them; what the title says is not said twice."""
        issuer, number = parts["issuer"], parts["number"]
        names = _bare(issuer)
        if _bare(parts["title"]).startswith(names) or _bare(number).startswith(names):
            issuer = ""
        origin = f"{issuer}（{number}）" if issuer and number else issuer or number
        if self.subject.form:
            # Standing alone, they would pass for those of the interpretation.
            origin = f"解读{number}" if number else ""
        issued = f"{parts['issued']}成文" if parts["issued"] else ""
        corrected = "" if self.subject.form else self.commission.content.correction or ""
        correction = f"更正说明：{self.plain(corrected).rstrip('。')}" if corrected else ""
        return {
            **{name: parts[name] for name in ("title", "topic", "digest", "contact")},
            "label": self.subject.label,
            "facts": [fact for fact in (correction, origin, issued, parts["in_force"]) if fact],
            "links": [(self._label(name, parts), parts[name]) for name in LINKS if parts[name]],
            "mentions": parts["mentions"].split(),
        }

    def _label(self, name: str, parts: Parts) -> str:
        """What a link leads to; in the place of the own one may stand another."""
        if name == "attachment":
            return "附件"
        form, own, url = self.subject.form, safe_link(self.subject.url), parts[name]
        if url == own:
            is_policy = not form or own == safe_link(self.commission.content.source_url)
            return "原文" if is_policy else "解读全文"
        if name == "link" and url == self._home_page:
            return "官网"
        return "政策" if form else "解读"

    def plain(self, text: str) -> str:
        """`text` on one line, without the sign that would make a topic of it."""
        line = " ".join(text.split())
        if "#" not in line:
            return line
        self.commission.remarks.note("文中的“#”会被平台当作话题，已改为全角“＃”")
        return line.replace("#", "＃")

    def mention(self, each: Mention) -> str:
        """Where `each` is to be read: live on the platform, else on its own page; where the
        account may not link either, nowhere."""
        addresses = (safe_link(each.live), safe_link(each.url))
        return next((link for link in addresses if link and self._may_link(link)), "")

    def related(self) -> list[tuple[str, str]]:
        """What else there is to read, each with its address: other interpretations, documents
        beside this one."""
        subject = self.subject
        told = {"", safe_link(subject.url), self._counterpart()}
        found: dict[str, str] = {}
        for each in (*subject.counterparts, *subject.related):
            found.setdefault(self.mention(each), in_book_marks(self.plain(each.title)))
        return [(title, link) for link, title in found.items() if link not in told][:_MOST_RELATED]

    def _in_force(self) -> str:
        """As the text says it, unless it was written after that day: then the text was amended,
        and the day is that of its first version."""
        content = self.commission.content
        said = in_force_since(content.body)
        day = _DAY.search(said)
        since = date(*map(int, day.groups())) if day else None
        is_older = since and content.issued_on and since < content.issued_on
        return "" if is_older else said

    def _contact(self) -> str:
        contact = self.plain(self.commission.content.contact or "")
        if "@" in contact:
            self.commission.remarks.note("咨询方式中的“@”会被平台当作提及，微博正文未写咨询方式")
            return ""
        return contact.rstrip("。")

    def _counterpart(self) -> str:
        """The first interpretation, or the policy of an interpretation, if it stands elsewhere."""
        own = safe_link(self.subject.url)
        found = (self.mention(each) for each in self.subject.counterparts)
        return next((link for link in found if link and link != own), "")

    def _attachment(self) -> str:
        """The only attachment, where it is kept with us and the account may link it: others stand
        beside the original, which is linked."""
        files = self.subject.attachments
        link = safe_link(files[0].url) if len(files) == 1 and files[0].size else ""
        return link if link and self._may_link(link) else ""

    def _links(self) -> dict[str, str]:
        """The own link, and its counterpart's. Where a link is a must and that of an interpretation
        may not be posted (it stands on another's site), its policy's takes its place."""
        own, counterpart = safe_link(self.subject.url), self._counterpart()
        limits, remarks = self.commission.limits, self.commission.remarks
        if own and (self._may_link(own) or not limits.safe_domains):
            return {"counterpart": counterpart, "link": own}
        told = f"链接 {own} 不在微博应用的安全域名（{'、'.join(limits.safe_domains)}）内"
        if own and self.subject.form and (other := counterpart or self._home_page):
            remarks.note(f"{told}，微博正文改附 {other}")
            return {"counterpart": "", "link": other}
        if own:
            remarks.problem("link", f"{told}，请在微博开放平台登记该域名，或换用登记过的网址")
        return {"counterpart": counterpart, "link": own or self._home()}

    @property
    def _home_page(self) -> str:
        """The office's own site, if there is one that may be linked."""
        home = safe_link(self.commission.account.options.get("home_url"))
        return home if home and self._may_link(home) else ""

    def _home(self) -> str:
        """For a subject that has no address of its own."""
        if home := self._home_page:
            self.commission.remarks.note(f"政策没有原文网址，微博正文改附官网链接 {home}")
            return home
        if self.commission.limits.text_needs_link:
            self.commission.remarks.problem(
                "link",
                "微博正文必须带链接，但政策没有原文网址：请补充原文网址，"
                "或由账号管理员在账号设置中填写已登记安全域名的官网网址（home_url）",
            )
        return ""

    def _may_link(self, link: str) -> bool:
        """Whether the account may post this link."""
        limits = self.commission.limits
        return not limits.text_needs_link or _is_safe(link, limits.safe_domains)


def _bare(names: str) -> str:
    return compact(names).replace("、", "")


def _is_safe(link: str, domains: Sequence[str]) -> bool:
    """`www.` and the bare host count as two different safe domains, so only equality is safe."""
    netloc = host_of(link)
    return netloc in domains or netloc.rsplit(":", 1)[0] in domains
