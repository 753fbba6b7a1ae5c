"""Picture messages on the simulated platform: what draft/add takes and what readers see."""

import pytest

from .desk import FAN, PNG, Desk


@pytest.fixture
def desk():
    with_desk = Desk()
    yield with_desk
    with_desk.close()


def newspic(desk, count=2, media_id="", **changes):
    picture = media_id or desk.upload("material/add_material", PNG, type="image")["media_id"]
    return {
        "article_type": "newspic",
        "title": "一图读懂",
        "content": "说明\n第二行",
        "image_info": {"image_list": [{"image_media_id": picture}] * count},
        **changes,
    }


def add(desk, *args, **changes):
    return desk.post("draft/add", {"articles": [newspic(desk, *args, **changes)]})


def test_it_takes_one_to_twenty_permanent_pictures(desk):
    """None and 21 are 40215, an unknown or temporary one 40007."""
    temporary = desk.upload("media/upload", PNG, type="image")["media_id"]

    assert "media_id" in add(desk, 20)
    assert add(desk, 0)["errcode"] == 40215
    assert add(desk, 21)["errcode"] == 40215
    assert add(desk, 1, "unknown")["errcode"] == 40007
    assert add(desk, 1, temporary)["errcode"] == 40007


def test_html_is_dropped_and_lines_are_kept(desk):
    """Only tags go; the text stays as it was written."""
    media_id = add(desk, content="<b>说明</b>\n第二行")["media_id"]

    (kept,) = desk.post("draft/get", {"media_id": media_id})["news_item"]

    assert kept["content"] == "说明\n第二行"
    assert kept["thumb_url"].startswith("http://mmbiz.qpic.cn/")


def test_its_text_is_short_unless_the_scenario_says_otherwise():
    """The page's 2 KB line, as a switch."""
    strict, generous = Desk(), Desk(switches={"picture_text_bytes": 9000})
    long = "字" * 700

    assert add(strict, content=long)["errcode"] == 45002
    assert "media_id" in add(generous, content=long)
    strict.close()
    generous.close()


GOOD = {"ratio": "1_1", "x1": "0.166454", "y1": "0", "x2": "0.833545", "y2": "1"}


@pytest.mark.parametrize(
    ("crop", "answer"),
    [
        ({}, None),
        ({"ratio": "16_9"}, None),
        ({"ratio": "2.35_1"}, None),
        ({"ratio": "4_3"}, 40035),
        ({"x1": 0.1}, 40035),
        ({"x1": "0.1234567"}, 40035),
        ({"x1": "0.9"}, 40035),
        ({"y2": "1.2"}, 40035),
    ],
)
def test_crops_are_texts_between_0_and_1_that_enclose_something(desk, crop, answer):
    """Of three ratios, with at most six decimals."""
    said = add(desk, cover_info={"crop_percent_list": [GOOD | crop]})

    assert said.get("errcode") == answer


def test_an_articles_crop_must_enclose_something_too(desk):
    """Left before right, top above bottom."""

    def crop(text):
        return desk.post("draft/add", {"articles": [desk.article(pic_crop_1_1=text)]})

    assert "media_id" in crop("0.25_0_0.75_1")
    assert crop("0.75_0_0.25_1")["errcode"] == 40035
    assert crop("0.25_0_0.75")["errcode"] == 40035


def test_readers_see_the_pictures_and_the_text(desk):
    """Published like an article; a picture deleted before is 53503."""
    media_id = add(desk)["media_id"]
    desk.post("freepublish/submit", {"media_id": media_id})
    desk.wait(2)
    (publication,) = desk.account.publications.values()

    page = desk.request("GET", f"/s/{publication.links[0]}").text

    assert page.count("<img") == 2
    assert "第二行" in page


def test_a_deleted_picture_fails_the_publish_check(desk):
    """Like a deleted cover."""
    article = newspic(desk)
    media_id = desk.post("draft/add", {"articles": [article]})["media_id"]
    (picture, _) = article["image_info"]["image_list"]
    desk.post("material/del_material", {"media_id": picture["image_media_id"]})

    assert desk.post("freepublish/submit", {"media_id": media_id})["errcode"] == 53503


@pytest.mark.parametrize("takes", [False, True])
def test_whether_it_may_be_mass_sent_is_a_switch(takes):
    """Nothing documents it."""
    desk = Desk(switches={"mass_takes_newspic": takes})
    body = {"media_id": add(desk)["media_id"]}

    said = desk.post(
        "message/mass/sendall",
        {"filter": {"is_to_all": True}, "msgtype": "mpnews", "mpnews": body},
    )

    assert said["errcode"] == (0 if takes else 40008)
    assert len(desk.account.followers[FAN].lines) in (0, 1)
    desk.close()
