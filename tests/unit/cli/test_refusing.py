"""What an operator reads when something is refused."""

from bot.cli.refusing import sentences_of
from bot.domain.errors import CredentialExpired, Explanation
from tests.unit.cli.desk import Desk

ACCOUNT = """
[[accounts]]
name = "云岭微博"
platform = "weibo"
route = "share"
app_key = "1000000001"
app_secret = "invented-secret-7"
uid = "1900000001"
"""
BACK = "https://open.yunling.example/accounts/consent?state=s"


def test_a_platform_s_refusal_comes_with_its_cause_and_the_next_step() -> None:
    """The platform's own words alone help nobody."""
    explanation = Explanation("授权码已使用或已过期", "请重新发起授权", "账号管理员")
    error = CredentialExpired("refused: invalid_grant", code="21325", explanation=explanation)

    assert sentences_of(error) == (
        "refused: invalid_grant [21325]",
        "授权码已使用或已过期。请重新发起授权（账号管理员）",
    )


def test_who_does_not_consent_is_not_taken_for_a_code(desk: Desk) -> None:
    """The platform sends the browser back with an error; nothing is asked of it."""
    desk.run("account", "add", desk.write("accounts.toml", ACCOUNT))
    back = f"{BACK}&error=access_denied&error_code=21330"

    refused = desk.run("account", "connect", "云岭微博", "--code", back)

    assert refused.status == 1
    assert "授权页上没有同意" in refused.err
