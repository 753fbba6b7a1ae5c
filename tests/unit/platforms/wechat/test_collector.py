"""Collecting article comments."""

from typing import Any

import pytest

from bot.ports.platform import LivePost
from tests.factories import NOW, after
from tests.unit.platforms.wechat.stand import OK, Stand, access, refusal

STREAM = "comments:2247480002:0"


def comment(number: int, **changes: Any) -> dict[str, Any]:
    row = {"user_comment_id": number, "openid": "oFan", "create_time": 1790001000}
    return row | {"content": f"留言{number}", "comment_type": 0} | changes


def page(total: int, *comments: dict[str, Any]) -> dict[str, Any]:
    return OK | {"total": total, "comment": list(comments)}


def live(post: str, published_at: Any = NOW, **ids: str) -> LivePost:
    return LivePost(post, ids, published_at)


def test_every_article_of_a_live_bundle_is_a_stream_newest_post_first() -> None:
    """Comments count articles from 0."""
    posts = [
        live("old", msg_data_id="1"),
        live("new", after(60), msg_data_id="2", articles="2"),
        live("unknown to the platform"),
    ]

    streams = Stand().collector.streams(access(comment_privilege=True).account, posts)

    assert streams == ("comments:2:0", "comments:2:1", "comments:1:0")


def test_without_the_privilege_nothing_is_read() -> None:
    """The platform would refuse each call."""
    assert Stand().collector.streams(access().account, [live("post", msg_data_id="1")]) == ()


def test_a_comment_becomes_an_incoming() -> None:
    """Known by article and number, with its raw row."""
    stand = Stand(comment__list=page(1, comment(7, comment_type=1)))

    (incoming,) = stand.collector.read(access(), STREAM, {}).incoming

    assert incoming.key == "comment:2247480002:0:7"
    assert incoming.target == "2247480002:0"
    assert (incoming.sender, incoming.text, incoming.type_name) == ("oFan", "留言7", "elected")


@pytest.mark.parametrize(
    "row",
    [
        comment(1, reply={"content": "感谢", "create_time": 1790001500}),
        comment(1, reply=[{"content": "感谢", "create_time": "1790001500"}]),
        comment(1),
        {"user_comment_id": "1", "create_time": "1790001000", "content": "留言1"},
    ],
    ids=["object", "list", "none", "numbers as text, no openid"],
)
def test_every_shape_of_a_comment_is_read(row: dict[str, Any]) -> None:
    """The documentation has shown three shapes of replies, and numbers as text."""
    stand = Stand(comment__list=page(1, row))

    (incoming,) = stand.collector.read(access(), STREAM, {}).incoming

    assert incoming.text == "留言1"


def test_a_sweep_goes_page_by_page_and_leaves_a_mark() -> None:
    """The next sweep brings only what is above it, wherever it stands."""
    first_49 = [comment(number) for number in range(1, 50)]
    stand = Stand(
        comment__list=[
            page(50, *first_49),
            page(50, comment(50)),
            page(51, comment(51), *first_49[:48]),
            page(51, comment(49), comment(50)),
        ]
    )
    read = stand.collector.read
    one = read(access(), STREAM, {})
    two = read(access(), STREAM, one.cursor)

    three = read(access(), STREAM, two.cursor)
    four = read(access(), STREAM, three.cursor)

    begins = [body["begin"] for body in stand.platform.bodies("comment/list")]
    counts = [len(result.incoming) for result in (one, two, three, four)]
    assert begins == [0, 49, 0, 49]
    assert counts == [49, 1, 1, 0]
    assert [result.more for result in (one, two, three, four)] == [True, False, True, False]


def test_an_unchanged_article_costs_one_call() -> None:
    """The total tells."""
    stand = Stand(comment__list=page(120, *[comment(number) for number in range(1, 50)]))
    cursor = {"begin": "0", "swept": "120", "total": "120", "swept_at": NOW.isoformat()}

    result = stand.collector.read(access(), STREAM, cursor)

    assert (result.incoming, result.more) == ((), False)


def test_an_article_without_comments_by_interface_is_asked_for_once() -> None:
    """88001 is what several owners see for articles that were published, not mass-sent."""
    stand = Stand(comment__list=refusal(88001))
    first = stand.collector.read(access(), STREAM, {})

    second = stand.collector.read(access(), STREAM, first.cursor)

    assert (second.incoming, second.more) == ((), False)
    assert stand.platform.count("comment/list") == 1
