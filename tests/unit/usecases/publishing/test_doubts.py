"""结果未知: the platform is asked again on request, and a person's word decides."""

import pytest

from bot.domain.accounts.account import PlatformName
from bot.domain.errors import (
    Conflict,
    Explanation,
    IllegalMove,
    InvalidInput,
    NotAllowed,
    PlatformUnavailable,
)
from bot.domain.ids import PostId
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.doubt import DeskLook, is_doubtful, last_look
from bot.domain.publishing.journal import Outcome
from bot.ports.newsstand import ShownPost
from bot.ports.platform import LookResult
from bot.usecases.publishing.decide_doubt import confirm_by_hand, confirm_shown, publish_again
from bot.usecases.publishing.look_again import look_again
from bot.usecases.publishing.tools import DoubtTools
from tests import factories as make
from tests.fakes.newsstand import ScriptedNewsstand
from tests.unit.usecases.posts.desk import AUDITOR, EDITOR
from tests.unit.usecases.publishing.office import Office
from tests.unit.usecases.publishing.test_resolve_delivery import held_in_doubt

POST = PostId("pst_1")
OURS = "https://public.example/s/ours"
OTHER = ShownPost("别的通知", "https://public.example/s/2", make.NOW, {"platform_post_id": "2"})
FOUND = LookResult(Outcome.FOUND, {"urls": OURS, "platform_post_id": "1"})
DOWN = PlatformUnavailable("busy", explanation=Explanation("平台繁忙", "请稍后再查", "编辑"))


def looked(office: Office, newsstand: ScriptedNewsstand | None = None) -> DeskLook:
    tools = DoubtTools(office.tools, {PlatformName.WECHAT: newsstand or ScriptedNewsstand(OTHER)})
    return look_again(POST, actor=EDITOR, tools=tools)


def seq(office: Office) -> int:
    return office.delivery().journal.next_seq - 1


def test_a_look_is_written_down_and_changes_nothing() -> None:
    """Even when it finds the post: the person says so, not the search. Nothing is sent."""
    office = held_in_doubt()
    office.platform.script("look:accept", FOUND)

    look = looked(office)

    held = office.delivery()
    assert look.shown[0].url == OURS
    assert last_look(held.journal) == look
    assert [one.text for one in look.newest] == ["别的通知"]
    assert held.state is DeliveryState.HELD
    assert is_doubtful(held, office.platform.route(make.account()))
    assert office.platform.count("accept") == 1
    with office.storage.begin() as uow:
        assert uow.audit.records()[-1].action == "delivery.looked_for"


def test_what_cannot_be_read_is_said() -> None:
    """The page still shows what could be."""
    office, newsstand = held_in_doubt(), ScriptedNewsstand()
    office.platform.script("look:accept", DOWN)
    newsstand.error = DOWN

    look = looked(office, newsstand)

    assert look.outcome is Outcome.UNCLEAR
    assert "没有查成：平台繁忙" in look.failure
    assert "读不到账号最近的发布" in look.failure


def test_this_is_it_closes_with_the_platforms_ids() -> None:
    """So that comments and figures find the post; who said so and why is kept."""
    office = held_in_doubt()
    office.platform.script("look:accept", FOUND)
    looked(office)

    closed = confirm_shown(
        POST, OURS, reason="平台上看到了", seen=seq(office), actor=EDITOR, tools=office.tools
    )

    assert closed.state is DeliveryState.DELIVERED
    assert closed.receipt is not None
    assert closed.receipt.urls == (OURS,)
    assert closed.receipt.ids["platform_post_id"] == "1"
    assert office.platform.count("accept") == 1
    with office.storage.begin() as uow:
        last = uow.audit.records()[-1]
    assert (last.action, last.actor) == ("delivery.adopted", EDITOR.name)
    assert last.details == {"url": OURS, "reason": "平台上看到了"}


