"""Every template folder, drawn with sample documents and held against its platform's limits."""

import dataclasses
import re
from pathlib import Path

import pytest
from lxml import etree

from bot.domain.accounts.account import Account
from bot.domain.posts.limits import Limits
from bot.domain.posts.post import PostKind
from bot.domain.releases.document import Block, Document
from bot.domain.text import weibo_length
from bot.rendering.manifest import TemplateFault, read_manifest
from tests.unit.rendering.samples import (
    HEADLINE_LIMITS,
    SHARE_LIMITS,
    TEMPLATES,
    WECHAT,
    WECHAT_LIMITS,
    WEIBO,
    Web,
    a_png,
    a_release,
    a_renderer,
    every_block,
    long_document,
    paragraph,
    rendered,
)

ROUTES = [
    pytest.param(WECHAT, WECHAT_LIMITS, id="wechat"),
    pytest.param(WEIBO, SHARE_LIMITS, id="weibo share"),
    pytest.param(WEIBO, HEADLINE_LIMITS, id="weibo article"),
]
BODIES = [
    pytest.param(every_block(), id="every block"),
    pytest.param(long_document(), id="long"),
    pytest.param(Document((paragraph("特此通知。"),)), id="one line"),
]
RENDERER = a_renderer(
    web=Web(
        {
            "https://www.yunling.example/p.png": a_png(),
            "https://www.yunling.example/map.png": a_png(30, 50),
        }
    )
)
_FORBIDDEN = re.compile(r"\s(?:class|id|on\w+)=|font-family|<(?:script|style|iframe|form|div)\b")
_TAG = re.compile(r"<[^>]*>")


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("kind", PostKind)
@pytest.mark.parametrize(("account", "limits"), ROUTES)
def test_every_kind_keeps_within_the_limits_of_every_route(
    account: Account, limits: Limits, kind: PostKind, body: Document
) -> None:
    """What is drawn can be sent: lengths, well-formed fragments, nothing the platform strips."""
    result = rendered(
        a_release(body=body), account=account, limits=limits, kind=kind, renderer=RENDERER
    )

    assert result.problems == ()
    assert len(result.content.articles) <= limits.articles
    assert weibo_length(result.content.text) <= limits.text_units
    assert bool(result.content.text) == bool(limits.text_units)
    for article in result.content.articles:
        assert 0 < len(article.title) <= limits.title
        assert len(article.digest) <= limits.digest
        assert len(article.html) <= limits.html
        assert len(article.text.encode()) <= limits.gallery_text_bytes
        assert bool(article.html) is not bool(article.text)
        assert article.front is not None
        assert not _FORBIDDEN.search(article.html)
        etree.fromstring(f"<x>{article.html}</x>")


@pytest.mark.parametrize(
    ("length", "share"), [(90, 0.25), (45, 0.35)], ids=["long paragraphs", "short paragraphs"]
)
def test_markup_stays_a_small_part_of_a_long_document(length: int, share: float) -> None:
    """The platform counts tags in its 20,000, so markup eats the reader's text."""
    blocks: list[Block] = []
    for block in long_document(110).blocks:
        text = getattr(block, "text", "")
        is_heading = block.block == "heading"
        blocks += (
            [block]
            if is_heading
            else [paragraph(text[at : at + length]) for at in range(0, len(text), length)]
        )
    body = Document(tuple(blocks))
    (article,) = rendered(
        a_release(body=body, attachments=()),
        limits=dataclasses.replace(WECHAT_LIMITS, html=90_000),
        renderer=RENDERER,
    ).content.articles

    start = article.html.index("text-indent:2em")
    drawn = article.html[start : article.html.index("</section>", start)]
    assert len(body.text) > 8_000
    assert sum(map(len, _TAG.findall(drawn))) <= share * len(body.text)


def test_every_template_file_is_drawn_by_somebody() -> None:
    """A part nobody includes is dead."""
    parts = {"article.html.j2", "title.j2", "digest.j2", "text.j2", "preview.html.j2"}
    files = [
        file
        for folder in ("wechat", "weibo", "_shared")
        for file in (TEMPLATES / folder).rglob("*.j2")
    ]
    included = "".join(file.read_text(encoding="utf-8") for file in files)

    assert files
    for file in files:
        name = f"_shared/{file.name}"
        assert file.name in parts or f'include "{name}"' in included, file


def test_a_declaration_nobody_reads_is_a_fault(tmp_path: Path) -> None:
    """A misspelt key fails at once instead of doing nothing."""
    file = tmp_path / "template.toml"
    file.write_text('overflw = "split"', encoding="utf-8")

    with pytest.raises(TemplateFault, match="overflw"):
        read_manifest(file)
