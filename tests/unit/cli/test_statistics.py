"""Figures at the command line, and as a spreadsheet."""

from datetime import datetime, timedelta

import pytest
from openpyxl import load_workbook

from bot.domain.accounts.budgets import BEIJING
from bot.domain.accounts.check import AccountFinding
from bot.domain.ids import PostId
from bot.domain.statistics.figures import FollowerDay
from bot.ports.statistics import Outlook
from tests import factories
from tests.unit.cli.desk import Desk

TODAY = datetime.now(BEIJING).date()
YESTERDAY = TODAY - timedelta(days=1)
WHY = AccountFinding(False, "账号没有数据统计的权限（48001）", "请完成微信认证", "账号管理员")


@pytest.fixture
def counted(desk: Desk) -> Desk:
    """A desk with an article of ours, one of somebody's hand, and followers."""
    house = desk.house()
    ours = factories.article(post=PostId("pst_1"), published_on=YESTERDAY)
    by_hand = factories.article(2, title="=节日祝福", published_on=YESTERDAY)
    old = factories.article(3, published_on=TODAY - timedelta(days=90))
    account = factories.account()
    with house.storage.begin() as uow:
        uow.sources.add(factories.source())
        uow.releases.add(factories.release())
        uow.accounts.add(account, "{}")
        uow.posts.add_rollout(factories.rollout())
        uow.posts.add(factories.post())
        uow.statistics.save_articles([ours, by_hand, old])
        uow.statistics.save_article_days([factories.article_day(day=YESTERDAY, is_final=False)])
        followers = FollowerDay(account.id, YESTERDAY, 1000, 4, 5, factories.NOW)
        uow.statistics.save_follower_days([followers])
        uow.statistics.save_outlook(Outlook(account.id, factories.NOW, WHY))
        uow.commit()
    house.close()
    return desk


def test_figures_are_listed_of_the_last_days(counted: Desk) -> None:
    """Also of what was published by hand; what is not final is marked."""
    table = counted.run("statistics").out
    month = counted.run("statistics", "--json").json
    quarter = counted.run("statistics", "--days", "100", "--account", "acc_1", "--json").json

    assert f"{YESTERDAY}*" in table
    assert "41%" in table
    assert [line["title"] for line in month] == ["停车新规之1", "=节日祝福"]
    assert [line["figures"]["readers"] for line in month] == [100, None]
    assert len(quarter) == 3
    assert counted.run("statistics", "--account", "acc_9", "--json").json == []


def test_a_post_is_shown_with_its_figures(counted: Desk) -> None:
    """As a table, and for programs."""
    assert "停车新规之1" in counted.run("post", "show", "pst_1").out
    shown = counted.run("post", "show", "pst_1", "--json").json
    assert [line["figures"]["shares"] for line in shown["figures"]] == [12]


def test_an_account_is_shown_with_its_followers(counted: Desk) -> None:
    """And with what keeps its figures from being read."""
    text = counted.run("account", "show", "云岭发布").out
    shown = counted.run("account", "show", "云岭发布", "--json").json

    assert "1000" in text
    assert "48001" in text
    assert "never" in text
    assert (shown["figures"]["followers"], shown["check"]) == (1000, None)
    assert counted.run("account", "show", "无此账号").status == 1


def test_a_spreadsheet_can_be_added_up(counted: Desk) -> None:
    """Numbers are numbers, text is never a formula, unknown is empty."""
    out = counted.home.parent / "figures.xlsx"

    answer = counted.run("statistics", "export", "--out", out)

    assert answer.out.startswith("2 articles")
    book = load_workbook(out)
    heads, first, second = book.active.iter_rows(values_only=True)  # type: ignore[union-attr]
    book.close()
    ours, by_hand = (dict(zip(heads, row, strict=True)) for row in (first, second))
    assert (ours["阅读人数"], ours["完读率"], ours["点赞人数"]) == (100, 0.41, None)
    assert (ours["数据状态"], ours["发布方式"]) == ("平台还在统计", "本系统")
    assert (by_hand["标题"], by_hand["数据状态"]) == ("'=节日祝福", "还没有数据")


def test_a_file_that_is_there_or_of_another_format_is_refused(counted: Desk) -> None:
    """Nothing is overwritten, nothing half written."""
    there = counted.write("there.csv", "x")

    assert counted.run("statistics", "export", "--out", there).status == 1
    other = counted.run("statistics", "export", "--out", counted.home / "figures.pdf")
    assert (other.status, ".xlsx" in other.err) == (1, True)


def test_reading_now_says_why_it_cannot(counted: Desk) -> None:
    """Nobody answers at that address; the refusal is a sentence with the next step."""
    house = counted.house()
    with house.storage.begin() as uow:
        account = factories.account(
            api_base={"api": "http://127.0.0.1:9"}, options={"app_id": "wx0000000000000001"}
        )
        uow.accounts.save(account)
        uow.accounts.save_secrets(account.id, house.vault.seal({"app_secret": "invented"}))
        uow.commit()
    house.close()

    answer = counted.run("statistics", "read", "云岭发布")

    assert answer.status == 1
    assert "连接不上平台" in answer.err
