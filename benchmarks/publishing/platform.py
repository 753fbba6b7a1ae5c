"""A platform that answers at once, or after a set time, and remembers when it was called."""

import threading
import time
from collections.abc import Iterator

from bot.domain.accounts.account import Account, AccountAccess, Mode, PlatformName
from bot.domain.accounts.check import AccountFinding
from bot.domain.posts.draft import DraftContent, Violation
from bot.domain.posts.limits import Limits
from bot.domain.publishing.journal import Outcome
from bot.domain.publishing.route import Route, Step, StepKind, StepRole
from bot.ports.platform import LookResult, StepOrder, StepResult

PREPARE = Step("prepare", StepKind.REPEAT, StepRole.PREPARE)
ACCEPT = Step("accept", StepKind.ONCE, StepRole.ACCEPT)
ROUTE = Route(PlatformName.WECHAT, Mode.PUBLISH, (PREPARE, ACCEPT))


class TimedPlatform:
    """Keeps the promises of `ports.platform.PlatformAdapter` for a route of two calls.

    `accepted` holds the epoch seconds at which each delivery's accepting call left.
    """

    platform = PlatformName.WECHAT

    def __init__(self, *, call_seconds: float = 0.0) -> None:
        self._call_seconds = call_seconds
        self._lock = threading.Lock()
        self.accepted: dict[str, float] = {}
        self.calls = 0

    def route(self, account: Account) -> Route:
        return ROUTE

    def limits(self, account: Account) -> Limits:
        return Limits()

    def violations(self, content: DraftContent, account: Account) -> tuple[Violation, ...]:
        return ()

    def perform(self, step: Step, order: StepOrder) -> StepResult:
        left = time.time()
        with self._lock:
            self.calls += 1
            if step.role is StepRole.ACCEPT:
                if order.delivery_id in self.accepted:
                    raise AssertionError(f"{order.delivery_id} went out twice")
                self.accepted[order.delivery_id] = left
        if self._call_seconds:
            time.sleep(self._call_seconds)
        return StepResult(Outcome.DONE, {"platform_post_id": order.delivery_id})

    def look_for(self, step: Step, order: StepOrder) -> LookResult:
        raise AssertionError("nothing is ever in doubt here")

    def check(self, access: AccountAccess) -> tuple[AccountFinding, ...]:
        return ()

    def lateness(self, due: dict[str, float]) -> Iterator[float]:
        """Seconds from each due time until its accepting call left."""
        return (self.accepted[delivery] - at for delivery, at in due.items())
