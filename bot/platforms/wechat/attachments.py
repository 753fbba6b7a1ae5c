"""Pictures, voices and videos that followers send to a WeChat account."""

from dataclasses import dataclass, replace

import httpx
import orjson

from bot.domain.accounts.account import AccountAccess
from bot.domain.errors import Explanation, PlatformUnavailable, TargetGone
from bot.domain.replies.reply import Channel, Incoming
from bot.platforms.transport import NOT_SERVING, Answer, Deadline, send
from bot.platforms.wechat.client.endpoints import MEDIA_GET
from bot.platforms.wechat.client.session import Line, Session
from bot.platforms.wechat.client.tokens import TokenKeeper
from bot.platforms.wechat.pushes import BadPush, read_push, text_of
from bot.ports.attachments import Attachment
from bot.ports.clock import Clock
from bot.ports.tokens import CallBudgets, TokenStore

_SECONDS = 30.0
_TYPES = frozenset({"image", "voice", "video", "shortvideo"})
_GONE = Explanation(
    "微信只把它保存三天，现在已经取不到了", "需要的话，请在答复里请对方再发一次", "留言专员"
)


@dataclass(frozen=True)
class WechatAttachments:
    """Implements `bot.ports.attachments.Attachments`."""

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    clock: Clock

    def fetch(self, access: AccountAccess, incoming: Incoming) -> Attachment | None:
        """By the push's `MediaId`, which lives three days (`media/get`)."""
        media = _media_id(incoming)
        if not media:
            return None
        deadline = Deadline(_SECONDS)
        keeper = TokenKeeper(self.http, self.tokens, self.clock)
        session = Session(Line(self.http, keeper, self.budgets, self.clock), access, deadline)
        try:
            answer = session.fetch(MEDIA_GET, {"media_id": media})
        except TargetGone as gone:
            raise replace(gone, explanation=_GONE) from gone
        if address := _video_address(answer):
            answer = self._video(address, deadline)
        return Attachment(answer.body, answer.media_type)

    def _video(self, address: str, deadline: Deadline) -> Answer:
        """From where the platform says it lies; our token stays here."""
        request = self.http.build_request("GET", address)
        answer = send(self.http, request, deadline_seconds=deadline.remaining, writes=False)
        if answer.status == httpx.codes.NOT_FOUND:
            raise TargetGone(f"video: HTTP {answer.status}", explanation=_GONE)
        if answer.status != httpx.codes.OK:
            message = f"video: HTTP {answer.status}"
            raise PlatformUnavailable(message, explanation=NOT_SERVING)
        return answer


def _media_id(incoming: Incoming) -> str:
    is_media = incoming.type_name.lower() in _TYPES
    if incoming.channel is not Channel.WECHAT_MESSAGE or not is_media or not incoming.raw:
        return ""
    try:
        return text_of(read_push(incoming.raw.encode()), "MediaId")
    except BadPush:
        return ""


def _video_address(answer: Answer) -> str:
    """Where a video lies; empty for what is the file itself."""
    if not answer.body.lstrip().startswith(b"{"):
        return ""
    told = orjson.loads(answer.body)
    return str(told.get("video_url") or "") if isinstance(told, dict) else ""
