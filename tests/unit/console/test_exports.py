"""What leaves 日历, 覆盖 and 出错 as a file, for whom, and what the audit keeps of it."""

import csv
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from bot.domain.ids import AccountId
from bot.domain.people import Role
from bot.domain.posts.draft import Article, Draft, DraftContent
from bot.domain.posts.post import PostState
from tests import factories as make
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send
from tests.unit.console.town import PARKING, REJECTED, add_post


def taken(desk: Desk, path: str, **fields: str) -> Sequence[Mapping[str, str]]:
    """The lines of a csv file by their headings."""
    return read(desk.signed_in("wang", Role.WRITER), path, **fields)


def read(browser: Browser, path: str, **fields: str) -> Sequence[Mapping[str, str]]:
    answer = send(browser, path, format="csv", **fields)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def test_posts_are_taken_with_what_became_of_them(busy: Desk) -> None:
    """Those of the calendar's span and account, in Beijing time."""
    browser = busy.signed_in("wang", Role.WRITER)

    lines = read(browser, "/calendar/export", view="month", day="2026-11-23")
    of_one = read(browser, "/calendar/export", day="2026-11-23", account="acc_4")

    first = lines[0]
    assert (first["稿件编号"], first["状态"], first["账号"]) == ("pst_1", "已发布", "云岭发布")
    assert first["定于"] < first["公开时间"]
    assert first["公开时间"].startswith("2026-11-23 ")
    assert (first["晚（秒）"], first["链接"]) == ("3.0", "https://mp.weixin.qq.com/s/abc")
    assert [line["稿件编号"] for line in of_one] == ["pst_4"]


@pytest.mark.parametrize(
    ("view", "more"),
    [("day", []), ("week", ["pst_7"]), ("month", ["pst_7"]), ("x", ["pst_7"])],
)
def test_the_file_holds_the_span_that_is_shown(busy: Desk, view: str, more: list[str]) -> None:
    """Of a month its own days, not those of the weeks around it."""
    with busy.storage.begin() as uow:
        for number, days in ((7, 4), (8, 8)):
            late = make.after(days * 86_400)
            account = AccountId("acc_3")
            add_post(uow, number, account=account, state=PostState.DRAFT, due_at=late)
        uow.commit()

    lines = taken(busy, "/calendar/export", view=view, day="2026-11-23")

    on_the_day = ["pst_1", "pst_2", "pst_3", "pst_4"]
    assert [line["稿件编号"] for line in lines] == on_the_day + more


def test_coverage_is_a_line_a_release_and_account(busy: Desk) -> None:
    """With the lag from the site to each account; what lacks something can be taken alone."""
    browser = busy.signed_in("wang", Role.WRITER)

    lines = read(browser, "/coverage/export")
    gaps = read(browser, "/coverage/export", gaps="1")

    mine = [line for line in lines if line["政策"] == PARKING]
    assert (len(lines), len(gaps)) == (3 * 4, 2 * 4)
    states = {line["账号"]: (line["状态"], line["网站到账号（天）"]) for line in mine}
    assert states == {
        "云岭发布": ("已发布", "1"),
        "云岭市政务服务和数据管理局便民之窗": ("待处理", ""),
        "云岭住建": ("待审核", ""),
        "云岭发布微博": ("等待发布", ""),
    }


def test_failures_are_taken_with_cause_and_next_step(busy: Desk) -> None:
    """As the page tells them, the platform's own words beside."""
    (line,) = taken(busy, "/failures/export", view="failed")

    assert line["稿件编号"] == "pst_2"
    assert line["原因"] == REJECTED.cause
    assert (line["下一步"], line["由谁处理"]) == (REJECTED.next_step, REJECTED.who)
    assert (line["平台代码"], line["平台原话"]) == (REJECTED.code, REJECTED.message)


def test_a_title_is_never_a_formula(busy: Desk) -> None:
    """Neither in Excel nor in csv."""
    evil = Draft(
        DraftContent(articles=(Article(title="=HYPERLINK(1)", html="<p>x</p>"),), marker="m")
    )
    with busy.storage.begin() as uow:
        add_post(uow, 7, account=AccountId("acc_3"), state=PostState.DRAFT, draft=evil)
        uow.commit()
    browser = busy.signed_in("li", Role.AUDITOR)

    sheet = send(browser, "/calendar/export", format="xlsx", day="2026-11-23")
    text = send(browser, "/calendar/export", format="csv", day="2026-11-23")

    book = load_workbook(BytesIO(sheet.content))
    cells = [cell for row in book.active.iter_rows() for cell in row]  # type: ignore[union-attr]
    book.close()
    assert [cell.data_type for cell in cells if "HYPERLINK" in str(cell.value)] == ["s"]
    assert "'=HYPERLINK(1)" in text.content.decode("utf-8-sig")


@pytest.mark.parametrize("kind", ["calendar", "coverage", "failures", "statistics"])
def test_the_audit_tells_who_took_what(busy: Desk, kind: str) -> None:
    """Before the file is made."""
    browser = busy.signed_in("li", Role.AUDITOR)

    answer = send(browser, f"/{kind}/export", account="acc_1")

    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"
    assert "attachment" in answer.headers["content-disposition"]
    with busy.storage.begin() as uow:
        record = uow.audit.records(limit=50)[-1]
    assert record.action == f"{'posts' if kind == 'calendar' else kind}.exported"
    assert (record.actor, record.object_id) == ("li", "impersonal")


@pytest.mark.parametrize("path", ["/calendar", "/coverage", "/failures", "/statistics"])
def test_every_list_says_how_it_can_be_taken(busy: Desk, path: str) -> None:
    """Two buttons of one form; no choice of personal data where there is none."""
    text = busy.signed_in("li", Role.DESK).get(path).text

    assert f'action="{path}/export"' in text
    assert 'value="csv"' in text
    assert 'name="unmasked"' not in text
