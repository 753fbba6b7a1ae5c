"""The error table: complete, explained, and typed."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import errors as tree
from bot.platforms.weibo.errors import Saying, error_for, error_table
from tests.factories import NOW

DOCUMENTED = """
10001 10002 10003 10004 10005 10006 10007 10008 10009 10010 10011 10012 10013 10014 10016 10017
10018 10020 10021 10022 10023 10024 10032 11001 11002 11003 20001 20002 20003 20005 20006 20007
20008 20009 20012 20013 20014 20015 20016 20017 20018 20019 20020 20021 20022 20031 20032 20049
20101 20102 20103 20104 20109 20111 20201 20202 20203 20204 20301 20302 20303 20305 20306 20307
20401 20402 20501 20502 20503 20507 20508 20512 21101 21301 21302 21303 21305 21306 21314 21315
21316 21317 21319 21320 21321 21322 21323 21324 21325 21326 21327 21328 21329 21330 21331 21332
21335 21337 21338 21501 21502 21503 21504 21601 21602 21603 21701 21901
"""


@pytest.mark.parametrize("code", DOCUMENTED.split())
def test_every_documented_code_is_explained_in_chinese(code: str) -> None:
    """A cause, a next step and somebody who can take it."""
    explanation = error_table().codes[code].explanation

    for words in (explanation.cause, explanation.next_step, explanation.who):
        assert re.search(r"[\u4e00-\u9fff]", words)


@pytest.mark.parametrize(
    ("code", "words", "on_read", "on_write"),
    [
        ("10001", "", tree.PlatformUnavailable, tree.OutcomeUnknown),
        ("10011", "", tree.PlatformUnavailable, tree.OutcomeUnknown),
        ("10004", "", tree.Misconfigured, tree.Misconfigured),
        ("10014", "", tree.NotPermitted, tree.NotPermitted),
        ("10017", "text not find domain!", tree.ContentRejected, tree.ContentRejected),
        ("10017", "appkey not bind domain!", tree.Misconfigured, tree.Misconfigured),
        ("10017", "parameter (rip)'s value invalid", tree.Misconfigured, tree.Misconfigured),
        ("10008", "param title invalid", tree.ContentRejected, tree.ContentRejected),
        ("10008", "param rip invalid", tree.Misconfigured, tree.Misconfigured),
        ("10023", "", tree.RateLimited, tree.RateLimited),
        ("11002", "", tree.PartlyDone, tree.PartlyDone),
        ("20019", "", tree.OutcomeUnknown, tree.OutcomeUnknown),
        ("20017", "", tree.OutcomeUnknown, tree.OutcomeUnknown),
        ("20111", "", tree.OutcomeUnknown, tree.OutcomeUnknown),
        ("20021", "", tree.ContentRejected, tree.ContentRejected),
        ("20031", "", tree.AccountSuspended, tree.AccountSuspended),
        ("20032", "", tree.AlreadyDone, tree.AlreadyDone),
        ("20101", "", tree.TargetGone, tree.TargetGone),
        ("21332", "", tree.CredentialExpired, tree.CredentialExpired),
        ("26401", "", tree.Misconfigured, tree.Misconfigured),
        ("19999", "", tree.PlatformUnavailable, tree.OutcomeUnknown),
        ("29999", "", tree.NotPermitted, tree.NotPermitted),
        ("7", "", tree.NotPermitted, tree.NotPermitted),
    ],
)
def test_a_code_becomes_the_error_its_reaction_asks_for(
    code: str, words: str, on_read: type, on_write: type
) -> None:
    """A stumble of the platform is harmless on a read and unknown on a write."""
    said = Saying(code, words)

    assert type(error_for(said, writes=False, now=NOW)) is on_read
    assert type(error_for(said, writes=True, now=NOW)) is on_write


@pytest.mark.parametrize(
    ("code", "until"),
    [
        ("10022", datetime(2026, 11, 23, 3, 0, tzinfo=UTC)),
        ("10023", datetime(2026, 11, 23, 16, 0, tzinfo=UTC)),
        ("20016", datetime(2026, 11, 23, 3, 12, 5, tzinfo=UTC)),
    ],
    ids=["next full hour", "midnight in Beijing", "an hour from now"],
)
def test_a_used_up_quota_says_when_it_comes_back(code: str, until: datetime) -> None:
    """Nothing is tried again before that."""
    now = datetime(2026, 11, 23, 2, 12, 5, tzinfo=UTC)

    error = error_for(Saying(code), writes=True, now=now)

    assert isinstance(error, tree.RateLimited)
    assert error.until == until


def test_a_duplicate_leaves_a_mark_in_the_evidence() -> None:
    """So that the search knows that something alike is already there."""
    error = error_for(Saying("20019", "repeat content!"), writes=True, now=NOW)

    assert error.evidence == {"duplicate": "20019"}
    assert error.code == "20019"


@given(st.text(max_size=8), st.text(max_size=30), st.booleans())
def test_whatever_the_platform_says_becomes_one_of_our_errors(
    code: str, words: str, writes: bool
) -> None:
    """No code, however odd, escapes the table."""
    error = error_for(Saying(code, words), writes=writes, now=NOW)

    assert isinstance(error, tree.PlatformError)
    assert error.explanation.cause
