"""Drafts: the hash approvals are bound to, and what blocks sending."""

from dataclasses import replace

import pytest

from bot.domain.posts.draft import Article, Draft, DraftContent, Picture, Severity, Violation

PICTURE = Picture("aa", "image/png", 10, 10)
ARTICLE = Article("标题", "<p>正文</p>", cover=PICTURE)
CONTENT = DraftContent((ARTICLE,), text="短文", marker="m1")


def test_equal_content_has_an_equal_hash() -> None:
    """Approval survives storing and loading."""
    again = DraftContent((replace(ARTICLE),), text="短文", marker="m1")

    assert again.hash == CONTENT.hash


@pytest.mark.parametrize(
    "changed",
    [
        replace(CONTENT, text="短文。"),
        replace(CONTENT, marker="m2"),
        replace(CONTENT, pictures=(PICTURE,)),
        replace(CONTENT, articles=()),
        replace(CONTENT, articles=(ARTICLE, ARTICLE)),
        replace(CONTENT, articles=(replace(ARTICLE, title="标题 "),)),
        replace(CONTENT, articles=(replace(ARTICLE, html="<p>正文。</p>"),)),
        replace(CONTENT, articles=(replace(ARTICLE, digest="摘要"),)),
        replace(CONTENT, articles=(replace(ARTICLE, cover=None),)),
        replace(CONTENT, articles=(replace(ARTICLE, open_comments=True),)),
        replace(CONTENT, articles=(replace(ARTICLE, source_url="https://a.example"),)),
    ],
)
def test_any_change_a_reader_could_meet_changes_the_hash(changed: DraftContent) -> None:
    """Or something could be approved and something else sent."""
    assert changed.hash != CONTENT.hash


def test_warnings_do_not_block_and_blocking_ones_do() -> None:
    """One is enough."""
    warning = Violation("look", "请看一眼", severity=Severity.WARNING)

    assert Draft(CONTENT, (warning,)).is_sendable
    assert not Draft(CONTENT, (warning, Violation("title", "太长"))).is_sendable
