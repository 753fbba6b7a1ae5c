"""Every page opens, empty and full, and says what its reader needs."""

import re

import pytest

from bot.console.pages.releases import MOST_REPLIES
from bot.domain.ids import PostId, ReplyId
from bot.domain.people import Role
from tests import factories as make
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk
from tests.unit.console.town import LONGEST, PARKING

PAGES = [
    "/",
    "/releases",
    "/releases/new",
    "/recalls",
    "/coverage",
    "/replies",
    "/cases",
    "/statistics",
    "/accounts",
    "/settings",
    "/stop",
    "/lift",
    "/duty",
    "/quiet",
    "/doubts",
    "/outages",
    "/notices",
    "/emergency",
    "/review",
    "/deputies",
    "/people",
    "/people/wang",
    "/people/wang/handover",
    "/password",
    "/departments",
    "/design",
]
TABS = [
    "text",
    "interpretations",
    "posts",
    "replies",
    "checklist",
    "versions",
    "history",
    "withdraw",
]
EVERYBODY = tuple(Role)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_in_an_empty_office(first_day: Browser, path: str) -> None:
    """The first day has no releases, no accounts and no followers."""
    response = first_day.get(path)

    assert response.status_code == 200
    assert "所有时间均为北京时间" in response.text


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_in_a_busy_office(looker: Browser, path: str) -> None:
    """Nothing in any state breaks a page."""
    assert looker.get(path).status_code == 200


@pytest.mark.parametrize("tab", ["", *(f"/{tab}" for tab in TABS)])
@pytest.mark.parametrize("release", ["rel_1", "rel_2", "rel_3"])
def test_every_tab_of_a_release_opens(looker: Browser, release: str, tab: str) -> None:
    """A release without posts, approval or interpretation has its page too."""
    assert looker.get(f"/releases/{release}{tab}").status_code == 200


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_every_post_opens(looker: Browser, number: int) -> None:
    """With or without a delivery, live, held, in review, waiting, or with findings."""
    assert looker.get(f"/posts/pst_{number}").status_code == 200


def test_today_lists_what_this_person_can_do(busy: Desk) -> None:
    """An approver sees the release and the review; a follower desk sees no errands."""
    approver = busy.signed_in("wang", Role.APPROVER).get("/").text
    desk = busy.signed_in("li", Role.DESK).get("/").text

    assert LONGEST in approver
    assert "平台拒绝了这篇稿件" in approver
    assert "今天没有待办" in desk


def test_today_counts_down_to_the_next_posts(busy: Desk) -> None:
    """11,520 seconds from now is three hours and twelve minutes."""
    assert "还有 3 小时 12 分" in busy.signed_in("wang", Role.WRITER).get("/").text


def test_a_failed_row_tells_cause_next_step_and_who(busy: Desk) -> None:
    """Nobody has to open the row to know what to do."""
    page = busy.signed_in("wang", Role.WRITER).get("/releases/rel_1/posts").text

    assert "文章里有平台不允许的链接或代码" in page
    assert "把稿件退回修改" in page
    assert "45166" in page


def test_a_failed_row_stands_first(busy: Desk) -> None:
    """What needs somebody is above what goes by itself."""
    page = busy.signed_in("wang", Role.WRITER).get("/releases/rel_1/posts").text

    states = [page.index(word) for word in ("平台拒绝了这篇稿件", "待审核", "等待发布")]
    assert states == sorted(states)


def test_of_two_errands_at_one_time_the_failed_one_comes_first(busy: Desk) -> None:
    """Both are due at ten; one of them already went wrong."""
    page = busy.signed_in("wang", *EVERYBODY).get("/").text

    assert page.index("停车新规来了：2 分钟看懂") < page.index("停车新规来了：3 分钟看懂")


def test_a_live_row_tells_how_late_it_was_and_where_it_is(busy: Desk) -> None:
    """Accepted three seconds after its time."""
    page = busy.signed_in("wang", Role.WRITER).get("/releases/rel_1/posts").text

    assert "晚 3 秒" in page
    assert "https://mp.weixin.qq.com/s/abc" in page


def test_coverage_names_what_is_missing(busy: Desk) -> None:
    """A release without interpretation, accounts without a post, and the time it took."""
    page = busy.signed_in("wang", Role.WRITER).get("/coverage").text

    assert "无解读" in page
    assert "未安排" in page
    assert "1 天" in page


def test_releases_are_searched_by_any_words_of_theirs(busy: Desk) -> None:
    """Only what was asked for; and a kind word when there is nothing."""
    client = busy.signed_in("wang", Role.WRITER)

    found, nothing = client.get("/releases?q=泊位").text, client.get("/releases?q=没有这回事").text
    in_a_text = client.get("/releases?q=停车需求").text

    assert PARKING in found
    assert LONGEST not in found
    assert LONGEST in in_a_text
    assert "没有找到" in nothing


def test_htmx_gets_the_list_only(busy: Desk) -> None:
    """A part that is put in place must not carry the frame with it."""
    client = busy.signed_in("wang", Role.WRITER)

    part = client.get("/releases?q=停车", headers={"hx-request": "true"}).text

    assert PARKING in part
    assert "<html" not in part


