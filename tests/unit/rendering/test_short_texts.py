"""Short texts: which facts they carry, and what goes when they are too long."""

import dataclasses
from typing import Any

import pytest

from bot.domain.posts.post import PostKind
from bot.domain.releases.document import Attachment, Document
from bot.domain.releases.related import Beside, LiveArticle
from bot.domain.releases.release import ReleaseContent
from bot.domain.text import weibo_length
from bot.ports.rendering import Rendered

from .samples import (
    LONG_TITLE,
    SHARE_LIMITS,
    WEIBO,
    Web,
    a_png,
    a_release,
    a_renderer,
    paragraph,
    rendered,
)

BODY = Document(
    (
        paragraph("为方便群众办事，市级窗口延长办事时间。"),
        paragraph("本通知自2026年12月1日起施行。"),
    )
)


def shared(content: ReleaseContent | None = None, **changes: Any) -> Rendered:
    """A post for the share route."""
    values: dict[str, Any] = {
        "account": WEIBO,
        "limits": SHARE_LIMITS,
        "kind": PostKind.BUNDLE,
        **changes,
    }
    return rendered(content or a_release(body=BODY), **values)


def test_a_short_text_is_made_of_facts() -> None:
    """Title, number, dates, whole sentences, the address followed by a space; what the title
    and the sentences say is not said twice."""
    text = shared(a_release(body=BODY, interpretations=())).content.text

    assert text == (
        "【云岭市人民政府办公室关于优化办事时间的通知】"
        "云岭政办发〔2026〕7号，2026年11月20日成文。"
        "为方便群众办事，市级窗口延长办事时间。本通知自2026年12月1日起施行。"
        "原文：https://www.yunling.example/zhengce/7.html "
    )


def test_a_correction_is_told_before_all_other_facts() -> None:
    """Whoever read the wrong version sees at once what was wrong."""
    content = a_release(body=BODY, interpretations=(), correction="施行日期应为12月1日。")

    text = shared(content).content.text

    assert "】更正说明：施行日期应为12月1日，云岭政办发〔2026〕7号" in text


def test_an_interpretation_is_linked_beside_its_policy() -> None:
    """Both addresses stand in one text, each followed by a space."""
    text = shared().content.text

    assert "解读：https://www.yunling.example/jd/8.html 原文：" in text


@pytest.mark.parametrize("units", [130, 100, 80, 60])
def test_a_short_text_fits_by_dropping_whole_parts(units: int) -> None:
    """Whatever the length, the title and the address stay and staff learn what went."""
    limits = dataclasses.replace(SHARE_LIMITS, text_units=units)
    result = shared(limits=limits)

    text = result.content.text
    assert weibo_length(text) <= units
    assert "优化办事时间的通知】" in text
    assert text.endswith("https://www.yunling.example/zhengce/7.html ")
    assert units == 130 or any("正文未写" in note for note in result.notes)


def test_a_digest_is_never_cut_inside_a_sentence() -> None:
    """A sentence that does not fit is left out whole."""
    body = Document((paragraph("这一句话很长" * 30 + "。"),))

    assert "这一句话很长" not in shared(a_release(body=body)).content.text


def test_a_part_of_a_list_is_not_told() -> None:
    """Followers would take the first items for all there are."""
    body = Document((paragraph("一、元旦放假1天。"), paragraph("二、春节放假8天。")))

    assert "元旦" not in shared(a_release(body=body)).content.text


def test_a_title_too_long_for_the_text_is_put_to_a_person() -> None:
    """The text is shown as it is, over its length."""
    limits = dataclasses.replace(SHARE_LIMITS, text_units=40)
    result = shared(a_release(title=LONG_TITLE, body=BODY), limits=limits)

    assert any("请填写更短的标题" in problem.message for problem in result.problems)


def test_a_hash_sign_makes_no_topic_where_none_is_allowed() -> None:
    """The sign is widened, and staff are told."""
    result = shared(a_release(title="关于#优化营商环境#专项行动的通知", body=BODY))

    assert "#" not in result.content.text
    assert any("全角" in note for note in result.notes)


