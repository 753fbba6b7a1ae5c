"""Looking after comments under WeChat articles: open, close, select, delete."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import httpx

from bot.domain.accounts.account import AccountAccess
from bot.domain.errors import (
    Explanation,
    NotPermitted,
    OutcomeUnknown,
    PlatformError,
    TargetGone,
)
from bot.platforms.transport import Deadline
from bot.platforms.wechat import evidence as names
from bot.platforms.wechat.client import comments
from bot.platforms.wechat.client.comments import ArticlePlace, Comment
from bot.platforms.wechat.client.session import Line, Session
from bot.platforms.wechat.client.tokens import TokenKeeper
from bot.ports.clock import Clock
from bot.ports.commenting import COMMENT_GONE, CommentPlace
from bot.ports.tokens import CallBudgets, TokenStore

_SECONDS = 20.0
_GONE = frozenset({"88004", "88008"})
_NO_ANSWER = "88009"


@dataclass(frozen=True)
class WechatCommentDesk:
    """Implements `bot.ports.commenting.CommentDesk`. Shared between threads."""

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    clock: Clock

    def open(self, access: AccountAccess, evidence: Mapping[str, str], *, article: int = 0) -> None:
        """By the msg_data_id of the delivery."""
        self._set_open(access, evidence, article, is_open=True)

    def close(
        self, access: AccountAccess, evidence: Mapping[str, str], *, article: int = 0
    ) -> None:
        """By the msg_data_id of the delivery."""
        self._set_open(access, evidence, article, is_open=False)

    def select(self, access: AccountAccess, place: CommentPlace) -> None:
        """Selecting what is selected is no error: the platform names none."""
        self._set_selected(access, place, selected=True)

    def unselect(self, access: AccountAccess, place: CommentPlace) -> None:
        """The same."""
        self._set_selected(access, place, selected=False)

    def delete(self, access: AccountAccess, place: CommentPlace) -> None:
        """What its writer or somebody else deleted before is gone as wished."""
        session, article, number = self._at(access, place)
        try:
            comments.delete_comment(session, article, number)
        except TargetGone as gone:
            if gone.code not in _GONE:
                raise

    def delete_answer(self, access: AccountAccess, place: CommentPlace) -> None:
        """Where there is none, there is none as wished."""
        session, article, number = self._at(access, place)
        try:
            comments.delete_answer(session, article, number)
        except TargetGone as gone:
            if gone.code != _NO_ANSWER:
                raise named_gone(gone) from gone

    def _set_open(
        self, access: AccountAccess, evidence: Mapping[str, str], article: int, *, is_open: bool
    ) -> None:
        session = self._session(access)
        for place in articles_of(evidence, article):
            comments.set_open(session, place, is_open=is_open)

    def _set_selected(self, access: AccountAccess, place: CommentPlace, *, selected: bool) -> None:
        session, article, number = self._at(access, place)
        try:
            comments.set_selected(session, article, number, selected=selected)
        except TargetGone as gone:
            raise named_gone(gone) from gone
        except (OutcomeUnknown, NotPermitted):
            if not _is_so(session, place, lambda one: one.is_elected is selected):
                raise

    def _at(self, access: AccountAccess, place: CommentPlace) -> tuple[Session, ArticlePlace, int]:
        return self._session(access), ArticlePlace.of(place.target), int(place.comment)

    def _session(self, access: AccountAccess) -> Session:
        keeper = TokenKeeper(self.http, self.tokens, self.clock)
        line = Line(self.http, keeper, self.budgets, self.clock)
        return Session(line, access, Deadline(_SECONDS))


def named_gone(error: TargetGone) -> TargetGone:
    """The error, saying so where the comment itself is gone, not the article."""
    if error.code not in _GONE:
        return error
    return replace(error, evidence={**error.evidence, COMMENT_GONE: error.code})


def articles_of(evidence: Mapping[str, str], article: int) -> list[ArticlePlace]:
    """The articles of a delivery, or one of them (from 1; 0 means all).

    Raises:
        NotPermitted: nobody told us the platform's number of the bundle.
    """
    number = evidence.get(names.MSG_DATA_ID, "")
    if not number.isdecimal():
        raise NotPermitted("msg_data_id is not known", "not_ours", explanation=_BY_HAND)
    count = int(evidence.get(names.ARTICLES, 1))
    wanted = range(count) if article == 0 else (article - 1,)
    return [ArticlePlace(int(number), index) for index in wanted]


def _is_so(session: Session, place: CommentPlace, holds: Callable[[Comment], bool]) -> bool:
    """Whether the platform shows it so; not knowing counts as no."""
    try:
        found = comments.find_comment(session, ArticlePlace.of(place.target), int(place.comment))
    except PlatformError:
        return False
    return found is not None and holds(found)


_BY_HAND = Explanation(
    "平台没有告诉系统这篇文章的留言编号",
    "请到平台后台的“留言”里打开或关闭",
    "留言专员",
)
