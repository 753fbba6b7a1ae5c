"""Tell the state of a case to whoever has its number and check code."""

from datetime import timedelta

from bot.domain.cases.looking_up import case_answer, too_often
from bot.domain.cases.receipts import code_of, number_of
from bot.domain.replies.reply import Answered, Incoming
from bot.domain.replies.search_answers import receipt_answer
from bot.domain.replies.wishes import ReceiptWish
from bot.ports.case_overview import CaseLookUp
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
        asker = (incoming.account, incoming.sender)
        if self._is_guessing(asker, number):
            return too_often()
        found = self._cases.receipt(number, code_of(wish.code))
        if found is None:
            self._wrong.add(asker, number)
            return receipt_answer(wish)
        return case_answer(found.case, department=found.department)

    def _is_guessing(self, asker: tuple[str, str], number: str) -> bool:
        return (
            self._wrong.count(asker) >= TRIES_AN_ASKER
            or self._wrong.count(number) >= TRIES_A_NUMBER
        )