def test_a_text_without_the_address_it_needs_is_put_to_a_person() -> None:
    """The platform refuses a share without a link on a registered domain."""
    missing = shared(a_release(body=BODY, source_url=None))
    foreign = shared(a_release(body=BODY, source_url="https://yunling.example/7.html"))

    assert any("没有原文网址" in problem.message for problem in missing.problems)
    assert any("安全域名" in problem.message for problem in foreign.problems)


def test_an_interpretation_on_another_s_site_links_its_policy() -> None:
    """A share must link a registered domain; the office's own page is one. Staff are told."""
    first = a_release().interpretations[0]
    there = dataclasses.replace(first, url="https://www.paper.example/8.html")
    with_policy = a_release(body=BODY, interpretations=(there,))
    alone = dataclasses.replace(with_policy, source_url=None)
    at_home = dataclasses.replace(WEIBO, options={"home_url": "https://www.yunling.example/"})

    told = shared(with_policy, kind=PostKind.INTERPRETATION)
    home = shared(alone, kind=PostKind.INTERPRETATION, account=at_home)
    nowhere = shared(alone, kind=PostKind.INTERPRETATION)

    assert told.content.text.endswith("政策：https://www.yunling.example/zhengce/7.html ")
    assert "paper.example" not in told.content.text
    assert told.problems == ()
    assert any("改附" in note for note in told.notes)
    assert home.content.text.endswith("官网：https://www.yunling.example/ ")
    assert any("安全域名" in problem.message for problem in nowhere.problems)


def test_chinese_in_an_address_is_encoded() -> None:
    """Otherwise the platform would end the link at the first Chinese sign."""
    content = a_release(body=BODY, source_url="https://www.yunling.example/政策/7.html")

    assert "https://www.yunling.example/%E6%94%BF%E7%AD%96/7.html " in shared(content).content.text


def test_the_infographic_goes_with_the_text() -> None:
    """Of all pictures the one that explains the policy is shown."""
    web = Web(
        {
            "https://www.yunling.example/map.png": a_png(50, 90),
            "https://www.yunling.example/p.png": a_png(40, 30),
        }
    )
    result = shared(a_release(), renderer=a_renderer(web=web))

    (picture,) = result.content.pictures
    assert (picture.width, picture.height) == (50, 90)
    assert picture.alt == "图解"


def test_the_text_about_an_interpretation_bears_its_title_and_address() -> None:
    """The reader lands on the interpretation, not on the policy."""
    text = shared(kind=PostKind.INTERPRETATION).content.text

    assert text.startswith("【《关于优化办事时间的通知》政策问答】")
    assert text.endswith(
        "政策：https://www.yunling.example/zhengce/7.html "
        "解读全文：https://www.yunling.example/jd/8.html "
    )
    assert "成文" not in text


def test_a_short_title_brings_its_issuer_back() -> None:
    """Where the title lost the body that issued it, the body stands beside the number."""
    title = (
        "云岭市人民政府办公室关于优化办事时间和进一步方便群众与企业办理各类事项的若干具体措施的通知"
    )

    text = shared(a_release(title=title, body=BODY, interpretations=())).content.text

    assert text.startswith("【关于优化办事时间")
    assert "】云岭市人民政府办公室（云岭政办发〔2026〕7号）" in text


def test_the_day_of_an_older_version_is_not_told_as_news() -> None:
    """An amended text keeps the day its first version took effect; that day is not this one's."""
    older, newer = (
        Document((paragraph(f"自{day}起施行"),)) for day in ("2021年5月1日", "2026年12月1日")
    )

    assert "施行" not in shared(a_release(body=older)).content.text
    assert "，自2026年12月1日起施行。" in shared(a_release(body=newer)).content.text


