"""The WeChat adapter: routes, limits, steps, searches and checks behind one port."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx

from bot.domain.accounts.account import Account, AccountAccess, PlatformName
from bot.domain.accounts.budgets import budget_day
from bot.domain.accounts.check import AccountFinding
from bot.domain.errors import NotFound, NotSent, PlatformUnavailable
from bot.domain.posts.draft import DraftContent, Violation
from bot.domain.posts.limits import Limits
from bot.domain.publishing.journal import Outcome
from bot.domain.publishing.route import Route, Step, StepRole
from bot.platforms.transport import Deadline
from bot.platforms.wechat import accepting, awaiting, checking, looking, preparing, routes
from bot.platforms.wechat.client.session import Line, Session
from bot.platforms.wechat.client.tokens import TokenKeeper
from bot.platforms.wechat.desk import Desk
from bot.platforms.wechat.limits import limits_of, violations_in
from bot.ports.clock import Clock
from bot.ports.media import MediaStore
from bot.ports.platform import LookResult, StepOrder, StepResult
from bot.ports.tokens import CallBudgets, TokenStore
from bot.ports.uploads import UploadCache

_CHECK_SECONDS = 20.0

_PERFORM: Mapping[str, Callable[[Desk, StepOrder], StepResult]] = {
    routes.UPLOAD_PICTURES: preparing.upload_pictures,
    routes.UPLOAD_COVER: preparing.fill_library,
    routes.ADD_DRAFT: preparing.add_draft,
    routes.READ_BACK: preparing.read_back,
    routes.SUBMIT: accepting.submit,
    routes.SEND: accepting.send,
    routes.CONFIRM: accepting.confirm,
    routes.AWAIT_PERSON: awaiting.await_person,
    routes.SEE_LIVE: looking.see_live,
}
_LOOK_FOR: Mapping[str, Callable[[Desk, StepOrder], LookResult]] = {
    routes.SUBMIT: looking.look_for_submit,
    routes.SEND: looking.look_for_send,
    routes.AWAIT_PERSON: looking.look_by_hand,
}
_WAITING = frozenset({StepRole.CONFIRM, StepRole.AWAIT_PERSON, StepRole.SEE})


@dataclass(frozen=True)
class WechatAdapter:
    """Implements `bot.ports.platform.PlatformAdapter` for WeChat. Shared between threads.

    `sleep` is how it waits while another process renews the account's token.
    """

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    media: MediaStore
    uploads: UploadCache
    clock: Clock
    sleep: Callable[[float], None] = time.sleep

    @property
    def platform(self) -> PlatformName:
        return PlatformName.WECHAT

    def route(self, account: Account) -> Route:
        """The steps of the account's mode; see `routes.route_of` for its options."""
        return routes.route_of(account)

    def limits(self, account: Account) -> Limits:
        """What the account's mode lets a post be."""
        return limits_of(account)

    def violations(self, content: DraftContent, account: Account) -> tuple[Violation, ...]:
        """Every limit `content` breaks on this account; stored pictures are weighed too."""
        return violations_in(content, account, size_of=self._size_of)

    def perform(self, step: Step, order: StepOrder) -> StepResult:
        """Run one step; its calls together last at most the step's time-out.

        A step that waits for the platform or a person stays PENDING while it cannot ask.
        """
        try:
            return _PERFORM[step.name](self._desk(step, order), order)
        except (NotSent, PlatformUnavailable) as error:
            if step.role not in _WAITING:
                raise
            return StepResult(Outcome.PENDING, {"could_not_ask": str(error)})

    def look_for(self, step: Step, order: StepOrder) -> LookResult:
        """Search for the effect of an accepting step."""
        return _LOOK_FOR[step.name](self._desk(step, order), order)

    def check(self, access: AccountAccess) -> tuple[AccountFinding, ...]:
        """Token, rights, quotas and callback, as the account's mode needs; only reads, and few."""
        session = Session(self._line, access, Deadline(_CHECK_SECONDS), publishing=False)
        today = budget_day(self.clock.now())
        return tuple(checking.findings(session, access.account, today=today))

    @property
    def _line(self) -> Line:
        keeper = TokenKeeper(self.http, self.tokens, self.clock, sleep=self.sleep)
        return Line(self.http, keeper, self.budgets, self.clock)

    def _desk(self, step: Step, order: StepOrder) -> Desk:
        deadline = Deadline(step.timeout_seconds)
        polls = step.role in _WAITING
        session = Session(self._line, order.access, deadline, publishing=not polls)
        return Desk(session, self.http, self.media, self.uploads, self.clock, deadline)

    def _size_of(self, sha256: str) -> int | None:
        try:
            return len(self.media.get(sha256))
        except NotFound:
            return None
