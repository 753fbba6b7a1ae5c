"""A platform that takes answers and looks after comments as a test scripts it."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.domain.accounts.account import Account, AccountAccess
from bot.domain.errors import PlatformError, Problem
from bot.domain.replies.answer import AnswerContent, Way
from bot.domain.replies.erasure import ErasureReason
from bot.domain.replies.window import Allowance, WindowRules
from bot.ports.commenting import CommentPlace
from bot.ports.correspondence import Letter

Said = PlatformError | Callable[[], None] | None


class ScriptedCorrespondent:
    """Keeps the promises of `ports.correspondence.Correspondent`.

    `script` holds what sending answers, call by call, then nothing but success; `shown` what a
    search answers. `sent` are the letters that were asked for, `most` is the longest text it takes.
    """

    def __init__(self) -> None:
        self.script: list[Said] = []
        self.shown: list[bool | PlatformError] = []
        self.sent: list[Letter] = []
        self.looked_for: list[Letter] = []
        self.most = 1000

    def window_rules(self, account: Account) -> WindowRules:
        allowances = {
            "message": Allowance(2, timedelta(hours=48)),
            "click": Allowance(1, timedelta(minutes=1)),
        }
        return WindowRules(allowances, frozenset(self.leavings()))

    def leavings(self) -> Mapping[str, ErasureReason]:
        return {"unsubscribe": ErasureReason.UNSUBSCRIBED, "revoke": ErasureReason.REVOKED}

    def faults(self, content: AnswerContent, way: Way, account: Account) -> tuple[Problem, ...]:
        if not content.text.strip():
            return (Problem("text", "请填写答复内容"),)
        return (Problem("text", "答复太长"),) if len(content.text) > self.most else ()

    def send(self, access: AccountAccess, letter: Letter, *, seconds: float) -> None:
        self.sent.append(letter)
        said = self.script.pop(0) if self.script else None
        if isinstance(said, PlatformError):
            raise said
        if said is not None:
            said()

    def is_there(self, access: AccountAccess, letter: Letter, *, seconds: float) -> bool:
        self.looked_for.append(letter)
        shown = self.shown.pop(0)
        if isinstance(shown, PlatformError):
            raise shown
        return shown


class RecordingCommentDesk:
    """Keeps the promises of `ports.commenting.CommentDesk`; `refusal` is what every call meets."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, object]] = []
        self.refusal: PlatformError | None = None

    def open(self, access: AccountAccess, evidence: Mapping[str, str], *, article: int = 0) -> None:
        self._ask("open", article)

    def close(
        self, access: AccountAccess, evidence: Mapping[str, str], *, article: int = 0
    ) -> None:
        self._ask("close", article)

    def select(self, access: AccountAccess, place: CommentPlace) -> None:
        self._ask("select", place)

    def unselect(self, access: AccountAccess, place: CommentPlace) -> None:
        self._ask("unselect", place)

    def delete(self, access: AccountAccess, place: CommentPlace) -> None:
        self._ask("delete", place)

    def delete_answer(self, access: AccountAccess, place: CommentPlace) -> None:
        self._ask("delete_answer", place)

    def _ask(self, what: str, about: object) -> None:
        self.asked.append((what, about))
        if self.refusal is not None:
            raise self.refusal
