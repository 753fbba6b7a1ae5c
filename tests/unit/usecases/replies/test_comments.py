"""Staff look after comments: selected, deleted, opened, and what the platform shows is noted."""

import pytest

from bot.domain.errors import IllegalMove, InvalidInput, NotAllowed, PlatformUnavailable, TargetGone
from bot.domain.ids import PostId
from bot.domain.permissions import Actor
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.replies.answer import AnswerState
from bot.domain.replies.comment import CommentSeen, CommentStanding
from bot.domain.replies.reply import ReplyKind
from bot.ports.commenting import COMMENT_GONE, CommentPlace
from bot.usecases.replies.moderate_comment import CommentDeed, moderate_comment
from bot.usecases.replies.note_comments import note_comments
from bot.usecases.replies.open_comments import close_comments, open_comments
from tests import factories as make
from tests.unit.usecases.replies.office import ACCOUNT, COMMENT, DESK, WORDS, ReplyOffice

PLACE = CommentPlace("2247480001:0", "7")


@pytest.mark.parametrize("deed", list(CommentDeed))
def test_each_deed_is_asked_of_the_platform_and_noted(deed: CommentDeed) -> None:
    """The audit has the wish before the call and the deed after it."""
    office = ReplyOffice()
    reply = office.says(**COMMENT)

    standing = moderate_comment(reply, deed, actor=DESK, tools=office.letters)

    assert office.comments.asked == [(deed.value, PLACE)]
    assert office.standing(reply) == standing
    assert standing.is_selected is (deed is CommentDeed.SELECT)
    assert (standing.gone_at is not None) is (deed is CommentDeed.DELETE)
    assert office.actions() == [f"comment.{deed.value}_asked", f"comment.{deed.value}"]


def test_an_answer_that_is_taken_away_can_be_given_anew() -> None:
    """The platform has room for one again."""
    office = ReplyOffice()
    reply = office.says(**COMMENT)
    first = office.sends(office.answers(reply))

    moderate_comment(reply, CommentDeed.DELETE_ANSWER, actor=DESK, tools=office.letters)

    assert office.answer(first.id).state is AnswerState.REMOVED
    assert office.sends(office.answers(reply)).state is AnswerState.SENT


def test_a_comment_that_is_gone_is_noted_although_the_deed_is_refused() -> None:
    """Its writer was faster."""
    office = ReplyOffice()
    reply = office.says(**COMMENT)
    office.comments.refusal = TargetGone("gone", "88004", evidence={COMMENT_GONE: "88004"})

    with pytest.raises(TargetGone):
        moderate_comment(reply, CommentDeed.SELECT, actor=DESK, tools=office.letters)

    standing = office.standing(reply)
    assert standing is not None
    assert standing.gone_at is not None


def test_what_the_platform_refuses_is_not_noted() -> None:
    """The comment stands as before."""
    office = ReplyOffice()
    reply = office.says(**COMMENT)
    office.comments.refusal = PlatformUnavailable("busy")

    with pytest.raises(PlatformUnavailable):
        moderate_comment(reply, CommentDeed.SELECT, actor=DESK, tools=office.letters)

    assert office.standing(reply) is None


def test_only_comments_and_only_by_the_desk() -> None:
    """A message cannot be selected; a stranger may not."""
    office = ReplyOffice()
    message, comment = office.says(1), office.says(2, **COMMENT)

    with pytest.raises(InvalidInput, match="不是文章留言"):
        moderate_comment(message, CommentDeed.SELECT, actor=DESK, tools=office.letters)
    with pytest.raises(NotAllowed):
        moderate_comment(comment, CommentDeed.SELECT, actor=Actor("谁"), tools=office.letters)
    assert office.comments.asked == []


def noted(office: ReplyOffice, *seen: CommentSeen, gone: tuple[str, ...] = ()) -> None:
    with office.storage.begin() as uow:
        note_comments(uow, ACCOUNT, seen=seen, gone=gone, looked_at=office.clock.now())
        uow.commit()


def test_what_the_platform_shows_is_noted_and_what_vanished_is_marked() -> None:
    """Rows are marked gone, never deleted; who is seen again is not gone."""
    office = ReplyOffice()
    reply, other = office.says(1, **COMMENT), office.says(2, **COMMENT)
    noted(office, CommentSeen("k1", True, "作者在后台回复"), gone=("k2", "unknown"))

    assert office.standing(reply) == CommentStanding(reply, True, "作者在后台回复")
    assert office.standing(other) == CommentStanding(other, gone_at=office.clock.now())
    assert office.reply(other).incoming.text

    noted(office, CommentSeen("k2"))
    assert office.standing(other) == CommentStanding(other)


def test_an_answer_taken_away_in_the_console_is_noticed() -> None:
    """But not by a look that began before the answer can have been shown."""
    office = ReplyOffice()
    reply = office.says(**COMMENT)
    answer = office.sends(office.answers(reply))

    noted(office, CommentSeen("k1"))
    young = office.answer(answer.id).state
    still = office.standing(reply)
    office.clock.pass_seconds(61)
    noted(office, CommentSeen("k1"))

    assert young is AnswerState.SENT
    assert still is not None
    assert still.author_reply == WORDS
    assert office.answer(answer.id).state is AnswerState.REMOVED
    assert office.standing(reply) == CommentStanding(reply)


def test_a_changed_author_reply_is_noticed() -> None:
    """Our answer was sent; what stands there now is what the standing says."""
    office = ReplyOffice()
    reply = office.says(**COMMENT)
    answer = office.sends(office.answers(reply))

    noted(office, CommentSeen("k1", author_reply="改过的回复"))

    standing = office.standing(reply)
    assert standing is not None
    assert standing.author_reply == "改过的回复"
    assert office.answer(answer.id).state is AnswerState.SENT


def published(state: DeliveryState = DeliveryState.DELIVERED) -> tuple[ReplyOffice, PostId]:
    office = ReplyOffice()
    with office.storage.begin() as uow:
        uow.rules.add(make.rule())
        uow.commit()
    (post,) = office.arrives_and_is_planned()
    office.change_delivery(post.id, state=state, next_at=None)
    return office, post.id


def test_comments_of_a_public_post_are_opened_and_closed() -> None:
    """All articles, or one; the audit says which."""
    office, post = published()

    open_comments(post, actor=DESK, tools=office.letters)
    close_comments(post, actor=DESK, tools=office.letters, article=1)

    assert office.comments.asked == [("open", 0), ("close", 1)]
    assert office.actions()[-2:] == ["post.comments_opened", "post.comments_closed"]
    with pytest.raises(InvalidInput, match="只有 1 篇"):
        open_comments(post, actor=DESK, tools=office.letters, article=2)


def test_comments_of_a_post_that_is_not_public_stay_as_they_are() -> None:
    """There is nothing to open."""
    office, post = published(DeliveryState.WAITING)

    with pytest.raises(IllegalMove):
        open_comments(post, actor=DESK, tools=office.letters)
    assert office.comments.asked == []


def test_a_message_kind_is_no_comment() -> None:
    """Mentions and comments are; messages, events and private messages are not."""
    office = ReplyOffice()
    reply = office.says(kind=ReplyKind.EVENT)

    with pytest.raises(InvalidInput):
        moderate_comment(reply, CommentDeed.DELETE, actor=DESK, tools=office.letters)