def test_one_of_the_newest_may_be_it() -> None:
    """A person recognises what a search did not."""
    office = held_in_doubt()
    looked(office)

    closed = confirm_shown(
        POST, OTHER.url, reason="标题改过", seen=seq(office), actor=EDITOR, tools=office.tools
    )

    assert closed.receipt is not None
    assert closed.receipt.ids["platform_post_id"] == "2"


def test_what_was_not_shown_cannot_be_it() -> None:
    """An address of their own is “已人工发布”."""
    office = held_in_doubt()
    looked(office)

    with pytest.raises(InvalidInput):
        confirm_shown(POST, OURS, reason="是", seen=seq(office), actor=EDITOR, tools=office.tools)
    closed = confirm_by_hand(
        POST, OURS, reason="手动发的", seen=seq(office), actor=EDITOR, tools=office.tools
    )

    assert closed.state is DeliveryState.DELIVERED


def test_it_is_not_out_sends_it_once_more() -> None:
    """By the next worker, under the rules of every post."""
    office = held_in_doubt()
    office.platform.script("accept")

    publish_again(
        POST,
        reason="平台上没有",
        seen=seq(office),
        late_is_fine=True,
        actor=EDITOR,
        tools=office.tools,
    )

    assert office.platform.count("accept") == 1
    assert office.advance().state is DeliveryState.DELIVERED
    assert office.platform.count("accept") == 2


def test_publishing_again_passes_no_emergency_stop() -> None:
    """The person's word is about the platform, not about our rules."""
    office = held_in_doubt()
    with office.storage.begin() as uow:
        uow.stops.stop_everything(by="wang")
        uow.commit()

    publish_again(
        POST, reason="没有", seen=seq(office), late_is_fine=True, actor=EDITOR, tools=office.tools
    )
    office.advance()

    assert office.platform.count("accept") == 1


def test_a_late_post_needs_another_word() -> None:
    """Five hours after its time a post may be wrong; nothing is decided by the way."""
    office = held_in_doubt()
    office.clock.pass_seconds(5 * 3600)

    with pytest.raises(InvalidInput, match="已超过定时"):
        publish_again(
            POST,
            reason="没有",
            seen=seq(office),
            late_is_fine=False,
            actor=EDITOR,
            tools=office.tools,
        )

    assert office.delivery().state is DeliveryState.HELD


def test_a_second_click_finds_the_page_stale() -> None:
    """The token of the form is where the journal stood."""
    office = held_in_doubt()
    stood = seq(office)
    looked(office)

    with pytest.raises(Conflict):
        confirm_by_hand(POST, OURS, reason="手动", seen=stood, actor=EDITOR, tools=office.tools)
    with pytest.raises(Conflict):
        publish_again(
            POST, reason="没有", seen=stood, late_is_fine=True, actor=EDITOR, tools=office.tools
        )


def test_every_word_has_a_reason_and_a_person_who_may() -> None:
    """Both are read later, when somebody asks why a post went out twice."""
    office = held_in_doubt()
    looked(office)

    with pytest.raises(InvalidInput):
        confirm_by_hand(POST, OURS, reason=" ", seen=seq(office), actor=EDITOR, tools=office.tools)
    with pytest.raises(InvalidInput):
        publish_again(
            POST,
            reason="",
            seen=seq(office),
            late_is_fine=True,
            actor=EDITOR,
            tools=office.tools,
        )
    with pytest.raises(NotAllowed):
        look_again(POST, actor=AUDITOR, tools=DoubtTools(office.tools, {}))
    with pytest.raises(NotAllowed):
        publish_again(
            POST,
            reason="没有",
            seen=seq(office),
            late_is_fine=True,
            actor=AUDITOR,
            tools=office.tools,
        )


def test_what_is_in_no_doubt_is_not_looked_for() -> None:
    """A look costs calls of the day's budget."""
    office, newsstand = Office(), ScriptedNewsstand()

    with pytest.raises(IllegalMove):
        looked(office, newsstand)

    assert newsstand.looks == 0
