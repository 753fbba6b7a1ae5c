"""Posts for WeChat: which articles there are, what they carry, and what staff are told."""

import dataclasses
import re
from datetime import date

import pytest
from lxml import html as markup

from bot.domain.errors import NotFound
from bot.domain.posts.draft import PICTURE_SCHEME
from bot.domain.posts.edits import Edits, Field, FieldEdit
from bot.domain.posts.post import PostKind
from bot.domain.releases.document import Attachment, Document, Image
from bot.language.digest import make_digest
from bot.rendering.subjects import in_chinese, in_force_since

from . import forms
from .samples import (
    HEADLINE_LIMITS,
    LONG_TITLE,
    WECHAT,
    WECHAT_LIMITS,
    WEIBO,
    MemoryMedia,
    Web,
    a_png,
    a_release,
    a_renderer,
    every_block,
    long_document,
    paragraph,
    rendered,
)


def text_of(html: str) -> str:
    return "".join(markup.fragment_fromstring(html, create_parent="div").itertext())


def test_a_bundle_has_the_policy_first_and_then_every_interpretation() -> None:
    """Readers meet the document before what is said about it."""
    result = rendered(a_release(), kind=PostKind.BUNDLE)

    assert [article.title for article in result.content.articles] == [
        "云岭市人民政府办公室关于优化办事时间的通知",
        "《关于优化办事时间的通知》政策问答",
        "一图读懂办事时间",
    ]
    assert result.form == "whole"


def test_an_article_states_where_it_comes_from() -> None:
    """Body, number, both dates and the source's address stand in the article itself."""
    (article,) = rendered(a_release()).content.articles

    shown = text_of(article.html)
    for fact in (
        "云岭市人民政府办公室",
        "云岭政办发〔2026〕7号",
        "2026年11月20日",
        "2026年11月23日",
    ):
        assert fact in shown
    assert "https://www.yunling.example/zhengce/7.html" in shown
    assert article.source_url == "https://www.yunling.example/zhengce/7.html"


def test_links_that_would_die_are_printed_as_footnotes() -> None:
    """Most accounts' links are not clickable in WeChat, so the address is visible."""
    (article,) = rendered(a_release()).content.articles

    assert "<a " not in article.html
    assert "市民政局网站<sup>[1]</sup>" in article.html
    assert "[1] https://mzj.yunling.example/bz?a=1&amp;b=2" in article.html


def test_attachments_show_their_name_and_address() -> None:
    """A reader can type the address of a form that cannot be tapped."""
    (article,) = rendered(a_release()).content.articles

    assert "1. 申请表" in article.html
    assert "https://www.yunling.example/form.xlsx" in article.html


def test_a_kept_attachment_has_the_address_of_the_public_page() -> None:
    """The release it belongs to and its hash lead to it."""
    file = Attachment("申请表.pdf", "", "a" * 64, size=9)

    (article,) = rendered(a_release(attachments=(file,))).content.articles

    assert "1. 申请表.pdf" in article.html
    assert f"https://tongbu.example/rel_1/{'a' * 16}" in article.html


def test_a_title_that_is_too_long_takes_its_official_short_form() -> None:
    """The title shown is shorter; the body opens with the whole one, and staff are told."""
    title = "云岭市人民政府办公室 云岭市民政局关于进一步优化社区养老服务办事时间的通知"
    result = rendered(a_release(title=title))

    (article,) = result.content.articles
    assert article.title == "关于进一步优化社区养老服务办事时间的通知"
    assert article.html.index(title) < article.html.index("发文机关")
    assert any("已按公文标题规则缩短" in note for note in result.notes)
    assert result.problems == ()


def test_a_title_no_rule_can_shorten_is_put_to_a_person() -> None:
    """Nothing is cut behind anybody's back."""
    result = rendered(a_release(title=LONG_TITLE))

    assert result.content.articles[0].title == LONG_TITLE
    assert any("请填写不超过 32 个字的短标题" in problem.message for problem in result.problems)


def test_only_checks_and_demonstrations_get_a_cut_title() -> None:
    """The cut is marked in the title and noted."""
    result = rendered(a_release(title=LONG_TITLE), may_cut_titles=True)

    title = result.content.articles[0].title
    assert len(title) <= 32
    assert title.endswith("…")
    assert any("已截断" in note for note in result.notes)
    assert result.problems == ()


def test_a_long_document_is_split_before_its_chapters() -> None:
    """Each part fits, is numbered, and all but the first begin with a chapter."""
    result = rendered(a_release(body=long_document()))

    articles = result.content.articles
    assert result.form == "split"
    assert [article.title[-5:] for article in articles] == [
        f"（{number}/{len(articles)}）" for number in range(1, len(articles) + 1)
    ]
    for article in articles:
        assert len(article.html) <= WECHAT_LIMITS.html
        assert text_of(article.html).count("第") > 0
    assert all('text-indent:2em"><h2' in article.html for article in articles)


