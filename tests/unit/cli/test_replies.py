"""Replies at the command line, and as spreadsheets."""

import csv
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from bot.domain.ids import ReplyId
from tests import factories
from tests.unit.cli.desk import Desk

FORMULA = '=HYPERLINK("http://evil.example","点我")'

WHY = ("--figures-reason", "窗口已经确认")


@pytest.fixture
def answered(desk: Desk) -> Desk:
    """A desk with two replies said just now, one of them a spreadsheet formula."""
    house, now = desk.house(), datetime.now(UTC)
    with house.storage.begin() as uow:
        uow.accounts.add(factories.account(), "sealed")
        uow.replies.store(
            [
                factories.reply(incoming=factories.incoming(said_at=now)),
                factories.reply(id="rpy_2", incoming=factories.incoming(key="msg:2", text=FORMULA)),
            ]
        )
        uow.commit()
    house.close()
    return desk


def test_replies_are_listed_and_shown(answered: Desk) -> None:
    """A search narrows the list."""
    found = answered.run("reply", "list", "--search", "补贴", "--json").json

    assert [row["text"] for row in found] == ["请问补贴怎么申请？"]
    assert "请问补贴怎么申请？" in answered.run("reply", "show", "rpy_1").out


def test_replies_are_set_aside_and_taken_up_again(answered: Desk) -> None:
    """The list tells what became of each, and is narrowed by it; a refusal is told."""

    def listed(*asked: str) -> list[str]:
        return [row["id"] for row in answered.run("reply", "list", "--json", *asked).json]

    done = answered.run("reply", "set-aside", "rpy_1", "rpy_2", "--reason", "重复来信")
    aside, waiting = listed("--handling", "set_aside"), listed("--unanswered")
    shown, table = answered.run("reply", "show", "rpy_1").out, answered.run("reply", "list").out
    back = answered.run("reply", "take-up", "rpy_1")
    again = answered.run("reply", "take-up", "rpy_1")

    assert (done.status, done.out.strip()) == (0, "2 set aside")
    assert (sorted(aside), waiting) == (["rpy_1", "rpy_2"], [])
    assert "重复来信" in shown
    assert "set aside" in table
    assert (back.status, back.out.strip()) == (0, "1 taken up")
    assert listed("--handling", "waiting") == listed("--unanswered") == ["rpy_1"]
    assert again.status == 1
    assert "没有登记为无需答复" in again.err


def test_an_export_says_what_became_of_each(answered: Desk) -> None:
    """In the words of the inbox; a reason is masked like what followers say."""
    answered.run("reply", "set-aside", "rpy_2", "--reason", "已电话 13900001234 说明")
    with answered.house().storage.begin() as uow:
        uow.cases.add(factories.case(account="acc_1", reply=ReplyId("rpy_1")))
        uow.commit()
    out, some = (answered.home.parent / f"{name}.csv" for name in ("all", "some"))

    answered.run("reply", "export", "--out", out)
    answered.run("reply", "export", "--out", some, "--handling", "set_aside")

    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["编号"]: row for row in csv.DictReader(file)}
    told = {one: (row["处理情况"], row["受理编号"]) for one, row in rows.items()}
    assert told == {
        "rpy_1": ("办理中 · 已受理", "20261123-000001"),
        "rpy_2": ("无需答复", ""),
    }
    assert rows["rpy_2"]["无需答复的原因"] == "已电话 〔电话〕 说明"
    assert some.read_text(encoding="utf-8-sig").count("rpy_") == 1


def test_a_csv_holds_no_formula(answered: Desk) -> None:
    """A follower's text is never run on a colleague's machine."""
    out = answered.home.parent / "replies.csv"

    assert answered.run("reply", "export", "--out", out).status == 0

    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["内容"] for row in rows} == {"请问补贴怎么申请？", "'" + FORMULA}


