"""What a look at comments showed: how each stands now, and which are gone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.ids import AccountId
from bot.domain.replies.answer import AnswerState, removed
from bot.domain.replies.comment import CommentSeen, CommentStanding
from bot.ports.storage import UnitOfWork

SETTLING = timedelta(seconds=60)
"""A word sent this shortly before the look need not have been on the page."""


def note_comments(
    uow: UnitOfWork,
    account: AccountId,
    *,
    seen: Sequence[CommentSeen],
    gone: Sequence[str],
    looked_at: datetime,
) -> None:
    """Write down what changed. An answer of ours that was taken away on the platform is removed,
    so that the comment can be answered again."""
    shown = {one.key: one for one in seen}
    known = uow.comments.by_keys(account, [*shown, *gone])
    changed: list[CommentStanding] = []
    for key, standing in known.items():
        if key in shown:
            now_standing = standing.as_seen(shown[key])
        else:
            now_standing = replace(standing, gone_at=standing.gone_at or looked_at)
        if now_standing != standing:
            changed.append(now_standing)
    lost_word = [one for one in changed if not one.author_reply and one.gone_at is None]
    stays = _remove_answers(uow, lost_word, looked_at) if lost_word else frozenset()
    uow.comments.save([one for one in changed if one.reply not in stays])


def _remove_answers(
    uow: UnitOfWork, standings: Sequence[CommentStanding], looked_at: datetime
) -> frozenset[str]:
    """Replies whose answer is too young for the look to count."""
    young: set[str] = set()
    for answer in uow.answers.of_replies([standing.reply for standing in standings]):
        if answer.state is not AnswerState.SENT or answer.finished_at is None:
            continue
        if answer.finished_at + SETTLING > looked_at:
            young.add(answer.reply)
        else:
            uow.answers.save(removed(uow.answers.claim(answer.id)))
    return frozenset(young)
