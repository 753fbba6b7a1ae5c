"""answers.toml: what followers are answered at once."""

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


def test_an_answer_nobody_can_ask_for_is_refused(desk: Desk) -> None:
    """Without words no message would ever be recognised."""
    wordless = '[[answers]]\nname = "甲"\nmatch = "exact"\nanswer = "好"\n'

    refused = desk.run("rule", "answers", desk.write("answers.toml", wordless))

    assert refused.status == 1
    assert "甲" in refused.err
