"""Titles made to fit: the official shorter form, or a question to a person; never a silent cut."""

from dataclasses import dataclass

from bot.ports.wording import ShortenTitle
from bot.rendering.remarks import Remarks


@dataclass(frozen=True)
class Titling:
    """How titles are brought within a limit for one rendering."""

    shorten: ShortenTitle
    remarks: Remarks
    issuing_bodies: tuple[str, ...] = ()
    policy: str = "shorten"
    may_cut: bool = False

    def fit(self, title: str, limit: int, *, suffix: str = "", place: str = "标题") -> str:
        """`title` and `suffix` within `limit` code points (0: no limit).

        A title that stays too long is returned whole and becomes a problem.
        """
        if not limit or len(title) + len(suffix) <= limit:
            return title + suffix
        room = limit - len(suffix)
        if self.policy == "shorten" or self.may_cut:
            short = self.shorten(
                title, room, issuing_bodies=self.issuing_bodies, may_cut=self.may_cut
            )
            if len(short.text) <= room and short.form != "too_long":
                self.remarks.note(_DONE[short.form].format(place=place, short=short.text))
                return short.text + suffix
        self.remarks.problem(
            "title",
            f"{place}“{title}”共 {len(title)} 个字，超过平台上限 {room} 个字，"
            f"请填写不超过 {room} 个字的短标题",
        )
        return title + suffix

    def shorter(self, title: str, limit: int) -> str:
        """The shorter official form if there is one within `limit`, else `title` itself."""
        if self.policy != "shorten" or len(title) <= limit:
            return title
        short = self.shorten(title, limit, issuing_bodies=self.issuing_bodies)
        return title if short.form == "too_long" else short.text


_DONE = {
    "whole": "{place}使用“{short}”，全称写在正文开头",
    "shortened": "{place}已按公文标题规则缩短为“{short}”，全称写在正文开头",
    "cut": "{place}过长，已截断为“{short}”，仅供检查或演示，发布前请填写短标题",
}
