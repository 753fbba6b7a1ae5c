"""answers.toml: what followers are answered at once."""

import pytest

from tests.unit.cli.desk import Desk

ANSWERS = """
[[answers]]
name = "办理流程"
match = "contains"
words = ["怎么申请", "办理流程"]
answer = "请到社区申请。"

[[answers]]
name = "帮助"
match = "any_message"
answer = "请留言，我们会尽快答复。"
"""

ARTICLE = """
[[answers]]
name = "欢迎"
match = "event"
words = ["subscribe"]
title = "办事指南"
description = "在线办理、窗口地址和时间"
url = "https://www.yunling.example/guide"
picture_url = "https://www.yunling.example/guide.png"

[[answers]]
name = "窗口"
match = "menu"
words = ["WINDOWS"]
title = "窗口地址"
url = "https://www.yunling.example/windows"
answer = "窗口在市民中心一楼。"
"""

FAULTY = """
[[answers]]
name = "甲"
match = "somehow"
words = ["一"]
answer = "好"
accounts = ["没有的账号"]
colour = "red"
"""


def test_the_answers_of_a_file_replace_those_there_are(desk: Desk) -> None:
    """They are stored in their order; the listing shows what counts now."""
    stored = desk.run("rule", "answers", desk.write("answers.toml", ANSWERS), "--json")

    listed = desk.run("rule", "answers", "--json")

    assert stored.status == 0
    assert [rule["name"] for rule in listed.json] == ["办理流程", "帮助"]


def test_a_faulty_file_changes_nothing(desk: Desk) -> None:
    """Every fault is named; the answers there are stay."""
    desk.run("rule", "answers", desk.write("answers.toml", ANSWERS))

    refused = desk.run("rule", "answers", desk.write("faulty.toml", FAULTY))

    assert refused.status == 1
    assert all(word in refused.err for word in ("match", "没有的账号", "colour"))
    assert len(desk.run("rule", "answers", "--json").json) == 2


def test_an_answer_may_be_an_article(desk: Desk) -> None:
    """Its words are made of title and address where the file has none of its own."""
    stored = desk.run("rule", "answers", desk.write("answers.toml", ARTICLE), "--json")

    welcome, windows = stored.json
    assert welcome["card"]["picture_url"] == "https://www.yunling.example/guide.png"
    assert welcome["answer"] == "办事指南\nhttps://www.yunling.example/guide"
    assert windows["answer"] == "窗口在市民中心一楼。"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ('title = "甲"', "url"),
        ('url = "https://a.example"', "title"),
        ('title = "甲"\nurl = "www.a.example"', "www.a.example"),
        ('title = "甲"\nurl = "https://a.example"\npicture_url = "a.png"', "a.png"),
        (f'answer = "{"长" * 683}"', "2048"),
    ],
)
def test_an_answer_the_platform_would_not_take_is_refused(
    desk: Desk, fields: str, words: str
) -> None:
    """An article without title or address, a picture without one, a text too long."""
    text = f'[[answers]]\nname = "甲"\nwords = ["一"]\n{fields}\n'

    refused = desk.run("rule", "answers", desk.write("answers.toml", text))

    assert refused.status == 1
    assert "甲" in refused.err
    assert words in refused.err


def test_an_answer_nobody_can_ask_for_is_refused(desk: Desk) -> None:
    """Without words no message would ever be recognised."""
    wordless = '[[answers]]\nname = "甲"\nmatch = "exact"\nanswer = "好"\n'

    refused = desk.run("rule", "answers", desk.write("answers.toml", wordless))

    assert refused.status == 1
    assert "甲" in refused.err
