"""Limits and habits of the draft box."""

import json

import pytest

from tests.unit.sandbox.wechat.desk import JPEG

FOREIGN_IMAGE = "https://www.example.gov.cn/a.png"
OUR_IMAGE = "http://mmbiz.qpic.cn/sz_mmbiz_png/abc/0?wx_fmt=png"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"title": "字" * 32}, 0, id="title of 32"),
        pytest.param({"title": "字" * 33}, 45003, id="title of 33"),
        pytest.param({"title": ""}, 40035, id="no title"),
        pytest.param({"author": "字" * 8}, 0, id="author of 8"),
        pytest.param({"author": "字" * 9}, 45110, id="author of 9"),
        pytest.param({"digest": "字" * 120}, 0, id="digest of 120"),
        pytest.param({"digest": "字" * 121}, 45004, id="digest of 121"),
        pytest.param({"content": ""}, 44003, id="no content"),
        pytest.param({"content": "字" * 19_999}, 0, id="content just under 20,000"),
        pytest.param({"content": "字" * 20_000}, 45002, id="content of 20,000"),
        pytest.param({"content": f"<p>{'字' * 19_993}</p>"}, 45002, id="tags count too"),
        pytest.param({"content": "<html><body>x</body></html>"}, 47001, id="a whole page"),
        pytest.param({"thumb_media_id": "tempMEDIA"}, 40007, id="unknown cover"),
        pytest.param({"thumb_media_id": ""}, 40007, id="no cover"),
        pytest.param({"content_source_url": "ftp://a.test/"}, 41039, id="source link of ftp"),
        pytest.param(
            {"content_source_url": "https://a.test/" + "x" * 1024}, 45005, id="source link too long"
        ),
        pytest.param({"pic_crop_235_1": "0_0.1_1_0.525532"}, 0, id="crop"),
        pytest.param({"pic_crop_235_1": "0_0.1_1_2"}, 40035, id="crop beyond the picture"),
        pytest.param({"need_open_comment": 2}, 40035, id="comment flag of 2"),
    ],
)
def test_an_article_is_held_to_the_documented_limits(desk, changes, code):
    """Each field passes at its limit and is refused with its own number beyond it."""
    answer = desk.post("draft/add", {"articles": [desk.article(**changes)]})

    assert answer.get("errcode", 0) == code
    assert ("media_id" in answer) is (code == 0)


@pytest.mark.parametrize(
    ("switches", "changes"),
    [
        pytest.param({"title_limit": 64}, {"title": "字" * 64}, id="title"),
        pytest.param({"digest_limit": 128}, {"digest": "字" * 128}, id="digest"),
        pytest.param({"author_limit": 16}, {"author": "字" * 16}, id="author"),
    ],
)
def test_the_other_reading_of_a_limit_is_a_switch(make_desk, switches, changes):
    """Where sources name two limits, a scenario may choose the larger."""
    desk = make_desk(switches=switches)

    assert desk.draft(**changes)


def test_a_temporary_file_is_no_cover(desk):
    """Only a permanent id of the account is accepted as a cover."""
    temporary = desk.upload("media/upload", JPEG, type="image")["media_id"]

    answer = desk.post("draft/add", {"articles": [desk.article(thumb_media_id=temporary)]})

    assert answer["errcode"] == 40007


def test_nine_articles_are_too_many(desk):
    """A draft holds eight articles."""
    article = desk.article()

    assert "media_id" in desk.post("draft/add", {"articles": [article] * 8})
    assert desk.post("draft/add", {"articles": [article] * 9})["errcode"] == 45008


def test_escaped_chinese_is_refused(desk):
    r"""A body whose Chinese is written as ``\uXXXX`` is answered 40033, not stored."""
    body = json.dumps({"articles": [desk.article()]}).encode()

    answer = desk.request(
        "POST", "/cgi-bin/draft/add", params={"access_token": desk.token}, content=body
    ).json()

    assert answer["errcode"] == 40033
    assert desk.get("draft/count") == {"total_count": 0}


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"", 44002), (b"{", 47001), (b"[]", 47001), (b'{"articles": {}}', 47001), (b"\xff", 47001)],
    ids=["empty", "cut", "a list", "articles as object", "not UTF-8"],
)
def test_a_body_that_cannot_be_read_is_refused(desk, body, code):
    """Nothing is guessed from a broken body."""
    answer = desk.request(
        "POST", "/cgi-bin/draft/add", params={"access_token": desk.token}, content=body
    ).json()

    assert answer["errcode"] == code


