"""Advancing a delivery: what goes out, what waits, what is held, and what is never repeated."""

from bot.domain.errors import (
    ContentRejected,
    Explanation,
    NotSent,
    RateLimited,
)
from bot.domain.ids import UserId
from bot.domain.people import Role, User
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.releases.release import ReleaseState
from tests import factories as make
from tests.fakes.platform import PENDING
from tests.unit.usecases.publishing.office import LIVE, Office


def test_a_due_delivery_goes_the_whole_way_in_one_visit() -> None:
    """prepare → accept → confirm → see; the receipt has the address and its facts."""
    office = Office()
    office.platform.script("accept", LIVE)

    delivered = office.advance()

    assert office.platform.asked == ["prepare", "accept", "confirm", "see"]
    assert delivered.state is DeliveryState.DELIVERED
    assert delivered.receipt is not None
    assert delivered.receipt.urls == ("https://a.example/1",)
    assert delivered.receipt.seen_live is not None


def test_before_its_time_a_delivery_is_only_prepared() -> None:
    """Uploads and drafts may be made ahead; accepting waits for the due time."""
    office = Office()
    office.change_delivery(due_at=make.after(300))

    waiting = office.advance()

    assert office.platform.asked == ["prepare"]
    assert waiting.state is DeliveryState.WAITING
    assert waiting.next_at == make.after(300)
    assert waiting.prepared_at is not None


def test_the_first_acceptance_makes_the_release_released() -> None:
    """The release knows when it first was public."""
    office = Office()

    office.advance()

    with office.storage.begin() as uow:
        release = uow.releases.get(make.release().id)
    assert release.state is ReleaseState.RELEASED
    assert release.released_at is not None


def test_a_refusal_is_held_in_words_staff_can_act_on() -> None:
    """A refused post keeps its cause and next step; nothing is retried."""
    office = Office()
    why = Explanation("标题超过 32 个字", "请缩短标题后重新提交", "编辑")
    office.platform.script("accept", ContentRejected("title", code="45003", explanation=why))

    held = office.advance()
    office.advance(after=3600)

    assert held.state is DeliveryState.HELD
    assert "标题超过 32 个字" in held.hold_reason
    assert office.platform.count("accept") == 1


def test_what_was_never_sent_is_tried_again_later() -> None:
    """No connection was made: a pause, then again."""
    office = Office()
    office.platform.script("accept", NotSent("refused"), LIVE)

    waiting = office.advance()
    delivered = office.advance(after=30)

    assert waiting.state is DeliveryState.WAITING
    assert waiting.next_at is not None
    assert waiting.next_at > make.NOW
    assert delivered.state is DeliveryState.DELIVERED


def test_a_used_up_quota_waits_for_its_reset() -> None:
    """The error says until when; nobody asks before."""
    office = Office()
    office.platform.script("accept", RateLimited("quota", until=make.after(1800)), LIVE)
    office.change_post(grace_seconds=7200)

    waiting = office.advance()

    assert waiting.next_at == make.after(1800)


def test_a_pending_platform_is_asked_again_after_its_pause() -> None:
    """Accepted, not yet published: the delivery awaits the platform."""
    office = Office()
    office.platform.script("confirm", PENDING, LIVE)

    waiting = office.advance()
    delivered = office.advance(after=10)

    assert waiting.state is DeliveryState.AWAITING_PLATFORM
    assert delivered.state is DeliveryState.DELIVERED


def test_after_acceptance_no_later_error_runs_the_accepting_step_again() -> None:
    """Trouble with reading back is trouble with reading back."""
    office = Office()
    office.platform.script("see", NotSent("down"))

    office.advance()
    for _ in range(12):
        last = office.advance(after=900)

    assert office.platform.count("accept") == 1
    assert last.accepted_at is not None


def test_the_names_of_those_behind_a_post_go_out_with_it() -> None:
    """Every step has the same words, and what was approved is not touched."""
    office = Office()
    draft = make.draft("<p>正文</p><p>审核：{审核}</p>")
    wang = User(UserId("usr_1"), "wang", "王立新", frozenset({Role.REVIEWER}), "")
    with office.storage.begin() as uow:
        uow.people.add_user(wang)
        uow.commit()
    office.change_post(draft=draft, approved_hash=draft.content.hash, approved_by="wang")
    office.change_delivery(content_hash=draft.content.hash)

    delivered = office.advance()

    sent = {order.content.articles[0].html for order in office.platform.orders}
    assert delivered.state is DeliveryState.DELIVERED
    assert sent == {"<p>正文</p><p>审核：王立新</p>"}
