"""Take one post of a recall off its platform: commit that it is tried, call, commit what came."""

from datetime import datetime

from bot.domain.errors import OutcomeUnknown, PlatformError, Refusal
from bot.domain.ids import PostId, RecallId
from bot.domain.permissions import SYSTEM
from bot.domain.publishing.deciding import backoff, judge
from bot.domain.releases.recall import Recall, RecallState, begun, put_off, settled
from bot.ports.doorbell import Doorbell
from bot.ports.storage import Storage
from bot.usecases.publishing.take_down import take_down
from bot.usecases.publishing.tools import AftercareTools
from bot.usecases.releases.recall_release import save_recall

MOST_OPEN = 1000


def ring_recalled(*, storage: Storage, doorbell: Doorbell) -> int:
    """Ring for every post of a recall that is to be tried now; returns how many."""
    with storage.look() as uow:
        now = uow.now()
        due = [
            (recall.id, each.post)
            for recall in uow.recalls.open_ones(limit=MOST_OPEN)
            for each in recall.posts
            if each.is_due(now)
        ]
    for recall_id, post in due:
        doorbell.post_is_recalled(recall_id, post)
    return len(due)


def take_recalled_down(recall_id: RecallId, post: PostId, tools: AftercareTools) -> None:
    """Try it once, unless it is settled, not yet due, or somebody else is at it. What a platform
    did not answer is tried again later: taking down what is down already is no error. What it
    refused waits for a person, with its words.

    Raises:
        NotFound: there is no such recall.
    """
    recall = _begun(recall_id, post, tools)
    if recall is None:
        return
    error: PlatformError | Refusal | None = None
    try:
        take_down(post, reason=recall.reason, actor=SYSTEM, tools=tools)
    except (PlatformError, Refusal) as caught:
        error = caught
    _record(recall_id, post, error, tools)


def _begun(recall_id: RecallId, post: PostId, tools: AftercareTools) -> Recall | None:
    with tools.publishing.storage.begin() as uow:
        recall, now = uow.recalls.get(recall_id), uow.now()
        if not any(each.post == post and each.is_due(now) for each in recall.posts):
            return None
        recall = begun(recall, post, now)
        uow.recalls.save(recall)
        uow.commit()
    return recall


def _record(
    recall_id: RecallId, post: PostId, error: PlatformError | Refusal | None, tools: AftercareTools
) -> None:
    """Written on the recall as it is now: a person may have settled it meanwhile; that counts."""
    with tools.publishing.storage.begin() as uow:
        recall = uow.recalls.get(recall_id)
        if not any(e.post == post and e.state is RecallState.WAITING for e in recall.posts):
            return
        after = _after(recall, post, error, tools, uow.now())
        state = next(each.state for each in after.posts if each.post == post)
        save_recall(uow, after, SYSTEM.name, f"recall.{state.value}", post)
        uow.commit()


def _after(
    recall: Recall,
    post: PostId,
    error: PlatformError | Refusal | None,
    tools: AftercareTools,
    now: datetime,
) -> Recall:
    if error is None:
        return settled(recall, post, RecallState.REMOVED, by=SYSTEM.name, at=now)
    if isinstance(error, Refusal):
        note = str(error)
        return settled(recall, post, RecallState.BY_HAND, by=SYSTEM.name, at=now, note=note)
    tries, jitter = recall.of(post).tries, tools.publishing.jitter()
    retry_at = judge(error, attempt=tries, now=now, jitter=jitter).retry_at
    if isinstance(error, OutcomeUnknown):
        retry_at = now + backoff(tries, jitter=jitter)
    if retry_at is not None:
        return put_off(recall, post, retry_at, error.explanation.cause)
    told = f"{error.explanation.cause}。{error.explanation.next_step}"
    return settled(recall, post, RecallState.BY_HAND, by=SYSTEM.name, at=now, note=told)
