"""署名: who wrote, edited and reviewed a post, told in it.

An approval is bound to words, and who takes the steps is known only after that. So the words that
are approved hold places for the names, and the names are put there when the post goes out.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

from bot.domain.permissions import SYSTEM
from bot.domain.posts.draft import DraftContent
from bot.domain.posts.post import Post

WRITERS, EDITORS, REVIEWERS = "撰稿", "编辑", "审核"
_PLACES = tuple(f"{{{role}}}" for role in (WRITERS, EDITORS, REVIEWERS))
_PLACE = re.compile(rf"([^\s<>{{}}]*){{({WRITERS}|{EDITORS}|{REVIEWERS})}}([ 　]*)")
"""What stands before a place belongs to it: where nobody is known both are left out."""


def hands_in(post: Post, names: Mapping[str, str]) -> Mapping[str, Sequence[str]]:
    """The people behind the post as it is, by role, with their names in the place of logins. A
    draft of the template alone has no writer, one that nobody changed no editor."""
    writer = post.keeper or post.submitted_by or SYSTEM.name
    readers = [one.by for one in post.signatures] or [post.approved_by or ""]
    logins = {
        WRITERS: () if writer == SYSTEM.name else (writer,),
        EDITORS: post.hands,
        REVIEWERS: tuple(filter(None, readers)),
    }
    return {role: [names.get(one, one) for one in found] for role, found in logins.items()}


def asks_for_names(content: DraftContent) -> bool:
    """Whether the words hold a place for a name."""
    return any(place in article.html for article in content.articles for place in _PLACES)


def signed_off(
    content: DraftContent, hands: Mapping[str, Sequence[str]], *, unknown: str = ""
) -> DraftContent:
    """The words with the names in their places; `unknown` stands where nobody is known yet."""

    def filled(place: re.Match[str]) -> str:
        told = "、".join(hands[place[2]]) or unknown
        return f"{place[1]}{escape(told)}{place[3]}" if told else ""

    articles = tuple(
        replace(article, html=_PLACE.sub(filled, article.html)) for article in content.articles
    )
    return replace(content, articles=articles)
