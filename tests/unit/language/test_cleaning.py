"""What cleaning takes, what it keeps, and what it admits it cannot repair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.cleaning import clean


def test_counts_what_it_takes() -> None:
    """Every removed or replaced character is counted under its kind."""
    cleaned = clean("\ufeff政\u200b策\u00a0文件\x07\r\n第二行")

    assert cleaned.text == "政策 文件\n第二行"
    assert cleaned.changes["zero_width"] == 2
    assert cleaned.changes["odd_spaces"] == 1
    assert cleaned.changes["control"] == 1


def test_leaves_full_width_digits_and_ideographic_spaces_alone() -> None:
    """Official texts set them on purpose."""
    text = "２０１２年　第一章　总　则"

    assert clean(text).text == text


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_repairs_mojibake_that_the_way_back_proves(encoding: str) -> None:
    """UTF-8 read in a Western encoding comes back, counted."""
    original = "发改委"
    broken = original.encode().decode(encoding, "strict" if encoding == "latin-1" else "replace")

    cleaned = clean(broken)

    if "\ufffd" in broken:
        assert cleaned.damaged == 1
    else:
        assert (cleaned.text, cleaned.changes["mojibake"]) == (original, 1)


@pytest.mark.parametrize("text", ["Café Müller naïve", "Ãœber", "€100 – «ça»", "São Paulo Âge"])
def test_never_touches_honest_western_text(text: str) -> None:
    """A repair that does not give Chinese is no repair."""
    assert clean(text).text == text


def test_reports_damage_it_cannot_repair() -> None:
    """Lost characters stay visible and are counted."""
    cleaned = clean("锟斤拷政策\ufffd")

    assert cleaned.text == "锟斤拷政策\ufffd"
    assert cleaned.damaged == 2


@given(st.text(alphabet=st.characters(categories=["Lo", "Nd", "Po"]), max_size=60))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    """Clean text is clean."""
    once = clean(text).text

    assert clean(once).text == once
