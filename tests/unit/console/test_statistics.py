"""数据: what a leader sees of followers and articles, and what a writer takes away as a table."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.console.figures import FEWEST_PLACES, MOST_BARS, bars_of
from bot.console.words.figures import grouped, percent, signed
from bot.domain.ids import AccountId, DeliveryId, PostId
from bot.domain.people import Role
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.receipt import Fact, Receipt
from bot.domain.statistics.figures import ArticleDay, Counting, Figures
from tests import factories as make
from tests.unit.console.desk import Desk, send
from tests.unit.console.town import LONGEST, PARKING, add_post


def page(desk: Desk, path: str = "/statistics") -> str:
    return desk.signed_in("li", Role.WRITER).get(path).text


def test_followers_and_readers_are_told_with_their_day(busy: Desk) -> None:
    """And calmly, once, that platforms are late."""
    shown = page(busy)

    assert shown.count("平台数据有延迟") == 1
    for told in ("182,022", "+258", "12,345", "41%", "11月22日", "还在统计"):
        assert told in shown


def test_an_article_of_somebodys_hand_is_told_apart(busy: Desk) -> None:
    """It has no page of ours, so its title leads to the platform."""
    shown = page(busy)

    row = shown[shown.index(LONGEST) - 200 : shown.index(LONGEST) + 900]
    assert "在平台后台发布" in row
    assert "平台还没有给出数据" in row
    assert 'href="http://mp.weixin.qq.com/s?mid=1&amp;idx=9#rd"' in row


def test_what_hinders_an_account_is_said_with_the_next_step(busy: Desk) -> None:
    """Each account without figures says why it has none."""
    shown = page(busy)

    assert "账号没有数据统计的权限（48001）。请管理员完成微信认证" in shown
    assert "还没有开始读取" in shown


def test_a_post_out_since_this_morning_waits_for_its_figures(busy: Desk) -> None:
    """Listed first, and gone from there when the platform has told of it."""
    out = Fact(make.after(60), "event")
    live = make.delivery(
        id=DeliveryId("dlv_6"),
        post=PostId("pst_6"),
        state=DeliveryState.DELIVERED,
        next_at=None,
        receipt=Receipt(published=out),
    )
    with busy.storage.begin() as uow:
        add_post(uow, 6, account=AccountId("acc_1"))
        uow.deliveries.add(live)
        uow.commit()
    reader = busy.signed_in("li", Role.WRITER)

    before = reader.get("/statistics").text
    with busy.storage.begin() as uow:
        uow.statistics.save_articles([make.article(6, post=PostId("pst_6"))])
        uow.commit()
    after = reader.get("/statistics").text

    assert before.index("停车新规来了：6 分钟看懂") < before.index("停车新规之1")
    assert "停车新规来了：6 分钟看懂" not in after
    assert "停车新规之6" in after


@pytest.mark.parametrize(
    ("query", "is_listed"),
    [("?account=acc_1", True), ("?account=acc_2", False), ("?days=7", True), ("?days=x", True)],
)
def test_articles_are_chosen_by_account_and_days(busy: Desk, query: str, is_listed: bool) -> None:
    """A span nobody offers is the usual one."""
    assert ("停车新规之1" in page(busy, f"/statistics{query}")) is is_listed


def test_the_forms_of_interpretation_are_counted(busy: Desk) -> None:
    """Of the releases that went out."""
    shown = page(busy)

    assert "近 30 天发出 1 份政策，都有解读" in shown
    assert "图解" in shown


def test_the_table_can_be_taken_away(busy: Desk) -> None:
    """As a spreadsheet of the same articles."""
    answer = send(busy.signed_in("li", Role.WRITER), "/statistics/export", account="acc_1")

    book = load_workbook(BytesIO(answer.content))
    rows = list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr]
    book.close()
    assert 'filename="tongbu-statistics-2026-11-23.xlsx"' in answer.headers["content-disposition"]
    assert [row[2] for row in rows] == ["标题", "停车新规之1", "停车新规之2", LONGEST]


def test_a_post_tells_its_figures(busy: Desk) -> None:
    """Of each of its articles; the drawing is told in words too."""
    shown = page(busy, "/posts/pst_1")

    for told in ("12,345", "人阅读", "1 分 17 秒", "公众号消息 8,100", "停车新规之2"):
        assert told in shown
    assert 'aria-label="每天阅读人数：11月20日 9000 人，' in shown
    assert PARKING in shown


def test_a_post_of_which_nothing_is_told_has_no_figures(busy: Desk) -> None:
    """The section is left out."""
    assert 'id="figures"' not in page(busy, "/posts/pst_2")


def days(*readers: int) -> list[ArticleDay]:
    return [
        make.article_day(n, counting=Counting.ON_DAY, figures=Figures(readers=number))
        for n, number in enumerate(readers)
    ]


def test_the_highest_bar_fills_the_height() -> None:
    """The newest days, side by side."""
    bars = bars_of(days(*range(1, MOST_BARS + 2)))

    assert (len(bars), bars[-1].height, bars[0].readers) == (MOST_BARS, 48, 2)
    assert bars[1].day - bars[0].day == timedelta(days=1)
    assert bars[1].x > bars[0].x
    assert FEWEST_PLACES < MOST_BARS


@pytest.mark.parametrize("readers", [(), (5,), (0, 0)], ids=["none", "one day", "nobody"])
def test_a_drawing_that_says_nothing_is_left_out(readers: tuple[int, ...]) -> None:
    """One bar alone, or none of any height."""
    assert bars_of(days(*readers)) == ()


def test_numbers_are_written_as_staff_read_them() -> None:
    """Thousands parted, small shares with a decimal, what left with a true minus."""
    assert [grouped(n) for n in (0, 999, 12_345)] == ["0", "999", "12,345"]
    assert [signed(n) for n in (12, 0, -1_003)] == ["+12", "0", "−1,003"]
    assert [percent(n) for n in (0.41, 0.025, 0.02, 1.0, 0.0)] == [
        "41%",
        "2.5%",
        "2%",
        "100%",
        "0%",
    ]
