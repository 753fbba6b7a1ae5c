"""Cases, departments and the office's rules at the command line."""

import pytest

from tests import factories
from tests.unit.cli.desk import Desk

RULES = """
[[deadlines]]
id = "all"
term = "2 working_days"
basis = "本单位《留言办理制度》第六条"
warn_before = ["0 working_days"]
"""
ROUTING = """
[[routing]]
name = "漏水"
words = ["漏水"]
class = "help"
department = "housing"
opens = true
"""

WHY = ("--figures-reason", "窗口已经确认")


@pytest.fixture
def hall(desk: Desk) -> Desk:
    """A desk with a department and a letter."""
    house = desk.house()
    with house.storage.begin() as uow:
        uow.accounts.add(factories.account(), "sealed")
        uow.replies.store([factories.reply()])
        uow.commit()
    house.close()
    desk.run("department", "add", "housing", "住建局", "--since", "2020-01-01")
    return desk


def opened(hall: Desk, *more: object) -> str:
    """The receipt number of a new case."""
    made = hall.run("case", "open", "question", "--subject", "补贴何时发放", *more)
    assert made.status == 0, made.err
    return made.out.split()[0]


def test_a_case_goes_from_receipt_to_answer(hall: Desk) -> None:
    """Every step is a line of its history."""
    number = opened(hall)
    steps = (
        ("assign", number, "housing", "--note", "请办理"),
        ("accept", number),
        ("remind", number),
        ("supervise", number),
        ("answer", number, "已于 20 日发放", "--by", "phone", *WHY),
        ("close", number),
        ("reopen", number, "--reason", "来信人不满意"),
    )

    assert [hall.run("case", *step).status for step in steps] == [0] * len(steps)

    shown = hall.run("case", "show", number, "--json").json
    assert [event["kind"] for event in shown["history"]] == [
        "opened",
        "assigned",
        "accepted",
        "reminded",
        "supervised",
        "answered",
        "closed",
        "reopened",
    ]
    assert shown["case"]["state"] == "reopened"
    assert "住建局" in hall.run("case", "list").out
    assert "general v1" in hall.run("case", "show", number).out


def test_a_reply_is_taken_up_once_and_listed_with_its_words(hall: Desk) -> None:
    """By the reply's id; without --all what is answered is not listed."""
    assert hall.run("case", "open", "question", "--reply", "rpy_1", "--urgent").status == 0
    again = hall.run("case", "open", "question", "--reply", "rpy_1")

    assert again.status == 1
    assert "已经受理" in again.err
    (row,) = hall.run("case", "list", "--json").json
    assert (row["words"], row["account_name"]) == ("请问补贴怎么申请？", "云岭发布")
    hall.run("case", "answer", row["number"], "请到社区申请", "--by", "phone")
    assert hall.run("case", "list", "--json").json == []
    assert len(hall.run("case", "list", "--all", "--json").json) == 1


def test_the_platforms_window_is_shown_beside_the_clock(hall: Desk) -> None:
    """The letter of the fixture is old: the window is closed, the clock runs."""
    hall.run("case", "open", "question", "--reply", "rpy_1")
    (row,) = hall.run("case", "list", "--json").json

    assert "微信窗口已关闭" in hall.run("case", "show", row["number"]).out


def test_merging_returning_and_withdrawing(hall: Desk) -> None:
    """Each wants its reason, and an unknown case is named."""
    one, other = opened(hall), opened(hall, "--department", "housing")

    assert hall.run("case", "merge", one, other).status == 0
    assert "请写明退回的原因" in hall.run("case", "return", other).err
    assert hall.run("case", "return", other, "--reason", "应由税务局办理").status == 0
    assert hall.run("case", "withdraw", other, "--reason", "来信人撤回").status == 0
    assert "找不到办理件" in hall.run("case", "close", "20200101-000001").err


def test_a_complaint_is_approved_by_another(hall: Desk) -> None:
    """At the command line both are the operator, so the rule shows."""
    number = opened(hall)
    hall.run("case", "classify", number, "complaint")

    waits = hall.run("case", "answer", number, "已处理", "--by", "phone")

    assert "in_review" in waits.out
    assert "不能审核自己的答复" in hall.run("case", "approve", number).err
    assert "answering" in hall.run("case", "send-back", number, "--reason", "缺少依据").out


def test_an_application_has_its_own_record(hall: Desk) -> None:
    """With the days that do not count."""
    number = opened(hall)
    hall.run("case", "classify", number, "disclosure")

    steps = (
        ("file", number),
        ("ask-correction", number, "--reason", "请补充身份证明"),
        ("corrected", number),
        ("pause", number, "--reason", "征求第三方意见"),
        ("resume", number),
        ("extend", number, "5", "--reason", "内容较多"),
    )
    assert [hall.run("case", *step).status for step in steps] == [0] * len(steps)
    shown = hall.run("case", "show", number, "--json").json
    assert shown["application"]["extended_days"] == 5
    assert shown["case"]["deadline"]["rule"] == "disclosure-application"


def test_an_office_sets_its_own_terms_and_keywords(hall: Desk) -> None:
    """Every version is kept; what comes from now on runs by them."""
    assert len(hall.run("case", "rules", "--json").json) == 9

    assert hall.run("case", "rules", hall.write("rules.toml", RULES)).status == 0
    assert hall.run("case", "routing", hall.write("routing.toml", ROUTING)).status == 0

    number = opened(hall)
    shown = hall.run("case", "show", number, "--json").json["case"]
    assert shown["deadline"]["basis"] == "本单位《留言办理制度》第六条"
    assert [row["version"] for row in hall.run("case", "versions", "--json").json] == [2, 1]


def test_a_faulty_file_of_rules_changes_nothing(hall: Desk) -> None:
    """Every fault is named with its place."""
    faulty = RULES.replace("2 working_days", "soon").replace("basis", "bases")

    refused = hall.run("case", "rules", hall.write("faulty.toml", faulty))

    assert refused.status == 1
    assert "all.term: “soon”不是期限" in refused.err
    assert "all.bases: 不认识这一项" in refused.err
    assert "all.basis: 请填写" in refused.err
    assert hall.run("case", "versions", "--json").json == []


def test_departments_come_go_and_have_people(hall: Desk) -> None:
    """A contact is a user with a role and a department."""
    hall.run("user", "add", "zhang", "--role", "dept_contact", "--password-stdin",
             typed="a long password\n")  # fmt: skip
    hall.run("department", "add", "works", "建设局")

    assert hall.run("department", "place", "zhang", "housing").status == 0
    over = hall.run("department", "end", "housing", "--successor", "works")

    assert over.status == 0
    rows = {row["id"]: row for row in hall.run("department", "list", "--json").json}
    assert rows["housing"]["people"] == ["zhang"]
    assert rows["housing"]["successor"] == "works"
    assert "已经登记过" in hall.run("department", "add", "works2", "建设局").err


def test_an_answer_is_published_after_it_was_shown_masked(hall: Desk) -> None:
    """And taken away again; nothing is published of what has no answer."""
    number = opened(hall)
    early = hall.run("case", "publish", number, "--yes")
    hall.run("case", "answer", number, "请致电 13812345678", "--by", "phone", *WHY)

    done = hall.run("case", "publish", number, "--yes")

    assert early.status != 0
    assert done.status == 0, done.err
    assert "13812345678" not in done.out
    assert "/wenda/case_" in done.out
    assert hall.run("case", "unpublish", number, "--reason", "更正").status == 0
    assert hall.run("case", "unpublish", number).status != 0
