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

REACTIONS = {
    "busy": "-1 268487001 268487002 268488001",
    "minute": "45011 45066 45169 45171",
    "hour": "61503",
    "day": "45009",
    "token": "40001 40014 42001",
    "done": "45065 88005",
    "lookup": "89504 89505",
    "config": """
40002 40004 40008 40013 40031 40032 40033 40035 40037 40060 40114 40118 40121 40125 40130 40132
40152 40164 40200-40203 41001 41002 41004-41006 41009 43001-43003 44001 44002 45067 45083-45085
45162 47001 48008 49003 61004 61450-61457 61500 61501 65301-65317 65320 65416 65417 88000 88010
""",
    "content": """
40005 40006 40009-40012 40015-40028 40039 40054 40055 40066 40092 40137 40155 40215 40249 41039
41040 44003 44004 45001-45008 45010 45021 45056-45059 45086 45110 45113 45157-45159 45166 45168
47003 48022 53404-53406 53503 87014 88007
""",
    "permit": """
40065 40204 40243 42010 43116 45028 45062 48001 48003-48006 48021 50001 50002 50004 50007 53504
53505 65400-65412 87009 88002 88003 88011 89501-89503 89506 89507 9500001 9500002
""",
    "gone": """
40003 40007 40029 40059 40163 42003 43004 43019 43101 45015 45047 45072 45080 45081 46001 46003
46004 48002 50005 53600 65413-65415 70000 76001-76004 76021 76022 88001 88004 88008 88009
""",
}
"""What the reference says of each code it lists, in our words: its RETRY is busy, minute, hour or
day, its HUMAN permit, its DROP gone. A draft that is gone is looked for by the accepting steps."""
MASS_STATUSES = [10001, 20001, 20004, 20002, 20006, 20008, 20013, 22000, 21000, 30001, 30002]
MASS_STATUSES += [30003, 40001, 40002, 20431]


def codes_in(text: str) -> list[str]:
    codes: list[str] = []
    for word in text.split():
        first, dash, last = word.partition("-") if not word.startswith("-") else (word, "", "")
        codes += [str(n) for n in range(int(first), int(last) + 1)] if dash else [word]
    return codes


DOCUMENTED = {code: name for name, text in REACTIONS.items() for code in codes_in(text)}


def error(code: str, effect: Effect = Effect.READ, words: str = "") -> PlatformError:
    return error_of(code, words, what="/cgi-bin/x", effect=effect, now=NOW)


def test_every_code_has_the_reaction_of_the_reference() -> None:
    """No code is missing, none has another reaction, and none is there that nobody looked up."""
    ours = {code: row.reaction.value for code, row in table(Section.ERROR).items()}

    assert ours == DOCUMENTED


@pytest.mark.parametrize("code", DOCUMENTED)
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
