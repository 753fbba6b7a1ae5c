"""Each person hears of what concerns them, once, and nothing of their own deeds."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.accounts.account import QuietHours
from bot.domain.errors import InvalidInput
from bot.domain.ids import PostId, UserId
from bot.domain.notices.channel import ChannelKind, NoticeChannel
from bot.domain.notices.condition import Condition, ConditionKind
from bot.domain.notices.personal import PersonalKind, PersonalNotice, Wishes
from bot.domain.people import Role, User
from bot.domain.permissions import Actor
from bot.domain.posts.post import PostState
from bot.ports.storage import Storage
from bot.system import SortableIds
from bot.usecases.cases.assign_case import assign_case
from bot.usecases.cases.chase_case import remind
from bot.usecases.notices.look_out import look_out
from bot.usecases.notices.own_notices import set_wishes
from bot.usecases.notices.tell_people import tell_people
from bot.usecases.notices.tools import NoticeTools, Sighting
from bot.usecases.people.change_user import set_enabled
from bot.usecases.posts.review_post import approve_post, comment_on_post, return_post, submit_post
from tests import factories as make
from tests.fakes.vault import OpenVault
from tests.unit.usecases.cases.hall import CONTACT, HOUSING, SUPERVISOR, TAX_CONTACT, Hall
from tests.unit.usecases.posts.desk import Desk
from tests.unit.usecases.replies.office import DESK

LI = Actor("li", frozenset({Role.WRITER}))
WANG = Actor("wang", frozenset({Role.REVIEWER}))
SUN = Actor("sun", frozenset({Role.REVIEWER}))
BOSS = Actor("boss", frozenset({Role.ACCOUNT_ADMIN}))
GROUP = NoticeChannel("nch_1", "值班群", ChannelKind.WECOM, frozenset({Role.EDITOR}))
POST = PostId("pst_1")


def tools_of(storage: Storage, *found: Condition) -> NoticeTools:
    """Whatever is needed to tell people; `found` is the matter."""
    lookouts = [lambda: Sighting(found)]
    return NoticeTools(storage, OpenVault(), SortableIds(), {}, lookouts, "https://tongbu.example")


def told(storage: Storage, actor: Actor) -> list[PersonalNotice]:
    """What a person has been told, in order."""
    with storage.begin() as uow:
        return list(reversed(uow.personal.of(actor.name)))


def kinds(storage: Storage, actor: Actor) -> list[PersonalKind]:
    """Of which kinds it was."""
    return [one.kind for one in told(storage, actor)]


@pytest.fixture
def desk() -> Desk:
    """A draft of Li's; Wang and Sun review, and everybody has been told of everything."""
    made = Desk()
    with made.storage.begin() as uow:
        for actor in (LI, WANG, SUN, BOSS):
            uow.people.add_user(
                User(UserId(f"usr_{actor.name}"), actor.name, f"{actor.name}同志", actor.roles, "")
            )
        uow.notices.add_channel(GROUP, "sealed")
        uow.posts.add_rollout(make.rollout())
        uow.posts.add(make.post(state=PostState.DRAFT, approved_hash="", approved_by=None))
        uow.commit()
    tell_people(tools_of(made.storage))
    return made


def test_reviewers_hear_what_waits_and_the_writer_what_came_of_it(desk: Desk) -> None:
    """Each once, however often it is looked; nobody of what they did themselves."""
    storage = desk.storage
    submit_post(POST, actor=LI, storage=storage)
    tell_people(tools_of(storage))
    comment_on_post(POST, "第二段太长", actor=WANG, storage=storage)
    return_post(POST, reason="标题有误", actor=WANG, tools=desk.tools)
    tell_people(tools_of(storage))
    tell_people(tools_of(storage))

    assert kinds(storage, LI) == [PersonalKind.POST_COMMENTED, PersonalKind.POST_RETURNED]
    assert told(storage, LI)[1].text == "云岭发布《关于优化办事时间的通知》，wang同志退回：标题有误"
    assert kinds(storage, WANG) == [PersonalKind.REVIEW_WAITS]
    assert kinds(storage, SUN) == [PersonalKind.REVIEW_WAITS]
    assert told(storage, BOSS) == []


