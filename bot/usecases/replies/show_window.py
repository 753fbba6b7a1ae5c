"""How long and how often a follower can still be written to."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.accounts.account import Account, PlatformName
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import AnswerId, ReplyId
from bot.domain.permissions import Actor, Permission
from bot.domain.replies.answer import Way, way_to
from bot.domain.replies.reply import Reply
from bot.domain.replies.window import Window, WindowRules, window_at, window_in_words
from bot.ports.answer_storage import Follower
from bot.ports.storage import UnitOfWork
from bot.usecases.replies.tools import CorrespondenceTools

_PLATFORMS = {PlatformName.WECHAT: "微信", PlatformName.WEIBO: "微博"}


@dataclass(frozen=True)
class WindowShown:
    """The window of one reply's follower, and the sentence the desk reads."""

    window: Window
    words: str


@dataclass(frozen=True)
class _Letter:
    """A reply that a letter can answer, with what its platform allows."""

    reply: Reply
    account: Account
    rules: WindowRules


def show_window(reply_id: ReplyId, *, actor: Actor, tools: CorrespondenceTools) -> WindowShown:
    """Where the window stands now.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: it was said under an article: comments have no window; or the platform
            offers no answering.
    """
    actor.require(Permission.READ)
    with tools.publishing.storage.look() as uow:
        reply = uow.replies.get(reply_id)
        letter = _letter(reply, uow.accounts.get(reply.incoming.account), tools)
        return _shown(uow, [letter])[reply_id]


def show_windows(
    reply_ids: Sequence[ReplyId], *, actor: Actor, tools: CorrespondenceTools
) -> Mapping[ReplyId, WindowShown]:
    """The windows of a page of replies, all at once; those that have none are left out.

    Raises:
        NotAllowed.
    """
    actor.require(Permission.READ)
    if not reply_ids:
        return {}
    letters = list[_Letter]()
    with tools.publishing.storage.look() as uow:
        accounts = {account.id: account for account in uow.accounts.all()}
        for reply in uow.replies.some(reply_ids).values():
            with suppress(InvalidInput):
                letters.append(_letter(reply, accounts[reply.incoming.account], tools))
        return _shown(uow, letters)


def _letter(reply: Reply, account: Account, tools: CorrespondenceTools) -> _Letter:
    if way_to(reply.incoming.kind) is not Way.LETTER:
        raise InvalidInput([Problem("reply", "留言没有时间限制，每条可以答复一次")])
    return _Letter(reply, account, tools.correspondent(account).window_rules(account))


def _shown(uow: UnitOfWork, letters: Sequence[_Letter]) -> Mapping[ReplyId, WindowShown]:
    now = uow.now()
    since = now - max((one.rules.longest for one in letters), default=timedelta())
    exchanges = uow.answers.exchanges({_sender(one.reply) for one in letters}, since=since)
    shown = dict[ReplyId, WindowShown]()
    for one in letters:
        window = window_at(now, exchanges[_sender(one.reply)], one.rules)
        platform = _PLATFORMS[one.account.platform]
        words = window_in_words(window, now, platform=platform, rules=one.rules)
        shown[one.reply.id] = WindowShown(window, words)
    return shown


def _sender(reply: Reply) -> Follower:
    return reply.incoming.account, reply.incoming.sender


def window_of(
    uow: UnitOfWork, reply: Reply, rules: WindowRules, *, besides: AnswerId | None = None
) -> Window:
    """The window of the reply's follower on the reply's account, as if the letter `besides` had
    not been written."""
    now, who = uow.now(), _sender(reply)
    exchanges = uow.answers.exchanges([who], since=now - rules.longest, besides=besides)
    return window_at(now, exchanges[who], rules)


def why_closed(
    uow: UnitOfWork, reply: Reply, rules: WindowRules, *, besides: AnswerId | None = None
) -> str:
    """Why no letter fits in, with the way out; empty if one does."""
    window = window_of(uow, reply, rules, besides=besides)
    platform = _PLATFORMS[uow.accounts.get(reply.incoming.account).platform]
    if window.is_open:
        return ""
    return window_in_words(window, uow.now(), platform=platform, rules=rules)
