"""Picture messages (图片消息) on WeChat: limits, what is sent, what counts as changed."""

from dataclasses import replace
from typing import Any

import orjson
import pytest

from bot.domain.accounts.account import Mode
from bot.domain.posts.draft import Article, ArticleForm, CoverShape, Crop, DraftContent, Severity
from bot.platforms.wechat.comparing import differences
from bot.platforms.wechat.limits import limits_of, violations_in
from bot.platforms.wechat.payload import articles_payload, library_pictures
from tests.unit.platforms.wechat.stand import (
    COVER,
    FIGURE,
    OK,
    PICTURE_URL,
    Stand,
    access,
    article,
    order,
    picture,
)

MEDIA = {FIGURE: "IMAGE-1", COVER: "IMAGE-2"}
KEPT = orjson.dumps(MEDIA).decode()


def gallery(**changes: Any) -> Article:
    """A picture message of two pictures of 40 by 30."""
    values: dict[str, Any] = {
        "title": "一图读懂办事时间",
        "form": ArticleForm.PICTURES,
        "text": "云岭市人民政府办公室\n自2026年12月1日起施行。",
        "pictures": (picture(FIGURE), picture(COVER)),
    }
    return Article(**(values | changes))


def rules(*articles: Article, mode: Mode = Mode.PUBLISH, size: int | None = 1000) -> list[str]:
    content, account = DraftContent(articles), access(mode).account
    return [v.rule for v in violations_in(content, account, size_of=lambda _: size)]


def test_a_proper_picture_message_breaks_nothing() -> None:
    """It needs neither cover nor HTML."""
    assert rules(gallery()) == []


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"pictures": ()}, "gallery_count"),
        ({"pictures": (picture(FIGURE),) * 21}, "gallery_count"),
        ({"pictures": (picture(FIGURE, "image/gif"),)}, "picture_type"),
        ({"text": " \n"}, "gallery_text_empty"),
        ({"text": "字" * 683}, "gallery_text"),
        ({"text": "说明<b>一</b>"}, "gallery_markup"),
        ({"title": "标" * 33}, "title"),
        ({"open_comments": True}, "comments"),
    ],
)
def test_each_limit_is_told(changes: dict[str, object], rule: str) -> None:
    """Twenty pictures, 2 KB of plain text, the title's usual length."""
    assert rules(gallery(**changes)) == [rule]


def test_twenty_pictures_and_two_kilobytes_are_allowed() -> None:
    """The last of each still fits; a sign that only looks like a tag is text."""
    assert rules(gallery(pictures=(picture(FIGURE),) * 20, text="字" * 682)) == []
    assert rules(gallery(text="收入<3000元的家庭，见《办法》")) == []


@pytest.mark.parametrize(("size", "rule"), [(None, "picture_missing"), (11 << 20, "picture_bytes")])
def test_its_pictures_are_weighed_as_material(size: int | None, rule: str) -> None:
    """10 MB, not the 1 MB of pictures inside a text."""
    assert rules(gallery(), size=2 << 20) == []
    assert rules(gallery(), size=size) == [rule, rule]


def test_a_picture_message_stands_alone() -> None:
    """Nothing says that it may share a draft with articles."""
    assert rules(gallery(), article()) == ["gallery_alone"]


def test_pushing_pictures_is_said_to_lose_the_title_field() -> None:
    """Unless the account sends the draft itself."""
    given = access(Mode.MASS)
    as_draft = replace(given.account, options={"mass_pictures": "draft"})
    content = DraftContent((gallery(),))

    (warning,) = violations_in(content, given.account, size_of=lambda _: 1)

    assert (warning.rule, warning.severity) == ("gallery_pushed", Severity.WARNING)
    assert violations_in(content, as_draft, size_of=lambda _: 1) == ()


def test_the_text_limit_is_an_option() -> None:
    """The page's number is doubtful."""
    account = replace(access().account, options={"picture_text_bytes": "9000"})

    assert limits_of(account).gallery_text_bytes == 9000


def test_it_is_sent_as_newspic_with_its_crops() -> None:
    """Permanent pictures in order, plain text, crops as fractions of the first picture."""
    crops = (Crop(CoverShape.SQUARE, 5, 0, 35, 30), Crop(CoverShape.WIDE, 0, 7, 40, 24))

    (sent,) = articles_payload([gallery(crops=crops)], picture_urls={}, library_ids=MEDIA)

    assert sent == {
        "article_type": "newspic",
        "title": "一图读懂办事时间",
        "content": "云岭市人民政府办公室\n自2026年12月1日起施行。",
        "need_open_comment": 0,
        "only_fans_can_comment": 0,
        "image_info": {
            "image_list": [{"image_media_id": "IMAGE-1"}, {"image_media_id": "IMAGE-2"}]
        },
        "cover_info": {
            "crop_percent_list": [
                {"ratio": "1_1", "x1": "0.125", "y1": "0", "x2": "0.875", "y2": "1"},
                {"ratio": "2.35_1", "x1": "0", "y1": "0.233333", "x2": "1", "y2": "0.8"},
            ]
        },
    }


