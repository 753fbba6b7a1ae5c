"""Replies that ask the same are found among those that are filed."""

from bot.storage.database import Database
from bot.usecases.replies.file_replies import file_replies
from tests.contract.test_reply_search import database, said, store

__all__ = ["database"]

ASKED = "请问公租房租赁补贴今年什么时候开始申请，需要准备哪些材料？"


def test_the_likest_come_first_and_other_questions_not_at_all(database: Database) -> None:
    """Only what is filed is looked at; what was erased is not there to be found."""
    store(
        database,
        said(1, "请问公租房租赁补贴什么时候开始申请，要准备哪些材料"),
        said(2, ASKED),
        said(3, "公租房的电梯坏了三天，物业一直不修"),
        said(4, "谢谢"),
    )
    unfiled = database.likeness().find_similar(ASKED)
    file_replies(database)

    found = database.likeness().find_similar(ASKED)

    assert unfiled == []
    assert [similar.reply for similar in found] == ["rpy_00002", "rpy_00001"]
    assert found[0].likeness == 1.0
    assert database.likeness().find_similar("") == []
