"""导入方案 and 监测规则: tried on the past before they are in force."""

from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.usecases.cases.set_case_rules import stored_rules
from bot.usecases.replies.import_replies import stage_import, take_import
from tests import factories as make
from tests.unit.console.desk import Desk, send
from tests.unit.console.test_imports import CSV

OWN = {
    "profile": "hotline",
    "id": "hotline",
    "name": "12345 热线",
    "entry": "hotline",
    "text": "内容",
    "said_at": "来电时间",
    "number": "工单编号",
    "what": "put",
}


def imported(busy: Desk) -> None:
    clerk = Actor("li", frozenset({Role.DESK}))
    tools = busy.tools.imports
    looked = stage_import(CSV, "热线.csv", "hotline", actor=clerk, tools=tools)
    take_import(looked.record.id, actor=clerk, tools=tools)


def test_a_profile_is_tried_on_what_its_source_has_sent(busy: Desk) -> None:
    """The preview stores nothing; a column that no row has is named; the version counts."""
    imported(busy)
    sun = busy.signed_in("sun", Role.SUPERVISOR)

    tried = send(sun, "/import-profiles", **OWN, version="0")
    wrong = send(sun, "/import-profiles", **(OWN | {"said_at": "哪一天"}), version="0")
    done = send(sun, "/import-profiles", **OWN, version="0", confirmed="1")
    late = send(sun, "/import-profiles", **OWN, version="0", confirmed="1")

    assert "行可以导入" in tried.text
    assert (wrong.status_code, late.status_code) == (422, 409)
    assert "哪一天" in wrong.text
    assert done.status_code == 303
    with busy.storage.begin() as uow:
        profiles = {one.id: one for one in stored_rules(uow).profiles}
    assert profiles["hotline"].text == ("内容",)
    assert set(profiles) == {"hotline", "mailbox"}


def test_a_profile_is_added_and_taken_away(busy: Desk) -> None:
    """Without past data the page says so; who may not set rules is refused."""
    sun = busy.signed_in("sun", Role.SUPERVISOR)
    new = OWN | {"profile": "", "id": "street", "name": "街道来件"}

    tried = send(sun, "/import-profiles", **new, version="0")
    empty = send(sun, "/import-profiles", **(new | {"text": "", "name": ""}), version="0")
    send(sun, "/import-profiles", **new, version="0", confirmed="1")
    less = {"what": "remove", "profile": "hotline", "version": "1", "confirmed": "1"}
    send(sun, "/import-profiles", **less)
    denied = send(busy.signed_in("li", Role.DESK), "/import-profiles", **OWN, version="2")

    assert "没有可以试的数据" in tried.text
    assert "请填写名称" in empty.text
    assert denied.status_code == 403
    with busy.storage.begin() as uow:
        assert [one.id for one in stored_rules(uow).profiles] == ["mailbox", "street"]


def test_watch_rules_are_tried_on_the_newest_replies(busy: Desk) -> None:
    """What names us and which grave words alarm is told before; then they are in force."""
    with busy.storage.begin() as uow:
        said = make.incoming(key="g", text="云岭中学门口墙体坍塌了", sender="o_9")
        uow.replies.store([make.reply(id="rpy_g", incoming=said)])
        uow.commit()
    sun = busy.signed_in("sun", Role.SUPERVISOR)
    rules = {
        "names": "云岭中学",
        "grave_words": "坍塌、踩踏",
        "common_words": "你好",
        "version": "0",
    }

    tried = send(sun, "/topics/rules", **rules)
    wrong = send(sun, "/topics/rules", **(rules | {"names": "云", "hour_from": "1"}))
    done = send(sun, "/topics/rules", **rules, confirmed="1")

    assert "会预警" in tried.text
    assert (
        "踩踏"
        not in tried.text.partition("确认启用")[0]
        .partition("这样改的结果")[2]
        .partition("<form")[0]
    )
    assert wrong.status_code == 422
    assert "太短" in wrong.text
    assert done.status_code == 303
    with busy.storage.begin() as uow:
        watch = stored_rules(uow).watch
    assert watch is not None
    assert (watch.names, watch.grave_words) == (("云岭中学",), ("坍塌", "踩踏"))
    assert watch.hour_from == 5
