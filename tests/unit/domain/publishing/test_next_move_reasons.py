"""What `next_move` tells a person must be true."""

from bot.domain.publishing.journal import Failure, Outcome
from bot.domain.publishing.next_move import Hold
from tests.unit.domain.publishing.journals import BY_HAND, SEE, SUBMIT, entry, moved


def test_a_refusal_is_held_with_its_cause_and_next_step() -> None:
    """What the platform refuses goes to a person, in words they can act on."""
    failure = Failure("ContentRejected", cause="标题超过 32 个字", next_step="请缩短标题")

    move = moved(entry(SUBMIT, Outcome.REFUSED, failure=failure))

    assert move == Hold("稿件没有发出，已保留在待处理。标题超过 32 个字。请缩短标题")


def test_what_is_public_in_part_is_not_called_unsent() -> None:
    """Weibo's article without its post: part of it can be read."""
    failure = Failure("PartlyDone", cause="文章已生成，微博没有发出")

    move = moved(entry(SUBMIT, Outcome.REFUSED, failure=failure))

    assert move == Hold("稿件只发出了一部分，不会自动重发。文章已生成，微博没有发出")


def test_what_is_public_otherwise_than_approved_is_said_so() -> None:
    """Somebody edited the draft and published it before we looked."""
    failure = Failure("NotAsApproved", cause="有人在平台后台改动后发布")

    move = moved(entry(BY_HAND, Outcome.REFUSED, failure=failure), steps=(BY_HAND,))

    assert move == Hold("稿件已经公开，但内容与批准的不同。有人在平台后台改动后发布")


def test_a_draft_nobody_has_published_is_not_called_unsent() -> None:
    """We were refused while looking; meanwhile anybody may have pressed the button."""
    failure = Failure("Misconfigured", cause="IP 不在白名单里")

    move = moved(entry(BY_HAND, Outcome.REFUSED, failure=failure), steps=(BY_HAND,))

    assert isinstance(move, Hold)
    assert move.reason.startswith("草稿已送到平台后台，系统没有看到它公开")


def test_trouble_after_acceptance_does_not_claim_that_nothing_went_out() -> None:
    """The platform has it; only the last proof is missing."""
    move = moved(entry(SEE, Outcome.REFUSED, failure=Failure("NotPermitted")), steps=(SEE,))

    assert isinstance(move, Hold)
    assert move.reason.startswith("平台已受理稿件")
