"""What a follower sees of a search."""

from bot.domain.ids import ReleaseId
from bot.domain.releases.searching import SearchHit
from bot.domain.replies.reply import LONGEST_TEXT_BYTES, AnswerKind
from bot.domain.replies.search_answers import (
    LISTED,
    cannot_look_up,
    receipt_answer,
    search_answer,
)
from bot.domain.replies.wishes import ReceiptWish, SearchWish

MORE = "https://open.yunling.example/gongkai?q=" + "%E8%A1%A5" * 30


def hit(number: int, *, title: str = "关于发放补贴的通知", url: str | None = None) -> SearchHit:
    address = f"https://mp.weixin.qq.com/s/{number}" if url is None else url
    return SearchHit(
        ReleaseId(f"rel_{number}"), title, "云岭政办发〔2026〕7号", ("市民政局",), address
    )


def test_one_hit_is_an_article() -> None:
    """With its number and body below the title; the same in words for where no article shows."""
    answered = search_answer("补贴", [hit(1)], more_url=MORE)

    assert answered.kind is AnswerKind.NEWS
    assert answered.card is not None
    assert answered.card.title == "关于发放补贴的通知"
    assert answered.card.description == "云岭政办发〔2026〕7号 · 市民政局"
    assert answered.card.url == "https://mp.weixin.qq.com/s/1"
    assert answered.text == "关于发放补贴的通知\nhttps://mp.weixin.qq.com/s/1"


def test_a_hit_without_an_address_leads_to_the_public_page() -> None:
    """A scheme that a phone should not open counts as none."""
    answered = search_answer("补贴", [hit(1, url="")], more_url=MORE)
    odd = search_answer("补贴", [hit(1, url="javascript:alert(1)")], more_url=MORE)

    assert [one.card.url for one in (answered, odd) if one.card] == [MORE, MORE]


def test_several_hits_are_a_list_with_a_way_to_the_rest() -> None:
    """Numbered, each with its address where it has one."""
    hits = [hit(number, url="" if number == 2 else None) for number in range(1, LISTED + 2)]

    text = search_answer("补贴", hits, more_url=MORE).text

    assert text.startswith(
        "与“补贴”有关的政策：\n1. 关于发放补贴的通知\nhttps://mp.weixin.qq.com/s/1\n2. "
    )
    assert f"\n{LISTED}. " in text
    assert f"\n{LISTED + 1}. " not in text
    assert text.endswith(f"\n更多：{MORE}")


def test_a_list_keeps_within_what_the_platform_takes() -> None:
    """Entries are left out whole; the way to the rest stays."""
    long = [hit(n, title="长" * 300, url="https://a.example/" + "x" * 500) for n in range(LISTED)]

    text = search_answer("补" * 30, long, more_url=MORE).text

    assert len(text.encode()) <= LONGEST_TEXT_BYTES
    assert "\n1. 长" in text
    assert f"\n{LISTED}. " not in text
    assert text.endswith(MORE)


def test_no_hit_and_no_answer_in_time_are_said_in_words() -> None:
    """Neither is silence, and both say what to do next."""
    nothing = search_answer("补贴", [], more_url=MORE)

    assert "没有找到与“补贴”有关的已发布政策" in nothing.text
    assert nothing.card is None
    assert "请过几分钟再发一次" in cannot_look_up(SearchWish("补贴", is_plain=True)).text


def test_an_unknown_receipt_is_said_to_be_unknown() -> None:
    """With the number as it was read; the code is not repeated."""
    text = receipt_answer(ReceiptWish("YL20261123-0001", "7K3F")).text

    assert "没有查到受理编号 YL20261123-0001" in text
    assert "7K3F" not in text
