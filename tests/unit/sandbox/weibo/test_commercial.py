"""Posting on the commercial host."""

from typing import Any

import pytest

from bot.sandbox.weibo.calls import Upload
from tests.unit.sandbox.weibo.stand import PNG, RIP, Stand, make_stand

UPDATE = "/2/statuses/update/biz.json"


def commercial(**kwargs: Any) -> Stand:
    return make_stand(app={"level": "commercial"}, **kwargs)


def upload(stand: Stand) -> str:
    answer = stand.ask(
        "POST", "/2/statuses/upload_pic/biz.json", files={"pic": Upload("1.png", PNG)}
    )
    return str(answer.body["pic_id"])


@pytest.mark.parametrize("path", ["/2/statuses/update.json", UPDATE])
def test_an_ordinary_app_hears_10014(path: str) -> None:
    """The old calls still exist, and answer 403."""
    answer = make_stand().ask("POST", path, status="正文", rip=RIP)

    assert (answer.status, answer.body["error_code"]) == (403, 10014)


def test_topics_stay_and_no_link_is_needed() -> None:
    """Unlike share."""
    assert commercial().post(UPDATE, status="#示例话题# 正文")["text"] == "#示例话题# 正文"


@pytest.mark.parametrize(
    ("size", "is_longtext", "code"),
    [(140, 0, 0), (141, 0, 20012), (141, 1, 0), (2000, 1, 0), (2001, 1, 20049)],
)
def test_long_texts_need_the_flag(size: int, is_longtext: int, code: int) -> None:
    """140 without it, 2000 with it."""
    stand = commercial()

    body = stand.post(UPDATE, status="文" * size, is_longtext=is_longtext)

    assert stand.code_of(body) == code


def test_long_texts_need_the_accounts_right_too() -> None:
    """The flag alone is not enough."""
    stand = commercial(account={"long_text_allowed": False})

    assert stand.post(UPDATE, status="文" * 141, is_longtext=1)["error_code"] == 20012


def test_a_long_text_comes_back_cut_unless_asked_for() -> None:
    """show_batch with isGetLongText gives the whole."""
    stand = commercial()
    made = stand.post(UPDATE, status="文" * 300, is_longtext=1)

    path = "/2/statuses/show_batch/biz.json"
    body = stand.get(path, ids=made["id"], isGetLongText=1)["statuses"][0]

    assert made["isLongText"]
    assert "…全文：" in made["text"]
    assert body["longText"]["longTextContent"] == "文" * 300


def test_nine_pictures_are_posted_by_their_ids() -> None:
    """A tenth is refused, and so is an id nobody uploaded."""
    stand = commercial()
    path = "/2/statuses/upload_url_text/biz.json"
    pictures = [upload(stand) for _ in range(10)]

    nine = stand.post(path, status="一图读懂", pic_id=",".join(pictures[:9]))
    ten = stand.post(path, status="十图读懂", pic_id=",".join(pictures))
    strange = stand.post(path, status="图", pic_id="71nobody")

    assert nine["pic_num"] == 9
    assert ten["error_code"] == 10017
    assert strange["error_code"] == 10017


def test_pictures_need_words() -> None:
    """The page calls status optional; the platform refuses it empty."""
    stand = commercial()
    path = "/2/statuses/upload_url_text/biz.json"

    assert stand.post(path, status=" ", pic_id=upload(stand))["error_code"] == 20008


def test_a_closed_call_opens_when_it_was_granted_by_name() -> None:
    """Short links are closed to everyone else."""
    path = "/2/short_url/shorten.json"
    granted = make_stand(app={"granted": [path]})

    body = granted.get(path, url_long="https://www.example.gov.cn/a")

    assert body["urls"][0]["url_short"].startswith("http://t.cn/")
    assert make_stand().get(path, url_long="https://www.example.gov.cn/a")["error_code"] == 10014
