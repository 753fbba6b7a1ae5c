"""The same question from many at the command line, with the real likeness."""

from bot.domain.ids import QuestionId, ReplyId
from bot.domain.questions.group import Member, QuestionGroup
from bot.domain.replies.reply import Answered
from bot.domain.replies.search_answers import RULE
from bot.usecases.questions.answer_members import answer_members
from bot.usecases.questions.propose_groups import propose_groups
from bot.usecases.replies.file_replies import file_replies
from tests import factories
from tests.unit.cli.desk import Desk

ASKED = (
    "请问今年的耕地地力保护补贴什么时候发放到账，电话 13812345678",
    "今年的耕地地力保护补贴什么时候发放到账啊",
    "老旧小区加装电梯怎么申请",
)

WHY = ("--figures-reason", "窗口已经确认")


def test_a_question_goes_from_proposal_to_one_answer_for_all(desk: Desk) -> None:
    """What asks something else is in no group; words are masked."""
    house = desk.house()
    now = house.clock.now()
    said = [
        factories.incoming(key=f"m{n}", sender=f"o_{n}", text=text, said_at=now)
        for n, text in enumerate(ASKED)
    ]
    with house.storage.begin() as uow:
        uow.accounts.add(factories.account(), "sealed")
        uow.replies.store(
            [
                factories.reply(id=ReplyId(f"rpy_{n}"), incoming=one, received_at=now)
                for n, one in enumerate(said)
            ]
        )
        uow.commit()
    file_replies(house.storage)
    propose_groups(house.grouping)
    (listed,) = desk.run("question", "list", "--json").json
    group = listed["group"]["id"]

    steps = (
        ("take-out", group, "rpy_1"),
        ("confirm", group, "rpy_0", "rpy_1", "--name", "耕地补贴"),
        ("answer", group, "您好，12 月 10 日前发放到账。", *WHY),
    )
    assert [desk.run("question", *step).status for step in steps] == [0, 0, 0]
    assert answer_members(house.cases) == 2
    house.close()

    shown = desk.run("question", "show", group, "--json").json
    assert (listed["askers"], shown["question"]["group"]["state"]) == (2, "answered")
    assert [member["reply"] for member in shown["members"] if member["answer"]] == [
        "rpy_0",
        "rpy_1",
    ]
    assert "13812345678" not in desk.run("question", "show", group).out
    assert "耕地补贴" in desk.run("question", "list").out


def test_groups_are_split_and_joined(desk: Desk) -> None:
    """By hand, back and forth."""
    house = desk.house()
    with house.storage.begin() as uow:
        uow.accounts.add(factories.account(), "sealed")
        group = QuestionId("qst_1")
        uow.questions.add(QuestionGroup(group, factories.NOW))
        for n in (1, 2):
            said = factories.incoming(key=f"m{n}", sender=f"o_{n}")
            uow.replies.store([factories.reply(id=ReplyId(f"rpy_{n}"), incoming=said)])
            uow.questions.put_member(Member(group, ReplyId(f"rpy_{n}"), 0.5, factories.NOW))
        uow.commit()
    house.close()

    split = desk.run("question", "split", "qst_1", "rpy_2", "--name", "另一件事")
    new = split.out.split()[0]
    joined = desk.run("question", "join", new, "qst_1")

    assert "另一件事" in split.out
    assert joined.out.split()[:2] == ["qst_1", "open"]
    (left,) = desk.run("question", "list", "--json").json
    assert (left["group"]["id"], left["replies"]) == ("qst_1", 2)


def test_what_is_refused_says_why(desk: Desk) -> None:
    """An unknown group, and an approval of nothing."""
    missing = desk.run("question", "approve", "qst_9")

    assert (missing.status, "qst_9" in missing.err) == (1, True)


def test_what_is_asked_in_vain_is_listed_and_settled(desk: Desk) -> None:
    """With masked samples and the number of documents that hold the words."""
    house = desk.house()
    searched = factories.reply(
        incoming=factories.incoming(text="查 电梯补贴 13812345678"),
        answered=Answered("没有找到", RULE),
    )
    other = factories.incoming(key="m2", sender="o_2", text=searched.incoming.text)
    with house.storage.begin() as uow:
        uow.accounts.add(factories.account(), "sealed")
        second = factories.reply(id=ReplyId("rpy_2"), incoming=other, answered=searched.answered)
        uow.replies.store([searched, second])
        uow.commit()
    desk.run("department", "add", "housing", "住建局", "--since", "2020-01-01")
    assert desk.run("question", "demand", "threshold", 2).out.startswith("from 2 askers on")
    file_replies(house.storage)
    propose_groups(house.grouping)
    house.close()

    (row,) = desk.run("question", "demand", "list", "--json").json
    steps = (
        ("transfer", row["id"], "housing"),
        ("decline", row["id"], "--reason", "尚在研究"),
        ("reopen", row["id"]),
    )
    done = [desk.run("question", "demand", *step) for step in steps]

    assert (row["askers"], row["documents"], row["state"]) == (2, 0, "pending")
    assert "13812345678" not in desk.run("question", "demand", "list").out
    assert [step.status for step in done] == [0, 0, 0]
    assert desk.run("question", "demand", "publish", row["id"], "rel_9").status == 1
