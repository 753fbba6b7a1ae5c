"""A version that says what it corrects reaches the accounts on which the wrong one is public."""

from dataclasses import replace

from bot.domain.ids import DeliveryId
from bot.domain.posts.post import Post, PostKind, PostState
from bot.domain.releases.release import Interpretation, InterpretationKind
from tests import factories as make
from tests.unit.usecases.posts.desk import Desk

RIGHT = make.document("每户补贴九千元。")
SAID = "“八千元”应为“九千元”"
QA = Interpretation("问答", InterpretationKind.QA, make.document("问：？答：。"))


def _out(desk: Desk) -> Post:
    (post,) = desk.arrives_and_is_planned()
    desk.advance(post.id)
    return post


def test_a_correction_is_made_for_review_where_the_document_is_public() -> None:
    """Also where the rule asks for no further approval; the public post stays as it is."""
    desk = Desk(make.rule())
    first = _out(desk)

    (correction,) = desk.arrives_and_is_planned(body=RIGHT, correction=SAID)

    assert (correction.release_version, correction.state) == (2, PostState.IN_REVIEW)
    assert correction.kind is first.kind
    assert desk.renderer.asked[-1][1].content.correction == SAID
    assert desk.post(first.id).state is PostState.SCHEDULED


def test_a_version_without_such_words_goes_nowhere_by_itself() -> None:
    """A person decides."""
    desk = Desk(make.rule())
    _out(desk)

    assert desk.arrives_and_is_planned(body=RIGHT) == []


def test_a_correction_that_was_read_is_not_told_again() -> None:
    """An interpretation that is added later follows as always."""
    desk = Desk(make.rule(kind=PostKind.BUNDLE))
    first = _out(desk)
    (correction,) = desk.arrives_and_is_planned(body=RIGHT, correction=SAID)
    desk.change_post(correction.id, state=PostState.SCHEDULED)
    delivered = replace(desk.delivery(first.id), id=DeliveryId("dlv_2"), post=correction.id)
    with desk.storage.begin() as uow:
        uow.deliveries.add(delivered)
        uow.commit()

    (explained,) = desk.arrives_and_is_planned(body=RIGHT, correction=SAID, interpretations=(QA,))

    assert explained.kind is PostKind.INTERPRETATION
