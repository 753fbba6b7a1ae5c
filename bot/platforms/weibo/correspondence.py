"""Writing back to Weibo followers: private messages, and words under comments and posts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.domain.accounts.account import Account, AccountAccess
from bot.domain.accounts.budgets import Purpose
from bot.domain.errors import PlatformUnavailable, Problem, TargetGone
from bot.domain.replies.answer import AnswerContent, Way
from bot.domain.replies.erasure import ErasureReason
from bot.domain.replies.window import UNLIMITED, Allowance, WindowRules
from bot.domain.text import fingerprint, weibo_length
from bot.platforms.weibo import cards
from bot.platforms.weibo.client import answering, comments
from bot.platforms.weibo.client.objects import Comment
from bot.platforms.weibo.client.session import Link, Session
from bot.platforms.weibo.moderation import named_gone
from bot.platforms.weibo.payload import operator_address
from bot.ports.clock import Clock
from bot.ports.correspondence import Letter
from bot.ports.tokens import CallBudgets, TokenStore

LETTER_UNITS = 299
"""A private message holds less than 300 characters."""
COMMENT_UNITS = 130
"""The platform counts to 140; whether 回复@name: counts is not known, so ten are kept back. The
account's option `comment_units` changes it, up to 140."""
_MOST_COMMENT_UNITS = 140
WINDOW = timedelta(hours=48)
ACTS = ("message", "follow", "subscribe", "click", "scan", "scan_follow")
MENTIONS = ("mention_status", "mention_comment")
_ADDRESSED = re.compile(r"^回复@[^:：\s]{1,40}[:：]")


@dataclass(frozen=True)
class WeiboCorrespondent:
    """Implements `bot.ports.correspondence.Correspondent`. Shared between threads."""

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    clock: Clock

    def window_rules(self, account: Account) -> WindowRules:  # noqa: ARG002 - the same for all
        """Any number within 48 hours of what a follower did, one after a pushed mention, none
        after they stopped following."""
        allowances = dict.fromkeys(ACTS, Allowance(UNLIMITED, WINDOW))
        allowances |= dict.fromkeys(MENTIONS, Allowance(1, WINDOW))
        return WindowRules(allowances, endings=frozenset({"unfollow"}))

    def leavings(self) -> Mapping[str, ErasureReason]:
        """None: the platform asks nothing of those whom somebody stops following."""
        return {}

    def faults(self, content: AnswerContent, way: Way, account: Account) -> tuple[Problem, ...]:
        """Length, and what a card needs."""
        check = _letter_faults if way is Way.LETTER else _comment_faults
        return tuple(check(content, account))

    def send(self, access: AccountAccess, letter: Letter, *, seconds: float) -> None:
        """A mention in a post is answered under that post, everything else where it was said."""
        session, text = self._session(access, seconds), letter.content.text
        if letter.way is Way.LETTER:
            answering.send_letter(session, letter.recipient, *_letter_data(letter.content))
            return
        rip = operator_address(access.account)
        try:
            if letter.comment == letter.target:
                answering.comment_post(session, letter.target, text, rip=rip)
            else:
                answering.reply_to_comment(session, letter.comment, letter.target, text, rip=rip)
        except TargetGone as gone:
            raise named_gone(gone) from gone

    def is_there(self, access: AccountAccess, letter: Letter, *, seconds: float) -> bool:
        """Look through the account's newest own comments. Not finding it is no proof, since the
        platform takes the same words twice: then a person has to look.

        Raises:
            PlatformUnavailable: it is not shown.
        """
        own = comments.own_comments(self._session(access, seconds)).items
        if any(_is(one, letter) for one in own):
            return True
        raise PlatformUnavailable("comments/by_me: our words are not shown (yet)")

    def _session(self, access: AccountAccess, seconds: float) -> Session:
        link = Link(self.http, self.tokens, self.budgets, self.clock)
        return link.session(access, seconds=seconds, purpose=Purpose.ANSWERING)


def own_words(comment: Comment) -> str:
    """A comment of ours without what the platform put before it."""
    return _ADDRESSED.sub("", comment.text)


def _is(comment: Comment, letter: Letter) -> bool:
    answered = comment.reply_to or comment.status_id
    is_at_its_place = answered == letter.comment and comment.status_id == letter.target
    return is_at_its_place and fingerprint(own_words(comment)) == fingerprint(letter.content.text)


def _letter_data(content: AnswerContent) -> tuple[str, Mapping[str, Any]]:
    card = content.card
    if card is None:
        return "text", {"text": content.text}
    return cards.KIND, cards.articles_of(card)


def _letter_faults(content: AnswerContent, account: Account) -> Iterator[Problem]:  # noqa: ARG001
    card, units = content.card, weibo_length(content.text)
    if not content.text.strip():
        yield Problem("text", "请填写答复内容")
    elif card is None and units > LETTER_UNITS:
        yield Problem("text", f"答复有 {units} 字，私信最多 {LETTER_UNITS} 字。请缩短或分几条")
    if card is not None and not (card.title.strip() and card.picture_url):
        yield Problem("title", "微博的图文私信需要标题和配图")
    if card is not None and urlsplit(card.url).scheme not in {"http", "https"}:
        yield Problem("url", "请填写以 https:// 开头的链接")
    if content.article:
        yield Problem("article", "微博私信不能直接发送已发布的文章，请改用链接")


def _comment_faults(content: AnswerContent, account: Account) -> Iterator[Problem]:
    most = min(int(account.options.get("comment_units", COMMENT_UNITS)), _MOST_COMMENT_UNITS)
    units = weibo_length(content.text)
    if not content.text.strip():
        yield Problem("text", "请填写答复内容")
    elif units > most:
        yield Problem("text", f"答复有 {units} 字，评论最多 {most} 字。请缩短")
    if content.card is not None or content.article:
        yield Problem("url", "评论下只能用文字答复，请把链接写在文字里")