def test_long_lists_have_pages(desk: Desk) -> None:
    """The thirty-first release is on the second page."""
    from tests import factories as make

    with desk.storage.begin() as uow:
        uow.sources.add(make.source())
        for number in range(31):
            uow.releases.add(
                make.release(
                    id=f"rel_{number:03}",
                    source_key=str(number),
                    content=make.content(title=f"通知第{number:03}号", document_number=None),
                    received_at=make.after(-number),
                )
            )
        uow.commit()
    client = desk.signed_in("wang", Role.WRITER)

    first, second = client.get("/releases").text, client.get("/releases?page=2").text

    assert "通知第000号" in first
    assert "通知第030号" not in first
    assert "通知第030号" in second
    assert "上一页" in second


def test_a_follower_is_never_shown_in_full(busy: Desk) -> None:
    """Lists and threads mask the openid."""
    client = busy.signed_in("li", Role.DESK)

    pages = client.get("/replies").text + client.get("/replies/rpy_1").text

    assert "oXy1…p9Zk" in pages
    assert "oXy12abcdefghijklmnop9Zk" not in pages


def test_a_thread_shows_one_follower_with_the_answers(busy: Desk) -> None:
    """Everything this follower said to this account, and what was answered."""
    page = busy.signed_in("li", Role.DESK).get("/replies/rpy_1").text

    assert "老旧小区怎么申请停车泊位" in page
    assert "第一类每户最高 8000 元" in page
    assert "希望早点落实" not in page


def test_a_release_shows_every_reply_under_its_posts(busy: Desk) -> None:
    """However much came elsewhere since; earlier ones are a click away."""
    with busy.storage.begin() as uow:
        mine = [
            make.reply(
                id=ReplyId(f"rpy_mine{number:02}"),
                incoming=make.incoming(key=f"mine-{number}", text=f"看不懂第{number}条"),
                post=PostId("pst_1"),
            )
            for number in range(MOST_REPLIES + 2)
        ]
        later = make.after(60)
        others = [
            make.reply(
                id=ReplyId(f"rpy_else{number:03}"),
                incoming=make.incoming(key=f"else-{number}", text="别的事"),
                received_at=later,
            )
            for number in range(MOST_REPLIES + 2)
        ]
        uow.replies.store([*mine, *others])
        uow.commit()
    client = busy.signed_in("li", Role.DESK)

    first = client.get("/releases/rel_1/replies").text
    after = re.search(r'href="(/releases/rel_1/replies\?after=[^"]*)"', first)
    assert after is not None
    second = client.get(after[1]).text

    assert "别的事" not in first + second
    assert len(set(re.findall(r"看不懂第\d+条", first + second))) == MOST_REPLIES + 2
    assert "更早的回复" not in second


def test_replies_are_paged_behind_the_last_one_shown(busy: Desk) -> None:
    """What comes in meanwhile pushes nothing down; how many there are is said."""
    with busy.storage.begin() as uow:
        for number in range(40):
            said = make.incoming(key=f"many-{number}", text=f"排队{number}号")
            uow.replies.store([make.reply(id=ReplyId(f"rpy_many{number:02}"), incoming=said)])
        uow.commit()
    client = busy.signed_in("li", Role.DESK)
    first = client.get("/replies?q=排队").text
    after = re.search(r'href="(/replies\?[^"]*after=[^"]*)"', first)
    assert after is not None
    second = client.get(after[1].replace("&amp;", "&")).text

    assert "共 40 条" in first
    assert (first.count('class="said"'), second.count('class="said"')) == (30, 10)
    assert "回到最新" in second
    assert "更早的回复" not in second


@pytest.mark.parametrize(("since", "shown"), [("2000-01-01", True), ("2999-01-01", False)])
def test_replies_are_narrowed_by_the_day_they_came(busy: Desk, since: str, shown: bool) -> None:
    """A Beijing day from the form."""
    page = busy.signed_in("li", Role.DESK).get(f"/replies?since={since}&until=nonsense").text

    assert ('class="said"' in page) is shown


def test_only_unanswered_replies_are_shown_when_asked(busy: Desk) -> None:
    """An automatic answer is an answer."""
    page = busy.signed_in("li", Role.DESK).get("/replies?unanswered=1").text

    assert "老旧小区怎么申请停车泊位" in page
    assert 'href="/replies/rpy_2"' not in page


def test_the_design_page_is_for_development_only(sqlite_url: str) -> None:
    """An installation does not show it."""
    desk = Desk(sqlite_url, show_design=False)

    assert desk.signed_in("wang", Role.WRITER).get("/design").status_code == 404

    desk.storage.dispose()


@pytest.mark.parametrize("path", ["/releases/rel_x", "/posts/pst_x", "/replies/rpy_x"])
def test_what_is_not_there_is_said_kindly(busy: Desk, path: str) -> None:
    """A wrong address is a page in Chinese, with status 404."""
    response = busy.signed_in("wang", Role.WRITER).get(path)

    assert response.status_code == 404
    assert "找不到" in response.text
