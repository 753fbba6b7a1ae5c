"""Posts and their sources, as small as a rule needs them."""

from typing import Any

from bot.domain.posts.checks.checking import check
from bot.domain.posts.checks.source import Source
from bot.domain.posts.draft import Article, DraftContent, Violation
from tests import factories as make

TITLE = "云岭市人民政府办公室关于发放高温津贴的通知"
BODY = (
    "自2026年12月1日起，室外作业人员每人每月发放高温津贴300元，覆盖1.2万人。",
    "咨询电话：0800-1234567。联系人：云岭市人力资源和社会保障局。",
)


def source(*paragraphs: str, **changes: Any) -> Source:
    """The approved text a post is held against."""
    content = make.content(
        **{"title": TITLE, "body": make.document(*(paragraphs or BODY))} | changes
    )
    return Source(content, make.account())


def short(text: str) -> DraftContent:
    return DraftContent(text=text)


def article(title: str = TITLE, html: str = "<p>每人每月300元</p>", **changes: Any) -> DraftContent:
    return DraftContent((Article(title, html, **changes),))


def found(content: DraftContent, rule: str, held_against: Source | None = None) -> list[Violation]:
    """What one rule says of a post."""
    return [v for v in check(content, held_against or source()) if v.rule == rule]


def quotes(content: DraftContent, rule: str, held_against: Source | None = None) -> list[str]:
    return [violation.quote for violation in found(content, rule, held_against)]
