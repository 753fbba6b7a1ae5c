"""Wrong names, slips, adverts, begging, titles, signs."""

import pytest

from tests.unit.domain.posts.checks.posts import article, found, quotes, short


@pytest.mark.parametrize("name", ["中共人民共和国", "云岭市人民攻府", "国务院办公室"])
def test_wrong_names_of_the_state_block_and_are_never_repaired(name: str) -> None:
    (hit,) = found(short(f"根据{name}的规定"), "state_name")

    assert hit.is_in_the_way
    assert hit.repair == ""


@pytest.mark.parametrize(
    "name", ["国务院新闻办公室", "国务院办公厅", "人民代表大会常务委员会", "政治协商会议"]
)
def test_right_names_are_right(name: str) -> None:
    assert found(short(f"根据{name}的规定"), "state_name") == []


@pytest.mark.parametrize(
    ("words", "quote", "repair"),
    [
        ("全面布署防汛工作", "布署", "部署"),
        ("严禁焚烧秸杆", "秸杆", "秸秆"),
        ("截止目前已办结", "截止目前", "截至目前"),
        ("完善的的制度", "的的", "的"),
        ("办理完毕。。", "。。", "。"),
        ("云岭市市委书记", "市市委", "市委"),
    ],
)
def test_slips_are_shown_with_what_is_meant(words: str, quote: str, repair: str) -> None:
    (hit,) = found(short(words), "misspelling")

    assert (hit.quote, hit.repair) == (quote, repair)
    assert not hit.is_in_the_way


@pytest.mark.parametrize(
    "words",
    [
        "不以营利为目的的组织",
        "是是非非",
        "广西壮族自治区区委",
        "了了解解",
        "防犯罪宣传",
        "的的确确",
    ],
)
def test_right_sentences_are_left_alone(words: str) -> None:
    """Doubled characters that belong there."""
    assert found(short(words), "misspelling") == []


def test_people_are_called_by_their_names() -> None:
    assert quotes(short("关爱残废人"), "dated_term") == ["残废人"]


@pytest.mark.parametrize(
    ("words", "rule", "is_told"),
    [
        ("稳赚不赔", "advert_word", True),
        ("国家级高新技术产业开发区", "advert_word", False),
        ("集满20个赞", "begging", True),
        ("关注公众号方可办理", "begging", True),
        ("欢迎关注云岭发布", "begging", False),
    ],
)
def test_adverts_and_begging(words: str, rule: str, is_told: bool) -> None:
    assert bool(found(short(words), rule)) is is_told


def test_a_loud_title_is_told_a_loud_sentence_is_not() -> None:
    """The rule is for titles: 重磅 may stand in a quoted speech."""
    assert quotes(article("重磅！！高温津贴来了"), "clickbait") == ["重磅", "！！"]
    assert found(article(html="<p>重磅新闻</p>"), "clickbait") == []


def test_half_width_signs_between_chinese_words_have_a_repair() -> None:
    (hit,) = found(short("每月发放,按时到账"), "half_width_sign")

    assert (hit.quote, hit.repair) == ("发放,按时", "发放，按时")


def test_the_year_of_a_number_stands_in_its_own_brackets() -> None:
    (hit,) = found(article("云岭政办发[2026]7号来了"), "number_brackets")

    assert (hit.quote, hit.repair) == ("[2026]", "〔2026〕")


def test_a_body_keeps_the_signs_of_the_approved_text() -> None:
    """Nobody but its author may change it."""
    html = "<p>云岭政办发[2026]7号,每月300元</p>"

    assert found(article(html=html), "number_brackets") == []
    assert found(article(html=html), "half_width_sign") == []