def test_pictures_leave_room_for_their_longer_addresses() -> None:
    """Our short names are replaced when the post is sent; no article grows over its limit then."""
    address = "https://www.yunling.example/p.png"
    body = Document(tuple(b for _ in range(200) for b in (paragraph("见下图。"), Image(address))))

    result = rendered(a_release(body=body), renderer=a_renderer(web=Web({address: a_png()})))

    sent = [
        re.sub("tongbu-picture:[0-9a-f]{64}", "x" * 150, article.html)
        for article in result.content.articles
    ]
    assert sum(html.count("x" * 150) for html in sent) == 200
    assert max(map(len, sent)) <= WECHAT_LIMITS.html


def test_what_does_not_fit_becomes_an_excerpt_that_says_so() -> None:
    """The reader is told that there is more and where; staff are told too."""
    limits = dataclasses.replace(WECHAT_LIMITS, articles=1)
    result = rendered(a_release(body=long_document()), limits=limits)

    (article,) = result.content.articles
    assert result.form == "excerpt"
    assert "此处为节选，完整内容请点击“阅读原文”" in article.html
    assert len(article.html) <= WECHAT_LIMITS.html
    assert any("节选" in note for note in result.notes)


def test_an_excerpt_without_an_address_is_put_to_a_person() -> None:
    """“阅读原文” must lead somewhere."""
    limits = dataclasses.replace(WECHAT_LIMITS, articles=1)
    result = rendered(a_release(body=long_document(), source_url=None), limits=limits)

    assert any("请补充原文网址" in problem.message for problem in result.problems)


def test_interpretations_beyond_the_limit_are_named() -> None:
    """An interpretation that finds no place is never dropped silently."""
    limits = dataclasses.replace(WECHAT_LIMITS, articles=2)
    result = rendered(a_release(), kind=PostKind.BUNDLE, limits=limits)

    assert len(result.content.articles) == 2
    assert any("一图读懂办事时间" in problem.message for problem in result.problems)


def test_a_split_policy_leaves_room_for_its_interpretations() -> None:
    """One article each is kept for what comes after the policy."""
    limits = dataclasses.replace(WECHAT_LIMITS, articles=3)
    content = a_release(body=long_document())
    result = rendered(content, kind=PostKind.BUNDLE, limits=limits)

    assert len(result.content.articles) == 3
    assert result.content.articles[-1].title == "一图读懂办事时间"
    assert result.form == "excerpt"


def test_a_picture_that_cannot_be_had_leaves_a_visible_line() -> None:
    """The text goes on; the note names the picture and the reason."""
    result = rendered(a_release())

    (article,) = result.content.articles
    assert "（图片暂缺：办理流程）" in article.html
    assert article.pictures == ()
    assert any("办理流程" in n and "对方网站没有这张图片" in n for n in result.notes)


def test_a_picture_that_cannot_be_had_is_asked_for_once_a_rendering() -> None:
    """A slow site is not waited for again when a long document is drawn a second time."""
    web = Web()
    body = Document((*every_block().blocks, *long_document().blocks))
    rendered(a_release(body=body), renderer=a_renderer(web=web))

    assert web.asked == ["https://www.yunling.example/p.png"]


def test_a_stored_picture_is_named_by_its_content() -> None:
    """The adapter finds every picture of the HTML in the article's list."""
    media, url = MemoryMedia(), "https://www.yunling.example/p.png"
    result = rendered(a_release(), renderer=a_renderer(media, Web({url: a_png()})))

    (article,) = result.content.articles
    (picture,) = article.pictures
    assert f'src="{PICTURE_SCHEME}{picture.sha256}"' in article.html
    assert media.get(picture.sha256) == a_png()
    assert picture.alt == '流程"图"'


def test_a_notice_is_whole_and_ends_with_whom_to_ask() -> None:
    """Its header is one line, since the body says what it is about."""
    result = rendered(a_release(contact="市民政局，0871-5550100"), kind=PostKind.NOTICE)

    shown = text_of(result.content.articles[0].html)
    assert shown.startswith("云岭市人民政府办公室　云岭政办发〔2026〕7号一、总体要求")
    assert shown.index("自2026年12月1日起施行") < shown.index("咨询联系　市民政局，0871-5550100")


def test_points_are_the_documents_own_words_and_say_that_they_are_not_all() -> None:
    """Headings with the leads of their items or whole sentences; no picture is uploaded."""
    renderer = a_renderer(web=Web({"https://www.yunling.example/p.png": a_png()}))
    result = rendered(forms.policy(), template="points", renderer=renderer)

    (article,) = result.content.articles
    shown = text_of(article.html)
    assert "要点摘编，句子均出自原文" in shown
    assert "以上为原文要点，不是全文；完整内容请点击“阅读原文”。" in shown
    assert "（三）给予运行补助三、组织实施本通知自2026年12月1日起施行，有效期三年。" in shown
    assert (result.form, article.pictures) == ("excerpt", ())
    assert article.source_url


