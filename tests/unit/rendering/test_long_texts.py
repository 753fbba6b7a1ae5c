"""Long posts: whole where they fit, else by their headings, and they say which."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accounts.account import Mode
from bot.domain.posts.post import PostKind
from bot.domain.releases.document import Block, Document, Heading
from bot.domain.text import compact, weibo_length
from bot.platforms.weibo.limits import limits_of, violations_in
from bot.ports.rendering import Rendered

from .samples import WEIBO, a_release, paragraph, rendered

OPTIONS = {"long_text": "true", "safe_domains": "www.yunling.example", "topic": "云岭政策"}
COMMERCIAL = dataclasses.replace(WEIBO, mode=Mode.COMMERCIAL, options=OPTIONS)
_SENTENCE = "窗口应当在五个工作日内办结，并把结果告知申请人。"


def told(body: Document, **changes: Any) -> Rendered:
    """A post for the commercial route."""
    content = a_release(body=body, interpretations=(), attachments=(), **changes)
    return rendered(content, account=COMMERCIAL, limits=limits_of(COMMERCIAL))


def sectioned(count: int, sentences: int) -> Document:
    """So many headings with so many sentences below each."""
    blocks: list[Block] = []
    for number in range(count):
        blocks.append(Heading(f"{number + 1}、办理事项", 1))
        blocks.append(paragraph(_SENTENCE * sentences))
    return Document(tuple(blocks))


def test_a_short_document_is_told_whole() -> None:
    """Paragraph by paragraph, and it says that nothing is missing."""
    text = told(Document((paragraph("窗口延长办事时间。"), paragraph(_SENTENCE)))).content.text

    assert text.startswith("#云岭政策#【")
    assert f"\n\n窗口延长办事时间。\n\n{_SENTENCE}\n\n以上为正文全文。\n原文：https://" in text


def test_a_longer_one_is_told_by_its_headings() -> None:
    """Every heading stands, with whole sentences below it, and the text says it is an excerpt."""
    text = told(sectioned(9, 40)).content.text

    assert all(f"{number}、办理事项\n窗口应当" in text for number in range(1, 10))
    assert "并非全文" in text


def test_of_the_longest_only_the_first_sections_are_told() -> None:
    """And it says how many there are."""
    text = told(sectioned(90, 9)).content.text

    assert "部分，共 90 部分" in text
    assert "90、办理事项" not in text


def test_an_account_without_long_posts_writes_a_short_one() -> None:
    """One line within 130."""
    account = dataclasses.replace(COMMERCIAL, options={**OPTIONS, "long_text": "false"})
    content = a_release(body=sectioned(9, 9), interpretations=())

    text = rendered(content, account=account, limits=limits_of(account)).content.text

    assert "\n" not in text
    assert weibo_length(text) <= 130


def test_the_interpretation_is_linked_below() -> None:
    """On a line of its own, the address followed by a blank."""
    content = a_release(body=sectioned(9, 40))

    text = rendered(content, account=COMMERCIAL, limits=limits_of(COMMERCIAL)).content.text

    assert "\n解读：https://www.yunling.example/jd/8.html " in text


def test_what_is_linked_already_is_not_linked_again() -> None:
    """Interpretations on one page with their policy, or with each other, have one link."""
    first, _ = a_release().interpretations
    same = dataclasses.replace(first, title="《办法》解读之二")
    on_its_page = dataclasses.replace(first, url="https://www.yunling.example/zhengce/7.html")
    elsewhere = dataclasses.replace(first, url="https://www.yunling.example/jd/9.html")
    content = a_release(
        body=sectioned(9, 40), interpretations=(first, same, on_its_page, elsewhere, elsewhere)
    )

    text = rendered(content, account=COMMERCIAL, limits=limits_of(COMMERCIAL)).content.text

    assert (
        text.count("/jd/8.html") == text.count("/zhengce/7.html") == text.count("/jd/9.html") == 1
    )
    assert (
        "相关：《〈关于优化办事时间的通知〉政策问答》 https://www.yunling.example/jd/9.html" in text
    )


_WORDS = st.text("云岭市政策办理应当补贴12345年月日元，#@（）《》", min_size=1, max_size=60)
_BLOCKS = st.one_of(
    st.builds(lambda text: Heading(text, 1), _WORDS),
    st.builds(lambda text: paragraph(text + "。"), _WORDS),
)


@pytest.mark.parametrize("mode", [Mode.SHARE, Mode.COMMERCIAL])
@given(blocks=st.lists(_BLOCKS, max_size=30), times=st.integers(1, 9), title=_WORDS)
def test_no_post_breaks_a_limit_and_every_line_is_in_the_source(
    mode: Mode, blocks: list[Block], times: int, title: str
) -> None:
    """Whatever was approved: too long, glued to a link, a topic by accident; where no text can
    be made a person is asked."""
    account = dataclasses.replace(COMMERCIAL, mode=mode)
    body = Document(tuple(blocks * times) or (paragraph(_SENTENCE),))
    content = a_release(title=f"关于{title}的通知", body=body, interpretations=())

    result = rendered(content, account=account, limits=limits_of(account), kind=PostKind.POLICY)

    assert not violations_in(result.content, account) or result.problems
    source = compact(body.text).replace("#", "＃").replace("＃", "")
    lines = "\n".join(result.content.text.split("\n\n")[1:-1]).split("\n")
    for line in lines:
        assert compact(line.replace("＃", "")) in source
