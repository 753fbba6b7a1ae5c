"""Whether the sites a post links to answer: asked only where the office allows it."""

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.posts.draft import Draft, DraftContent
from bot.ports.fetching import Fetched, FetchFailed
from bot.usecases.posts.reach_links import reach_links
from tests import factories as make
from tests.unit.usecases.posts.desk import WRITER, Desk

GOOD, GONE = "https://www.yunling.example/7.html", "https://www.yunling.example/8.html"


class Sites:
    """Keeps the promise of `ports.fetching.Fetcher`: one page is there, one is gone."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def fetch(
        self, url: str, *, max_bytes: int, etag: str = "", last_modified: str = ""
    ) -> Fetched:
        self.asked.append(url)
        if url == GONE:
            raise FetchFailed("对方网站返回 404（页面不存在），请核对网址或稍后重试")
        return Fetched(url, b"", "text/html")


def desk_with_links() -> tuple[Desk, str]:
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()
    text = f"{GOOD} {GONE} {GOOD} https：//www.yunling.example"
    desk.change_post(post.id, draft=Draft(DraftContent(text=text)))
    return desk, post.id


def test_each_site_is_asked_once_and_what_it_said_is_told() -> None:
    """A broken address is not asked for at all."""
    (desk, post), sites = desk_with_links(), Sites()

    reached = reach_links(
        post,
        actor=WRITER,
        storage=desk.storage,
        fetcher=sites,
        allowed=True,  # type: ignore[arg-type]
    )

    assert sites.asked == [GOOD, GONE]
    faults = {one.link.address: one.fault for one in reached}
    assert faults[GOOD] == ""
    assert "404" in faults[GONE]
    assert "写法" in faults["https：//www.yunling.example"]


def test_nothing_leaves_unless_the_setting_allows_it() -> None:
    """The refusal names it."""
    (desk, post), sites = desk_with_links(), Sites()

    with pytest.raises(InvalidInput, match="TONGBU_CHECK_LINKS"):
        reach_links(
            post,
            actor=WRITER,
            storage=desk.storage,
            fetcher=sites,
            allowed=False,  # type: ignore[arg-type]
        )

    assert sites.asked == []
