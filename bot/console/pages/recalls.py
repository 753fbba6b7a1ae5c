"""撤回: what a withdrawal would do, the withdrawal, and what is left of it to be done by hand."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from bot.console.answering import back_to, page, part
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.console.words.states import Tone, Word
from bot.domain.accounts.account import Account
from bot.domain.errors import InvalidInput, NotFound, Problem, Refusal
from bot.domain.ids import AccountId, PostId, RecallId, ReleaseId
from bot.domain.permissions import Permission
from bot.domain.releases.recall import SETTLED, Recall, RecallState
from bot.domain.releases.release import Release
from bot.usecases.releases.recall_release import (
    foresee_recall,
    recall_release,
    settle_recalled,
    try_recalled_again,
)

MOST = 100
WORDS: Mapping[RecallState, Word] = {
    RecallState.WAITING: Word("由系统删除", Tone.MOVING),
    RecallState.BY_HAND: Word("需要人工删除", Tone.ATTENTION),
    RecallState.REMOVED: Word("已删除", Tone.DONE),
    RecallState.DONE_BY_HAND: Word("已人工删除", Tone.DONE),
}
TRYING = Word("正在删除", Tone.MOVING)
CANCELLED = Word("取消", Tone.QUIET)
DONE = {
    "recalled": "已撤回；没有发出的稿件都已取消，已经公开的正在删除，进展显示在下面",
    "tried": "正在再试一次，结果显示在下面",
    "settled": "已记下，这个账号处理完了",
}


@dataclass(frozen=True)
class _Row:
    recall: Recall
    release: Release


def list_recalls(visit: Visit) -> Response:
    """Open ones first, then the newest."""
    with visit.tools.storage.look() as uow:
        recalls = [*uow.recalls.open_ones(limit=MOST)]
        recalls += [each for each in uow.recalls.newest(limit=MOST) if not each.is_open]
        rows = [_Row(each, uow.releases.get(each.release)) for each in recalls]
    return page(visit, "recalls.html.j2", rows=rows)


def ask_to_recall(visit: Visit) -> Response:
    """What it would do on each account, before anybody decides."""
    return _asked(visit)


def recall(visit: Visit) -> Response:
    """Withdraw everywhere; a refusal shows the page again with the reason that was written."""
    try:
        _require_version_seen(visit)
        done = recall_release(
            ReleaseId(visit.named("release")),
            reason=visit.fields.get("reason", ""),
            actor=visit.actor,
            tools=visit.tools.aftercare,
            ids=visit.tools.ids,
            doorbell=visit.tools.doorbell,
        )
    except NotFound:
        raise
    except Refusal as refusal:
        return _asked(visit, refusal)
    return back_to(f"/recalls/{done.id}", done="recalled")


def show_recall(visit: Visit) -> Response:
    """One recall, account by account; the table alone for a page that waits."""
    return _shown(visit)


def try_again(visit: Visit) -> Response:
    """Ask the platforms once more for what is left."""
    return _deed(visit, "tried")


def settle(visit: Visit) -> Response:
    """“已人工删除”."""
    return _deed(visit, "settled")


def _deed(visit: Visit, done: str) -> Response:
    recall_id, tools = RecallId(visit.named("recall")), visit.tools.aftercare
    try:
        if done == "tried":
            try_recalled_again(
                recall_id, actor=visit.actor, tools=tools, doorbell=visit.tools.doorbell
            )
        else:
            settle_recalled(
                recall_id,
                PostId(visit.named("post")),
                actor=visit.actor,
                tools=tools,
                note=visit.fields.get("note", "").strip(),
            )
    except NotFound:
        raise
    except Refusal as refusal:
        return _shown(visit, refusal)
    return back_to(f"/recalls/{recall_id}", done=done)


def _asked(visit: Visit, refusal: Refusal | None = None) -> Response:
    visit.actor.require(Permission.WITHDRAW)
    release_id = ReleaseId(visit.named("release"))
    with visit.tools.storage.look() as uow:
        release = uow.releases.get(release_id)
    return page(
        visit,
        "recall_new.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        release=release,
        foreseen=foresee_recall(release_id, visit.tools.aftercare),
        words=WORDS,
        cancelled=CANCELLED,
    )


def _shown(visit: Visit, refusal: Refusal | None = None) -> Response:
    with visit.tools.storage.look() as uow:
        recall = uow.recalls.get(RecallId(visit.named("recall")))
        release = uow.releases.get(recall.release)
        accounts: dict[AccountId, Account] = {
            each.account: uow.accounts.get(each.account) for each in recall.posts
        }
    urls = {
        post.id: post.urls for post in visit.tools.overview.posts(release=recall.release, limit=200)
    }
    shown = {
        "recall": recall,
        "release": release,
        "accounts": accounts,
        "urls": urls,
        "words": WORDS,
        "trying": TRYING,
        "settled": SETTLED,
    }
    if visit.is_partial:
        return part(visit, "parts/recall_posts.html.j2", **shown)
    return page(
        visit,
        "recall.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        said="" if refusal else DONE.get(visit.asked("done"), ""),
        **shown,
    )


def _require_version_seen(visit: Visit) -> None:
    with visit.tools.storage.look() as uow:
        release = uow.releases.get(ReleaseId(visit.named("release")))
    if visit.fields.get("version") != str(release.version):
        raise InvalidInput([Problem("version", "政策在您查看之后有了新版本，请重新查看再决定")])
