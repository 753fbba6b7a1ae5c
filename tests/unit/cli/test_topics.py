"""What followers speak of, at the command line."""

from datetime import timedelta

from bot.domain.ids import ReplyId
from bot.usecases.replies.file_replies import file_replies
from bot.usecases.topics.count_terms import count_terms
from bot.usecases.topics.judge_growth import judge_growth
from tests import factories
from tests.unit.cli.desk import Desk

RULES = """
[[watch]]
names = ["云岭市"]
grave_words = ["爆炸"]
grave_from = 2

[[watch.sources]]
name = "市民论坛"
how = "每天两次"
"""


def test_a_grave_word_goes_from_alert_to_evaluation(desk: Desk) -> None:
    """By the office's own rules, with the real words of a sentence."""
    assert desk.run("topic", "rules", desk.write("watch.toml", RULES)).status == 0
    house = desk.house()
    now = house.clock.now()
    said = factories.incoming(text="云岭市东街燃气爆炸，电话 13812345678", said_at=now)
    with house.storage.begin() as uow:
        uow.accounts.add(factories.account(), "sealed")
        uow.replies.store([factories.reply(id=ReplyId("rpy_1"), incoming=said, received_at=now)])
        uow.commit()
    file_replies(house.storage)
    count_terms(house.watching)
    judge_growth(house.watching)
    house.close()
    (alert,) = desk.run("topic", "alerts", "--json").json

    shown = desk.run("topic", "show", alert["id"]).out
    taken = desk.run("topic", "take-up", alert["id"], "--level", "major")
    number = taken.out.split()[0]
    skipped = desk.run("topic", "stage", number, "handled", "--note", "已处置")
    conferred = desk.run("topic", "stage", number, "conferred", "--note", "三部门会商")

    assert (alert["kind"], alert["askers"], alert["names_us"]) == ("grave", 1, 1)
    assert "13812345678" not in shown
    assert (taken.status, skipped.status, conferred.out.strip()) == (0, 1, "conferred")
    assert number in desk.run("topic", "records").out
    assert desk.run("topic", "list", "--json").json[0]["is_learning"]


def test_the_press_and_wrong_rules(desk: Desk) -> None:
    """A question is listed with its term; faults are named."""
    by = (desk.house().clock.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    taken = desk.run("topic", "take-media", "晚报", "为何？", "--by", by)
    wrong = desk.write("wrong.toml", '[[watch]]\nnames = ["市"]\nhour_from = 1\n')
    told = desk.run("topic", "rules", wrong)

    assert taken.status == 0
    assert "晚报" in desk.run("topic", "media").out
    assert (told.status, "hour_from" in told.err, "names" in told.err) == (1, True, True)
    assert desk.run("topic", "subjects").status == 0
