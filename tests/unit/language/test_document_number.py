"""发文字号 in their official and their everyday writings."""

import pytest

from bot.language.document_number import NumberKind, parse_document_number


@pytest.mark.parametrize(
    "text",
    [
        "国办发〔2018〕123号",
        "国办秘函〔2019〕19号",
        "辽政办公开〔2019〕15号",
        "国办发明电〔2025〕7号",
        "国令第711号",
        "中华人民共和国主席令第八十四号",
        "海关总署 财政部公告2024年第143号",
        "中国人民银行 国家市场监督管理总局令〔2024〕第3号",
    ],
)
def test_official_writing_stays(text: str) -> None:
    """A number in its official form is taken as it is."""
    number = parse_document_number(text)

    assert number is not None
    assert (number.text, number.was_changed) == (text, False)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("国办发[2018]123号", "国办发〔2018〕123号"),
        ("国办发（2018）第0123号", "国办发〔2018〕123号"),
        ("银发﹝2021﹞ 259 号", "银发〔2021〕259号"),
        ("京政发【２０２４】５号", "京政发〔2024〕5号"),
        ("国令 第 711 号", "国令第711号"),
    ],
)
def test_everyday_writing_is_normalised(text: str, normal: str) -> None:
    """Other brackets, leading zeros, 第 and blanks give way to the official form."""
    number = parse_document_number(text)

    assert number is not None
    assert (number.text, number.was_changed) == (normal, True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("国发〔2018〕38号", NumberKind.DOCUMENT),
        ("国令第707号", NumberKind.ORDER),
        ("公告2024年第143号", NumberKind.ANNOUNCEMENT),
    ],
)
def test_kinds_are_told_apart(text: str, kind: NumberKind) -> None:
    """Orders and announcements count differently from 机关代字 numbers."""
    number = parse_document_number(text)

    assert number is not None
    assert number.kind is kind


@pytest.mark.parametrize("text", ["", "号", "2018年", "国发〔20188〕1号", "联系电话123号码"])
def test_other_text_is_no_number(text: str) -> None:
    """What is no number is None, never a guess."""
    assert parse_document_number(text) is None
