"""The same question from many is proposed as one; another question on its topic is not."""

import pytest

from bot.domain.replies.likeness import (
    SAME_QUESTION,
    are_told_apart,
    likeness,
    question_terms,
)

ASKED = "请问公租房租赁补贴今年什么时候开始申请，需要准备哪些材料？"


def like(one: str, other: str) -> float:
    return likeness(question_terms(one), question_terms(other), lambda term: 1.0)


@pytest.mark.parametrize(
    "other",
    [
        "请问公租房租赁补贴什么时候开始申请，要准备哪些材料",
        "公租房 租赁补贴今年什么时候开始申请？需要准备哪些材料？谢谢",
    ],
)
def test_the_same_in_other_words_is_one_question(other: str) -> None:
    """Width, spaces, politeness and an order of words do not matter."""
    assert like(ASKED, other) >= SAME_QUESTION


@pytest.mark.parametrize(
    "other", ["公租房租赁补贴发放到哪张银行卡，为什么上个月没有到账？", "谢谢", "请问几点下班", ""]
)
def test_another_question_is_not(other: str) -> None:
    """On the same topic, or on none."""
    assert like(ASKED, other) < SAME_QUESTION


def test_short_texts_are_the_same_only_when_they_are_equal() -> None:
    """Two pairs of signs in common prove nothing."""
    assert like("几点下班？", "几点 下班？") == 1.0
    assert like("几点下班", "几点上班") == 0.0


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("润芳小区楼下油烟扰民", "魅力小区楼下油烟扰民", True),
        ("我们小区楼下油烟扰民", "魅力小区楼下油烟扰民", False),
        ("茶场村五组什么时候拆迁", "茶场村六组什么时候拆迁", True),
        ("茶场村五组什么时候拆迁", "请问茶场村五组拆迁", False),
        ("2号线几点末班", "3号线几点末班", True),
        ("补贴怎么领", "补贴怎么领取", False),
    ],
)
def test_places_and_counts_tell_questions_apart(one: str, other: str, apart: bool) -> None:
    """The same complaint about another village is for another answer."""
    assert are_told_apart(one, other) is apart
