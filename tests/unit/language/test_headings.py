"""公文 numbering tells headings from running text."""

import pytest

from bot.language.headings import is_bare_label, numbering_level, opens_a_part


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("第一编 总则", 1),
        ("第一章 总　则", 2),
        ("一、停放范围", 2),
        ("第二节　监督", 3),
        ("（三）加强领导，落实责任", 3),
        ("一、元旦：放假一天", None),
        ("（一）具有唯一性；", None),
        ("第一条 为了规范管理", None),
        ("普通的一行", None),
    ],
)
def test_level_by_numbering(line: str, level: int | None) -> None:
    """Articles, items and sentences are no headings."""
    assert numbering_level(line) == level


@pytest.mark.parametrize("line", ["第三条 本办法", "1.范围", "（2）编码", "① 甲"])
def test_numbered_lines_open_a_part(line: str) -> None:
    """Such a line never continues the one above."""
    assert opens_a_part(line)


@pytest.mark.parametrize("line", ["2027年起施行", "1.5倍以上", "三种情形"])
def test_numbers_in_a_sentence_open_nothing(line: str) -> None:
    """A figure at a line's beginning is no numbering."""
    assert not opens_a_part(line)


def test_knows_a_label_that_stands_alone() -> None:
    """第六条 on a line of its own waits for its words."""
    assert is_bare_label("第六条")
    assert not is_bare_label("第六条 本法")
