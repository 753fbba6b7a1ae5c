"""Answers of an account in trouble wait with the reason, and none is lost."""

from bot.domain.accounts.trouble import AccountTrouble
from bot.domain.errors import CredentialExpired, Explanation, OutcomeUnknown
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.domain.publishing.journal import Failure
from bot.domain.replies.answer import AnswerState
from bot.usecases.accounts.end_trouble import resume_account
from tests.unit.usecases.replies.office import ACCOUNT, COMMENT, ReplyOffice

S = AnswerState
ADMIN = Actor("管理员", frozenset({Role.ACCOUNT_ADMIN}))
WORDS = Explanation("授权已失效", "请重新授权", "账号管理员")
DEAD = CredentialExpired("x", code="21332", explanation=WORDS)
HOURS = 3600.0


def in_trouble(office: ReplyOffice, error: str = "CredentialExpired") -> None:
    with office.storage.begin() as uow:
        failure = Failure(error, cause="授权已失效", next_step="请重新授权")
        uow.accounts.save_trouble(AccountTrouble(ACCOUNT, uow.now(), failure))
        uow.commit()


def cleared(office: ReplyOffice) -> None:
    resume_account("云岭发布", actor=ADMIN, storage=office.storage)


def test_an_answer_waits_with_the_reason_and_goes_on_when_it_is_over() -> None:
    """The platform is not asked meanwhile; the end of the trouble wakes it at once."""
    office = ReplyOffice()
    in_trouble(office)
    written = office.answers(office.says())

    waiting = office.sends(written)
    cleared(office)
    sent = office.sends(written)

    assert waiting.state is S.WAITING
    assert waiting.failure is not None
    assert waiting.failure.cause == "授权已失效"
    assert (sent.state, sent.failure) == (S.SENT, None)
    assert len(office.correspondent.sent) == 1


def test_an_answer_that_meets_a_dead_token_stops_the_account_and_waits() -> None:
    """It is no refusal of these words: every other of the account would meet the same."""
    office = ReplyOffice()
    first, second = office.answers(office.says(1)), office.answers(office.says(2, sender="o_b"))
    office.correspondent.script = [DEAD]

    met, spared = office.sends(first), office.sends(second)

    with office.storage.begin() as uow:
        trouble = uow.accounts.trouble(ACCOUNT)
    assert trouble is not None
    assert trouble.failure.code == "21332"
    assert met.state is spared.state is S.WAITING
    assert len(office.correspondent.sent) == 1


def test_a_window_that_closes_meanwhile_is_told_with_what_it_waited_for() -> None:
    """Not sent late, not silently dropped."""
    office = ReplyOffice()
    written = office.answers(office.says())
    in_trouble(office)
    office.sends(written)

    late = office.sends(written, after=48 * HOURS)

    assert late.state is S.REFUSED
    assert late.failure is not None
    assert "此前没有发出，因为授权已失效" in late.failure.cause
    assert office.correspondent.sent == []


def test_what_is_unsure_is_not_looked_for_with_a_dead_token() -> None:
    """A search that is refused tells nothing: it stays unsure, and is looked for afterwards."""
    office = ReplyOffice()
    written = office.answers(office.says(**COMMENT))
    office.correspondent.script = [OutcomeUnknown("x")]
    office.sends(written)
    office.correspondent.shown = [DEAD, True]

    refused = office.sends(written, after=10)
    rests = office.sends(written, after=70)
    cleared(office)
    found = office.sends(written)

    assert refused.state is rests.state is S.UNKNOWN
    assert len(office.correspondent.looked_for) == 2
    assert found.state is S.SENT
    assert len(office.correspondent.sent) == 1


def test_a_frozen_account_is_still_searched() -> None:
    """The platform takes nothing from it, but shows what is there."""
    office = ReplyOffice()
    written = office.answers(office.says(**COMMENT))
    office.correspondent.script = [OutcomeUnknown("x")]
    office.sends(written)
    in_trouble(office, "AccountSuspended")
    office.correspondent.shown = [True]

    assert office.sends(written, after=10).state is S.SENT
