"""Conversations: questions, answers and speakers told apart by their own labels."""

import pytest

from bot.domain.releases.document import Document, Heading, Paragraph
from bot.rendering.dialogue import Dialogue, Turn, dialogue_of
from bot.rendering.leads import item_lead, lead_length

from .samples import paragraph


@pytest.mark.parametrize(
    ("block", "turn"),
    [
        (paragraph("问：哪些人可以报名？"), Turn.QUESTION),
        (paragraph("Q1：怎么报名"), Turn.QUESTION),
        (paragraph("云岭日报记者：偏远的镇怎么办？"), Turn.QUESTION),
        (paragraph("3.材料费怎么收？"), Turn.QUESTION),
        (paragraph("二、哪些情形不能享受？"), Turn.QUESTION),
        (Heading("在哪里报名？"), Turn.QUESTION),
        (paragraph("答：在社区报名。"), Turn.ANSWER),
        (paragraph("方明：谢谢提问。"), Turn.SPEECH),
    ],
    ids=lambda value: getattr(value, "name", None) or value.text[:6],
)
def test_a_line_says_by_its_label_what_it_is(block: Heading | Paragraph, turn: Turn) -> None:
    """Offices label in many ways; the label decides, not the place."""
    found = Dialogue(frozenset({"方明"})).turn_of(block)

    assert found is not None
    assert found[0] is turn


@pytest.mark.parametrize(
    "text",
    [
        "难道不是吗？",
        "附件：申报表",
        "一名学员最多选三门课程。",
        "问题在于经费不足。",
        "记者获悉，学堂已开课。",
    ],
)
def test_running_text_is_no_turn(text: str) -> None:
    """A rhetorical question or a colon makes nobody a speaker."""
    assert Dialogue(frozenset({"方明"})).turn_of(paragraph(text)) is None


def test_who_opens_two_speeches_is_a_speaker() -> None:
    """A label that stands once may be anything; the host is known by the word."""
    said = ("主持人：大家好。", "方明：已建成46所。", "附件：申报表", "方明：每周两次。")

    assert dialogue_of(Document(tuple(map(paragraph, said)))).speakers == {"主持人", "方明"}


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("第十二条　申请人应当提交材料。", "第十二条"),
        ("第三条之一 经营者应当公示。", "第三条之一"),
        ("（二）统一课程目录。市教育局公布目录。", "（二）统一课程目录。"),
        ("（二）拼装非机动车；", ""),
        ("（三）本市户籍。", ""),
        ("第十二条规定的情形除外。", ""),
        ("本通知自印发之日起施行。", ""),
        ("", ""),
    ],
)
def test_a_lead_is_what_a_paragraph_opens_with(text: str, lead: str) -> None:
    """An article's number, or the words of an item that more text follows."""
    assert text[: lead_length(text)] == lead


def test_the_lead_of_an_item_stands_alone_without_its_mark() -> None:
    """So it reads as a point."""
    assert item_lead("（二）统一课程目录。市教育局公布目录。") == "（二）统一课程目录"
    assert item_lead("第一条　为了……") == ""