def test_an_articles_crops_become_its_two_fields() -> None:
    """Fractions of the cover with at most six decimals."""
    crops = (
        Crop(CoverShape.WIDE, 0, 0, 30, 13),
        Crop(CoverShape.SQUARE, 31, 0, 40, 9),
        Crop(CoverShape.SCREEN, 0, 0, 32, 18),
    )

    (sent,) = articles_payload(
        [article(crops=crops)], picture_urls={FIGURE: PICTURE_URL}, library_ids=MEDIA
    )

    assert sent["pic_crop_235_1"] == "0_0_0.75_0.433333"
    assert sent["pic_crop_1_1"] == "0.775_0_1_0.3"


def test_every_picture_of_a_picture_message_goes_into_the_library_once() -> None:
    """Covers and pictures share the library's hundred thousand places."""
    content = DraftContent((gallery(pictures=(picture(FIGURE), picture(COVER), picture(FIGURE))),))

    assert [one.sha256 for one in library_pictures(content)] == [FIGURE, COVER]


def newspic(**changes: Any) -> dict[str, Any]:
    (sent,) = articles_payload([gallery()], picture_urls={}, library_ids=MEDIA)
    filled_in = {"author": "云岭", "digest": "云岭市", "thumb_url": PICTURE_URL}
    return dict(sent) | filled_in | changes


def test_what_the_platform_fills_in_is_no_change() -> None:
    """Author and summary are not ours; lines may be joined."""
    kept = newspic(content="云岭市人民政府办公室 自2026年12月1日起施行。")
    (ours,) = articles_payload([gallery()], picture_urls={}, library_ids=MEDIA)

    assert differences([ours], [kept]) == ()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": "另一个"}, "第 1 篇的标题：批准的是“一图读懂办事时间”，平台上是“另一个”"),
        (
            {"content": "别的"},
            "第 1 篇的说明文字：批准的是“云岭市人民政府办公室自2026年12月1日起施行。”，"
            "平台上是“别的”",
        ),
        (
            {"image_info": {"image_list": [{"image_media_id": "IMAGE-1"}]}},
            "第 1 篇的图片：批准的是“2 张图”，平台上是“1 张图”",
        ),
        (
            {"image_info": {"image_list": [{"image_media_id": i} for i in ("IMAGE-2", "IMAGE-1")]}},
            "第 1 篇的图片：批准的是“批准时的顺序”，平台上是“另一种顺序”",
        ),
        (
            {"image_info": {"image_list": [{"image_media_id": i} for i in ("IMAGE-1", "OTHER")]}},
            "第 1 篇的图片：批准的是“2 张图”，平台上是“同样多，但换了图”",
        ),
    ],
)
def test_what_a_reader_would_notice_is_a_change(changes: dict[str, Any], sentence: str) -> None:
    """Title, text, and the pictures in their order."""
    (ours,) = articles_payload([gallery()], picture_urls={}, library_ids=MEDIA)

    (found,) = differences([ours], [newspic(**changes)])

    assert found.sentence == sentence


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {},
            {
                "msgtype": "image",
                "images": {
                    "media_ids": ["IMAGE-1", "IMAGE-2"],
                    "recommend": "一图读懂办事时间\n云岭市人民政府办公室\n自2026年12月1日起施行。",
                    "need_open_comment": 0,
                    "only_fans_can_comment": 0,
                },
            },
        ),
        ({"mass_pictures": "draft"}, {"msgtype": "mpnews", "mpnews": {"media_id": "DRAFT-1"}}),
    ],
    ids=["documented", "option"],
)
def test_a_mass_send_shows_the_pictures(options: dict[str, str], message: dict[str, Any]) -> None:
    """As the documented body of pictures, or as the draft where the account says so."""
    stand = Stand(mass__sendall=OK | {"msg_id": 7})
    given = access(Mode.MASS, options=options)
    asked = order({"library_media_ids": KEPT}, given=given, articles=(gallery(),), key="k" * 32)

    stand.perform("send", asked)

    (sent,) = stand.platform.bodies("mass/sendall")
    assert {name: sent[name] for name in message} == message
