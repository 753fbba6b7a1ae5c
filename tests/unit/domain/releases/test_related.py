"""Related documents: what is looked for, what counts, in which order it is mentioned."""

from dataclasses import replace

from bot.domain.ids import ReleaseId
from bot.domain.releases.related import (
    Beside,
    Clue,
    LiveArticle,
    Relation,
    added_interpretations,
    clues_of,
    related_of,
)
from bot.domain.releases.release import Interpretation, InterpretationKind
from bot.domain.releases.searching import SearchHit
from tests import factories as make

OWN = ReleaseId("rel_1")
_PUBLIC = "https://mp.weixin.qq.com/s"
LAW = "云岭市居家养老服务条例"


def hit(key: str, title: str, number: str | None = None) -> SearchHit:
    return SearchHit(ReleaseId(key), title, number, ("云岭市人民政府",), f"https://a.example/{key}")


def reading(title: str) -> Interpretation:
    return Interpretation(title, InterpretationKind.QA, make.document("答：可以。"))


def test_what_is_looked_for_stands_in_the_document() -> None:
    """Numbers and titles it names, those that name it, and its topic."""
    content = make.content(
        title=f"云岭市人民政府关于修改《{LAW}》的决定",
        topic="民政/养老",
        body=make.document(
            f"根据《{LAW}》和云岭政发〔2024〕3号文件，对云岭政办发〔2026〕7号予以完善，落实本《通知》。"
        ),
    )

    assert [(clue.relation, clue.words) for clue in clues_of(content)] == [
        (Relation.AMENDS, LAW),
        (Relation.CITED, "政发〔2024〕3号"),
        (Relation.CITED, "办发〔2026〕7号"),
        (Relation.CITED, LAW),
        (Relation.CITES, "云岭政办发〔2026〕7号"),
        (Relation.CITES, f"关于修改《{LAW}》的决定"),
        (Relation.SAME_TOPIC, "主题分类：民政/养老"),
    ]


def test_a_hit_counts_only_when_it_is_the_one_that_was_named() -> None:
    """A document that merely holds the words somewhere is not what the text means."""
    found = [
        (Clue(Relation.CITED, LAW), [hit("rel_2", LAW), hit("rel_3", "关于年度计划的通知")]),
        (
            Clue(Relation.CITED, "政发〔2024〕3号", "依照云岭政发〔2024〕3号"),
            [
                hit("rel_4", "某通知", "云岭政发〔2024〕3号"),
                hit("rel_5", "另一通知", "省政发〔2024〕3号"),
                hit("rel_6", "没有文号的通知"),
            ],
        ),
    ]

    assert [each.title for each in related_of(OWN, found)] == [LAW, "某通知"]


def test_the_closest_comes_first_and_each_once() -> None:
    """What changes the document matters more than what is about the same."""
    amending = hit("rel_2", f"关于修改《{LAW}》的决定")
    found = [
        (Clue(Relation.SAME_TOPIC, "养老"), [amending, hit("rel_3", "同主题通知"), hit(OWN, LAW)]),
        (Clue(Relation.CITES, LAW), [hit("rel_4", "实施细则"), amending, hit(OWN, LAW)]),
    ]

    assert [(each.relation, each.title) for each in related_of(OWN, found)] == [
        (Relation.AMENDED_BY, amending.title),
        (Relation.CITES, "实施细则"),
        (Relation.SAME_TOPIC, "同主题通知"),
    ]


def test_only_a_few_are_mentioned() -> None:
    """Five in all, three of the same topic."""
    topic = [hit(f"rel_t{number}", f"通知{number}") for number in range(9)]
    cites = [hit(f"rel_c{number}", f"细则{number}") for number in range(9)]
    of_topic = (Clue(Relation.SAME_TOPIC, "养老"), topic)

    assert len(related_of(OWN, [of_topic])) == 3
    assert len(related_of(OWN, [of_topic, (Clue(Relation.CITES, LAW), cites)])) == 5


def test_added_interpretations_are_those_that_came_to_an_unchanged_document() -> None:
    """Anything else is a correction, which a person decides about."""
    before = make.content(interpretations=(reading("政策问答"),))
    more = replace(before, interpretations=(*before.interpretations, reading("二次解读")))

    assert [each.title for each in added_interpretations(before, more)] == ["二次解读"]
    assert added_interpretations(before, before) == ()
    assert added_interpretations(before, replace(more, title="更正后的标题")) == ()
    assert added_interpretations(more, before) == ()


def test_a_live_article_is_known_by_its_address_or_its_title() -> None:
    """Titles are shortened for a platform; the address of the source stays."""
    article = LiveArticle("短题", "https://a.example/jd", f"{_PUBLIC}/2", is_document=False)
    whole = LiveArticle("通知", "https://a.example/1", f"{_PUBLIC}/1", is_document=True)
    beside = Beside(live=(whole, article))

    assert beside.document_url == whole.url
    assert beside.url_of(replace(reading("长题"), url="https://a.example/jd")) == article.url
    assert beside.url_of(reading("短题")) == article.url
    assert beside.url_of(reading("别的")) == ""
