"""Every family of refusals through the adapter and our use case, and what a person can still do."""

import pytest

from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.accounts.budgets import next_budget_day
from bot.domain.errors import PlatformError
from bot.domain.ids import PostId
from bot.domain.permissions import SYSTEM
from bot.domain.publishing.delivery import DeliveryState
from bot.platforms.wechat.aftercare import WechatAftercare
from bot.platforms.wechat.errors import Reaction, Section, table
from bot.ports.aftercare import PreviewReader
from bot.sandbox.faults import FaultKind
from bot.usecases.publishing.take_down import take_down
from bot.usecases.publishing.tools import AftercareTools
from tests.integration.platforms.wechat_stage import FAN, NAME, Stage
from tests.integration.platforms.wechat_ways import on_its_way

SUBMIT, SEND = "/cgi-bin/freepublish/submit", "/cgi-bin/message/mass/sendall"
ADD, TOKEN = "/cgi-bin/draft/add", "/cgi-bin/stable_token"

HELD = [
    pytest.param(Mode.PUBLISH, ADD, 45166, "正文", id="content"),
    pytest.param(Mode.PUBLISH, SUBMIT, 53503, "检查", id="publish check"),
    pytest.param(Mode.PUBLISH, SUBMIT, 48001, "权限", id="permission"),
    pytest.param(Mode.PUBLISH, SUBMIT, 53504, "后台", id="by hand only"),
    pytest.param(Mode.PUBLISH, TOKEN, 40125, "AppSecret", id="credential"),
    pytest.param(Mode.PUBLISH, TOKEN, 40013, "AppID", id="another app"),
    pytest.param(Mode.PUBLISH, TOKEN, 40243, "AppSecret", id="secret frozen"),
    pytest.param(Mode.PUBLISH, TOKEN, 89503, "确认", id="address to be confirmed"),
    pytest.param(Mode.PUBLISH, TOKEN, 89506, "拒绝", id="address refused"),
    pytest.param(Mode.PUBLISH, ADD, 50007, "冻结", id="account frozen"),
    pytest.param(Mode.MASS, SEND, 45028, "群发", id="mass quota"),
    pytest.param(Mode.MASS, SEND, 48003, "协议", id="mass protocol"),
    pytest.param(Mode.DRAFT, ADD, 45003, "标题", id="title"),
    pytest.param(Mode.PUBLISH, ADD, 99999, "没有收录", id="unknown"),
]


@pytest.mark.parametrize(("mode", "path", "code", "says"), HELD)
def test_a_refusal_for_people_is_held_once_with_its_cause(
    stage: Stage, mode: Mode, path: str, code: int, says: str
) -> None:
    """Nothing is public, the refused call was made once, and the reason is plain Chinese."""
    way = on_its_way(stage, mode)
    stage.fault(FaultKind.ERROR, path, count=0, code=code)

    delivery = way.go(6)

    assert delivery.state is DeliveryState.HELD
    assert says in delivery.hold_reason
    assert stage.books["published"] == []
    assert len(stage.wechat.calls(path)) == 1


PASSING = [
    pytest.param(Mode.PUBLISH, ADD, -1, id="busy"),
    pytest.param(Mode.PUBLISH, ADD, 45011, id="too fast"),
    pytest.param(Mode.PUBLISH, SUBMIT, 45011, id="submit too fast"),
    pytest.param(Mode.MASS, SEND, 45066, id="key too soon"),
    pytest.param(Mode.PUBLISH, ADD, 42001, id="token expired"),
    pytest.param(Mode.PUBLISH, SUBMIT, 40001, id="token superseded"),
    pytest.param(Mode.PUBLISH, ADD, 40007, id="cover gone"),
]


@pytest.mark.parametrize(("mode", "path", "code"), PASSING)
def test_a_passing_refusal_is_got_over_alone(
    stage: Stage, mode: Mode, path: str, code: int
) -> None:
    """Once refused, then published once, without a person."""
    way = on_its_way(stage, mode)
    stage.fault(FaultKind.ERROR, path, code=code)

    delivery = way.go()

    assert delivery.state is DeliveryState.DELIVERED, delivery.hold_reason
    assert len(stage.books["published"]) == 1


