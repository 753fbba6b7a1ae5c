"""The public list shows what is public and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette

from bot.domain.ids import ReleaseId
from bot.domain.releases.release import ReleaseState
from bot.public.pages import Pages
from bot.public.released import PAGE_SIZE, released_routes
from tests import factories as make
from tests.unit.console.browser import Browser
from tests.unit.console.desk import TEMPLATES, Desk
from tests.unit.console.town import LONGEST, PARKING, settle


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Desk]:
    made = Desk(sqlite_url)
    yield made
    made.storage.dispose()


def _browser(desk: Desk) -> Browser:
    overview = desk.storage.overview()
    pages = Pages(TEMPLATES, unit_name="云岭市政务公开")
    routes = [pages.style_route(), *released_routes(overview, pages)]
    return Browser(Starlette(routes=routes))


def test_released_documents_are_listed_with_their_live_posts(desk: Desk) -> None:
    """One account is live; the held and waiting ones are not spoken of."""
    settle(desk.storage)

    page = _browser(desk).get("/gongkai").text

    assert PARKING in page
    assert 'href="https://mp.weixin.qq.com/s/abc"' in page
    assert "云岭住建" not in page


def test_what_is_not_released_is_not_shown(desk: Desk) -> None:
    """Received and approved documents may be under embargo; searching does not find them."""
    settle(desk.storage)
    browser = _browser(desk)

    pages = browser.get("/gongkai").text + browser.get("/gongkai?q=补贴").text

    assert LONGEST not in pages
    assert "计划停水" not in pages


def test_a_document_is_found_by_any_words_of_it(desk: Desk) -> None:
    """Not only by its title; the words stay in the field and in the links to further pages."""
    with desk.storage.begin() as uow:
        uow.sources.add(make.source())
        for number in range(PAGE_SIZE + 1):
            content = make.content(
                title=f"第{number:03}号", document_number=None, body=make.document("轮椅租赁")
            )
            uow.releases.add(
                make.release(
                    id=ReleaseId(f"rel_{number:03}"),
                    source_key=str(number),
                    content=content,
                    state=ReleaseState.RELEASED,
                )
            )
        uow.commit()

    page = _browser(desk).get("/gongkai?q=椅租").text

    assert f"第{PAGE_SIZE:03}号" in page
    assert 'value="椅租"' in page
    assert "/gongkai?q=%E6%A4%85%E7%A7%9F&amp;page=2" in page
    assert "没有找到，换一个词试试" in _browser(desk).get("/gongkai?q=椅子").text


def test_hostile_titles_and_words_stay_text(desk: Desk) -> None:
    """And no script of any kind is allowed."""
    hostile = "<script>alert(1)</script>"
    with desk.storage.begin() as uow:
        uow.sources.add(make.source())
        content = make.content(title=hostile)
        uow.releases.add(make.release(content=content, state=ReleaseState.RELEASED))
        uow.commit()

    response = _browser(desk).get(f"/gongkai?q={hostile}")

    assert hostile not in response.text
    assert "script-src" not in response.headers["content-security-policy"]
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_the_list_has_pages_and_an_empty_state(desk: Desk) -> None:
    """The first day, and the first document of the second page."""
    browser = _browser(desk)
    empty = browser.get("/gongkai").text
    with desk.storage.begin() as uow:
        uow.sources.add(make.source())
        for number in range(PAGE_SIZE + 1):
            uow.releases.add(
                make.release(
                    id=ReleaseId(f"rel_{number:03}"),
                    source_key=str(number),
                    content=make.content(title=f"通知第{number:03}号", document_number=None),
                    state=ReleaseState.RELEASED,
                    received_at=make.after(-number),
                )
            )
        uow.commit()

    second = browser.get("/gongkai?page=2").text

    assert "还没有公开的政策" in empty
    assert f"通知第{PAGE_SIZE:03}号" in second
    assert "通知第000号" not in second


def test_the_page_is_calm_while_the_database_is_away(tmp_path: Path) -> None:
    """503 in Chinese, to be tried again, kept by nobody; the style still comes."""
    lost = Desk(f"sqlite:///{tmp_path}/nowhere/tongbu.sqlite3")

    response = _browser(lost).get("/gongkai?q=停车")

    assert response.status_code == 503
    assert "页面暂时打不开，请过几分钟再来" in response.text
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["retry-after"]
    assert _browser(lost).get("/gongkai/public.css").status_code == 200
