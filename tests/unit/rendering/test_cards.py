"""Cards: the document's own headings and sentences, never more than it says."""

import io

from PIL import Image as Pillow

from bot.domain.posts.post import PostKind
from bot.domain.releases.document import Document, Heading
from bot.rendering.cards import WIDTH, Point, points_of

from .samples import (
    SHARE_LIMITS,
    WEIBO,
    MemoryMedia,
    a_release,
    a_renderer,
    first_sentences,
    paragraph,
    rendered,
)

BODY = Document(
    (
        paragraph("各区人民政府：现将有关事项通知如下。"),
        Heading("一、补贴对象", 2),
        paragraph("年满六十周岁的本市户籍老年人。"),
        Heading("（一）例外", 3),
        paragraph("已领取同类补贴的除外。"),
        Heading("二、补贴标准", 2),
        paragraph("每人每月300元。"),
    )
)


def test_a_card_tells_the_highest_headings_in_the_documents_words() -> None:
    """Dispatch formulas before the first heading are no point."""
    assert points_of(BODY, first_sentences) == (
        Point("一、补贴对象", "年满六十周岁的本市户籍老年人。已领取同类补贴的除外。"),
        Point("二、补贴标准", "每人每月300元。"),
    )


def test_a_document_without_headings_is_one_point() -> None:
    """Its first sentences."""
    body = Document((paragraph("市级窗口延长办事时间。"),))

    assert points_of(body, first_sentences) == (Point("", "市级窗口延长办事时间。"),)


def test_the_items_of_a_list_stand_below_each_other() -> None:
    """As in the document."""
    body = Document((paragraph("一、元旦放假1天。"), paragraph("二、春节放假8天。")))

    assert [point.text for point in points_of(body, first_sentences)] == [
        "一、元旦放假1天。",
        "二、春节放假8天。",
    ]


def test_one_heading_alone_is_no_short_form() -> None:
    """Its text would stand for a whole of which it is the end."""
    body = Document((*([paragraph("窗口延长时间。")] * 2), Heading("附则", 1)))

    assert points_of(body, first_sentences) == (Point("", "窗口延长时间。窗口延长时间。"),)


def test_the_card_template_draws_one_where_there_is_no_picture() -> None:
    """The picture is stored, fits the route, and says what it shows."""
    media = MemoryMedia()
    result = rendered(
        a_release(body=BODY, interpretations=()),
        account=WEIBO,
        limits=SHARE_LIMITS,
        kind=PostKind.BUNDLE,
        template="card",
        renderer=a_renderer(media),
    )

    (picture,) = result.content.pictures
    assert picture.width == WIDTH
    assert picture.alt.startswith("政策文件\n云岭市人民政府办公室关于优化办事时间的通知\n")
    assert "二、补贴标准\n每人每月300元。" in picture.alt
    with Pillow.open(io.BytesIO(media.get(picture.sha256))) as drawn:
        assert drawn.height > drawn.width // 2


def test_articles_in_one_sentence_s_place_stand_on_lines_of_their_own() -> None:
    """And a heading that was set apart by blanks is closed."""
    below = paragraph("第四条　申请人可以当场领取。第五条　经双方约定也可以邮寄。")
    body = Document((Heading("第一章 总 则", 1), below, Heading("第二章 附　则", 1), below))

    first, second = points_of(body, first_sentences)

    assert (first.heading, second.heading) == ("第一章 总则", "第二章 附则")
    assert first.text.split("\n")[1].startswith("第五条")
