"""Words under comments: looked for, sent once, and no more where the comment is gone."""

import pytest

from bot.domain.errors import (
    Conflict,
    InvalidInput,
    OutcomeUnknown,
    PlatformUnavailable,
    TargetGone,
)
from bot.domain.replies.answer import AnswerState
from bot.domain.replies.comment import CommentStanding
from bot.ports.commenting import COMMENT_GONE
from bot.usecases.replies.show_window import show_window
from tests.unit.usecases.replies.office import COMMENT, DESK, WORDS, ReplyOffice

S = AnswerState


def test_a_word_under_a_comment_is_looked_for_and_tried_again_if_it_is_not_there() -> None:
    """The platform takes one, so that another try can never show twice."""
    office = ReplyOffice()
    office.correspondent.script = [OutcomeUnknown("no answer")]
    office.correspondent.shown = [False]
    reply = office.says(**COMMENT)
    written = office.answers(reply)

    unsure = office.sends(written)
    absent = office.sends(written, after=5)
    sent = office.sends(written)

    assert [one.state for one in (unsure, absent, sent)] == [S.UNKNOWN, S.WAITING, S.SENT]
    assert len(office.correspondent.sent) == 2
    standing = office.standing(reply)
    assert standing is not None
    assert standing.author_reply == WORDS


def test_a_word_that_is_found_is_sent() -> None:
    """And not said again."""
    office = ReplyOffice()
    office.correspondent.script = [OutcomeUnknown("no answer")]
    office.correspondent.shown = [PlatformUnavailable("busy"), True]
    written = office.answers(office.says(**COMMENT))
    office.sends(written)

    still = office.sends(written, after=5)
    found = office.sends(written, after=10)

    assert (still.state, found.state) == (S.UNKNOWN, S.SENT)
    assert len(office.correspondent.sent) == 1


def test_a_comment_has_one_answer() -> None:
    """One on its way, one there, one by the author in the platform's console, or no comment."""
    office = ReplyOffice()
    reply, other, gone = (office.says(n, **COMMENT) for n in (1, 2, 3))
    office.answers(reply)
    with office.storage.begin() as uow:
        uow.comments.save(
            [
                CommentStanding(other, author_reply="谢谢"),
                CommentStanding(gone, gone_at=office.clock.now()),
            ]
        )
        uow.commit()

    for answered, why in ((reply, "已有答复"), (other, "已有作者回复"), (gone, "已被删除")):
        with pytest.raises(Conflict, match=why):
            office.answers(answered)
    with pytest.raises(InvalidInput, match="没有时间限制"):
        show_window(reply, actor=DESK, tools=office.letters)


def test_a_comment_that_is_gone_is_noted_when_answering_it() -> None:
    """Without waiting for the next sweep."""
    office = ReplyOffice()
    office.correspondent.script = [TargetGone("gone", "88004", evidence={COMMENT_GONE: "88004"})]
    reply = office.says(**COMMENT)

    found = office.sends(office.answers(reply))

    assert found.state is S.REFUSED
    standing = office.standing(reply)
    assert standing is not None
    assert standing.gone_at == office.clock.now()