def test_accounts_and_the_contact_go_with_a_text_that_has_room() -> None:
    """An electronic address is left out, for its @ would mention a stranger."""
    account = dataclasses.replace(WEIBO, options={"mentions": "@云岭教育 云岭财政"})
    roomy = dataclasses.replace(SHARE_LIMITS, text_units=300)
    told = shared(a_release(body=BODY, contact="0871-5550100"), account=account, limits=roomy)
    mail = shared(a_release(body=BODY, contact="a@yunling.example"), limits=roomy)

    assert "咨询：0871-5550100。" in told.content.text
    assert told.content.text.endswith(" @云岭教育 @云岭财政 ")
    assert "@" not in mail.content.text
    assert any("@" in note for note in mail.notes)


def test_a_sentence_has_precedence_over_the_day_of_signing() -> None:
    """What changes is worth more to a follower than when it was written."""
    limits = dataclasses.replace(SHARE_LIMITS, text_units=91)

    text = shared(a_release(body=BODY, interpretations=()), limits=limits).content.text

    assert "市级窗口延长办事时间。" in text
    assert "成文" not in text


def test_a_live_post_is_linked_where_the_account_may() -> None:
    """An interpretation leads to its policy on the platform itself; where every link must be on
    a registered domain, to the policy's own page."""
    live = "https://weibo.com/1/z2"
    beside = Beside(live=(LiveArticle("关于优化办事时间的通知", "", live, is_document=True),))
    free = dataclasses.replace(SHARE_LIMITS, text_needs_link=False)

    here = shared(kind=PostKind.INTERPRETATION, beside=beside, limits=free).content.text
    there = shared(kind=PostKind.INTERPRETATION, beside=beside).content.text

    assert f"政策：{live} " in here
    assert "政策：https://www.yunling.example/zhengce/7.html " in there


def test_the_office_s_own_site_stands_in_for_a_missing_address() -> None:
    """The route needs a link; what stands there says what it is, and staff are told."""
    account = dataclasses.replace(WEIBO, options={"home_url": "https://www.yunling.example/"})

    result = shared(a_release(body=BODY, source_url=None, interpretations=()), account=account)

    assert result.content.text.endswith("官网：https://www.yunling.example/ ")
    assert "原文：" not in result.content.text
    assert any("https://www.yunling.example/" in note for note in result.notes)
    assert result.problems == ()


@pytest.mark.parametrize("home", ["", "https://elsewhere.example/"], ids=["none", "unregistered"])
def test_without_any_link_that_may_stand_there_a_person_is_asked(home: str) -> None:
    """The problem names both ways out."""
    account = dataclasses.replace(WEIBO, options={"home_url": home} if home else {})

    result = shared(a_release(body=BODY, source_url=None, interpretations=()), account=account)

    (problem,) = result.problems
    assert "原文网址" in problem.message
    assert "home_url" in problem.message


def test_the_number_beside_an_interpretation_is_said_to_be_its_policy_s() -> None:
    """Standing alone, issuer and number would pass for those of the interpretation."""
    text = shared(kind=PostKind.INTERPRETATION).content.text

    assert "】解读云岭政办发〔2026〕7号" in text
    assert "云岭市人民政府办公室（" not in text


def test_the_only_file_that_is_kept_with_us_is_linked() -> None:
    """One beside the original is found there; of several none stands for all; what the account
    may not link is left out."""
    file, other = (
        Attachment("表.pdf", "", "a" * 64, size=9),
        Attachment("图.pdf", "", "b" * 64, size=9),
    )

    def told(*files: Attachment, **changes: Any) -> str:
        content = a_release(body=BODY, interpretations=(), attachments=files)
        return shared(content, **changes).content.text

    link = f"附件：https://tongbu.example/rel_1/{'a' * 16} "
    free = dataclasses.replace(SHARE_LIMITS, safe_domains=("www.yunling.example", "tongbu.example"))
    assert link in told(file, limits=free)
    assert "附件：" not in told(file, other, limits=free)
    assert "附件：" not in told(Attachment("表.pdf", "https://www.yunling.example/a.pdf"))
    assert "附件：" not in told(file)
