"""Every template with every release: within the limits, in markup that the platforms keep."""

import dataclasses
import re
from collections.abc import Iterator
from itertools import product

import pytest
from lxml import html as markup

from bot.domain.accounts.account import Account
from bot.domain.posts.limits import Limits
from bot.domain.posts.post import PostKind
from bot.domain.releases.document import Document
from bot.domain.releases.release import InterpretationKind, ReleaseContent
from bot.language.digest import make_digest, numbers_agree
from bot.language.sentences import split_sentences
from bot.language.words import split_words
from bot.rendering.blocks import length_as_sent
from bot.rendering.colours import LARGE_TEXT, NIGHT, READABLE, WHITE, contrast, rgb
from bot.rendering.renderer import TemplateRenderer

from .forms import FIGURES, POSTER, every_release, ordinance, policy
from .samples import (
    HEADLINE_LIMITS,
    TEMPLATES,
    WECHAT,
    WECHAT_LIMITS,
    WEIBO,
    MemoryMedia,
    Web,
    a_png,
    a_renderer,
    long_document,
    paragraph,
    rendered,
    without_bodies,
)

_KEPT = {
    *("section", "p", "span", "strong", "em", "br", "hr", "sup", "a", "img", "blockquote"),
    *("h2", "h3", "h4", "h5", "ul", "ol", "li", "table", "tbody", "tr", "th", "td"),
}
_PLATFORMS = [(WECHAT, WECHAT_LIMITS), (WEIBO, HEADLINE_LIMITS)]
_CASES = [
    (account, limits, kind, template)
    for account, limits in _PLATFORMS
    for kind in PostKind
    for template in a_renderer().templates(account.platform, kind)
]


def a_full_renderer() -> TemplateRenderer:
    """With pictures, and digests as they are made for readers."""
    web = Web(dict.fromkeys((*FIGURES, POSTER, "https://www.yunling.example/p.png"), a_png()))
    return TemplateRenderer(
        TEMPLATES,
        MemoryMedia(),
        web,
        shorten_title=without_bodies,
        make_digest=make_digest,
        split_words=split_words,
    )


@pytest.mark.parametrize(
    ("account", "limits", "kind", "template"),
    _CASES,
    ids=["-".join((a.platform, k, t)) for a, _, k, t in _CASES],
)
@pytest.mark.parametrize("name", every_release())
def test_every_template_draws_every_release_within_the_limits(
    account: Account, limits: Limits, kind: PostKind, template: str, name: str
) -> None:
    """Whole, split or as an excerpt that says so; nothing the platform would strip."""
    content = every_release()[name]
    roomy = dataclasses.replace(limits, articles=min(limits.articles * 20, 20))
    result = rendered(
        content,
        account=account,
        limits=roomy if limits.articles > 1 else limits,
        kind=kind,
        template=template,
        renderer=a_full_renderer(),
    )

    assert result.content.articles or result.problems
    for article in result.content.articles:
        assert length_as_sent(article.html) <= limits.html
        assert len(article.digest) <= limits.digest
        assert len(article.title) <= limits.title
        assert list(foreign_markup(article.html)) == []
    if result.form == "excerpt":
        assert "完整内容请" in "".join(article.html for article in result.content.articles)


def foreign_markup(html: str) -> Iterator[str]:
    """Tags and attributes that the platform would take away."""
    for element in markup.fragment_fromstring(html, create_parent="section").iter():
        if element.tag not in _KEPT:
            yield str(element.tag)
        yield from {"id", "class", "font-family"} & set(element.attrib)
        if "font-family" in element.get("style", "") or "url(" in element.get("style", ""):
            yield element.get("style", "")


@pytest.mark.parametrize("kind", InterpretationKind)
def test_every_form_of_interpretation_has_its_folder(kind: InterpretationKind) -> None:
    """A new form is not drawn as something else by accident."""
    assert (TEMPLATES / "wechat" / "interpretation" / kind / "template.toml").is_file()


@pytest.mark.parametrize("name", every_release())
@pytest.mark.parametrize("limit", [44, 120, 300])
def test_every_sentence_and_number_of_a_digest_stands_in_the_text(name: str, limit: int) -> None:
    """Nothing is said in an office's name that the office did not say."""
    content = every_release()[name]
    for body in (content.body, *(each.body for each in content.interpretations)):
        digest = make_digest(body.text, limit)

        assert len(digest) <= limit
        assert [said for said in split_sentences(digest) if said not in body.text] == []
        assert numbers_agree(digest, body.text)


@pytest.mark.parametrize("name", every_release())
def test_every_line_of_the_points_stands_in_the_text(name: str) -> None:
    """The short form copies; it does not write."""
    content: ReleaseContent = every_release()[name]
    result = rendered(content, template="points", renderer=a_full_renderer())

    (article,) = result.content.articles
    if result.form == "whole":
        return
    root = markup.fragment_fromstring(article.html, create_parent="div")
    (body,) = (s for s in root.iter("section") if "grid-template" in s.get("style", ""))
    for line in body:
        for said in split_sentences("".join(line.itertext())):
            assert said in content.body.text


@pytest.mark.parametrize(
    ("body", "most"),
    [
        (long_document(), 0.25),
        (ordinance(150, "符合条件的申请人应当自收到通知之日起十五个工作日内，" * 3), 0.25),
        (ordinance(480, "本市居民可以向所在地的街道办事处提出书面申请或者在线提交。"), 0.35),
    ],
    ids=["usual", "ordinance", "short-articles"],
)
def test_markup_is_a_small_part_of_long_documents(body: Document, most: float) -> None:
    """The platform counts tags in its 20,000 characters; header and colophon are apart."""
    empty = tags_of(Document((paragraph(""),))) - len("<p></p>")
    tags = tags_of(body) - empty - body.text.count("\n")

    assert len(body.text) > 8000
    assert tags <= most * len(body.text)


def tags_of(body: Document) -> int:
    unlimited = dataclasses.replace(WECHAT_LIMITS, html=0, html_bytes=0)
    (article,) = rendered(policy(body=body), limits=unlimited).content.articles
    return sum(map(len, re.findall("<[^>]*>", article.html)))


@pytest.mark.parametrize("platform", ["wechat", "weibo"])
def test_every_colour_reads_by_day_and_by_night(platform: str) -> None:
    """Text keeps its contrast on white and on the ground of dark mode, even where the platform
    recolours nothing; there is no background that could swallow it."""
    renderer = a_full_renderer()
    account, limits = (WECHAT, WECHAT_LIMITS) if platform == "wechat" else (WEIBO, HEADLINE_LIMITS)
    found: set[str] = set()
    for content, kind in product(every_release().values(), (PostKind.BUNDLE, PostKind.NOTICE)):
        made = rendered(content, account=account, limits=limits, kind=kind, renderer=renderer)
        html = "".join(article.html for article in made.content.articles)
        assert "background" not in html
        found |= set(re.findall(r"[^-]color:(#\w+)", html))

    assert [c for c in found if contrast(rgb(c), WHITE) < READABLE] == []
    assert [c for c in found if contrast(rgb(c), NIGHT) < LARGE_TEXT] == []
