"""A platform's figures as a test scripts them."""

from collections.abc import Sequence
from datetime import date

from bot.domain.accounts.account import Account, AccountAccess
from bot.domain.errors import PlatformError
from bot.domain.statistics.planning import Question, Term
from bot.ports.platform import LivePost
from bot.ports.statistics import Reading


class ScriptedReader:
    """Keeps the promises of `ports.statistics.StatisticsReader`.

    A question is answered by what its first day has; a list is answered from its front, the last
    again and again; a day without a script has nothing to tell.
    """

    message_key = "msg_data_id"

    def __init__(self, *terms: Term) -> None:
        self._terms = terms
        self.script: dict[date, list[Reading | PlatformError]] = {}
        self.asked: list[Question] = []

    def terms(self, account: Account) -> tuple[Term, ...]:
        return self._terms if account.verified else ()

    def read(self, access: AccountAccess, question: Question, live: Sequence[LivePost]) -> Reading:
        self.asked.append(question)
        answers = self.script.get(question.first, [Reading()])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, PlatformError):
            raise answer
        return answer
