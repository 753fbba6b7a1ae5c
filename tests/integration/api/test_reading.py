"""Reading over HTTP what became of releases, posts and replies."""

import pytest

from bot.domain.ids import PostId, ReplyId
from bot.domain.replies.handling import SetAside
from tests.factories import NOW, article, article_day
from tests.integration.api.counter import Counter, fill


def test_lists_show_what_is_there(counter: Counter) -> None:
    """One line an object, with the facts of its delivery."""
    fill(counter.storage)

    releases = counter.client.get("/api/releases").json()
    posts = counter.client.get("/api/posts", params={"state": ["scheduled", "held"]}).json()
    replies = counter.client.get("/api/replies", params={"search": "补贴"}).json()
    coverage = counter.client.get("/api/coverage").json()

    assert [item["id"] for item in releases["items"]] == ["rel_1"]
    assert [item["delivery_state"] for item in posts["items"]] == ["waiting"]
    assert [item["text"] for item in replies["items"]] == ["请问补贴怎么申请？"]
    assert list(coverage[0]["cells"]) == ["acc_1"]


def test_replies_are_told_apart_by_what_became_of_them(counter: Counter) -> None:
    """`unanswered` is what it always was called; who set a reply aside is told."""
    fill(counter.storage)

    def asked(**params: str) -> list[dict[str, object]]:
        items: list[dict[str, object]] = counter.client.get("/api/replies", params=params).json()[
            "items"
        ]
        return items

    waits = asked(handling="waiting")
    before = asked(unanswered="true")
    with counter.storage.begin() as uow:
        uow.asides.add([SetAside(ReplyId("rpy_1"), "li", NOW, "致谢")])
        uow.commit()
    (aside,) = asked(handling="set_aside")

    assert waits == before
    assert [line["waits"] for line in waits] == [True]
    assert (aside["waits"], aside["case_number"]) == (False, None)
    assert aside["set_aside"] == {"by": "li", "at": "2026-11-23T02:00:00Z", "reason": "致谢"}
    assert asked(handling="waiting") == asked(unanswered="true") == []
    assert counter.client.get("/api/replies", params={"handling": "lost"}).status_code == 422


def test_one_release_comes_with_its_posts(counter: Counter) -> None:
    """Whoever handed it in sees at one address what became of it."""
    fill(counter.storage)

    release = counter.client.get("/api/releases/rel_1").json()

    assert release["document_number"] == "云岭政办发〔2026〕7号"
    assert [post["id"] for post in release["posts"]] == ["pst_1"]


def test_one_post_comes_with_its_findings(counter: Counter) -> None:
    """The draft's hash is what approvals are bound to."""
    fill(counter.storage)

    post = counter.client.get("/api/posts/pst_1").json()

    assert (post["account_name"], post["violations"]) == ("云岭发布", [])
    assert len(post["content_hash"]) == 64


def test_figures_come_with_the_moment_they_were_read(counter: Counter) -> None:
    """Of a post, of an account, since a day; unknown ones are null."""
    fill(counter.storage)
    with counter.storage.begin() as uow:
        uow.statistics.save_articles([article(post=PostId("pst_1")), article(2)])
        uow.statistics.save_article_days([article_day(readers=180)])
        uow.commit()

    of_post = counter.client.get("/api/statistics", params={"post": "pst_1"}).json()["items"]
    later = counter.client.get("/api/statistics", params={"since": "2026-11-21"}).json()["items"]
    all_of_them = counter.client.get("/api/statistics").json()["items"]

    (line,) = of_post
    assert (line["figures"]["readers"], line["figures"]["likes"]) == (180, None)
    assert (line["through"], line["read_at"][:10]) == ("2026-11-20", "2026-11-23")
    assert (later, len(all_of_them)) == ([], 2)


def test_pages_follow_each_other(counter: Counter) -> None:
    """`next_offset` leads to the rest, and is null at the end."""
    fill(counter.storage)

    whole = counter.client.get("/api/releases", params={"limit": 1}).json()
    beyond = counter.client.get("/api/releases", params={"limit": 1, "offset": 1}).json()

    assert (len(whole["items"]), whole["next_offset"]) == (1, None)
    assert beyond == {"items": [], "next_offset": None}


@pytest.mark.parametrize("path", ["/api/releases/rel_0", "/api/posts/pst_0", "/api/nothing"])
def test_what_is_not_there_is_not_found(counter: Counter, path: str) -> None:
    """In the one shape of refusals."""
    answer = counter.client.get(path)

    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=201", "offset=-1", "state=gone", "search=%00", "limit=x", "serach=x"],
)
def test_a_parameter_out_of_range_is_named(counter: Counter, query: str) -> None:
    """In Chinese, by its name."""
    answer = counter.client.get(f"/api/releases?{query}")

    problems = answer.json()["error"]["problems"]
    assert answer.status_code == 422
    assert [problem["field"] for problem in problems] == [query.partition("=")[0]]


@pytest.mark.parametrize(
    "path", ["releases", "posts", "replies", "statistics", "coverage", "releases/rel_1"]
)
def test_nothing_is_read_without_a_token(counter: Counter, path: str) -> None:
    """Also not whether something exists."""
    counter.client.headers.pop("Authorization")

    assert counter.client.get(f"/api/{path}").status_code == 401
