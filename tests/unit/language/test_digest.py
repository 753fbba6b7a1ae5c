"""Digests are copied sentences and say nothing the text does not say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.digest import make_digest, numbers_agree
from bot.language.sentences import split_sentences

_TEXT = """各镇人民政府，区政府各部门：
为规范临河区共享单车停放，保障市民出行，区政府决定自2027年3月1日起实行定点停放。
现将有关事项通知如下：
一、停放范围
（一）主次干道两侧划定停放点312处，市民应当在停放点内停车。
（二）违反规定的，由运营单位通知使用人挪车，不得收取费用。
运营单位应当每日巡查，并在2小时内处理市民投诉。
临河区人民政府办公室
2027年1月8日
（此件公开发布）"""


def test_takes_whole_sentences_of_the_text() -> None:
    """Every sentence of the digest stands in the text, in the text's order."""
    digest = make_digest(_TEXT, 120)
    places = [_TEXT.index(sentence) for sentence in split_sentences(digest)]

    assert digest
    assert places == sorted(places)
    assert len(digest) <= 120


def test_skips_salutation_formula_signature_and_note() -> None:
    """What only belongs to the paper form tells a reader nothing."""
    digest = make_digest(_TEXT, 1000)

    for dull in ("各镇人民政府", "通知如下", "人民政府办公室", "此件公开发布"):
        assert dull not in digest


def test_an_enumeration_is_taken_from_its_beginning() -> None:
    """The second item never appears without the first."""
    text = "一、元旦：1月1日放假，共1天。\n二、春节：应当加强值班，2月4日至10日放假，共7天。"

    digest = make_digest(text, 30)

    assert digest == "一、元旦：1月1日放假，共1天。"


def test_sentences_in_latin_letters_are_parted_by_a_blank() -> None:
    """And one that begins small lost its beginning; it is left out."""
    text = "This guidance is for local authorities. It explains the scheme.\nof the class are boys."

    digest = make_digest(text, 120)

    assert digest == "This guidance is for local authorities. It explains the scheme."


def test_is_empty_when_no_sentence_fits() -> None:
    """No sentence is ever cut."""
    assert make_digest(_TEXT, 5) == ""


@settings(max_examples=30)
@given(st.integers(min_value=0, max_value=300))
def test_keeps_the_limit_and_repeats_itself(limit: int) -> None:
    """The same text and limit give the same digest, never longer than the limit."""
    digest = make_digest(_TEXT, limit)

    assert len(digest) <= limit
    assert digest == make_digest(_TEXT, limit)
    assert numbers_agree(digest, _TEXT)


def test_numbers_must_stand_in_the_source_as_wholes() -> None:
    """12 is not vouched for by 312."""
    assert not numbers_agree("共12处", "共312处")


def test_questions_are_left_out_and_answers_lose_their_label() -> None:
    """A question without its answer tells a reader nothing."""
    text = (
        "主持人：各位记者朋友，大家上午好。\n问：哪些人可以报名学习？\n"
        "答：年满五十五周岁的本市常住居民都可以报名。\n云岭日报记者：偏远的镇怎么办？"
    )

    assert make_digest(text, 120) == "年满五十五周岁的本市常住居民都可以报名。"


@pytest.mark.parametrize("opening", ["之后，", "为此，", "据此，", "与此同时，", "在此基础上"])
def test_a_sentence_that_leans_on_the_one_before_is_not_told_alone(opening: str) -> None:
    """Nobody would know after what, or on what ground."""
    text = f"临河区历年的停车办法都在这里逐一说明。\n{opening}企业可以申请补贴200元。"

    assert opening not in make_digest(text, 24)
