"""A platform whose every answer a test scripts; it remembers what it was asked."""

from collections.abc import Callable

from bot.domain.accounts.account import Account, AccountAccess, Mode, PlatformName
from bot.domain.accounts.check import AccountFinding
from bot.domain.errors import PlatformError
from bot.domain.posts.draft import DraftContent, Violation
from bot.domain.posts.limits import Limits
from bot.domain.publishing.journal import Outcome
from bot.domain.publishing.route import Route, Step, StepKind, StepRole
from bot.ports.platform import LookResult, StepOrder, StepResult

PREPARE = Step("prepare", StepKind.REPEAT, StepRole.PREPARE, polls_seconds=(2,))
ACCEPT = Step("accept", StepKind.ONCE, StepRole.ACCEPT, timeout_seconds=10, settling_seconds=5)
CONFIRM = Step("confirm", StepKind.REPEAT, StepRole.CONFIRM, polls_seconds=(10,))
SEE = Step("see", StepKind.REPEAT, StepRole.SEE, polls_seconds=(5,))

Answer = StepResult | LookResult | PlatformError | Callable[[StepOrder], StepResult]

DONE = StepResult(Outcome.DONE)
PENDING = StepResult(Outcome.PENDING)


class ScriptedPlatform:
    """Keeps the promises of `ports.platform.PlatformAdapter`.

    Each step answers from its script, the last line again and again; without one it is DONE.
    `effects` counts the accepting calls that took effect.
    """

    def __init__(
        self, *steps: Step, platform: PlatformName = PlatformName.WECHAT, mode: Mode = Mode.PUBLISH
    ) -> None:
        self._platform = platform
        self._route = Route(platform, mode, steps or (PREPARE, ACCEPT, CONFIRM, SEE))
        self._scripts: dict[str, list[Answer]] = {}
        self.asked: list[str] = []
        self.orders: list[StepOrder] = []
        self.steps: list[Step] = []
        self.violation: Violation | None = None
        self.findings = (AccountFinding(ok=True, what="账号可用"),)

    def script(self, step: str, *answers: Answer) -> None:
        """What `step` answers, call by call; `look:<step>` scripts the search for it."""
        self._scripts[step] = list(answers)

    def count(self, step: str) -> int:
        """How often `step` was asked for."""
        return self.asked.count(step)

    @property
    def platform(self) -> PlatformName:
        return self._platform

    def route(self, account: Account) -> Route:
        return self._route

    def limits(self, account: Account) -> Limits:
        return Limits(articles=8, title=32, html=20_000)

    def violations(self, content: DraftContent, account: Account) -> tuple[Violation, ...]:
        return () if self.violation is None else (self.violation,)

    def perform(self, step: Step, order: StepOrder) -> StepResult:
        self.steps.append(step)
        answer = self._answer(step.name, order)
        assert isinstance(answer, StepResult)
        return answer

    def look_for(self, step: Step, order: StepOrder) -> LookResult:
        answer = self._answer(f"look:{step.name}", order)
        assert isinstance(answer, LookResult)
        return answer

    def check(self, access: AccountAccess) -> tuple[AccountFinding, ...]:
        return self.findings

    def _answer(self, name: str, order: StepOrder) -> StepResult | LookResult:
        self.asked.append(name)
        self.orders.append(order)
        script = self._scripts.get(name, [])
        answer = script.pop(0) if len(script) > 1 else (script[0] if script else _default(name))
        if isinstance(answer, PlatformError):
            raise answer
        return answer(order) if callable(answer) else answer


def _default(name: str) -> Answer:
    return LookResult(Outcome.UNCLEAR) if name.startswith("look:") else DONE
