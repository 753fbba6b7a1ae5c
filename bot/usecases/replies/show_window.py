"""How long and how often a follower can still be written to."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.domain.accounts.account import PlatformName
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import AnswerId, ReplyId
from bot.domain.permissions import Actor, Permission
from bot.domain.replies.answer import Way, way_to
from bot.domain.replies.reply import Reply
from bot.domain.replies.window import Window, WindowRules, window_at, window_in_words
from bot.ports.storage import UnitOfWork
from bot.usecases.replies.tools import CorrespondenceTools

_PLATFORMS = {PlatformName.WECHAT: "微信", PlatformName.WEIBO: "微博"}


@dataclass(frozen=True)
class WindowShown:
    """The window of one reply's follower, and the sentence the desk reads."""

    window: Window
    words: str


def show_window(reply_id: ReplyId, *, actor: Actor, tools: CorrespondenceTools) -> WindowShown:
    """Where the window stands now.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: it was said under an article: comments have no window; or the platform
            offers no answering.
    """
    actor.require(Permission.READ)
    with tools.publishing.storage.look() as uow:
        return _shown(uow, reply_id, tools)


def show_windows(
    reply_ids: Sequence[ReplyId], *, actor: Actor, tools: CorrespondenceTools
) -> Mapping[ReplyId, WindowShown]:
    """The windows of a page of replies; those that have none are left out.

    Raises:
        NotAllowed, NotFound.
    """
    actor.require(Permission.READ)
    shown = dict[ReplyId, WindowShown]()
    with tools.publishing.storage.look() as uow:
        for reply_id in reply_ids:
            with suppress(InvalidInput):
                shown[reply_id] = _shown(uow, reply_id, tools)
    return shown


def _shown(uow: UnitOfWork, reply_id: ReplyId, tools: CorrespondenceTools) -> WindowShown:
    reply = uow.replies.get(reply_id)
    if way_to(reply.incoming.kind) is not Way.LETTER:
        raise InvalidInput([Problem("reply", "留言没有时间限制，每条可以答复一次")])
    account = uow.accounts.get(reply.incoming.account)
    rules = tools.correspondent(account).window_rules(account)
    window = window_of(uow, reply, rules)
    words = window_in_words(window, uow.now(), platform=_PLATFORMS[account.platform], rules=rules)
    return WindowShown(window, words)


def window_of(
    uow: UnitOfWork, reply: Reply, rules: WindowRules, *, besides: AnswerId | None = None
) -> Window:
    """The window of the reply's follower on the reply's account, as if the letter `besides` had
    not been written."""
    now, said = uow.now(), reply.incoming
    since = now - rules.longest
    exchange = uow.answers.exchange(said.account, said.sender, since=since, besides=besides)
    return window_at(now, exchange, rules)


def why_closed(
    uow: UnitOfWork, reply: Reply, rules: WindowRules, *, besides: AnswerId | None = None
) -> str:
    """Why no letter fits in, with the way out; empty if one does."""
    window = window_of(uow, reply, rules, besides=besides)
    platform = _PLATFORMS[uow.accounts.get(reply.incoming.account).platform]
    if window.is_open:
        return ""
    return window_in_words(window, uow.now(), platform=platform, rules=rules)
