"""WeChat's error codes."""

import re

import pytest

from bot.domain.errors import (
    UNEXPLAINED,
    AlreadyDone,
    ContentRejected,
    CredentialExpired,
    Misconfigured,
    NotPermitted,
    OutcomeUnknown,
    PlatformError,
    PlatformUnavailable,
    RateLimited,
    TargetGone,
)
from bot.platforms.wechat.errors import Effect, Section, error_of, job_failure, table
from tests.factories import NOW, after

DOCUMENTED = """
-1 40001 40002 40003 40004 40005 40006 40007 40008 40009 40010 40011 40012 40013 40014 40015-40028
40029 40163 42003 40031 40032 40033 40035 40037 40039 40054 40055 40059 40060 40065 40066 40092
40114 40118 40121 40125 40130 40137 40152 40155 40164 40200 40201 40202 40203 40204 40215 40243
40249 41001 41002 41004 41005 41006 41009 41039 41040 42001 42010 43001 43002 43003 43004 43019
43101 43116 44001 44002 44003 44004 45001 45002 45003 45004 45110 45005 45006 45007 45008 45009
45010 45011 45015 45021 45028 45047 45056 45057 45058 45059 45062 45065 45066 45067 45072 45080
45081 45083 45084 45085 45086 45113 45157 45158 45159 45162 45166 45168 45169 45171 46001 46003
46004 47001 47003 48001 48002 48003 48004 48005 48006 48008 48021 48022 49003 50001 50002 50004
50007 50005 53404 53405 53406 53503 53504 53505 53600 61004 61450-61457 61500 61501 61503
65301-65317 65320 65400 65401-65412 65413 65414 65415 65416 65417 70000 76001-76004 76021 76022
87009 87014 88000 88001 88002 88011 88003 88004 88005 88007 88008 88009 88010 89501 89502 89503
89504 89505 89506 89507 268487001 268487002 268488001 9500001 9500002
"""
MASS_STATUSES = [10001, 20001, 20004, 20002, 20006, 20008, 20013, 22000, 21000, 30001, 30002]
MASS_STATUSES += [30003, 40001, 40002, 20431]


def documented_codes() -> list[str]:
    codes: list[str] = []
    for word in DOCUMENTED.split():
        first, dash, last = word.partition("-") if not word.startswith("-") else (word, "", "")
        codes += [str(n) for n in range(int(first), int(last) + 1)] if dash else [word]
    return codes


def error(code: str, effect: Effect = Effect.READ, words: str = "") -> PlatformError:
    return error_of(code, words, what="/cgi-bin/x", effect=effect, now=NOW)


@pytest.mark.parametrize("code", documented_codes())
def test_every_documented_code_is_explained(code: str) -> None:
    """Staff read a Chinese cause, the next step, and who takes it."""
    said = error(code).explanation

    assert said is not UNEXPLAINED
    for part in (said.cause, said.next_step, said.who):
        assert re.search(r"[\u4e00-\u9fff]", part)


@pytest.mark.parametrize("number", MASS_STATUSES)
def test_every_mass_status_is_explained(number: int) -> None:
    """A mass send that fails says why."""
    assert job_failure(Section.MASS_STATUS, f"err({number})", what="mass").explanation.cause


@pytest.mark.parametrize(
    ("code", "effect", "expected"),
    [
        ("-1", Effect.READ, PlatformUnavailable),
        ("-1", Effect.PRIVATE, PlatformUnavailable),
        ("-1", Effect.PUBLIC, OutcomeUnknown),
        ("268488001", Effect.PUBLIC, OutcomeUnknown),
        ("40001", Effect.PUBLIC, CredentialExpired),
        ("40007", Effect.PUBLIC, TargetGone),
        ("45009", Effect.PUBLIC, RateLimited),
        ("45011", Effect.READ, RateLimited),
        ("45065", Effect.PUBLIC, AlreadyDone),
        ("45066", Effect.PUBLIC, RateLimited),
        ("89504", Effect.PUBLIC, OutcomeUnknown),
        ("45002", Effect.PRIVATE, ContentRejected),
        ("48001", Effect.PUBLIC, NotPermitted),
        ("40164", Effect.READ, Misconfigured),
        ("88001", Effect.READ, TargetGone),
    ],
)
def test_a_code_becomes_the_error_its_reaction_asks_for(
    code: str, effect: Effect, expected: type[PlatformError]
) -> None:
    """The type decides what happens next, and may depend on who could see the effect."""
    assert type(error(code, effect)) is expected


def test_an_unknown_code_is_never_retried() -> None:
    """What nobody has explained goes to a person, with the request id."""
    unknown = error("99999", Effect.PUBLIC, "odd rid: 66f0a1b2-0c3d4e5f-1a2b3c4d")

    assert type(unknown) is Misconfigured
    assert unknown.explanation is UNEXPLAINED
    assert unknown.evidence == {"rid": "66f0a1b2-0c3d4e5f-1a2b3c4d"}


@pytest.mark.parametrize(
    ("code", "seconds"), [("45009", 14 * 3600), ("45011", 61), ("45066", 61), ("61503", 3600)]
)
def test_a_used_up_quota_says_when_to_come_back(code: str, seconds: float) -> None:
    """The day ends at midnight in Beijing; the clock of this test stands at 10:00 there."""
    limited = error(code)

    assert isinstance(limited, RateLimited)
    assert limited.until == after(seconds)


def test_an_allow_list_refusal_shows_our_address() -> None:
    """The administrator needs exactly that."""
    words = "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist"

    assert "203.0.113.7" in error("40164", words=words).explanation.cause


def test_the_token_call_reads_40001_as_a_wrong_secret() -> None:
    """There it is no token that died."""
    said = table(Section.TOKEN_ERROR)["40001"]

    assert "AppSecret" in said.explanation.cause
