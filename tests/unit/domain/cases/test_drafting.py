"""What an answer is drawn from, and what a person should look at in it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.cases.drafting import (
    AnswerTemplate,
    days_of_handling,
    passages_with,
    unsourced,
    untouched,
)
from bot.domain.cases.names import CaseClass
from bot.domain.errors import InvalidInput
from bot.regulations.answer_templates import answer_templates, read_templates

TEXT = "第一条 补贴对象为农户。\n第二条 每亩补贴 120 元，12 月 10 日前发放。\n附则"


def test_passages_are_the_lines_that_hold_the_words() -> None:
    """Blind to width and spaces, as a search; no more than asked for."""
    assert passages_with(TEXT, "补 贴", most=1) == ["第一条 补贴对象为农户。"]
    assert len(passages_with(TEXT, "补贴", most=5)) == 2
    assert passages_with(TEXT, "电梯", most=5) == []


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("每亩补贴 120 元。", []),
        ("每亩补贴 130 元。", ["130 元"]),
        ("12 月 10 日前发放。", []),
        ("12月20日前发放。", ["12月20日"]),
        ("您好，请放心。", []),
    ],
)
def test_what_no_source_states_is_told(answer: str, found: list[str]) -> None:
    """A number of its own, a day of its own."""
    told = [fact.words.replace(" ", "") for fact in unsourced(answer, [TEXT])]

    assert told == [words.replace(" ", "") for words in found]


def test_days_on_which_a_letter_was_handled_need_no_source() -> None:
    """From the day it came until today, in Beijing; of an old letter the last year."""
    came, now = datetime(2026, 9, 30, 17, tzinfo=UTC), datetime(2026, 10, 2, 15, 59, tzinfo=UTC)
    days = days_of_handling(came, now)

    assert list(days) == ["2026年10月1日", "2026年10月2日"]
    told = unsourced("10月2日到现场核实，10月8日前修好。2026年10月2日", days)
    assert [fact.words for fact in told] == ["10月8日"]
    assert len(days_of_handling(now - timedelta(days=4000), now)) == 366


def test_what_the_answer_does_not_touch_is_a_hint() -> None:
    """Words that every letter has say nothing."""
    asked = ["请问", "停水", "三天", "，", "物业", "物业", "的"]

    assert untouched(asked, "经核实，没有停水计划。") == ["物业", "三天"]
    assert untouched(asked, "停水三天属实，物业已通知。") == []


def test_of_a_long_letter_only_its_subject_counts() -> None:
    """What is said once in passing is no question."""
    passing = [f"{a}{b}" for a in "甲乙丙丁" for b in "山水田林"]

    assert untouched([*passing, "噪声", "歌厅", "噪声"], "已收悉。") == ["噪声"]


def test_templates_stand_around_what_is_written() -> None:
    """Those of the class, and those of all; an office's file stands in place of ours."""
    all_of_them = answer_templates()
    fits = {one.id for one in all_of_them if one.fits(CaseClass.DISCLOSURE)}

    assert fits == {"plain", "disclosure"}
    for one in all_of_them:
        assert "已查明" in one.filled("已查明")
        assert "{" not in one.filled("已查明")
    own = '[[templates]]\nid = "a"\nname = "本单位"\nbody = "您好。{quotations}"\n'
    assert read_templates(own) == (AnswerTemplate("a", "本单位", "您好。{quotations}"),)
    with pytest.raises(InvalidInput):
        read_templates('[[templates]]\nid = "a"\nclasses = ["nonsense"]\n')
