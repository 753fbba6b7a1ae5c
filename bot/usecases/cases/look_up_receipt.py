"""Tell the state of a case to whoever has its number and check code."""

from collections.abc import Hashable
from datetime import timedelta

from bot.domain.cases.looking_up import TOO_OFTEN, case_answer, too_often
from bot.domain.cases.receipts import code_of, number_of
from bot.domain.errors import TooOften
from bot.domain.replies.reply import Answered, Incoming
from bot.domain.replies.search_answers import receipt_answer
from bot.domain.replies.wishes import ReceiptWish
from bot.ports.case_overview import CaseLookUp, Receipt
from bot.ports.clock import Clock
from bot.usecases.throttling import Failures

WINDOW = timedelta(minutes=10)
TRIES_AN_ASKER = 5
TRIES_A_NUMBER = 10


class ReceiptDesk:
    """Looks receipts up, and slows down who tries codes: by asker, and by number."""

    def __init__(self, cases: CaseLookUp, clock: Clock) -> None:
        self._cases = cases
        self._wrong = Failures(clock, WINDOW)

    def answer(self, wish: ReceiptWish, incoming: Incoming) -> Answered:
        """State, term and answer of the case. A wrong code is told nothing that a number nobody
        was given is not told too; one indexed read at most.

        Raises:
            StorageUnavailable: the database is away.
        """
        number = number_of(wish.number)
        if not number:
            return receipt_answer(wish)
        try:
            found = self.find(number, wish.code, asker=(incoming.account, incoming.sender))
        except TooOften:
            return too_often()
        if found is None:
            return receipt_answer(wish)
        return case_answer(found.case, department=found.department)

    def find(self, number: str, code: str, *, asker: Hashable) -> Receipt | None:
        """The case of a number, both as somebody typed them; None does not say which was wrong.

        Raises:
            TooOften: the asker, or anybody with this number, has guessed too often.
            StorageUnavailable: the database is away.
        """
        known = number_of(number)
        if self._is_guessing(asker, known):
            raise TooOften(TOO_OFTEN)
        found = self._cases.receipt(known, code_of(code)) if known else None
        if found is None:
            self._wrong.add(asker, known)
        return found

    def _is_guessing(self, asker: Hashable, number: str) -> bool:
        return self._wrong.count(asker) >= TRIES_AN_ASKER or (
            number != "" and self._wrong.count(number) >= TRIES_A_NUMBER
        )
