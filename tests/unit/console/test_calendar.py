"""日历: what goes out when, what is in the way, and another time for a post."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

import pytest

from bot.console.calendar_days import View, span_around
from bot.domain.accounts.account import QuietHours
from bot.domain.ids import AccountId, DeliveryId, PostId
from bot.domain.people import Role
from bot.domain.posts.post import PostState
from tests import factories as make
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send
from tests.unit.console.town import add_post

MONTH = "/calendar?day=2026-11-23"


def editor(desk: Desk) -> Browser:
    return desk.signed_in("bian", Role.EDITOR)


def schedule(
    desk: Desk, offsets: Sequence[float], *, account: str = "acc_4", first: int = 10
) -> None:
    """Posts of an account, so many seconds from now."""
    with desk.storage.begin() as uow:
        for number, offset in enumerate(offsets, start=first):
            add_post(uow, number, account=AccountId(account), due_at=make.after(offset))
            uow.deliveries.add(
                make.delivery(
                    id=DeliveryId(f"dlv_{number}"),
                    post=PostId(f"pst_{number}"),
                    account=AccountId(account),
                    due_at=make.after(offset),
                )
            )
        uow.commit()


def test_a_post_is_at_its_time_with_its_state(busy: Desk) -> None:
    """In the month, the week and the day; the page says whose time it is."""
    browser = editor(busy)

    for view in View:
        shown = browser.get(f"{MONTH}&view={view}").text
        assert "停车新规来了：4 分钟看懂" in shown
        assert '">13:12</time>' in shown
        assert "等待发布" in shown
        assert "北京时间" in shown
    tomorrow = browser.get("/calendar?view=day&day=2026-11-24").text
    assert "这一天没有安排稿件" in tomorrow


def test_only_the_accounts_own_posts(busy: Desk) -> None:
    """Where one account is chosen; an unknown one is none."""
    browser = editor(busy)

    assert "4 分钟看懂" not in browser.get(f"{MONTH}&account=acc_1").text
    assert "4 分钟看懂" in browser.get(f"{MONTH}&account=acc_4").text
    assert "4 分钟看懂" in browser.get(f"{MONTH}&account=nobody").text


@pytest.mark.parametrize("asked", ["", "?day=tomorrow&view=century", "?day=0001-01-01"])
def test_nonsense_is_this_month(desk: Desk, asked: str) -> None:
    """And an empty calendar says how posts come into it."""
    shown = desk.signed_in("li", Role.WRITER).get(f"/calendar{asked}")

    assert shown.status_code == 200
    assert "2026年11月" in shown.text
    assert "还没有账号" in shown.text


def test_a_full_day_shows_four_and_leads_to_the_rest(busy: Desk) -> None:
    """The day itself shows all."""
    schedule(busy, [90_000 + 3600 * n for n in range(6)])
    browser = editor(busy)

    month = browser.get(MONTH).text
    day = browser.get("/calendar?view=day&day=2026-11-24").text

    assert month.count('href="/posts/pst_1') - month.count('href="/posts/pst_1"') == 4
    assert "还有 2 篇" in month
    assert day.count('class="slot"') == 6
    assert "还有 2 篇" not in day


def test_days_off_and_worked_weekends_are_marked(desk: Desk) -> None:
    """As the notice of the year has them: the National Day week, and the Saturday after it."""
    shown = editor(desk).get("/calendar?day=2026-10-01").text

    eighth = shown[shown.index('data-day="2026-10-07"') :].partition("</td>")[0]
    assert "休" in eighth
    assert "（调休上班）" in shown[shown.index('data-day="2026-10-10"') :].partition("</td>")[0]
    assert "放假安排还没有公布" not in shown
    assert "2027年的放假安排还没有公布" in editor_again(desk).get("/calendar?day=2027-10-01").text


def editor_again(desk: Desk) -> Browser:
    return desk.signed_in("ji", Role.EDITOR)


def test_conflicts_and_quotas_are_notes_on_the_day(busy: Desk) -> None:
    """With the account they are about."""
    with busy.storage.begin() as uow:
        account = uow.accounts.get(AccountId("acc_1"))
        changed = replace(
            account, options={"kind": "service"}, quiet_hours=QuietHours(time(9), time(12))
        )
        uow.accounts.save(changed)
        uow.commit()
    schedule(busy, [86_400, 86_700], account="acc_1")

    shown = editor(busy).get(MONTH).text

    assert "云岭发布：10:00 和 10:05 两篇只隔 5 分钟" in shown
    assert "云岭发布：排了 2 次群发，平台每天只允许 1 次" in shown
    assert "在免打扰时段（09:00–12:00）内" in shown
    assert "云岭发布：群发已排 2/1 次" in shown
    assert "11月群发已排 3 次，共 4 次，其中 1 次留给紧急发布" in shown


def test_a_move_is_explained_before_it_is_made(busy: Desk) -> None:
    """The new time, how far off it is, the approval; nothing has happened yet."""
    browser = editor(busy)

    shown = browser.get("/calendar/pst_4?at=2026-11-28T09:00").text

    for told in ("11月28日（周六）09:00", "还有 4 天 23 小时", "比原来晚 4 天 19 小时", "休息日"):
        assert told in shown
    assert "王审核 的批准仍然有效" in shown
    with busy.storage.begin() as uow:
        assert uow.posts.get(PostId("pst_4")).due_at == make.after(11_520)


def test_a_move_is_made_and_written_down(busy: Desk) -> None:
    """By the use case that schedules; the calendar opens at the new day."""
    browser = editor(busy)

    answer = send(browser, "/calendar/pst_4", at="2026-11-27T09:00", view="week")

    assert answer.headers["location"].startswith("/calendar?view=week&day=2026-11-27")
    assert "已改到 11月27日（周五）09:00" in browser.get(answer.headers["location"]).text
    with busy.storage.begin() as uow:
        (delivery,) = uow.deliveries.of_post(PostId("pst_4"))
        entry = uow.audit.records()[-1]
    assert delivery.due_at.isoformat() == "2026-11-27T01:00:00+00:00"
    assert (entry.actor, entry.action, entry.object_id) == ("bian", "post.scheduled", "pst_4")


def test_all_of_a_rollout_is_explained_account_by_account(busy: Desk) -> None:
    """The dialog of one post offers both; what is out is told, what waits for review too."""
    browser = editor(busy)

    one = browser.get("/calendar/pst_4?at=2026-11-28T09:00").text
    all_of_them = browser.get("/calendar/pst_4?at=2026-11-28T09:00&together=1").text

    assert "只改这一条（云岭发布微博）" in one
    assert "同步改全部 3 条没有发出的稿件" in one
    for told in (
        "全部改到 11月28日（周六）09:00",
        "另有 1 条已经发出",
        "休息日",
        "还要复审",
        "现在待处理",
    ):
        assert told in all_of_them
    seen = re.search(r'name="seen" value="([^"]+)"', all_of_them)
    assert seen
    assert sorted(seen[1].split()) == ["pst_2", "pst_3", "pst_4"]
    assert 'href="/calendar/pst_' in browser.get("/releases/rel_1/posts").text


def test_a_rollout_is_moved_together(busy: Desk) -> None:
    """And the calendar says how many; without what was seen nothing moves."""
    browser = editor(busy)
    asked = {"at": "2026-11-27T09:00", "together": "1"}

    refused = send(browser, "/calendar/pst_4", **asked, seen="pst_4")
    moved = send(browser, "/calendar/pst_4", **asked, seen="pst_2 pst_3 pst_4")

    assert (refused.status_code, moved.status_code) == (422, 303)
    assert "一条也没有改" in refused.text
    assert "同步的 3 条稿件都已改到" in browser.get(moved.headers["location"]).text
    with busy.storage.begin() as uow:
        due = {uow.posts.get(PostId(post)).due_at for post in ("pst_2", "pst_3", "pst_4")}
    assert [one.isoformat() for one in due if one] == ["2026-11-27T01:00:00+00:00"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/calendar/pst_4?at=2026-11-20T09:00", "发布时间已经过去"),
        ("/calendar/pst_4?at=soon", "请选择发布日期和时间"),
        ("/calendar/pst_1", "已经发出，时间不能再改"),
        ("/calendar/pst_3", "还没有通过审核"),
    ],
)
def test_what_cannot_be_moved_says_why(busy: Desk, path: str, said: str) -> None:
    """And offers no button that would fail."""
    shown = editor(busy).get(path).text

    assert said in shown
    assert 'class="button button-main"' not in shown


def test_a_refused_move_keeps_what_was_written(busy: Desk) -> None:
    """The page again, with the reason first."""
    answer = send(editor(busy), "/calendar/pst_4", at="2026-11-20T09:00")

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="2026-11-20T09:00"' in answer.text


def test_the_push_kept_back_asks_for_an_emergency(busy: Desk) -> None:
    """Nobody takes it by chance."""
    with busy.storage.begin() as uow:
        account = uow.accounts.get(AccountId("acc_1"))
        uow.accounts.save(replace(account, options={"kind": "service"}))
        uow.commit()
    schedule(busy, [86_400, 2 * 86_400, 12 * 86_400], account="acc_1")
    browser = editor(busy)

    shown = browser.get("/calendar/pst_12?at=2026-11-28T09:00").text
    refused = send(browser, "/calendar/pst_12", at="2026-11-28T09:00")
    moved = send(browser, "/calendar/pst_12", at="2026-11-28T09:00", emergency="1")

    assert 'name="emergency"' in shown
    assert "只剩 1 次群发" in shown
    assert (refused.status_code, moved.status_code) == (422, 303)


def test_only_who_may_schedule_moves(busy: Desk) -> None:
    """Others see the calendar, without a link and without a way around it."""
    writer = busy.signed_in("li", Role.WRITER)

    shown = writer.get(MONTH)

    assert shown.status_code == 200
    assert "data-post" not in shown.text
    assert "改时间" not in shown.text
    assert writer.get("/calendar/pst_4").status_code == 403
    assert send(writer, "/calendar/pst_4", at="2026-11-27T09:00").status_code == 403
    with busy.storage.begin() as uow:
        assert uow.posts.get(PostId("pst_4")).state is PostState.SCHEDULED
        assert uow.posts.get(PostId("pst_4")).due_at == make.after(11_520)


def test_spans_are_whole_weeks() -> None:
    """From Monday on, over the ends of months and years."""
    month, week = (span_around(date(2026, 12, 31), view) for view in (View.MONTH, View.WEEK))

    assert (month.first, month.last) == (date(2026, 11, 30), date(2027, 1, 3))
    assert (month.previous, month.next) == (date(2026, 11, 1), date(2027, 1, 1))
    assert (week.first, week.last) == (date(2026, 12, 28), date(2027, 1, 3))
    assert (week.previous, week.next) == (date(2026, 12, 24), date(2027, 1, 7))