def test_points_without_a_source_are_put_to_a_person() -> None:
    """An excerpt must lead to the whole."""
    result = rendered(forms.policy(source_url=None), template="points")

    assert any("请补充原文网址" in problem.message for problem in result.problems)


def test_a_colour_nobody_could_read_is_not_used() -> None:
    """Yellow on white vanishes; staff are told why their colour is not there."""
    account = dataclasses.replace(WECHAT, options={"theme": "#ffee00"})
    result = rendered(a_release(), account=account)

    assert "#ffee00" not in result.content.articles[0].html
    assert any("#ffee00" in note for note in result.notes)


def test_an_interpretation_without_any_is_a_question_to_a_person() -> None:
    """There is nothing to draw, and the draft says so."""
    result = rendered(a_release(interpretations=()), kind=PostKind.INTERPRETATION)

    assert result.content.articles == ()
    assert [p.field for p in result.problems] == ["interpretation"]


def test_the_marker_is_the_source_address_or_else_what_it_says() -> None:
    """A post can be found again on the platform, and the marker does not change."""
    known = rendered(a_release())
    unknown = rendered(a_release(source_url=None))

    assert known.content.marker == "https://www.yunling.example/zhengce/7.html"
    assert unknown.content.marker
    assert unknown.content.marker == rendered(a_release(source_url=None)).content.marker


def test_the_same_release_gives_the_same_draft() -> None:
    """Approvals are bound to the hash of what was drawn."""
    content, renderer = a_release(), a_renderer()
    first = rendered(content, kind=PostKind.BUNDLE, renderer=renderer)
    second = rendered(content, kind=PostKind.BUNDLE, renderer=renderer)

    assert first.content.hash == second.content.hash


def test_an_author_too_long_for_the_platform_is_left_out_and_noted() -> None:
    """A name is not cut."""
    account = dataclasses.replace(WECHAT, name="云岭市人民政府新闻办公室")
    result = rendered(a_release(), account=account)

    assert result.content.articles[0].author == ""
    assert any("不填作者" in note for note in result.notes)


def test_a_headline_article_is_one_with_a_companion_text() -> None:
    """Weibo takes one article, so the interpretations follow the policy inside it."""
    result = rendered(a_release(), account=WEIBO, limits=HEADLINE_LIMITS, kind=PostKind.BUNDLE)

    (article,) = result.content.articles
    assert "一图读懂办事时间" in article.html
    assert article.cover is not None
    assert "云岭政办发〔2026〕7号" in result.content.text
    assert result.content.pictures == ()


def test_an_unknown_template_is_refused() -> None:
    """A rule that names a template nobody made fails in words, not in a stack of paths."""
    with pytest.raises(NotFound, match="模板"):
        rendered(a_release(), template="../wechat")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("本办法自2026年12月1日起施行。", "自2026年12月1日起施行"),
        ("自2026年1月1日起施行，原规定自2025年1月1日起执行。", ""),
        ("没有写日期。", ""),
    ],
)
def test_a_date_of_force_is_quoted_only_when_it_is_certain(text: str, said: str) -> None:
    """Two dates mean that we do not know which one is meant."""
    assert in_force_since(Document((paragraph(text),))) == said


def test_dates_read_as_documents_write_them() -> None:
    """Months and days have no leading zeros."""
    assert in_chinese(date(2026, 5, 1)) == "2026年5月1日"


def test_a_character_that_no_font_has_is_named() -> None:
    """The cover does without somebody's words; staff read which character and what to do."""
    edits = Edits((FieldEdit(Field.COVER, "\U0002ebf1山镇停水", 0),))

    result = rendered(a_release(), edits=edits)

    (note,) = [note for note in result.notes if "字体" in note]
    assert "\U0002ebf1" in note
    assert "安装" in note


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ("", ""),
        ("本通知自2026年12月1日起施行。", "自2026年12月1日起施行。"),
        ("每户家庭每年补贴300元。", "每户家庭每年补贴300元。"),
    ],
)
def test_a_short_lead_tells_news_or_nothing(words: str, lead: str) -> None:
    """Forty characters under a headline are too few for a slogan."""
    slogan = paragraph("各县区要高度重视，加强组织领导，切实抓好落实，确保取得实效。")
    body = Document((slogan, paragraph(words)) if words else (slogan,))
    content = a_release(body=body, interpretations=())

    renderer = a_renderer(digest=make_digest)
    result = rendered(content, account=WEIBO, limits=HEADLINE_LIMITS, renderer=renderer)

    assert result.content.articles[0].digest == lead
