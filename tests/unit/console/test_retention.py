"""保存期限: the rules, what they would erase, and who may set them."""

from bot.domain.people import Role
from bot.regulations.retention_rules import proposed_retention
from bot.usecases.cases.set_case_rules import stored_rules
from tests.unit.console.desk import Desk, send

RULE = {"id": "其他来信", "keep_days": "730", "basis": "本单位制度第九条", "version": "0"}


def in_force(desk: Desk) -> list[str]:
    with desk.storage.begin() as uow:
        return [rule.id for rule in stored_rules(uow).retention]


def test_a_proposal_is_looked_at_before_it_is_in_force(busy: Desk) -> None:
    """The first form stores nothing and says what would go; the second does."""
    browser = busy.signed_in("sun", Role.SUPERVISOR)

    assert "还没有规定保存期限" in browser.get("/retention").text
    looked = send(browser, "/retention", what="adopt", version="0")
    assert (looked.status_code, in_force(busy)) == (200, [])
    assert "确认启用" in looked.text
    done = send(browser, "/retention", what="adopt", version="0", confirmed="1")

    assert done.status_code == 303
    assert in_force(busy) == [rule.id for rule in proposed_retention()]
    assert "起开始删除" in browser.get("/retention").text


def test_a_rule_is_put_before_the_others_changed_and_taken_away(busy: Desk) -> None:
    """Where it stands is kept; the version that was seen counts."""
    browser = busy.signed_in("sun", Role.SUPERVISOR)
    sure = {"what": "put", "confirmed": "1"}
    send(browser, "/retention", **RULE, **sure)
    longer = RULE | sure | {"id": "投诉", "version": "1", "class-complaint": "1"}
    send(browser, "/retention", **longer)
    assert in_force(busy) == ["投诉", "其他来信"]
    late = send(browser, "/retention", **(longer | {"id": "求助"}))
    assert late.status_code == 409

    named = RULE | sure | {"rule": "投诉", "id": "投诉", "version": "2", "class-complaint": "1"}
    send(browser, "/retention", **(named | {"keep_days": "3650"}))
    assert "10 年" in browser.get("/retention?rule=投诉").text
    send(browser, "/retention", what="remove", rule="投诉", version="3", confirmed="1")
    assert in_force(busy) == ["其他来信"]


def test_a_refusal_keeps_what_was_written(busy: Desk) -> None:
    """A rule without a basis, and somebody who may not set any."""
    browser = busy.signed_in("sun", Role.SUPERVISOR)
    refused = send(browser, "/retention", **(RULE | {"what": "put", "basis": ""}))
    denied = send(busy.signed_in("li", Role.DESK), "/retention", **RULE, what="put")

    assert refused.status_code == 422
    assert "请写明依据" in refused.text
    assert 'value="730"' in refused.text
    assert (denied.status_code, in_force(busy)) == (403, [])
