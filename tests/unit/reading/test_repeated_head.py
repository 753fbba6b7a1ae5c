"""The head of a body is taken off only when it repeats the title or the 文号."""

import pytest

from bot.domain.releases.document import Document, Heading, Paragraph, Rule, Run
from bot.reading.notes import Notes
from bot.reading.repeated_head import without_repeated_head

TITLE, NUMBER = "临河区人民政府关于停放治理的通知", "临政发〔2027〕1号"


def _strip(*texts: str) -> tuple[list[str], Notes]:
    notes = Notes()
    body = Document(tuple(Paragraph((Run(t),), "center") for t in texts))
    stripped = without_repeated_head(body, title=TITLE, document_number=NUMBER, notes=notes)
    return stripped.text.split("\n"), notes


@pytest.mark.parametrize(
    "head",
    [
        (TITLE,),
        ("临河区人民政府", "关于停放治理的通知", NUMBER),
        ("临河区人民政府关于  停放治理 的通知",),
        (f"{TITLE}（{NUMBER}）", TITLE),
        (TITLE, f"({NUMBER})"),
    ],
)
def test_takes_an_exact_repetition_off(head: tuple[str, ...]) -> None:
    """On one line or several, with or without the number; a finding quotes it."""
    rest, notes = _strip(*head, "各单位：", "正文。")

    assert rest == ["各单位：", "正文。"]
    assert [finding.code for finding in notes.findings] == ["repeated_head"]


@pytest.mark.parametrize(
    "head", [("临河区人民政府关于停车治理的通知",), ("各单位：", TITLE), (f"{TITLE}解读",)]
)
def test_leaves_everything_else(head: tuple[str, ...]) -> None:
    """One other character, or another place, and it stays."""
    rest, notes = _strip(*head, "正文。")

    assert rest == [*head, "正文。"]
    assert not notes.findings


def test_a_body_of_only_its_title_stays() -> None:
    """Nothing would be left to publish."""
    rest, _ = _strip(TITLE)

    assert rest == [TITLE]


def test_the_rule_under_a_repeated_title_goes_with_it() -> None:
    """It only divided the header from the text."""
    body = Document((Heading(TITLE, 1), Rule(), Paragraph((Run("正文。"),))))

    stripped = without_repeated_head(body, title=TITLE, document_number=None, notes=Notes())

    assert stripped.blocks == (Paragraph((Run("正文。"),)),)
