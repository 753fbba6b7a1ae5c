"""Each form of interpretation: what is read first, what stands apart, what is said openly."""

import pytest
from lxml import html as markup

from bot.domain.posts.draft import Article
from bot.domain.posts.post import PostKind
from bot.domain.releases.document import Document, Image
from bot.domain.releases.related import Beside, LiveArticle, Related, Relation
from bot.domain.releases.release import InterpretationKind

from . import forms
from .samples import MemoryMedia, Web, a_png, a_renderer, rendered

_QUESTION = 'border-left:4px solid #37b;text-indent:0;color:#37b"><strong>'


def told(kind: InterpretationKind, **changes: object) -> Article:
    """The article of an interpretation of this form, its pictures at hand."""
    made = forms.in_form(kind)
    web = Web(dict.fromkeys((*forms.FIGURES, forms.POSTER), a_png()))
    result = rendered(
        forms.policy(interpretations=(made,), **changes),
        kind=PostKind.INTERPRETATION,
        renderer=a_renderer(MemoryMedia(), web),
    )
    return result.content.articles[0]


def text_of(html: str) -> str:
    return "".join(markup.fragment_fromstring(html, create_parent="div").itertext())


@pytest.mark.parametrize("kind", [InterpretationKind.QA, InterpretationKind.OFFICIAL])
def test_questions_stand_apart_from_answers(kind: InterpretationKind) -> None:
    """A reader scans the questions and stops at her own."""
    html = told(kind).html

    assert html.count(_QUESTION) == 3
    assert f"{_QUESTION}问：学费怎么收？</strong>" in html
    assert "<p><strong>答：</strong>公共课程免费；" in html


@pytest.mark.parametrize(
    "kind",
    [
        InterpretationKind.PRESS_CONFERENCE,
        InterpretationKind.INTERVIEW,
        InterpretationKind.BRIEFING,
    ],
)
def test_speakers_are_named_where_they_begin(kind: InterpretationKind) -> None:
    """And in the header, with the office they hold."""
    html = told(kind).html

    assert "<strong>方明：</strong>今年以来" in html
    assert f"{_QUESTION}云岭日报记者：偏远的镇怎么办？" in html
    assert "解读人　　</span>方明（市教育局副局长）" in html


def test_an_infographic_begins_with_its_figures_and_keeps_their_words() -> None:
    """Captions, credit and the description stay text; the facts stand below."""
    html = told(InterpretationKind.INFOGRAPHIC).html
    shown = text_of(html)

    assert html.index("<img") < html.index("解读文件")
    assert "建设目标（图源：市教育局）到2027年底建成学堂120所，新增学位9600个" in shown
    assert "图片来源：市教育局" in shown
    assert "每所每年补助18000元本图由人工智能辅助生成" in shown


def test_an_infographic_without_words_is_remarked() -> None:
    """Who cannot see it learns nothing; staff are told."""
    bare = forms.interpretation(InterpretationKind.INFOGRAPHIC, Image(forms.POSTER))
    result = rendered(forms.policy(interpretations=(bare,)), kind=PostKind.INTERPRETATION)

    assert any("请补充文字版" in note for note in result.notes)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (InterpretationKind.VIDEO, "观看视频"),
        (InterpretationKind.ANIMATION, "观看动漫"),
        (InterpretationKind.AUDIO, "收听音频"),
    ],
)
def test_what_moves_or_sounds_says_first_where(kind: InterpretationKind, words: str) -> None:
    """The platform shows no foreign player: the address, the still and the text must do."""
    article = told(kind)
    shown = text_of(article.html)

    assert f"{words}：请点击文末“阅读原文”" in shown
    assert article.source_url in shown
    assert shown.index(words) < shown.index("正文校验码")


def test_a_video_with_only_an_address_still_says_where() -> None:
    """An interpretation may come without a body."""
    only = forms.interpretation(InterpretationKind.VIDEO)
    result = rendered(forms.policy(interpretations=(only,)), kind=PostKind.INTERPRETATION)

    assert "本文没有文字内容，请查看文末的原文链接" in result.content.articles[0].html


def test_what_a_machine_made_says_so_and_asks_for_the_platforms_own_label() -> None:
    """The label is text in the article; the platform's switch has no interface."""
    made = forms.in_form(InterpretationKind.MEDIA)
    result = rendered(forms.policy(interpretations=(made,)), kind=PostKind.INTERPRETATION)

    assert "本文由人工智能辅助生成" in result.content.articles[0].html
    assert any("请在平台后台勾选" in note for note in result.notes)


def test_what_people_made_carries_no_such_label() -> None:
    """A label on everything would say nothing."""
    assert "人工智能" not in told(InterpretationKind.TEXT).html


def test_document_and_interpretation_name_each_other() -> None:
    """Both ways, within one bundle."""
    made = forms.in_form(InterpretationKind.QA)
    result = rendered(forms.policy(interpretations=(made,)), kind=PostKind.BUNDLE)

    policy, interpretation = (text_of(article.html) for article in result.content.articles)
    assert f"政策解读{made.title}　政策问答" in policy
    assert f"政策原文{forms.policy().title}　云岭政办发〔2026〕21号" in interpretation


def test_credits_are_said_once_each() -> None:
    """Two pictures of one source are one line."""
    images = tuple(Image(url, alt="图", credit="市教育局") for url in forms.FIGURES)
    (article,) = rendered(forms.policy(body=Document(images))).content.articles

    assert text_of(article.html).count("图片来源：市教育局正文") == 1


_LIVE = "https://mp.weixin.qq.com/s/live"


def test_a_later_interpretation_links_the_live_article_of_its_document() -> None:
    """A link to an article of an account is the only one that works there; the way back is for a
    person, who is told."""
    made = forms.in_form(InterpretationKind.QA)
    live = LiveArticle("通知", forms.policy().source_url or "", _LIVE, is_document=True)
    result = rendered(
        forms.policy(interpretations=(made,)),
        kind=PostKind.INTERPRETATION,
        beside=Beside(live=(live,)),
    )

    assert f'<a href="{_LIVE}">{forms.policy().title}</a>' in result.content.articles[0].html
    assert any("请在平台后台人工修改" in note for note in result.notes)


def test_related_documents_are_linked_where_they_are_live_and_named_where_not() -> None:
    """The others are plain titles, for a reader to look for."""
    beside = Beside(
        (
            Related(Relation.AMENDS, "云岭市老年教育条例", None, _LIVE),
            Related(
                Relation.SAME_TOPIC, "关于办好老年大学的通知", None, "https://www.yunling.example/3"
            ),
        )
    )
    (article,) = rendered(forms.policy(), beside=beside).content.articles

    assert f'<a href="{_LIVE}">云岭市老年教育条例</a>' in article.html
    assert "<p>关于办好老年大学的通知<span" in article.html
    assert "相关文件云岭市老年教育条例　本文件修改或废止的文件" in text_of(article.html)


def test_an_interpretation_names_the_others() -> None:
    """Readers who prefer pictures find them from the text."""
    two = tuple(map(forms.in_form, (InterpretationKind.QA, InterpretationKind.INFOGRAPHIC)))
    result = rendered(forms.policy(interpretations=two), kind=PostKind.INTERPRETATION)

    assert f"其他解读{two[1].title}　图解政策" in text_of(result.content.articles[0].html)
