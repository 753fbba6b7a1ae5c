"""Beside the route: previews to testers, taking down what is out, the speed of mass sends."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import httpx

from bot.domain.accounts.account import AccountAccess
from bot.domain.errors import (
    Explanation,
    NotPermitted,
    PlatformError,
    TargetGone,
)
from bot.domain.posts.draft import DraftContent
from bot.platforms.transport import Deadline
from bot.platforms.wechat import evidence, preparing
from bot.platforms.wechat.client import drafts, mass, publishing
from bot.platforms.wechat.client.session import Line, Session
from bot.platforms.wechat.client.tokens import TokenKeeper
from bot.platforms.wechat.desk import Desk, message_of
from bot.ports.aftercare import PreviewReader
from bot.ports.clock import Clock
from bot.ports.media import MediaStore
from bot.ports.platform import StepOrder
from bot.ports.tokens import CallBudgets, TokenStore
from bot.ports.uploads import UploadCache

_PREVIEW_SECONDS = 90.0
_SECONDS = 20.0
_REMOVED = "DELETE"


@dataclass(frozen=True)
class WechatAftercare:
    """Implements `bot.ports.aftercare.Aftercare`. Shared between threads."""

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    media: MediaStore
    uploads: UploadCache
    clock: Clock

    def send_preview(
        self, access: AccountAccess, content: DraftContent, testers: Sequence[PreviewReader]
    ) -> None:
        """Through a draft of its own, which is deleted again whatever happens."""
        deadline = Deadline(_PREVIEW_SECONDS)
        session = self._session(access, deadline)
        desk = Desk(session, self.http, self.media, self.uploads, self.clock, deadline)
        order = _with_draft(desk, StepOrder(access, "", content, {}, self.clock.now()))
        message = message_of(order)
        try:
            for tester in testers:
                mass.preview(session, message, openid=tester.openid, wechat_id=tester.wechat_id)
        finally:
            # What the preview came to matters more than a draft that stays behind.
            with suppress(PlatformError):
                drafts.delete_draft(session, order.evidence[evidence.DRAFT_ID])

    def take_down(
        self, access: AccountAccess, evidence: Mapping[str, str], *, article: int = 0
    ) -> Mapping[str, str]:
        """A mass send by its msg_id, anything else by its article_id."""
        session = self._session(access, Deadline(_SECONDS))
        removed = {"taken_down": str(article) if article else "all"}
        try:
            _delete(session, evidence, article)
        except (TargetGone, NotPermitted) as refused:
            if not _is_down(session, evidence, article):
                raise
            return removed | {"was_down_already": refused.code}
        return removed

    def mass_speed(self, access: AccountAccess) -> int:
        """0 to 4."""
        return mass.get_speed(self._session(access, Deadline(_SECONDS)))

    def set_mass_speed(self, access: AccountAccess, speed: int) -> None:
        """0 to 4."""
        mass.set_speed(self._session(access, Deadline(_SECONDS)), speed)

    def _session(self, access: AccountAccess, deadline: Deadline) -> Session:
        keeper = TokenKeeper(self.http, self.tokens, self.clock)
        return Session(Line(self.http, keeper, self.budgets, self.clock), access, deadline)


def _with_draft(desk: Desk, order: StepOrder) -> StepOrder:
    """Pictures, covers and the draft, as the route would make them."""
    for step in (preparing.upload_pictures, preparing.fill_library, preparing.add_draft):
        learnt = step(desk, order).evidence
        order = replace(order, evidence={**order.evidence, **learnt})
    return order


def _delete(session: Session, learnt: Mapping[str, str], article: int) -> None:
    if learnt.get(evidence.MSG_ID):
        mass.delete(session, learnt[evidence.MSG_ID], article=article)
    elif learnt.get(evidence.ARTICLE_ID):
        publishing.delete(session, learnt[evidence.ARTICLE_ID], article=article)
    else:
        raise _by_hand()


def _is_down(session: Session, learnt: Mapping[str, str], article: int) -> bool:
    """Whether the platform says so itself; not knowing counts as no."""
    try:
        if learnt.get(evidence.MSG_ID):
            return mass.get_status(session, learnt[evidence.MSG_ID]) == _REMOVED
        if not learnt.get(evidence.ARTICLE_ID):
            return False
        found = publishing.get_published(session, learnt[evidence.ARTICLE_ID])
    except PlatformError:
        return False
    if article:
        return article in found.deleted
    return len(found.deleted) == len(found.titles)


def _by_hand() -> NotPermitted:
    return NotPermitted(
        "neither msg_id nor article_id is known: not published through the API",
        "not_ours",
        explanation=Explanation(
            "这篇稿件是人工发布的，系统没有平台的文章编号，无法代为撤回",
            "请到平台后台的“发表记录”里删除",
            "编辑",
        ),
    )