def test_a_spent_daily_quota_waits_for_midnight(stage: Stage) -> None:
    """45009 delays to 00:00 in Beijing and loses nothing."""
    way = on_its_way(stage, Mode.PUBLISH)
    stage.fault(FaultKind.ERROR, ADD, code=45009)

    waiting = way.go(3)

    assert waiting.state is DeliveryState.WAITING
    assert waiting.next_at == next_budget_day(stage.clock.now())
    assert len(stage.wechat.calls(ADD)) == 1


def test_a_draft_that_is_gone_at_submitting_is_looked_for(stage: Stage) -> None:
    """It may be out already: never sent again, a person decides."""
    way = on_its_way(stage, Mode.PUBLISH)
    stage.fault(FaultKind.ERROR, SUBMIT, code=40007)

    delivery = way.go()

    assert delivery.state is DeliveryState.HELD
    assert len(stage.wechat.calls(SUBMIT)) == 1


@pytest.mark.parametrize("stage", [{"allowed_ips": ["203.0.113.9"]}], indirect=True)
def test_a_server_that_is_not_listed_is_named(stage: Stage) -> None:
    """The held post and the check both say which IP to enter."""
    way = on_its_way(stage, Mode.PUBLISH)

    delivery = way.go(2)
    (finding,) = stage.adapter.check(way.walk.access)

    assert "127.0.0.1" in delivery.hold_reason
    assert not finding.ok
    assert "127.0.0.1" in finding.what


@pytest.mark.parametrize(
    ("mode", "results"),
    [(Mode.PUBLISH, {"publish": [4]}), (Mode.MASS, {"mass": ["err(20006)"]})],
    ids=["audit", "mass send"],
)
def test_a_job_that_fails_after_acceptance_is_held(
    stage: Stage, mode: Mode, results: dict[str, list[object]]
) -> None:
    """Accepted is not published; the platform's verdict is explained."""
    stage.wechat.act("script_results", account=NAME, **results)
    way = on_its_way(stage, mode)

    delivery = way.go()

    assert delivery.state is DeliveryState.HELD
    assert delivery.accepted_at is not None
    assert stage.books["published"] == []


PROTECTED = pytest.mark.parametrize("stage", [{"mass_protection": True}], indirect=True)


@PROTECTED
@pytest.mark.parametrize("confirmed", [True, False])
def test_a_protected_mass_send_waits_for_its_administrator(stage: Stage, confirmed: bool) -> None:
    """The platform says yes at once; what the administrator says decides."""
    way = on_its_way(stage, Mode.MASS)
    waiting = way.go(3)
    (job,) = stage.books["mass_sends"]
    stage.wechat.act("admin_decides", account=NAME, msg_id=job["msg_id"], confirmed=confirmed)

    delivery = way.go(6)

    assert waiting.state is DeliveryState.AWAITING_PLATFORM
    assert delivery.state is (DeliveryState.DELIVERED if confirmed else DeliveryState.HELD)
    assert len(stage.books["published"]) == int(confirmed)


@PROTECTED
def test_a_mass_send_while_another_waits_for_confirmation_is_looked_for(stage: Stage) -> None:
    """89504 does not say whose send waits: never sent again by itself, a person is asked."""
    way = on_its_way(stage, Mode.MASS)
    stage.fault(FaultKind.ERROR, SEND, code=89504, count=0)

    delivery = way.go()

    assert delivery.state is DeliveryState.HELD
    assert "管理员确认" in delivery.hold_reason
    assert stage.books["published"] == []


def test_a_key_that_is_known_already_is_done(stage: Stage) -> None:
    """The answer to the first send was lost; its repetition names the job and sends nothing."""
    way = on_its_way(stage, Mode.MASS)
    stage.fault(FaultKind.RESET_AFTER, SEND)

    delivery = way.go()

    assert delivery.state is DeliveryState.DELIVERED, delivery.hold_reason
    assert [one["outcome"] for one in stage.wechat.calls(SEND)] == ["ok", "error 45065"]
    assert len(stage.books["mass_sends"]) == 1


