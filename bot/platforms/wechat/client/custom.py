"""Customer-service messages (客服消息): to one follower, for a while after they did something.

Source: developers.weixin.qq.com/doc/subscription/guide/product/kf/intro, read on 2026-11-23.
There is no key and nothing to look a message up by: what has no answer stays unknown.
"""

from typing import Any

from bot.domain.replies.answer import AnswerContent
from bot.platforms.wechat.client.endpoints import CUSTOM_SEND
from bot.platforms.wechat.client.session import Session


def send_message(session: Session, openid: str, content: AnswerContent) -> None:
    """Send words, a card with one link, or a published article.

    Raises:
        TargetGone: the window is over (45015), its messages are used up (45047), the follower
            left or refuses.
    """
    msgtype, said = _wording(content)
    session.call(CUSTOM_SEND, {"touser": openid, "msgtype": msgtype, msgtype: said})


def _wording(content: AnswerContent) -> tuple[str, dict[str, Any]]:
    if content.article:
        return "mpnewsarticle", {"article_id": content.article}
    if content.card is None:
        return "text", {"content": content.text}
    card = content.card
    told = {"title": card.title, "description": card.description, "url": card.url}
    return "news", {"articles": [{**told, "picurl": card.picture_url}]}
