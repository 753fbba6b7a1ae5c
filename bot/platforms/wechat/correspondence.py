"""Writing back to WeChat followers: customer-service messages, and words under comments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import httpx

from bot.domain.accounts.account import Account, AccountAccess
from bot.domain.errors import (
    AlreadyDone,
    ContentRejected,
    Explanation,
    OutcomeUnknown,
    PlatformError,
    PlatformUnavailable,
    Problem,
    TargetGone,
)
from bot.domain.replies.answer import AnswerContent, Way
from bot.domain.replies.erasure import ErasureReason
from bot.domain.replies.window import Allowance, WindowRules
from bot.platforms.transport import Deadline
from bot.platforms.wechat.client import comments, custom
from bot.platforms.wechat.client.comments import ArticlePlace
from bot.platforms.wechat.client.session import Line, Session
from bot.platforms.wechat.client.tokens import TokenKeeper
from bot.platforms.wechat.moderation import named_gone
from bot.ports.clock import Clock
from bot.ports.correspondence import Letter
from bot.ports.tokens import CallBudgets, TokenStore

TEXT_BYTES = 2048
COMMENT_CHARACTERS = 600
"""Neither is on the page of its call: the first is the limit of passive answers, the second what
owners report. The account's options `letter_bytes` and `comment_reply_limit` change them."""
PER_MESSAGE, PER_ACT = 5, 3
"""A message allowed 20 until 2021; the numbers have changed often. Options
`letters_per_message` and `letters_per_act`."""
ACTS = ("click", "scancode_push", "scancode_waitmsg", "subscribe", "scan")


@dataclass(frozen=True)
class WechatCorrespondent:
    """Implements `bot.ports.correspondence.Correspondent`. Shared between threads."""

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    clock: Clock

    def window_rules(self, account: Account) -> WindowRules:
        """48 hours after a message, a minute after a tap, a scan or following."""
        options = account.options
        message = int(options.get("letters_per_message", PER_MESSAGE))
        act = Allowance(int(options.get("letters_per_act", PER_ACT)), timedelta(minutes=1))
        allowances = dict.fromkeys(ACTS, act)
        allowances["message"] = Allowance(message, timedelta(hours=48))
        return WindowRules(allowances, endings=frozenset(self.leavings()))

    def leavings(self) -> Mapping[str, ErasureReason]:
        """The platform's manual asks to delete a follower's data on each of these."""
        return {
            "unsubscribe": ErasureReason.UNSUBSCRIBED,
            "user_authorization_revoke": ErasureReason.REVOKED,
            "user_authorization_cancellation": ErasureReason.REVOKED,
        }

    def faults(self, content: AnswerContent, way: Way, account: Account) -> tuple[Problem, ...]:
        """Length, and what a card needs."""
        check = _letter_faults if way is Way.LETTER else _comment_faults
        return tuple(check(content, account))

    def send(self, access: AccountAccess, letter: Letter, *, seconds: float) -> None:
        """A word under a comment that has one already is read back: ours, or somebody else's."""
        session = self._session(access, seconds)
        if letter.way is Way.LETTER:
            custom.send_message(session, letter.recipient, letter.content)
            return
        article, comment = ArticlePlace.of(letter.target), int(letter.comment)
        try:
            comments.add_answer(session, article, comment, letter.content.text)
        except AlreadyDone as done:
            self._require_ours(session, letter, done)
        except TargetGone as gone:
            raise named_gone(gone) from gone

    def is_there(self, access: AccountAccess, letter: Letter, *, seconds: float) -> bool:
        """Read the article's comments until this one comes."""
        return self._stands(self._session(access, seconds), letter)

    def _require_ours(self, session: Session, letter: Letter, done: AlreadyDone) -> None:
        """Whatever reading meets, it must not sound as if the answer had not been refused."""
        try:
            is_ours = self._stands(session, letter)
        except (TargetGone, ContentRejected):
            raise
        except PlatformError as error:
            words = "comment/reply/add: there is a reply, which cannot be read now"
            raise OutcomeUnknown(words, done.code, explanation=done.explanation) from error
        if not is_ours:
            raise OutcomeUnknown("comment/reply/add: the reply is not shown yet", done.code)

    def _stands(self, session: Session, letter: Letter) -> bool:
        found = comments.find_comment(session, ArticlePlace.of(letter.target), int(letter.comment))
        if found is None:
            raise PlatformUnavailable("comment/list: the comment is on no page")
        if found.answer and found.answer.strip() != letter.content.text.strip():
            raise ContentRejected("another reply is there", "88005", explanation=_TAKEN)
        return bool(found.answer)

    def _session(self, access: AccountAccess, seconds: float) -> Session:
        keeper = TokenKeeper(self.http, self.tokens, self.clock)
        line = Line(self.http, keeper, self.budgets, self.clock)
        return Session(line, access, Deadline(seconds))


_TAKEN = Explanation(
    "这条留言下已经有另一条作者回复，平台每条留言只能回复一次",
    "要改用这次的内容，请先删除原来的回复，再发一次",
    "留言专员",
)


def _letter_faults(content: AnswerContent, account: Account) -> Iterator[Problem]:
    card, most = content.card, int(account.options.get("letter_bytes", TEXT_BYTES))
    if not content.text.strip():
        yield Problem("text", "请填写答复内容")
    elif card is None and len(content.text.encode("utf-8", "replace")) > most:
        yield Problem("text", f"答复太长，最多约 {most // 3} 个汉字。请缩短，或分几条发送")
    if card is not None and not card.title.strip():
        yield Problem("title", "请填写链接的标题")
    if card is not None and urlsplit(card.url).scheme not in {"http", "https"}:
        yield Problem("url", "请填写以 https:// 开头的链接")


def _comment_faults(content: AnswerContent, account: Account) -> Iterator[Problem]:
    most = int(account.options.get("comment_reply_limit", COMMENT_CHARACTERS))
    if not content.text.strip():
        yield Problem("text", "请填写答复内容")
    elif len(content.text) > most:
        yield Problem("text", f"答复有 {len(content.text)} 字，留言下最多 {most} 字。请缩短")
    if content.card is not None or content.article:
        yield Problem("url", "留言下只能用文字答复，请把链接写在文字里")
