"""What a post says against what was approved."""

import pytest

from bot.domain.posts.checks.source import Source
from bot.domain.releases.related import Beside, Related, Relation
from bot.domain.releases.release import Interpretation, InterpretationKind
from tests import factories as make
from tests.unit.domain.posts.checks.posts import TITLE, article, found, quotes, short, source


def test_a_wrong_amount_day_and_number_are_marked() -> None:
    """Each with its words, and blocking."""
    post = short("12月10日起每月3000元，热线0800-7654321，云岭政办发〔2026〕8号。")

    hits = found(post, "fact_unfounded")

    assert {hit.quote for hit in hits} == {
        "12月10日",
        "3000元",
        "0800-7654321",
        "办发〔2026〕8号",
    }
    assert all(hit.is_in_the_way for hit in hits)


def test_what_the_approved_text_says_is_not_marked() -> None:
    """Its facts, its number and its days, in the body or in the fields beside it."""
    post = short("云岭政办发〔2026〕7号，11月20日成文：每月300元，1.2万人，电话0800-1234567。")

    assert quotes(post, "fact_unfounded") == []


def test_an_interpretation_is_approved_text_too() -> None:
    explained = Interpretation("问答", InterpretationKind.QA, make.document("预计惠及860户。"))

    assert quotes(short("惠及860户"), "fact_unfounded", source(interpretations=(explained,))) == []
    assert quotes(short("惠及860户"), "fact_unfounded") == ["860户"]


def test_the_title_of_a_related_document_may_be_told() -> None:
    related = Related(Relation.AMENDS, "2019年办法", "云政发〔2019〕3号", "")
    beside = Source(source().content, make.account(), Beside((related,)))

    assert quotes(short("2019年办法（云政发〔2019〕3号）"), "fact_unfounded", beside) == []


def test_a_post_of_slogans_is_noticed() -> None:
    """A warning: a notice without any figure exists, but somebody should look."""
    (hit,) = found(short("我市大力推进惠民工作，群众获得感不断增强。"), "no_facts")

    assert not hit.is_in_the_way
    assert found(short("每月300元"), "no_facts") == []


@pytest.mark.parametrize(
    ("title", "is_told"),
    [("高温津贴怎么发", False), ("关于发放高温津贴的通知", False), ("好消息来了", True)],
)
def test_a_title_shares_words_with_the_offices_own(title: str, is_told: bool) -> None:
    assert bool(found(article(title), "title_estranged")) is is_told
    assert found(article(TITLE), "title_estranged") == []
