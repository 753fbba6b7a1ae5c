"""Ask an account's platform for the figures that are due; each answer is stored by itself."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.domain.accounts.account import Account, AccountAccess
from bot.domain.accounts.budgets import BEIJING
from bot.domain.accounts.check import AccountFinding
from bot.domain.errors import CredentialExpired, Misconfigured, NotPermitted, PlatformError
from bot.domain.ids import AccountId
from bot.domain.statistics.figures import PublishedArticle
from bot.domain.statistics.matching import claimed
from bot.domain.statistics.planning import (
    Asked,
    Memory,
    Question,
    again_after,
    next_look,
    noted,
    questions,
    remembered,
)
from bot.ports.statistics import Outlook, Reading
from bot.ports.storage import UnitOfWork
from bot.usecases.statistics.tools import StatisticsTools

QUESTIONS_A_VISIT = 25
LIVE_POSTS = 100
LONGEST_REACH = timedelta(days=60)
_FOR_PEOPLE = (CredentialExpired, Misconfigured, NotPermitted)
"""What does not pass by itself, and is shown until it has."""


def read_figures(account_id: AccountId, tools: StatisticsTools) -> int:
    """Ask what is due, at most so much a visit; returns how many questions were answered.

    An account without the right to its figures is no failure: the finding says so.

    Raises:
        PlatformError: the platform refused or was away; what was read before is stored.
    """
    with tools.publishing.storage.begin() as uow:
        account = uow.accounts.get(account_id)
        access = tools.publishing.access(uow, account)
        live = uow.deliveries.live_posts(account_id, limit=LIVE_POSTS)
        due = questions(tools.terms(account), _memory(uow, account_id), account_id, uow.now())
    for number, question in enumerate(due[:QUESTIONS_A_VISIT]):
        try:
            reading = tools.readers[account.platform].read(access, question, live)
        except PlatformError as error:
            _come_again(account_id, error, tools)
            if isinstance(error, NotPermitted):
                return number
            raise
        _store(access, question, reading, tools)
    _look_ahead(account, tools)
    return len(due[:QUESTIONS_A_VISIT])


def _store(
    access: AccountAccess, question: Question, reading: Reading, tools: StatisticsTools
) -> None:
    account = access.account
    with tools.publishing.storage.begin() as uow:
        now, memory = uow.now(), _memory(uow, account.id)
        uow.statistics.save_articles(_with_posts(uow, account, reading, tools))
        uow.statistics.save_article_days(reading.article_days)
        uow.statistics.save_account_days(reading.account_days)
        uow.statistics.save_follower_days(reading.follower_days)
        asked = [
            noted(
                memory.get((question.subject, day)),
                Asked(question.subject, day, now, is_final=day not in reading.open_days),
                account.id,
            )
            for day in question.days
        ]
        uow.statistics.save_asked(account.id, asked)
        uow.commit()


def _with_posts(
    uow: UnitOfWork, account: Account, reading: Reading, tools: StatisticsTools
) -> list[PublishedArticle]:
    """The articles with the posts that brought them out, as far as those are known."""
    known = {one.id: one.post for one in uow.statistics.articles([a.id for a in reading.articles])}
    orphans = [a for a in reading.articles if known.get(a.id) is None]
    days = [one.published_on for one in orphans if one.published_on is not None]
    if not days:
        return list(reading.articles)
    first, last = (datetime.combine(day, time(), BEIJING) for day in (min(days), max(days)))
    traces = uow.statistics.traces(
        account.id,
        since=first - timedelta(days=1),
        until=last + timedelta(days=2),
        message_key=tools.readers[account.platform].message_key,
    )
    ours = claimed(orphans, traces)
    return [replace(one, post=ours.get(one)) for one in reading.articles]


def _memory(uow: UnitOfWork, account_id: AccountId) -> Memory:
    since = (uow.now() - LONGEST_REACH).date()
    return remembered(uow.statistics.asked(account_id, since=since))


def _look_ahead(account: Account, tools: StatisticsTools) -> None:
    with tools.publishing.storage.begin() as uow:
        now = uow.now()
        at = next_look(tools.terms(account), _memory(uow, account.id), account.id, now)
        uow.statistics.save_outlook(Outlook(account.id, max(at, now).astimezone(UTC)))
        uow.commit()


def _come_again(account_id: AccountId, error: PlatformError, tools: StatisticsTools) -> None:
    with tools.publishing.storage.begin() as uow:
        before = uow.statistics.outlook(account_id)
        finding = _finding(error) if isinstance(error, _FOR_PEOPLE) else None
        at = again_after(error, account_id, uow.now()).astimezone(UTC)
        kept = finding or (before.finding if before else None)
        uow.statistics.save_outlook(Outlook(account_id, at, kept))
        uow.commit()


def _finding(error: PlatformError) -> AccountFinding:
    said = error.explanation
    code = f"（{error.code}）" if error.code else ""
    return AccountFinding(False, said.cause + code, said.next_step, said.who)