def test_an_export_masks_personal_data_unless_it_is_asked_for(answered: Desk) -> None:
    """The audit tells both."""
    said = factories.incoming(key="msg:9", text="我叫李小明，电话13900001234", sender_name="小云")
    with answered.house().storage.begin() as uow:
        uow.replies.store([factories.reply(id=ReplyId("rpy_9"), incoming=said)])
        uow.commit()
    masked, plain = (answered.home.parent / f"{name}.csv" for name in ("masked", "plain"))

    answered.run("reply", "export", "--out", masked)
    answered.run("reply", "export", "--out", plain, "--unmasked")

    assert "我叫李某，电话〔电话〕" in masked.read_text(encoding="utf-8-sig")
    assert "小云" not in masked.read_text(encoding="utf-8-sig")
    assert "13900001234" in plain.read_text(encoding="utf-8-sig")
    with answered.house().storage.begin() as uow:
        taken = [r.object_id for r in uow.audit.records() if r.action == "replies.exported"]
    assert taken == ["masked", "unmasked"]


def test_an_xlsx_holds_text_only(answered: Desk) -> None:
    """Every cell is text, also what looks like a formula."""
    out = answered.home.parent / "replies.xlsx"

    assert answered.run("reply", "export", "--out", out).status == 0

    book = load_workbook(out)
    cells = [cell for row in book.active.iter_rows() for cell in row]  # type: ignore[union-attr]
    book.close()
    assert len(cells) == 3 * 17
    assert "f" not in {cell.data_type for cell in cells}
    assert "'" + FORMULA in {cell.value for cell in cells}


@pytest.mark.parametrize("name", ["replies.pdf", "replies"])
def test_another_format_is_refused(answered: Desk, name: str) -> None:
    """With the formats there are, and no empty file left behind."""
    out = answered.home.parent / name

    answer = answered.run("reply", "export", "--out", out)

    assert answer.status == 1
    assert ".xlsx" in answer.err
    assert not out.exists()


def test_a_reply_is_answered_and_the_window_is_told(answered: Desk) -> None:
    """A worker sends it; the list says that staff wrote back."""
    before = answered.run("reply", "window", "rpy_1")
    made = answered.run("reply", "answer", "rpy_1", "您好，请到 3 号窗口。", *WHY)

    shown = answered.run("reply", "show", "rpy_1", "--json").json
    listed = answered.run("reply", "list", "--json").json

    assert (before.status, made.status) == (0, 0)
    assert "还可发送 5 条" in before.out
    assert shown["answers"][0]["content"]["text"] == "您好，请到 3 号窗口。"
    assert {row["id"]: row["answered_by_staff"] for row in listed}["rpy_1"]


def test_a_closed_window_is_exit_status_1(answered: Desk) -> None:
    """With the way out in words, and nothing stored."""
    house = answered.house()
    with house.storage.begin() as uow:
        old = factories.incoming(key="msg:3", sender="o_long_ago")
        uow.replies.store([factories.reply(id="rpy_3", incoming=old)])
        uow.commit()
    house.close()

    told = answered.run("reply", "window", "rpy_3", "--json")
    refused = answered.run("reply", "answer", "rpy_3", "您好")

    assert (told.status, refused.status) == (1, 1)
    assert told.json["window"]["closed"] == "silent"
    assert "请等对方再次来信" in refused.err


def test_what_a_person_decides_needs_an_answer(answered: Desk) -> None:
    """An id that is not there is named."""
    for verb in ("confirm", "again"):
        refused = answered.run("reply", verb, "ans_9")
        assert (refused.status, "ans_9" in refused.err) == (1, True)


def test_a_follower_is_erased_on_request(answered: Desk) -> None:
    """By account and openid; an account that is not there is named."""
    asked = answered.run("reply", "erase", "云岭发布", "o_follower_1")
    refused = answered.run("reply", "erase", "没有", "o_follower_1")

    assert (asked.status, asked.out[:4]) == (0, "ers_")
    assert (refused.status, "没有" in refused.err) == (1, True)


def test_only_comments_are_looked_after(answered: Desk) -> None:
    """A message is no comment; a post that is not there is named."""
    for verb in ("select", "unselect", "delete", "delete-answer"):
        refused = answered.run("comment", verb, "rpy_1")
        assert (refused.status, "不是文章留言" in refused.err) == (1, True)
    for verb in ("open", "close"):
        refused = answered.run("comment", verb, "pst_9")
        assert (refused.status, "pst_9" in refused.err) == (1, True)
