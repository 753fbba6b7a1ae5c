"""Whether the token will carry a post, asked before any post of its rollout goes out."""

from datetime import datetime, timedelta

from bot.domain.accounts.account import Account
from bot.domain.accounts.authorisation import life_in_words
from bot.domain.errors import CredentialExpired, Explanation, Misconfigured
from bot.domain.publishing.journal import Outcome
from bot.platforms.weibo.checking import RENEW, keep_life
from bot.platforms.weibo.client.account import TokenFacts, token_facts
from bot.platforms.weibo.client.session import Session
from bot.ports.platform import StepOrder, StepResult

SPARE = timedelta(minutes=2)
"""How much longer than the due time a token must live: sending and one repeat take that."""


def ask_token(session: Session, order: StepOrder) -> StepResult:
    """One call of the day: whose token it is, and whether it lives until the post is out.

    Raises:
        CredentialExpired: it is dead, or will be by then.
        Misconfigured: it is another account's, or another app's.
    """
    account, now = order.access.account, session.link.clock.now()
    facts = token_facts(session)
    keep_life(session, facts)
    if not _is_of(account, facts):
        raise _of_another(account, facts)
    ends = now + timedelta(seconds=facts.seconds_left)
    if ends < max(order.due_at or now, now) + SPARE:
        raise _too_short(account, ends, now)
    return StepResult(Outcome.DONE, {"token_ends": ends.isoformat()})


def _is_of(account: Account, facts: TokenFacts) -> bool:
    options = account.options
    return facts.uid == options.get("uid") and facts.app_key == options.get("app_key")


def _of_another(account: Account, facts: TokenFacts) -> Misconfigured:
    return Misconfigured(
        f"the token of account {account.name} is that of uid {facts.uid}, app {facts.app_key}",
        explanation=Explanation(
            cause=f"微博授权属于另一个账号或另一个应用（UID {facts.uid}）",
            next_step="请用正确的微博账号和应用重新授权，并核对 uid 和 app_key",
            who="账号管理员",
        ),
    )


def _too_short(account: Account, ends: datetime, now: datetime) -> CredentialExpired:
    return CredentialExpired(
        f"the token of account {account.name} ends at {ends.isoformat()}, before the post is out",
        explanation=Explanation(
            cause=f"微博{life_in_words(ends, now)}，稿件到时发不出去",
            next_step=RENEW,
            who="账号管理员",
        ),
    )
