"""What a search compares, and under which terms it is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.releases.release import Interpretation, InterpretationKind
from bot.domain.releases.searching import (
    FIELD_END,
    index_terms,
    searchable,
    text_to_search,
    wanted_terms,
)
from tests import factories as make

SIGNS = st.text(st.sampled_from("补贴社保ＡａA1 　\u200b〔〕㎡①é𠮷\ud83d" + FIELD_END), max_size=12)


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("云岭政办发〔2026〕7号", "政办发〔２０２６〕 7 号"),
        ("申请 补\n贴", "申请补贴"),
        ("ＡＢＣ认证", "abc认证"),
        ("零\u200b宽\ufeff字符", "零宽字符"),
        ("每㎡补贴", "每m2补贴"),
    ],
)
def test_width_case_and_spaces_do_not_matter(written: str, sought: str) -> None:
    """People type what they see, with whatever keyboard they have."""
    assert searchable(sought) in searchable(written)


@given(before=SIGNS, words=SIGNS, after=SIGNS)
def test_every_part_of_a_text_is_a_part_of_what_is_compared(
    before: str, words: str, after: str
) -> None:
    """So a search finds whatever a look for the exact words would find."""
    assert searchable(words) in searchable(before + words + after)


@given(text=SIGNS, words=SIGNS)
def test_what_holds_the_words_has_all_their_terms(text: str, words: str) -> None:
    """An index may offer too much, which is compared; never too little. Of up to two signs it
    offers exactly what holds them."""
    needle = searchable(words)
    filed = FIELD_END.join(map(searchable, text.split(FIELD_END)))
    if not needle:
        return

    terms = index_terms(filed)
    is_offered = all(any(t.startswith(w) for t in terms) for w in wanted_terms(needle))

    assert is_offered or needle not in filed
    if len(needle) <= 2:
        assert is_offered == (needle in filed)


def test_a_release_is_found_by_all_it_says_and_not_across_its_parts() -> None:
    """Title, number, bodies, text and interpretations; the end of one does not touch the next."""
    reading = Interpretation("一图读懂", InterpretationKind.INFOGRAPHIC, make.document("周末能办"))
    content = make.content(
        title="停车办法",
        issuing_bodies=("市城管局", "市公安局"),
        body=make.document("第一条", "第二条"),
        interpretations=(reading,),
    )

    text = text_to_search(make.release(content=content))

    assert all(word in text for word in ("停车办法", "〔2026〕7号", "市城管局", "市公安局"))
    assert all(word in text for word in ("第一条", "第二条", "一图读懂", "周末能办"))
    assert "办法云岭" not in text
    assert FIELD_END not in "".join(index_terms(text))
