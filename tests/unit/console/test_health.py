"""账号体检: what of the inspection's indicators is well, and what is in the way."""

from datetime import timedelta

import pytest

from bot.domain.accounts.account import Mode
from bot.domain.accounts.check import AccountCheck, AccountFinding
from bot.domain.accounts.trouble import AccountTrouble
from bot.domain.ids import AccountId
from bot.domain.people import Role
from bot.domain.publishing.journal import Failure
from tests import factories as make
from tests.unit.console.desk import Desk

PAGE = "/accounts/health"
WRITER = Role.WRITER


def section(text: str, name: str) -> str:
    """What stands under an account's name."""
    return text.partition(f"</span> {name}</a>")[2].partition("</section>")[0]


def test_every_account_has_its_indicators_and_what_nobody_sees_is_said(busy: Desk) -> None:
    """Including what only people can look at."""
    text = busy.signed_in("li", WRITER).get(PAGE).text

    assert text.count("内容更新") == 4
    assert "备案信息是否最新" in text
    assert "国办秘函〔2019〕19号" in text


def test_a_gap_is_seen_before_it_is_one(busy: Desk) -> None:
    """Nothing planned after the last post: the day by which one must come is named."""
    text = section(busy.signed_in("li", WRITER).get(PAGE).text, "云岭发布")

    assert "更新有缺口" in text
    assert "最晚 12月7日（周一）10:00 前要有一篇" in text


@pytest.mark.parametrize(
    ("days", "words"),
    [(8, "6 天内须更新"), (13, "1 天内须更新"), (15, "超过两周")],
)
def test_silence_is_counted(busy: Desk, days: int, words: str) -> None:
    """As everywhere else."""
    busy.clock.pass_seconds(timedelta(days=days).total_seconds() + 10)

    assert words in section(busy.signed_in("li", WRITER).get(PAGE).text, "云岭发布")


def test_trouble_and_faults_stand_first(busy: Desk) -> None:
    """The worst account above the others."""
    failure = Failure("AccountSuspended", cause="账号被冻结", next_step="请联系平台")
    finding = AccountFinding(False, "认证已过期", "请续办认证", "账号管理员")
    with busy.storage.begin() as uow:
        uow.accounts.save_trouble(AccountTrouble(AccountId("acc_3"), make.NOW, failure))
        check = AccountCheck(AccountId("acc_3"), Mode.DRAFT, make.NOW, (finding,))
        uow.accounts.save_check(check)
        uow.commit()

    text = busy.signed_in("li", WRITER).get(PAGE).text

    assert text.index("云岭住建</a>") < text.index("云岭发布</a>")
    assert "账号被冻结" in section(text, "云岭住建")
    assert "认证已过期" in section(text, "云岭住建")
