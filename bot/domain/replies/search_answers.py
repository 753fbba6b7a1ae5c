"""Answers to what followers look up: an article, a list, or words that help."""

from collections.abc import Sequence

from bot.domain.releases.searching import SearchHit
from bot.domain.replies.reply import LONGEST_TEXT_BYTES, Answered, LinkCard
from bot.domain.replies.wishes import ReceiptWish, Wish
from bot.domain.text import clip, is_web_address

LISTED = 5
RULE = "搜索"
RECEIPT_RULE = "受理编号查询"
_TITLE_SIGNS = 40
_CARD_TITLE_SIGNS = 80
_CARD_TEXT_SIGNS = 60


def search_answer(words: str, hits: Sequence[SearchHit], *, more_url: str) -> Answered:
    """One hit is an article, several are a list with a link to the rest, none are words.

    `hits` may hold one more than is listed; `more_url` is the page with all of them.
    """
    if not hits:
        return Answered(_nothing(words), RULE)
    if len(hits) == 1:
        return _article(hits[0], more_url)
    return Answered(_listed(words, hits, more_url), RULE)


def receipt_answer(wish: ReceiptWish) -> Answered:
    """Nothing has been given this number: that is said plainly."""
    text = (
        f"没有查到受理编号 {wish.number}。\n"
        "受理编号和校验码在留言受理后发给您，请核对后再查；也可以直接留言说明情况，工作人员会答复。"
    )
    return Answered(text, RECEIPT_RULE)


def cannot_look_up(wish: Wish) -> Answered:
    """The search did not end in time; what the follower wrote is kept."""
    rule = RECEIPT_RULE if isinstance(wish, ReceiptWish) else RULE
    return Answered("暂时查不了，请过几分钟再发一次。您的留言已经收到。", rule)


def _article(hit: SearchHit, more_url: str) -> Answered:
    facts = " · ".join(filter(None, (hit.document_number, *hit.issuing_bodies)))
    card = LinkCard(
        title=clip(hit.title, _CARD_TITLE_SIGNS),
        description=clip(facts, _CARD_TEXT_SIGNS),
        url=_address(hit) or more_url,
    )
    return Answered(card.words, RULE, card)


def _listed(words: str, hits: Sequence[SearchHit], more_url: str) -> str:
    """As many as fit; the page with the rest is always named."""
    ending = f"\n更多：{more_url}"
    text = f"与“{clip(words, _TITLE_SIGNS)}”有关的政策："
    for number, hit in enumerate(hits[:LISTED], start=1):
        address = _address(hit)
        line = f"\n{number}. {clip(hit.title, _TITLE_SIGNS)}" + (f"\n{address}" if address else "")
        if len((text + line + ending).encode()) > LONGEST_TEXT_BYTES:
            break
        text += line
    return text + ending


def _address(hit: SearchHit) -> str:
    return hit.url if is_web_address(hit.url) else ""


def _nothing(words: str) -> str:
    return (
        f"没有找到与“{clip(words, _TITLE_SIGNS)}”有关的已发布政策。\n"
        "可以换一个更短的词再试，例如：查 补贴；也可以直接留言提问，工作人员会答复。"
    )
