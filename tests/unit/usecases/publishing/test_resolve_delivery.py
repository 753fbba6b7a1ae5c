"""A person's word about a held delivery: it is there, or try again; nobody else repeats it."""

import pytest

from bot.domain.errors import IllegalMove, InvalidInput, NotAllowed, OutcomeUnknown
from bot.domain.ids import PostId
from bot.domain.posts.post import PostState
from bot.domain.posts.rollout import RolloutState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Act, Outcome
from bot.domain.releases.release import ReleaseState
from bot.usecases.publishing.resolve_delivery import adopt_delivery, retry_delivery
from tests import factories as make
from tests.unit.usecases.posts.desk import AUDITOR, EDITOR
from tests.unit.usecases.publishing.office import Office

POST = PostId("pst_1")
URL = "https://public.example/s/1"


def held_in_doubt() -> Office:
    """The accepting call was never answered, and looking for it found nothing."""
    office = Office()
    office.platform.script("accept", OutcomeUnknown("timed out"))
    for _ in range(9):
        office.advance(after=600 if office.platform.asked else 0)
    assert office.delivery().state is DeliveryState.HELD
    return office


def test_adopting_closes_the_delivery_and_nothing_goes_out() -> None:
    """“已人工发布”: the address is the receipt, the release is out, the rollout is complete."""
    office = held_in_doubt()

    adopt_delivery(POST, URL, actor=EDITOR, tools=office.tools)
    later = office.advance(after=3600)

    assert later.state is DeliveryState.DELIVERED
    assert later.receipt is not None
    assert later.receipt.urls == (URL,)
    assert office.platform.count("accept") == 1
    with office.storage.begin() as uow:
        assert uow.posts.rollout(make.rollout().id).state is RolloutState.OUT
        assert uow.releases.get(make.release().id).state is ReleaseState.RELEASED
        assert [r.action for r in uow.audit.records()] == ["delivery.adopted"]


def test_a_post_published_by_hand_before_its_time_is_adopted_too() -> None:
    """Nothing goes out at the due time."""
    office = Office()
    office.change_delivery(due_at=make.after(300), next_at=make.after(300))

    adopt_delivery(POST, URL, actor=EDITOR, tools=office.tools)
    office.advance(after=301)

    assert not office.platform.asked


def test_only_a_persons_word_sends_a_doubtful_post_again() -> None:
    """The journal keeps who said so between the two calls."""
    office = held_in_doubt()
    for _ in range(5):
        office.advance(after=3600)
    before = office.platform.count("accept")

    retry_delivery(POST, actor=EDITOR, tools=office.tools)
    office.platform.script("accept")
    delivered = office.advance(after=1)

    said = [(e.act, e.outcome) for e in delivered.journal.of("accept") if e.act is not Act.LOOK]
    assert before == 1
    assert office.platform.count("accept") == 2
    assert delivered.state is DeliveryState.DELIVERED
    assert said == [
        (Act.CALL, Outcome.UNKNOWN),
        (Act.PERSON, Outcome.RETRY),
        (Act.CALL, Outcome.DONE),
    ]


def test_a_retry_brings_back_a_post_that_was_held_with_it() -> None:
    """The person who retries means the post as approved."""
    office = held_in_doubt()
    office.change_post(state=PostState.HELD, held_from=PostState.SCHEDULED)
    office.platform.script("accept")

    retry_delivery(POST, actor=EDITOR, tools=office.tools)

    assert office.advance(after=1).state is DeliveryState.DELIVERED


def test_what_is_delivered_can_be_neither_retried_nor_adopted() -> None:
    """It is out."""
    office = Office()
    office.advance()

    with pytest.raises(IllegalMove):
        retry_delivery(POST, actor=EDITOR, tools=office.tools)
    with pytest.raises(IllegalMove):
        adopt_delivery(POST, URL, actor=EDITOR, tools=office.tools)

    assert office.platform.count("accept") == 1


def test_a_waiting_delivery_needs_no_retry() -> None:
    """It goes out by itself; a retry would only hide that."""
    office = Office()

    with pytest.raises(IllegalMove):
        retry_delivery(POST, actor=EDITOR, tools=office.tools)


@pytest.mark.parametrize("url", ["", "mp.weixin.qq.com/s/1", "javascript:alert(1)"])
def test_an_adoption_needs_an_address(url: str) -> None:
    """The public link, which later pages show."""
    with pytest.raises(InvalidInput):
        adopt_delivery(POST, url, actor=EDITOR, tools=held_in_doubt().tools)


def test_who_only_reads_decides_nothing() -> None:
    """By role."""
    office = held_in_doubt()

    with pytest.raises(NotAllowed):
        retry_delivery(POST, actor=AUDITOR, tools=office.tools)
    with pytest.raises(NotAllowed):
        adopt_delivery(POST, URL, actor=AUDITOR, tools=office.tools)
