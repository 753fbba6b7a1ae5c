"""Picture messages: which pictures, in which parts a cover shows them, and the text below."""

from dataclasses import replace

import pytest

from bot.domain.posts.draft import ArticleForm, CoverShape, Crop, Picture
from bot.domain.posts.post import PostKind
from bot.domain.releases.document import Block, Document, Image
from bot.domain.releases.release import Interpretation, InterpretationKind
from bot.ports.rendering import Rendered
from bot.rendering.fronts import crops_of

from .samples import (
    SHARE_LIMITS,
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

POLICY_PICTURE = Image("https://www.yunling.example/p.png", caption="办理流程", credit="云岭日报")
LEAVES = tuple(
    Image(f"https://www.yunling.example/{n}.png", alt=f"第{n}页", credit=credit)
    for n, credit in ((1, "市民政局"), (2, "市民政局"), (3, "云岭日报"))
)
INFOGRAPHIC = Interpretation(
    "一图读懂办事时间", InterpretationKind.INFOGRAPHIC, Document(LEAVES), url="https://a.example/1"
)
WEB = Web(
    {POLICY_PICTURE.url: a_png(60, 40)} | {leaf.url: a_png(90, 120, "teal") for leaf in LEAVES}
)


def gallery(**changes: object) -> Rendered:
    """A release with a picture in its text and an infographic of three, as a picture message."""
    content = a_release(
        **{
            "body": Document((paragraph("补贴标准为每人每月300元。"), POLICY_PICTURE)),
            "interpretations": (INFOGRAPHIC,),
        }
        | changes
    )
    return rendered(content, kind=PostKind.PICTURES, renderer=a_renderer(web=WEB))


def test_an_infographic_comes_before_the_policys_own_pictures() -> None:
    """All of its pictures in their order, with what they say and whose they are."""
    result = gallery()

    (article,) = result.content.articles
    assert result.problems == ()
    assert article.form is ArticleForm.PICTURES
    assert article.title == "一图读懂办事时间"
    assert [(p.alt, p.credit) for p in article.pictures] == [
        ("第1页", "市民政局"),
        ("第2页", "市民政局"),
        ("第3页", "云岭日报"),
    ]
    assert article.cover is None
    assert article.front == article.pictures[0]
    assert result.content.marker == "https://a.example/1"


def test_without_an_infographic_the_policys_pictures_are_shown() -> None:
    """Under the policy's title."""
    (article,) = gallery(interpretations=()).content.articles

    assert article.title == "云岭市人民政府办公室关于优化办事时间的通知"
    assert [picture.alt for picture in article.pictures] == ["办理流程"]


def test_the_text_names_the_policy_its_facts_its_source_and_whose_pictures() -> None:
    """One line each, plain, with a digest of the policy's own sentences."""
    (article,) = gallery().content.articles

    lines = article.text.split("\n")
    assert lines[0] == "《云岭市人民政府办公室关于优化办事时间的通知》"
    assert "发文机关：云岭市人民政府办公室" in lines
    assert "补贴标准为每人每月300元。" in lines
    assert lines[-2] == "原文：https://a.example/1"
    assert lines[-1] == "图片来源：市民政局、云岭日报"


def test_the_text_keeps_within_its_bytes() -> None:
    """The digest gives way first."""
    long = Document(tuple(paragraph("补贴标准为每人每月300元。" * 3) for _ in range(90)))
    tight = replace(WECHAT_LIMITS, gallery_text_bytes=500)
    content = a_release(body=long, interpretations=(INFOGRAPHIC,))

    result = rendered(content, kind=PostKind.PICTURES, limits=tight, renderer=a_renderer(web=WEB))

    (article,) = result.content.articles
    assert 300 < len(article.text.encode()) <= 500
    assert article.text.endswith("图片来源：市民政局、云岭日报")


def test_a_release_without_pictures_is_refused_with_the_way_out() -> None:
    """Another template, or pictures drawn from the text."""
    result = gallery(body=Document((paragraph("特此通知。"),)), interpretations=())

    (problem,) = result.problems
    assert result.content.articles == ()
    assert "没有可用的图片" in problem.message
    assert "文章类模板" in problem.message
    assert "long" in problem.message


def test_a_picture_that_cannot_be_had_is_a_problem_that_names_it() -> None:
    """In a picture message nothing stands in for it."""
    lost = Image("https://www.yunling.example/lost.png", caption="申请流程图")
    broken = replace(INFOGRAPHIC, body=Document((*LEAVES, lost)))

    result = gallery(interpretations=(broken,))

    (problem,) = result.problems
    assert "申请流程图" in problem.message
    assert "没有这张图片" in problem.message
    assert len(result.content.articles[0].pictures) == 3


@pytest.mark.parametrize(
    ("size", "crops"),
    [
        (
            (1080, 3000),
            [(0, 0, 1080, 460), (0, 0, 1080, 608), (0, 0, 1080, 1080)],
        ),
        (
            (900, 383),
            [(0, 0, 900, 383), (109, 0, 790, 383), (258, 0, 641, 383)],
        ),
    ],
    ids=["tall", "wide"],
)
def test_covers_show_the_head_of_a_tall_picture_and_the_middle_of_a_wide_one(
    size: tuple[int, int], crops: list[tuple[int, int, int, int]]
) -> None:
    """As large as the shape allows, never outside the picture."""
    found = crops_of(Picture("a", "image/png", *size), tuple(CoverShape))

    assert found == tuple(Crop(shape, *box) for shape, box in zip(CoverShape, crops, strict=True))


def test_where_there_are_no_picture_messages_the_pictures_go_with_a_short_text() -> None:
    """Weibo's short post takes what it takes."""
    result = rendered(
        a_release(body=every_block(), interpretations=(INFOGRAPHIC,)),
        kind=PostKind.PICTURES,
        account=WEIBO,
        limits=SHARE_LIMITS,
        renderer=a_renderer(web=WEB),
    )

    assert result.content.articles == ()
    assert [picture.alt for picture in result.content.pictures] == ["第1页"]


@pytest.mark.parametrize(
    ("count", "label"),
    [(0, ""), (1, "部分图片由人工智能辅助生成"), (3, "图片由人工智能辅助生成")],
)
def test_pictures_made_by_a_machine_are_labelled(count: int, label: str) -> None:
    """In the text, for the picture message has no other place; staff are reminded."""
    made = tuple(replace(leaf, ai_generated=at < count) for at, leaf in enumerate(LEAVES))

    result = gallery(interpretations=(replace(INFOGRAPHIC, body=Document(made)),))

    lines = result.content.articles[0].text.split("\n")
    assert ("人工智能" in "".join(lines)) is bool(label)
    assert not label or label in lines
    assert any("创作来源" in note for note in result.notes) is bool(label)


def long_gallery(*blocks: Block, **changes: object) -> Rendered:
    content = a_release(body=Document(blocks), interpretations=(), **changes)
    return rendered(content, kind=PostKind.PICTURES, template="long", renderer=a_renderer(web=WEB))


def test_the_long_template_draws_the_policys_text() -> None:
    """A release without any picture becomes a picture message; each page says what it shows."""
    result = long_gallery(*long_document(12).blocks)

    (article,) = result.content.articles
    assert result.problems == ()
    assert len(article.pictures) > 1
    assert {picture.width for picture in article.pictures} == {1080}
    assert article.pictures[0].alt.startswith("第 1 页，共")
    assert "第1条" in article.pictures[0].alt
    assert article.crops[0] == Crop(CoverShape.WIDE, 0, 0, 1080, 460)


def test_a_text_too_long_for_pictures_is_refused_with_the_way_out() -> None:
    """How many it would need, and what to do instead."""
    result = long_gallery(*long_document(700).blocks)

    (problem,) = result.problems
    assert result.content.articles == ()
    assert "最多 20 张" in problem.message
    assert "文章类模板" in problem.message


def test_a_character_that_cannot_be_drawn_is_named() -> None:
    """A text with a hole in it is not published."""
    (problem,) = long_gallery(paragraph("家住\U0002ebf1山镇。")).problems

    assert "\U0002ebf1" in problem.message


def test_a_very_tall_infographic_is_leafed_through_in_parts() -> None:
    """Staff are told where to look; the platform's number is kept."""
    url = "https://www.yunling.example/tall.png"
    tall = replace(INFOGRAPHIC, body=Document((Image(url, alt="图解", credit="市民政局"),)))
    web = Web({url: a_png(300, 3000)})
    content = a_release(interpretations=(tall,))

    result = rendered(content, kind=PostKind.PICTURES, renderer=a_renderer(web=web))

    pictures = result.content.articles[0].pictures
    assert sum(picture.height for picture in pictures) == 3000
    assert pictures[0].alt == f"图解（1/{len(pictures)}）"
    assert {picture.credit for picture in pictures} == {"市民政局"}
    assert any(f"分为 {len(pictures)} 张" in note for note in result.notes)
