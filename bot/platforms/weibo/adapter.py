"""The Weibo adapter: routes, limits, steps, searches and checks behind one port."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx

from bot.domain.accounts.account import Account, AccountAccess, PlatformName
from bot.domain.accounts.budgets import Purpose
from bot.domain.accounts.check import AccountFinding
from bot.domain.errors import Misconfigured, PlatformError
from bot.domain.posts.draft import DraftContent, Violation
from bot.domain.posts.limits import Limits
from bot.domain.publishing.route import Route, Step, StepRole
from bot.platforms.weibo import asking, checking, looking, publishing, routes
from bot.platforms.weibo.client.session import Link, Session
from bot.platforms.weibo.limits import limits_of, violations_in
from bot.ports.clock import Clock
from bot.ports.media import MediaStore
from bot.ports.platform import LookResult, StepOrder, StepResult
from bot.ports.tokens import CallBudgets, TokenStore

_CHECK_SECONDS = 10.0

_Perform = Callable[[Session, StepOrder, publishing.Material], StepResult]

_PERFORM: Mapping[str, _Perform] = {
    routes.ASK_AHEAD: lambda session, order, _: asking.ask_token(session, order),
    routes.SHARE: publishing.share,
    routes.PUBLISH_ARTICLE: publishing.publish_article,
    routes.UPLOAD_PICTURES: publishing.upload_pictures,
    routes.UPDATE: publishing.update,
    routes.SEE_LIVE: lambda session, order, _: looking.see_live(session, order),
}

_LOOK_FOR: Mapping[str, Callable[[Session, StepOrder], LookResult]] = {
    routes.SHARE: looking.look_for_post,
    routes.UPDATE: looking.look_for_post,
    routes.PUBLISH_ARTICLE: looking.look_for_article,
}


@dataclass(frozen=True)
class WeiboAdapter:
    """Implements `bot.ports.platform.PlatformAdapter` for Weibo.

    `cover_url` makes the public address of a stored picture from its SHA-256: Weibo fetches
    article covers and the pictures of an article itself.
    """

    http: httpx.Client
    tokens: TokenStore
    budgets: CallBudgets
    media: MediaStore
    clock: Clock
    cover_url: Callable[[str], str]

    @property
    def platform(self) -> PlatformName:
        return PlatformName.WEIBO

    def route(self, account: Account) -> Route:
        """The steps of the account's mode.

        Raises:
            Misconfigured: the mode is not one of Weibo's.
        """
        if account.mode not in routes.ROUTES:
            raise Misconfigured(f"account {account.name}: Weibo has no mode {account.mode}")
        return routes.ROUTES[account.mode]

    def limits(self, account: Account) -> Limits:
        """What the account's mode lets a post be."""
        return limits_of(account)

    def violations(self, content: DraftContent, account: Account) -> tuple[Violation, ...]:
        """Every limit `content` breaks on this account."""
        return violations_in(content, account)

    def perform(self, step: Step, order: StepOrder) -> StepResult:
        """Run one step; its calls together last at most the step's time-out."""
        material = publishing.Material(self.media, self.cover_url)
        is_look = step.role is StepRole.SEE
        session = self._session(step, order, Purpose.VERIFYING if is_look else Purpose.PUBLISHING)
        return _PERFORM[step.name](session, order, material)

    def look_for(self, step: Step, order: StepOrder) -> LookResult:
        """Search the account's timeline for the effect of an accepting step."""
        return _LOOK_FOR[step.name](self._session(step, order, Purpose.VERIFYING), order)

    def check(self, access: AccountAccess) -> tuple[AccountFinding, ...]:
        """Settings, token, reading back, calls left: three calls of the day at most, and one of
        the commercial host where followers' words are read there."""
        settings = checking.check_settings(access.account)
        try:
            session = self._link.session(access, seconds=_CHECK_SECONDS, purpose=Purpose.CHECKING)
        except PlatformError as error:
            return (*settings, checking.refused("微博授权不可用", error))
        return (
            *settings,
            *checking.check_token(session),
            *checking.check_timeline(session),
            *checking.check_commercial_inbox(session),
            checking.check_budget(session),
        )

    @property
    def _link(self) -> Link:
        return Link(self.http, self.tokens, self.budgets, self.clock)

    def _session(self, step: Step, order: StepOrder, purpose: Purpose) -> Session:
        return self._link.session(order.access, seconds=step.timeout_seconds, purpose=purpose)