def test_every_family_of_reactions_has_its_scenario() -> None:
    """Except `hour`, which only statistics answer."""
    alone = {"45009", "40007", "89504", "45065"}
    codes = alone | {str(param.values[2]) for param in [*HELD, *PASSING]}
    rows = table(Section.ERROR)

    assert {rows[code].reaction for code in codes if code in rows} == set(Reaction) - {
        Reaction.HOUR
    }


def test_no_refusal_of_the_scenarios_is_without_a_next_step(stage: Stage) -> None:
    """What a person reads names the cause, the next step, and whose it is."""
    walk = stage.walk(Mode.PUBLISH)
    stage.fault(FaultKind.ERROR, ADD, code=45166)
    walk.perform("upload_pictures")
    walk.perform("upload_cover")

    with pytest.raises(PlatformError) as refused:
        walk.perform("add_draft")

    said = refused.value.explanation
    assert said.cause
    assert said.next_step
    assert said.who
    assert refused.value.evidence["rid"]


@pytest.mark.parametrize("mode", [Mode.PUBLISH, Mode.MASS])
def test_what_is_out_is_taken_down_and_stays_down(stage: Stage, mode: Mode) -> None:
    """The reader's page is dead; asking again is no error; the wish is in the audit."""
    way = on_its_way(stage, mode)
    way.go()
    tools = AftercareTools(way.tools, {PlatformName.WECHAT: aftercare(stage)})

    first = take_down(PostId("pst_1"), reason="文件有误", actor=SYSTEM, tools=tools)
    again = take_down(PostId("pst_1"), reason="文件有误", actor=SYSTEM, tools=tools)

    with way.storage.begin() as uow:
        actions = [record.action for record in uow.audit.records()]
    assert first.state is again.state is DeliveryState.REMOVED
    assert stage.books["published"][0]["articles"][0]["is_deleted"]
    assert actions.count("delivery.take_down_asked") == 2
    assert actions.count("delivery.taken_down") == 2


def test_a_preview_reaches_its_testers_and_leaves_no_draft(stage: Stage) -> None:
    """By openid and by WeChat id; nothing is public, nothing stays in the draft box."""
    stage.wechat.act("change_account", account=NAME, changes={"wechat_ids": ["yl-editor"]})
    walk = stage.walk(Mode.PUBLISH)

    aftercare(stage).send_preview(
        walk.access, walk.content, [PreviewReader(openid=FAN), PreviewReader(wechat_id="yl-editor")]
    )

    assert stage.books["followers"][FAN]["conversation"][0]["via"] == "preview"
    assert stage.books["drafts"] == []
    assert stage.books["published"] == []


def test_an_unknown_tester_is_explained_and_the_draft_is_gone_too(stage: Stage) -> None:
    """40132 says what to check."""
    walk = stage.walk(Mode.PUBLISH)

    with pytest.raises(PlatformError) as refused:
        aftercare(stage).send_preview(
            walk.access, walk.content, [PreviewReader(wechat_id="nobody")]
        )

    assert "微信号" in refused.value.explanation.cause
    assert stage.books["drafts"] == []


def test_the_speed_of_mass_sends_is_read_and_set(stage: Stage) -> None:
    """Without the right it stays, with a reason."""
    walk = stage.walk(Mode.MASS)
    desk = aftercare(stage)
    desk.set_mass_speed(walk.access, 1)
    stage.wechat.act("change_account", account=NAME, changes={"mass_speed": False})

    with pytest.raises(PlatformError) as refused:
        desk.set_mass_speed(walk.access, 4)

    assert desk.mass_speed(walk.access) == 1
    assert "群发速度" in refused.value.explanation.cause


def aftercare(stage: Stage) -> WechatAftercare:
    adapter = stage.adapter
    return WechatAftercare(
        adapter.http,
        adapter.tokens,
        adapter.budgets,
        adapter.media,
        adapter.uploads,
        adapter.clock,
    )
