"""分发规则 on the console, and the templates they name with a live sample."""

from datetime import time

import pytest

from bot.domain.ids import AccountId, RuleId
from bot.domain.people import Role
from bot.domain.posts.post import PostKind
from bot.domain.posts.review import PostApproval
from bot.domain.posts.rollout import RolloutPolicy
from bot.domain.posts.rules import Rule
from tests import factories as make
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send

RULE = {
    "name": "住房政策",
    "account-acc_1": "1",
    "account-acc_4": "1",
    "source-site": "1",
    "topics": "住房 停车",
    "kind": "policy",
    "template": "default",
    "approval": "release",
    "policy": "all_or_nothing",
    "slot": "09:00",
    "delay": "30",
    "enabled": "1",
}


@pytest.fixture
def admin(busy: Desk) -> Browser:
    return busy.signed_in("zhou", Role.ACCOUNT_ADMIN)


def stored(desk: Desk) -> Rule:
    with desk.storage.begin() as uow:
        return uow.rules.all()[-1]


def test_a_rule_is_written_down_in_a_form(busy: Desk, admin: Browser) -> None:
    """As the command line would read it from a file; the list says it in words."""
    added = send(admin, "/rules/new", **RULE)
    page = admin.get(added.headers["location"]).text

    rule = stored(busy)
    assert rule.accounts == (AccountId("acc_1"), AccountId("acc_4"))
    assert (rule.sources, rule.topics, rule.kind) == (("site",), ("住房", "停车"), PostKind.POLICY)
    assert rule.approval is PostApproval.RELEASE
    assert rule.policy is RolloutPolicy.ALL_OR_NOTHING
    assert (rule.slot, rule.delay_seconds, rule.enabled) == (time(9), 1800, True)
    for words in ("规则已添加", "主题含“住房”或“停车”", "09:00 发布", "全部准备好才一起发"):
        assert words in page


def test_a_rule_is_changed_and_switched_off(busy: Desk, admin: Browser) -> None:
    """As its next version, in its place; its accounts' pages name it."""
    send(admin, "/rules/new", **RULE)
    address = f"/rules/{stored(busy).id}"
    form = admin.get(address).text
    changed = {name: value for name, value in RULE.items() if name != "enabled"}

    send(admin, address, **(changed | {"name": "停车政策"}))

    assert 'value="住房 停车"' in form
    assert (stored(busy).name, stored(busy).enabled, stored(busy).version) == ("停车政策", False, 2)
    assert "已停用" in admin.get("/rules").text
    assert "停车政策" in admin.get("/accounts/acc_4").text
    with busy.storage.begin() as uow:
        actions = [record.action for record in uow.audit.records()]
    assert actions[-2:] == ["rule.added", "rule.changed"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "请填写规则名称"),
        ({"delay": "soon"}, "0 或以上的整数"),
        ({"slot": "nine"}, "写成 09:00 的样子"),
        ({"template": "plaid"}, "没有这个模板"),
    ],
)
def test_a_refused_rule_keeps_what_was_written(
    busy: Desk, admin: Browser, wrong: dict[str, str], words: str
) -> None:
    """And is not stored."""
    refused = send(admin, "/rules/new", **(RULE | wrong))

    assert refused.status_code == 422
    assert words in refused.text
    assert 'value="住房 停车"' in refused.text
    with busy.storage.begin() as uow:
        assert uow.rules.all() == []


def test_a_rule_without_an_account_is_refused(admin: Browser) -> None:
    """It would plan nothing."""
    none = {name: value for name, value in RULE.items() if not name.startswith("account-")}

    assert "请至少选择一个账号" in send(admin, "/rules/new", **none).text


def test_others_see_the_rules_and_cannot_change_them(busy: Desk) -> None:
    """No link to a form either."""
    with busy.storage.begin() as uow:
        uow.rules.add(make.rule(id=RuleId("rule_1")))
        uow.commit()
    browser = busy.signed_in("li", Role.WRITER)

    page = browser.get("/rules").text

    assert "全部政策" in page
    assert "/rules/rule_1" not in page
    assert browser.get("/rules/rule_1").status_code == 403
    assert send(browser, "/rules/rule_1", **RULE).status_code == 403


def test_every_kind_of_post_has_a_sample_in_a_frame(busy: Desk) -> None:
    """The frame's page forbids everything; a template that is not there is refused."""
    browser = busy.signed_in("li", Role.WRITER)

    page = browser.get("/accounts/acc_1/templates?kind=policy").text
    frame = browser.get("/accounts/acc_1/templates/policy/default")

    assert 'src="/accounts/acc_1/templates/policy/default"' in page
    assert "sandbox" in frame.headers["content-security-policy"]
    assert "云岭发布 default" in frame.text
    assert browser.get("/accounts/acc_1/templates/policy/plaid").status_code == 422
    assert browser.get("/accounts/acc_1/templates/comic/default").status_code == 404
