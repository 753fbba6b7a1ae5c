"""Every step by another person, on exactly these words."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.errors import IllegalMove, InvalidInput, NotAllowed
from bot.domain.posts.draft import Draft, DraftContent
from bot.domain.posts.edits import UNEDITED, Edits, Field, FieldEdit
from bot.domain.posts.post import Post, PostState
from bot.domain.posts.review import THREE_STEPS, PostApproval, ReviewStep, Signature, stricter
from bot.domain.posts.signing import sign
from tests import factories as make

S = ReviewStep
OTHER = Draft(DraftContent(text="另一稿"))


def waiting(**changes: Any) -> Post:
    values = {"state": PostState.IN_REVIEW, "approved_hash": None, "approved_by": None}
    return make.post(**(values | {"steps": THREE_STEPS, "submitted_by": "li"} | changes))


def by(name: str, step: ReviewStep, post: Post, *, standing_for: str = "") -> Signature:
    return Signature(step, name, make.NOW, post.content_hash, on_behalf_of=standing_for)


def signed(post: Post, *people: str) -> Post:
    for name, step in zip(people, THREE_STEPS, strict=False):
        post = sign(post, by(name, step, post))
    return post


def test_three_people_make_an_approval_and_two_do_not() -> None:
    """初审 and 复审 leave it in review; 终审 approves it."""
    two, three = signed(waiting(), "zhao", "wang"), signed(waiting(), "zhao", "wang", "chen")

    assert (two.state, two.next_step) == (PostState.IN_REVIEW, S.FINAL)
    assert not two.is_approved_as_is
    assert (three.state, three.approved_by) == (PostState.APPROVED, "chen")
    assert three.is_approved_as_is


@pytest.mark.parametrize(
    ("name", "standing_for", "said"),
    [
        ("li", "", "提交人不能审核"),
        ("sun", "", "改过这一稿"),
        ("zhao", "", "已经做过初审"),
        ("wang", "li", "提交人不能审核"),
        ("wang", "zhao", "已经做过初审"),
        ("zhao", "chen", "已经做过初审"),
    ],
    ids=["submitter", "last hand", "signed before", "for the submitter", "for who signed", "twice"],
)
def test_nobody_is_two_people(name: str, standing_for: str, said: str) -> None:
    """Neither by writing and reading, nor by reading twice, nor through a deputy."""
    post = signed(waiting(hands=("sun",)), "zhao")

    with pytest.raises(NotAllowed, match=said):
        sign(post, by(name, S.SECOND, post, standing_for=standing_for))


def test_everybody_whose_words_are_in_it_is_kept_from_reading_it() -> None:
    """Not only the last one; once nothing of them is left, they may read it again."""
    title = Edits((FieldEdit(Field.TITLE, "办事时间优化", 0),))
    written = make.post(state=PostState.DRAFT).reworded(OTHER, title, by="li")
    both = written.reworded(OTHER, title, by="sun")
    undone = both.reworded(OTHER, UNEDITED, by="sun")

    assert {"li", "sun"} <= both.writers
    assert "li" not in undone.writers
    assert "sun" in undone.writers


def test_who_named_a_deputy_has_taken_that_step() -> None:
    """The step counts for both: neither takes another one."""
    post = signed(waiting(), "zhao")
    post = sign(post, by("wang", S.SECOND, post, standing_for="chen"))

    with pytest.raises(NotAllowed, match="chen 已经做过复审"):
        sign(post, by("chen", S.FINAL, post))


def test_a_step_is_for_the_words_that_were_shown() -> None:
    """Changed words, or a step that a colleague took meanwhile, are looked at again."""
    post = waiting()

    with pytest.raises(InvalidInput, match="有改动"):
        sign(post, replace(by("zhao", S.FIRST, post), content_hash="other"))
    with pytest.raises(InvalidInput, match="现在等待复审"):
        sign(signed(post, "zhao"), by("wang", S.FIRST, post))
    with pytest.raises(IllegalMove):
        sign(replace(post, state=PostState.DRAFT), by("zhao", S.FIRST, post))


@pytest.mark.parametrize(
    "forged",
    [
        {"signatures": ()},
        {"steps": THREE_STEPS, "signatures": "two"},
        {"submitted_by": "wang"},
        {"hands": ("zhao", "sun")},
        {"draft": OTHER},
    ],
    ids=["no step", "a step missing", "by its submitter", "by one of its hands", "other words"],
)
def test_an_approval_counts_only_with_every_step_of_it(forged: dict[str, Any]) -> None:
    """Whatever the row says of an approval: this is what an accepting step asks."""
    post = signed(waiting(), "zhao", "wang", "chen")
    if forged.get("signatures") == "two":
        forged = forged | {"signatures": post.signatures[:2]}

    assert not replace(post, **forged).is_approved_as_is


def test_words_by_hand_need_a_second_person_whatever_the_rule_says() -> None:
    """A template's result that the release's approval covered is covered no more."""
    covered = make.post()

    edited = covered.reworded(OTHER, UNEDITED, by="li")

    assert covered.is_approved_as_is
    assert not edited.is_approved_as_is
    assert edited.next_step is S.SECOND
    assert (edited.keeper, edited.hands) == ("li", ("li",))


def test_the_stricter_of_rule_and_account_counts() -> None:
    """An account may ask for more than a rule, never for less."""
    assert stricter(PostApproval.RELEASE, PostApproval.FOUR_EYES) is PostApproval.FOUR_EYES
    assert stricter(PostApproval.THREE_STEPS, PostApproval.FOUR_EYES) is PostApproval.THREE_STEPS
