"""Short texts: facts in whole parts, parts dropped in a declared order until the text fits."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.text import weibo_length
from bot.rendering.commission import Commission
from bot.rendering.points import in_lines
from bot.rendering.post_facts import Parts, PostFacts
from bot.rendering.subjects import Subject

_IN_CHINESE = {
    "topic": "话题",
    "issuer": "发文机关",
    "number": "发文字号",
    "issued": "成文日期",
    "in_force": "施行日期",
    "contact": "咨询方式",
    "counterpart": "解读或政策的链接",
    "attachment": "附件的链接",
    "mentions": "提及的账号",
}
_LEAST_DIGEST = 8
_ROOM_TO_EXPLAIN = 120
"""With so much room, why stands where the text does not tell what changes."""
_BESIDE_AN_ARTICLE = 160
_SAME = 0.7


def short_text_of(commission: Commission, subject: Subject) -> str:
    """The short text about `subject`, within the account's units as the platform counts them."""
    return _Writing(commission, subject, PostFacts(commission, subject)).text()


@dataclass(frozen=True)
class _Writing:
    """One short text being brought within its length."""

    commission: Commission
    subject: Subject
    facts: PostFacts

    def text(self) -> str:
        """The fullest text that fits; what cannot be made to fit is a problem."""
        whole = self.facts.parts()
        parts: Parts = whole
        text = ""
        for attempt in self._attempts(whole):
            parts, text = attempt, self._draw(attempt)
            if self._fits(text):
                parts = self._with_digest(attempt)
                text = self._draw(parts)
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

    def _draw(self, parts: Parts) -> str:
        return self.commission.draw(self.commission.kind, "text.j2", self.facts.context(parts))

    def _fits(self, text: str) -> bool:
        return weibo_length(text) <= self.commission.limits.text_units

    def _with_digest(self, parts: Parts) -> Parts:
        """`parts` with sentences; those that may yield go where no sentence fits beside them."""
        attempt = parts
        for name in ("", *self.commission.manifest.text.yields):
            attempt = {**attempt, name: ""} if name else attempt
            digest = self._digest(attempt)
            # What the digest says already is not said twice.
            said = {} if attempt["in_force"] not in digest else {"in_force": ""}
            fuller = {**attempt, "digest": digest, **said}
            # An address inside a sentence is glued to Chinese signs, which the platform misreads.
            if digest and "://" not in digest and self._fits(self._draw(fuller)):
                return fuller
        return parts

    def _digest(self, parts: Parts) -> str:
        limits, policy = self.commission.limits, self.commission.manifest.text
        most = _BESIDE_AN_ARTICLE if limits.articles else policy.digest
        room = min(limits.text_units - weibo_length(self._draw(parts)) - 1, most)
        if room < _LEAST_DIGEST:
            return ""
        body, make_digest = self.subject.body.text, self.commission.make_digest
        digest = make_digest(body, room, facts_first=True)
        if not digest and room >= _ROOM_TO_EXPLAIN:
            digest = make_digest(body, room)
        # The first items of a list would pass for all of it.
        is_list = len(in_lines(digest)) > 1
        return "" if is_list or _repeats(digest, self.subject.title) else self.facts.plain(digest)

    def _short_title(self, limit: int) -> str:
        return self.facts.plain(self.commission.titling.shorter(self.subject.title, limit))

    def _remark_dropped(self, whole: Parts, parts: Parts) -> None:
        said_anyway = parts["digest"] + parts["title"]
        dropped = [
            name
            for part, name in _IN_CHINESE.items()
            if whole[part] and not parts[part] and whole[part] not in said_anyway
        ]
        if dropped:
            self.commission.remarks.note(f"微博字数有限，正文未写{'、'.join(dropped)}")
        if parts["title"] != whole["title"]:
            self.commission.remarks.note(f"微博正文使用短标题“{parts['title']}”")


def _repeats(digest: str, title: str) -> bool:
    """Whether nearly every pair of characters stands in the title."""
    pairs = {first + second for first, second in pairwise(digest)}
    return len([pair for pair in pairs if pair in title]) > _SAME * len(pairs)
