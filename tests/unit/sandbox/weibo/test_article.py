"""The headline article: its own envelope, its limits, and successes that are only half."""

from typing import Any
from urllib.parse import quote

import pytest

from bot.sandbox.weibo.twists import Twist, TwistKind
from tests.unit.sandbox.weibo.stand import Stand, make_stand

PATH = "/proxy/article/publish.json"
GOOD = {
    "title": "一文读懂《示例办法》",
    "content": "<p>一、背景</p>",
    "cover": "https://www.example.gov.cn/img/cover.jpg",
    "text": "《示例办法》解读发布",
}


def publish(stand: Stand, **changes: Any) -> Any:
    return stand.post(PATH, **(GOOD | changes))


def test_an_article_comes_with_its_post() -> None:
    """code 100000 as a string; mid is the companion post, which carries the link."""
    stand = make_stand()

    body = publish(stand)

    assert body["code"] == "100000"
    post = stand.world.statuses[int(body["data"]["mid"])]
    assert post.urls[0][1] == body["data"]["url"]
    assert post.article_id == body["data"]["object_id"]
    assert body["data"]["url"].endswith(body["data"]["object_id"].split(":")[1])


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"title": ""}, "title"),
        ({"title": "题" * 33}, "title"),
        ({"title": "a" * 33}, "title"),
        ({"content": ""}, "content"),
        ({"content": "正" * 90_001}, "content"),
        ({"cover": "cover.jpg"}, "cover"),
        ({"cover": "file:///etc/passwd"}, "cover"),
        ({"text": ""}, "text"),
        ({"text": "文" * 1_901}, "text"),
        ({"rip": ""}, "rip"),
    ],
)
def test_a_parameter_out_of_its_limit_is_named(change: dict[str, str], name: str) -> None:
    """10008 under HTTP 200, and nothing is made."""
    stand = make_stand()

    answer = stand.ask("POST", PATH, **({"rip": "203.0.113.10"} | GOOD | change))

    assert answer.status == 200
    assert answer.body == {"code": "10008", "msg": f"param {name} invalid", "data": ""}
    assert not stand.world.articles
    assert not stand.world.statuses


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (quote("<p>一、背景</p>"), "<p>一、背景</p>"),
        (quote("<p>一、背景</p>", safe=""), "<p>一、背景</p>"),
        ("<p>增长 5%20 左右</p>", "<p>增长 5%20 左右</p>"),
    ],
    ids=["quoted", "quoted with slashes", "plain with a percent sign"],
)
def test_content_is_decoded_once_when_it_is_fully_encoded(sent: str, kept: str) -> None:
    """Both ways of sending it lead to the same article; plain text is left alone."""
    stand = make_stand()

    publish(stand, content=sent)

    assert [one.content for one in stand.world.articles.values()] == [kept]


def test_the_limit_holds_after_decoding() -> None:
    """90,000 characters are 810,000 encoded ones."""
    assert publish(make_stand(), content=quote("正" * 90_000))["code"] == "100000"


@pytest.mark.parametrize(
    ("code", "articles", "posts"),
    [(10001, 0, 0), (11001, 0, 0), (11002, 1, 0), (11003, 1, 1)],
)
def test_a_planned_failure_leaves_what_it_leaves(code: int, articles: int, posts: int) -> None:
    """11002 leaves an article without post, 11003 both, not bound to each other."""
    stand = make_stand()
    stand.world.twists.planned.append(Twist(TwistKind.ARTICLE, code=code))

    body = publish(stand)

    assert body["code"] == str(code)
    assert len(stand.world.articles) == articles
    assert len(stand.world.statuses) == posts
    if code == 11003:
        article = next(iter(stand.world.articles.values()))
        assert not article.bound
        assert not stand.world.statuses[article.status_id].urls


def test_a_refused_word_in_the_companion_text_leaves_the_article_alone() -> None:
    """The article is made first; its post fails: 11002."""
    stand = make_stand(refused_words=[{"word": "违规词", "code": 20021}])

    assert publish(stand, text="含有违规词的导语")["code"] == "11002"
    assert len(stand.world.articles) == 1


def test_an_account_without_the_right_is_refused_in_the_rest_envelope_or_its_own() -> None:
    """Which envelope it is has never been seen, so there is a switch."""
    app = {"article_enabled": False}

    assert publish(make_stand(app=app))["error_code"] == 10014
    assert publish(make_stand(app=app, article_refusals="article"))["code"] == "10014"
