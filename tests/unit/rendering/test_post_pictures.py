"""The pictures of short posts: within the platform's number and weight, their text beside them."""

import dataclasses

import pytest

from bot.domain.accounts.account import Account, Mode
from bot.domain.posts.draft import Picture
from bot.domain.posts.post import PostKind
from bot.domain.releases.document import Document, Paragraph, Run
from bot.domain.releases.release import Interpretation, InterpretationKind
from bot.platforms.weibo.limits import limits_of, violations_in
from bot.ports.rendering import Rendered
from bot.rendering.long_pictures import WIDTH

from .samples import (
    WEIBO,
    MemoryMedia,
    Web,
    a_png,
    a_release,
    a_renderer,
    long_document,
    paragraph,
    rendered,
)

OPTIONS = {"long_text": "true", "safe_domains": "www.yunling.example"}
SHARE = dataclasses.replace(WEIBO, options=OPTIONS)
COMMERCIAL = dataclasses.replace(SHARE, mode=Mode.COMMERCIAL)
SHORT = Document((paragraph("市级窗口延长办事时间。"),))
MEDIA = MemoryMedia()


def drawn(body: Document, account: Account, template: str = "long", **changes: object) -> Rendered:
    """The policy as a post with this template's pictures."""
    content = a_release(**{"body": body, "interpretations": (), "attachments": (), **changes})
    web = Web({"https://www.yunling.example/map.png": a_png(50, 90)})
    return rendered(
        content,
        account=account,
        limits=limits_of(account),
        kind=PostKind.BUNDLE,
        template=template,
        renderer=a_renderer(MEDIA, web),
    )


def pages(result: Rendered) -> tuple[Picture, ...]:
    """The pictures, all as light as the platform wants them."""
    found = result.content.pictures
    assert all(len(MEDIA.get(each.sha256)) < 5 * 1024 * 1024 for each in found)
    return found


@pytest.mark.parametrize("account", [SHARE, COMMERCIAL], ids=lambda each: each.mode)
def test_a_short_document_stands_whole_on_one_picture(account: Account) -> None:
    """With what it says beside it."""
    (page,) = pages(drawn(SHORT, account))

    assert page.width == WIDTH
    assert page.alt.startswith("第 1 页，共 1 页")
    assert "市级窗口延长办事时间。" in page.alt
    assert "以上为全文" in page.alt


def test_a_long_document_takes_as_many_as_the_route_carries() -> None:
    """Nine at most, in the order of the text."""
    result = drawn(long_document(60), COMMERCIAL)

    found = pages(result)
    assert 1 < len(found) <= 9
    assert [page.alt[:5] for page in found] == [f"第 {n + 1} 页" for n in range(len(found))]
    assert not violations_in(result.content, COMMERCIAL)


def test_what_takes_too_many_gets_a_card_and_a_note() -> None:
    """One picture cannot hold an ordinance; its headings can be told."""
    result = drawn(long_document(60), SHARE)

    (card,) = pages(result)
    assert "内容以全文为准" in card.alt
    assert any("改配要点图" in note for note in result.notes)
    assert not violations_in(result.content, SHARE)


def test_a_character_no_font_has_is_not_drawn_as_a_blank() -> None:
    """Staff read why there is a card instead."""
    result = drawn(Document((paragraph("办理\U000f0001事项。"),)), SHARE)

    assert any("没有，未画长图" in note for note in result.notes)


def test_an_infographic_comes_before_what_we_draw() -> None:
    """It was made to explain this policy."""
    interpretations = a_release().interpretations

    (picture,) = pages(drawn(SHORT, SHARE, interpretations=interpretations))

    assert (picture.width, picture.height) == (50, 90)


def test_a_card_says_where_it_is_from_in_marks_that_nest() -> None:
    """The 文号 is the policy's: on an interpretation's card it would pass for its own."""
    quoting = "云岭市人民政府关于印发《停车办法》的通知"
    policy = drawn(SHORT, SHARE, "card", title=quoting)
    interpretation = rendered(
        a_release(),
        account=SHARE,
        limits=limits_of(SHARE),
        kind=PostKind.INTERPRETATION,
        template="card",
        renderer=a_renderer(MEDIA, Web({})),
    )

    assert "摘自《云岭市人民政府关于印发〈停车办法〉的通知》（云岭政办发〔2026〕7号）" in (
        policy.content.pictures[0].alt
    )
    told = interpretation.content.pictures[0].alt
    assert "摘自《〈关于优化办事时间的通知〉政策问答》，内容以全文为准" in told


@pytest.mark.parametrize(
    ("kind", "speaker", "signed"),
    [
        (InterpretationKind.EXPERT, "李教授", "李教授"),
        (InterpretationKind.MEDIA, None, ""),
        (InterpretationKind.QA, None, "云岭市人民政府办公室"),
    ],
    ids=["expert", "media", "our own"],
)
def test_what_others_explain_is_not_signed_by_the_office(
    kind: InterpretationKind, speaker: str | None, signed: str
) -> None:
    """The issuing bodies explain what they issue; experts and media speak for themselves."""
    one = Interpretation("停车办法怎么看", kind, SHORT, speaker=speaker)
    result = rendered(
        a_release(interpretations=(one,)),
        account=SHARE,
        limits=limits_of(SHARE),
        kind=PostKind.INTERPRETATION,
        template="card",
        renderer=a_renderer(MEDIA, Web({})),
    )

    told = result.content.pictures[0].alt
    assert ("云岭市人民政府办公室" in told) is (signed == "云岭市人民政府办公室")
    assert signed in told


def test_a_bold_title_in_the_middle_stays_with_what_it_is_of() -> None:
    """At the foot of a page it would seem to be of nothing."""
    title = Paragraph((Run("停车试点工作方案", bold=True),), align="center")
    rest = [paragraph("试点地区要认真组织实施。" * 3) for _ in range(40)]
    for before in range(1, 12):
        body = Document((*(paragraph("请认真贯彻执行。") for _ in range(before)), title, *rest))

        texts = [page.alt for page in pages(drawn(body, COMMERCIAL))]

        assert not any(text.rstrip().endswith("停车试点工作方案") for text in texts)
