"""Facts in figures, and when a source holds them."""

import pytest

from bot.domain.posts.checks.facts import FactBook, FactKind, facts_in


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("云政办发〔2026〕7号", FactKind.NUMBER, ("办发", "2026", "7")),
        ("云政办发[2026]第07号", FactKind.NUMBER, ("办发", "2026", "7")),
        ("２０２６年１月５日", FactKind.DAY, ("2026", "1", "5")),
        ("2026-01-05", FactKind.DAY, ("2026", "1", "5")),
        ("2026年1月", FactKind.DAY, ("2026", "1", "")),
        ("1月5日", FactKind.DAY, ("", "1", "5")),
        ("0800-1234567", FactKind.PHONE, ("08001234567",)),
        ("400-123-4567", FactKind.PHONE, ("4001234567",)),
        ("13800138000", FactKind.PHONE, ("13800138000",)),
        ("1,200.50万元", FactKind.AMOUNT, ("1200.5", "万")),
        ("15 %", FactKind.AMOUNT, ("15", "%")),
        ("300", FactKind.AMOUNT, ("300", "")),
    ],
)
def test_a_fact_has_one_value_however_it_is_written(
    text: str, kind: FactKind, value: tuple[str, ...]
) -> None:
    (fact,) = facts_in(text)

    assert (fact.kind, fact.value) == (kind, value)


@pytest.mark.parametrize(
    "words",
    ["80周岁", "3个月", "20个工作日", "24小时", "1.5万元", "300平方米", "2万人次", "5人", "90日"],
)
def test_a_figure_is_shown_with_the_whole_word_of_its_unit(words: str) -> None:
    """Nobody reads half a word in 数字出处."""
    (fact,) = facts_in(f"年满{words}以上")

    assert fact.words == words


def test_the_word_of_a_unit_changes_no_value() -> None:
    """What a source states in one spelling holds in the other, as before."""
    assert FactBook("年满80周岁").holds(facts_in("80周")[0])
    assert not FactBook("3万元").holds(facts_in("3元")[0])


@pytest.mark.parametrize(
    "text",
    [
        "见 https://www.yunling.example/2026/11/7.html",
        "正文校验码：2311b0b0800da15b",
        "政策全文（1/3）",
        "共 3 篇，第 2 篇",
        "1. 受理\n2、审核",
        "办理步骤：1、受理；2、审核。（3）发证",
        "注释[12]",
        "采用5G和A4纸",
    ],
)
def test_figures_a_post_brings_itself_are_no_facts(text: str) -> None:
    """Addresses, check sums, parts, numbers of lists and notes, names with figures in them."""
    assert facts_in(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("涉及楼栋：3、4号", ["3", "4号"]),
        ("拨打96588,或到窗口", ["96588"]),
        ("共1,200元", ["1,200元"]),
    ],
)
def test_what_only_looks_like_a_number_of_a_list_is_a_figure(text: str, words: list[str]) -> None:
    """And a comma behind a figure is none of it."""
    assert [fact.words for fact in facts_in(text)] == words


@pytest.mark.parametrize(
    ("source", "post"),
    [
        ("2026年12月1日起施行", "12月1日起"),
        ("2026年12月1日起施行", "2026年12月起"),
        ("补贴１，２００元", "补贴1200元"),
        ("发放补贴300元", "补贴300"),
    ],
)
def test_a_post_may_say_less_than_its_source(source: str, post: str) -> None:
    book = FactBook(source)

    assert all(book.holds(fact) for fact in facts_in(post))


@pytest.mark.parametrize(
    ("source", "post"),
    [
        ("补贴3万元", "补贴3元"),
        ("12月1日起施行", "2026年12月1日起施行"),
        ("2026年12月1日", "2026年12月11日"),
        ("云政办发〔2026〕7号", "云政办发〔2026〕17号"),
        ("电话0800-1234567", "电话0800-1234568"),
        ("增长15%", "增长15.5%"),
    ],
)
def test_what_the_source_does_not_say_is_told(source: str, post: str) -> None:
    """A digit more, a unit less."""
    book = FactBook(source)

    assert not all(book.holds(fact) for fact in facts_in(post))
