"""An answer on its way: what may follow what, and nothing twice on a guess."""

from dataclasses import replace

import pytest

from bot.domain.errors import (
    AlreadyDone,
    ContentRejected,
    CredentialExpired,
    IllegalMove,
    Misconfigured,
    NotSent,
    OutcomeUnknown,
    PlatformError,
    PlatformUnavailable,
    RateLimited,
    TargetGone,
)
from bot.domain.publishing.journal import Failure
from bot.domain.replies import answer as rules
from bot.domain.replies.answer import Answer, AnswerState, Move, Way
from bot.domain.replies.reply import ReplyKind
from tests.factories import NOW, after
from tests.factories import answer as make

S = AnswerState


def sending(way: Way = Way.LETTER) -> Answer:
    return rules.begun(make(way=way), NOW)


def unknown(way: Way) -> Answer:
    return rules.after_call(sending(way), OutcomeUnknown("no answer"), now=after(3))


def test_messages_and_events_are_answered_by_letter_others_under_the_comment() -> None:
    """Every kind has its way back."""
    assert {kind: rules.way_to(kind) for kind in ReplyKind} == {
        ReplyKind.MESSAGE: Way.LETTER,
        ReplyKind.EVENT: Way.LETTER,
        ReplyKind.PRIVATE_MESSAGE: Way.LETTER,
        ReplyKind.COMMENT: Way.COMMENT,
        ReplyKind.MENTION: Way.COMMENT,
        ReplyKind.IMPORTED: Way.COMMENT,
    }


def test_a_call_is_begun_once_and_rests_until_it_is_lost() -> None:
    """While it is under way nobody calls again; who never comes back is noticed."""
    begun = sending()

    assert (begun.state, begun.attempts, begun.deadline_at) == (S.SENDING, 1, after(30))
    assert rules.next_move(begun, after(29)) is Move.REST
    assert not rules.is_lost(begun, after(34))
    assert rules.is_lost(begun, after(35))
    with pytest.raises(IllegalMove):
        rules.begun(begun, after(1))


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (None, S.SENT),
        (AlreadyDone("sent before"), S.SENT),
        (NotSent("no route"), S.WAITING),
        (PlatformUnavailable("busy"), S.WAITING),
        (RateLimited("slow down"), S.WAITING),
        (OutcomeUnknown("no answer"), S.UNKNOWN),
        (TargetGone("window over"), S.REFUSED),
        (ContentRejected("too long"), S.REFUSED),
        (CredentialExpired("token"), S.REFUSED),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_a_call_makes_of_it(error: PlatformError | None, state: AnswerState) -> None:
    """Only what certainly did not happen is tried again by itself."""
    found = rules.after_call(sending(), error, now=after(3), jitter=0.5)

    assert found.state is state
    assert (found.next_at is not None) is (state is S.WAITING)
    assert (found.failure is None) is (state is S.SENT)


def test_a_letter_without_an_answer_waits_for_a_person() -> None:
    """It cannot be looked for: what is known is said, and nothing happens by itself."""
    found = unknown(Way.LETTER)

    assert found.waits_for_person
    assert rules.next_move(found, after(9_999_999)) is Move.REST
    assert found.failure is not None
    assert "再发一次" in found.failure.next_step


def test_a_comment_without_an_answer_is_looked_for() -> None:
    """After a moment, until it is found, or there is nothing left to try."""
    found = unknown(Way.COMMENT)

    assert rules.next_move(found, after(3)) is Move.REST
    assert rules.next_move(found, after(8)) is Move.LOOK
    assert rules.after_look(found, True, now=after(8)).state is S.SENT
    absent = rules.after_look(found, False, now=after(8))
    assert rules.next_move(absent, after(8)) is Move.CALL
    gone = rules.after_look(found, TargetGone("deleted"), now=after(8))
    assert (gone.state, gone.next_at) == (S.REFUSED, None)


def test_looking_ends_with_a_person() -> None:
    """A search that fails again and again says nothing about the answer."""
    found, looks = unknown(Way.COMMENT), 0
    while not found.waits_for_person:
        found = rules.after_look(found, PlatformUnavailable("busy"), now=after(9))
        looks += 1

    assert looks == rules.MOST_LOOKS
    assert found.state is S.UNKNOWN


def test_a_search_that_is_refused_says_why_and_nothing_of_the_answer() -> None:
    """The secret was changed meanwhile: the words may stand there all the same."""
    found = unknown(Way.COMMENT)

    again = rules.after_look(found, Misconfigured("invalid appsecret", "40125"), now=after(8))

    assert (again.state, again.looks) == (S.UNKNOWN, 1)
    assert again.next_at is not None
    assert again.failure is not None
    assert again.failure.code == "40125"


def test_a_person_decides_what_is_unsure_or_refused() -> None:
    """Seen there, or another try with a count of its own."""
    held = unknown(Way.LETTER)

    assert rules.settled_as_sent(held, after(60)).state is S.SENT
    again = rules.sent_again(held, after(60))
    assert (again.state, again.next_at, again.attempts) == (S.WAITING, after(60), 0)
    refused = rules.refused(make(), Failure("Window"), now=NOW)
    assert rules.sent_again(refused, NOW).state is S.WAITING


@pytest.mark.parametrize("state", [S.WAITING, S.SENDING, S.SENT, S.REMOVED])
def test_nobody_sends_again_what_is_on_its_way_or_there(state: AnswerState) -> None:
    """The table of moves says so."""
    with pytest.raises(IllegalMove):
        rules.sent_again(replace(make(), state=state), NOW)


def test_only_what_was_sent_is_removed() -> None:
    """An answer under a comment can be taken away."""
    sent = rules.after_call(sending(Way.COMMENT), None, now=NOW)

    assert rules.removed(sent).state is S.REMOVED
    with pytest.raises(IllegalMove):
        rules.removed(make())