def test_the_writer_hears_of_an_approval_and_of_a_failure(desk: Desk) -> None:
    """A failure begins once, however long it lasts."""
    storage = desk.storage
    post = submit_post(POST, actor=LI, storage=storage)
    approve_post(POST, content_hash=post.content_hash, actor=WANG, storage=storage)
    tell_people(tools_of(storage))
    held = Condition(ConditionKind.POST_HELD, POST, "云岭发布《通知》：平台拒绝")
    gone = replace(held, subject="pst_of_nobody")
    look_out(tools_of(storage, held, gone))
    look_out(tools_of(storage, held, gone))

    assert kinds(storage, LI) == [PersonalKind.POST_APPROVED, PersonalKind.POST_FAILED]
    assert told(storage, LI)[1].page == f"/posts/{POST}"


def test_who_has_left_hears_nothing(desk: Desk) -> None:
    """Their access has ended."""
    set_enabled("sun", False, actor=BOSS, storage=desk.storage)
    submit_post(POST, actor=LI, storage=desk.storage)
    tell_people(tools_of(desk.storage))

    assert told(desk.storage, SUN) == []
    assert kinds(desk.storage, WANG) == [PersonalKind.REVIEW_WAITS]


def test_what_somebody_wishes_goes_out_once_and_waits_for_the_morning(desk: Desk) -> None:
    """To their own address in the group; other kinds stay in the console."""
    wishes = Wishes(
        "wang",
        frozenset({PersonalKind.REVIEW_WAITS}),
        GROUP.id,
        "WangJianguo",
        QuietHours(time(0), time(23, 59)),
    )
    set_wishes(wishes, actor=WANG, storage=desk.storage)
    submit_post(POST, actor=LI, storage=desk.storage)
    tell_people(tools_of(desk.storage))
    tell_people(tools_of(desk.storage))

    with desk.storage.begin() as uow:
        (waiting,) = uow.notices.recent(channel=GROUP.id)
    assert waiting.to == ("WangJianguo",)
    assert waiting.title == "有稿件等您审核"
    assert waiting.page == "https://tongbu.example/review/pst_1"
    assert waiting.next_at is not None
    assert waiting.next_at > desk.clock.now() + timedelta(minutes=1)


@pytest.mark.parametrize("address", ["", "@all", "ALL", "所有人", "两 个", "x" * 65])
def test_a_wish_names_one_person_of_a_group(desk: Desk, address: str) -> None:
    """Nobody calls the whole group."""
    wishes = Wishes("wang", frozenset({PersonalKind.CASE_NEAR}), GROUP.id, address)

    with pytest.raises(InvalidInput) as refused:
        set_wishes(wishes, actor=WANG, storage=desk.storage)
    assert [one.field for one in refused.value.problems] == ["address"]


def test_a_case_tells_the_department_that_has_it() -> None:
    """Given, and reminded of; no other department, nothing of what was asked."""
    hall = Hall()
    case = hall.opens()
    tell_people(tools_of(hall.storage))
    assign_case(case.id, HOUSING, actor=DESK, tools=hall.cases)
    tell_people(tools_of(hall.storage))
    remind(case.id, note="请尽快答复", actor=SUPERVISOR, tools=hall.cases)
    tell_people(tools_of(hall.storage))

    assert kinds(hall.storage, CONTACT) == [PersonalKind.CASE_GIVEN, PersonalKind.CASE_REMINDED]
    assert told(hall.storage, TAX_CONTACT) == []
    for one in told(hall.storage, CONTACT):
        assert one.text.startswith(f"{case.number}（咨询）：期限 ")
        assert one.page == f"/cases/{case.id}"
