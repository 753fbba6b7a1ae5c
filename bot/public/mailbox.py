"""Letters of the public: each taken once, none by a machine that does not wait, and not too many
from one place. No foreign service is asked."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.domain.cases.case import Case
from bot.domain.cases.letter import Letter, letter_of
from bot.domain.errors import InvalidInput, Problem, TooOften
from bot.ports.clock import Clock
from bot.public.seals import SealedFor, Seals
from bot.usecases.throttling import Failures

READING = timedelta(seconds=3)
"""Nobody reads the page and writes five signs sooner."""
LASTING = timedelta(hours=4)
WINDOW = timedelta(minutes=10)
LETTERS_AN_ADDRESS = 5
REMEMBERED = 1000
_TRAP = "website"

_EXPIRED = "页面放得太久了，您写的内容还在，请再提交一次"
_TOO_FAST = "提交得太快，请看一遍内容，过几秒再提交"
_TRAPPED = "有一栏不需要填写，已经清空，请再提交一次"
_TOO_MANY = "这个网络地址提交的留言较多，您写的内容还在，请 10 分钟后再提交"


class Mailbox:
    """Where the form is sent to. What it remembers lives in one process: with several, a form
    that is sent twice at once may be taken twice."""

    def __init__(self, take: Callable[[Letter], Case], seals: Seals, clock: Clock) -> None:
        self._take, self._seals, self._clock = take, seals, clock
        self._letters = Failures(clock, WINDOW)
        self._turn = threading.Lock()
        self._taken: OrderedDict[str, Case] = OrderedDict()

    def new_form(self) -> str:
        """The token of an empty form: when it was drawn, and a sign of its own."""
        drawn = self._clock.now().isoformat()
        return self._seals.seal(SealedFor.FORM, drawn, secrets.token_hex(8))

    def put(self, fields: Mapping[str, str], *, address: str) -> Case:
        """The case of what was filled in; of a form that is sent again, the same one.

        Raises:
            InvalidInput: naming every fault.
            TooOften: too many came from this address.
            Conflict: no receipt number is left today.
            StorageUnavailable: the database is away.
        """
        drawn, sign = self._form(fields)
        with self._turn:
            if sign in self._taken:
                return self._taken[sign]
            self._require_person(fields, drawn)
            letter = letter_of(fields.get("case_class", ""), fields.get("text", ""))
            if self._letters.count(address) >= LETTERS_AN_ADDRESS:
                raise TooOften(_TOO_MANY)
            case = self._take(letter)
            self._letters.add(address)
            self._remember(sign, case)
        return case

    def is_expired(self, fields: Mapping[str, str]) -> bool:
        """Whether this form cannot be taken any more, whatever stands in it."""
        return self._opened(fields) is None

    def _form(self, fields: Mapping[str, str]) -> tuple[datetime, str]:
        opened = self._opened(fields)
        if opened is None:
            raise _refused(_EXPIRED)
        return opened

    def _opened(self, fields: Mapping[str, str]) -> tuple[datetime, str] | None:
        parts = self._seals.opened(SealedFor.FORM, fields.get("token", ""))
        if parts is None:
            return None
        drawn = datetime.fromisoformat(parts[0])
        return (drawn, parts[1]) if self._clock.now() - drawn <= LASTING else None

    def _require_person(self, fields: Mapping[str, str], drawn: datetime) -> None:
        if fields.get(_TRAP):
            raise _refused(_TRAPPED)
        if self._clock.now() - drawn < READING:
            raise _refused(_TOO_FAST)

    def _remember(self, sign: str, case: Case) -> None:
        self._taken[sign] = case
        while len(self._taken) > REMEMBERED:
            self._taken.popitem(last=False)


def _refused(why: str) -> InvalidInput:
    return InvalidInput([Problem("form", why)])