def test_the_filter_drops_what_the_platform_does_not_keep(desk):
    """Scripts, style blocks, ids, handlers, foreign pictures and links go; the rest stays."""
    sent = (
        '<section id="a" class="b" style="color:#333;"><script>x()</script><style>p{}</style>'
        f'<p onclick="x()">甲&nbsp;<img src="{FOREIGN_IMAGE}"/>'
        f'<img src="{OUR_IMAGE}" alt="图"/></p>'
        '<a href="https://www.example.gov.cn/">官网</a>'
        '<a href="https://mp.weixin.qq.com/s/x">旧文</a><br/></section>'
    )
    media_id = desk.draft(content=sent)

    (kept,) = desk.post("draft/get", {"media_id": media_id})["news_item"]

    assert kept["content"] == (
        '<section style="color:#333;">'
        f'<p>甲&nbsp;<img src="{OUR_IMAGE}" alt="图"/></p>'
        '<a>官网</a><a href="https://mp.weixin.qq.com/s/x">旧文</a><br/></section>'
    )


def test_foreign_links_stay_for_accounts_with_wechat_pay(make_desk):
    """A link elsewhere is clickable only with WeChat Pay."""
    desk = make_desk(wechat_pay=True)
    media_id = desk.draft(content='<p><a href="https://www.example.gov.cn/">官网</a></p>')

    (kept,) = desk.post("draft/get", {"media_id": media_id})["news_item"]

    assert 'href="https://www.example.gov.cn/"' in kept["content"]


def test_comments_need_the_privilege(make_desk):
    """need_open_comment=1 is 88000 without the privilege, or silently 0 by the other switch."""
    strict = make_desk(comment_privilege=False)
    lenient = make_desk(comment_privilege=False, switches={"comment_without_privilege": "ignore"})

    refused = strict.post("draft/add", {"articles": [strict.article(need_open_comment=1)]})
    ignored = lenient.draft(need_open_comment=1)

    assert refused["errcode"] == 88000
    (kept,) = lenient.post("draft/get", {"media_id": ignored})["news_item"]
    assert kept["need_open_comment"] == 0


def test_an_empty_digest_becomes_the_first_54_characters(desk):
    """The platform fills the digest from the text."""
    media_id = desk.draft(content=f"<p>{'字' * 100}</p>")

    (kept,) = desk.post("draft/get", {"media_id": media_id})["news_item"]

    assert kept["digest"] == "字" * 54


def test_unknown_fields_are_noted_in_the_journal(desk):
    """A field the reference does not know is ignored, and the record of the call names it."""
    desk.draft(is_original=1)

    (call,) = desk.stage.journal.calls("/cgi-bin/draft/add")
    assert call.notes == {"unknown_fields": ["is_original"]}


def test_update_takes_one_object_and_an_index_that_exists(desk):
    """An array is 47001, an index beyond the draft 40114, an unknown draft 40007."""
    media_id, article = desk.draft(), desk.article(title="新的标题")

    def update(**changes):
        body = {"media_id": media_id, "index": 0, "articles": article, **changes}
        return desk.post("draft/update", body)["errcode"]

    assert update(articles=[article]) == 47001
    assert update(index=1) == 40114
    assert update(media_id="unknown") == 40007
    assert update() == 0
    (kept,) = desk.post("draft/get", {"media_id": media_id})["news_item"]
    assert kept["title"] == "新的标题"


def test_batchget_pages_and_leaves_the_content_out(desk):
    """The list has totals, a page, and no content when asked so; a page of 21 is refused."""
    for _ in range(3):
        desk.draft()

    page = desk.post("draft/batchget", {"offset": 2, "count": 2, "no_content": 1})

    assert (page["total_count"], page["item_count"]) == (3, 1)
    assert page["item"][0]["content"]["news_item"][0]["content"] == ""
    assert desk.post("draft/batchget", {"offset": 0, "count": 21})["errcode"] == 40035
