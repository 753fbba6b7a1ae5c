"""帮助: every page says what its words mean."""

import pytest

from bot.console.app import PAGES
from bot.console.words.help import words_on
from bot.domain.people import Role
from tests.unit.console.desk import Desk


@pytest.mark.parametrize("path", PAGES)
def test_every_page_explains_its_words(path: str) -> None:
    """Each in one sentence that a line or two can hold."""
    words = words_on(path)

    assert words
    assert all(word and meaning.endswith("。") for word, meaning in words.items())
    assert all(len(meaning) <= 50 for meaning in words.values())


def test_the_words_are_those_of_the_page(busy: Desk) -> None:
    """Pages below one another share them; a page without its own has those of 今日."""
    post = busy.signed_in("wang", *Role).get("/posts/pst_2").text

    assert "帮助：这一页的用词" in post
    assert words_on("/posts/pst_2/preview") == words_on("/posts")
    assert words_on("/elsewhere") == words_on("/")
    assert all(meaning in post for meaning in words_on("/posts").values())
