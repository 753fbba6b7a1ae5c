"""Preparing a post: pictures, covers, the draft, and reading the draft back."""

from dataclasses import replace

from bot.domain.errors import ContentRejected, Explanation, NotFound, TargetGone
from bot.domain.ids import AccountId
from bot.domain.posts.draft import Picture
from bot.domain.publishing.journal import Outcome
from bot.domain.text import clip, compact
from bot.platforms.wechat import evidence
from bot.platforms.wechat.client import drafts, uploads
from bot.platforms.wechat.client.session import Upload
from bot.platforms.wechat.comparing import changed_draft, differences
from bot.platforms.wechat.desk import Desk, articles_of
from bot.platforms.wechat.limits import limits_of
from bot.platforms.wechat.payload import library_pictures, pictures_in
from bot.ports.platform import StepOrder, StepResult

IN_TEXT = "wechat_text"
IN_LIBRARY = "wechat_library"

_NAME = 20


def upload_pictures(desk: Desk, order: StepOrder) -> StepResult:
    """Every picture of the texts gets its platform address; known ones are not sent again."""
    most = limits_of(order.access.account).picture_bytes
    urls = {p.sha256: _text_picture(desk, p, most) for p in pictures_in(order.content)}
    return StepResult(Outcome.DONE, {evidence.PICTURE_URLS: evidence.written(urls)})


def fill_library(desk: Desk, order: StepOrder) -> StepResult:
    """Covers and pictures of picture messages become permanent material; known ones are not
    sent again."""
    ids = {p.sha256: _in_library(desk, order, p) for p in library_pictures(order.content)}
    return StepResult(Outcome.DONE, {evidence.LIBRARY_IDS: evidence.written(ids)})


def add_draft(desk: Desk, order: StepOrder) -> StepResult:
    """Add the draft. What vanished from the library is uploaded anew, once.

    Where it may have been added before, the draft box is looked into first: of two equal drafts
    somebody might publish the one we do not watch, or both.
    """
    media_id = _added_before(desk, order) if order.unsure else ""
    if not media_id:
        order, media_id = _newly_added(desk, order)
    return StepResult(
        Outcome.DONE,
        {
            evidence.DRAFT_ID: media_id,
            evidence.DRAFT_ADDED_AT: desk.clock.now().isoformat(),
            evidence.ARTICLES: str(len(order.content.articles)),
            evidence.LIBRARY_IDS: order.evidence.get(evidence.LIBRARY_IDS, ""),
        },
    )


def _newly_added(desk: Desk, order: StepOrder) -> tuple[StepOrder, str]:
    try:
        return order, drafts.add_draft(desk.session, articles_of(order))
    except TargetGone:
        order = _with_fresh_library(desk, order)
        return order, drafts.add_draft(desk.session, articles_of(order))


def _added_before(desk: Desk, order: StepOrder) -> str:
    """The draft in the box that is exactly ours, if there is one."""
    ours = articles_of(order)
    titles = [compact(article.title) for article in order.content.articles]
    for boxed in drafts.newest_drafts(desk.session):
        if [compact(title) for title in boxed.titles] == titles:
            found = drafts.get_draft(desk.session, boxed.media_id)
            if not differences(ours, found):
                return boxed.media_id
    return ""


def read_back(desk: Desk, order: StepOrder) -> StepResult:
    """The draft is what was approved.

    Raises:
        ContentRejected: it is not; the explanation holds both texts.
        TargetGone: it is not in the draft box any more.
    """
    found = drafts.get_draft(desk.session, order.evidence[evidence.DRAFT_ID])
    changes = differences(articles_of(order), found)
    if changes:
        raise changed_draft(changes)
    return StepResult(Outcome.DONE, {evidence.READ_BACK_AT: desk.clock.now().isoformat()})


def _text_picture(desk: Desk, picture: Picture, most_bytes: int) -> str:
    known = desk.uploads.get(_account(desk), IN_TEXT, picture.sha256)
    if known is not None:
        return known["url"]
    url = uploads.upload_picture(desk.session, _upload(desk, picture, most_bytes))
    desk.uploads.put(_account(desk), IN_TEXT, picture.sha256, {"url": url})
    return url


def _in_library(desk: Desk, order: StepOrder, picture: Picture) -> str:
    known = desk.uploads.get(_account(desk), IN_LIBRARY, picture.sha256)
    return known["media_id"] if known is not None else _add_to_library(desk, order, picture)


def _add_to_library(desk: Desk, order: StepOrder, picture: Picture) -> str:
    most = limits_of(order.access.account).cover_bytes
    media_id = uploads.add_to_library(desk.session, _upload(desk, picture, most))
    desk.uploads.put(_account(desk), IN_LIBRARY, picture.sha256, {"media_id": media_id})
    return media_id


def _with_fresh_library(desk: Desk, order: StepOrder) -> StepOrder:
    pictures = library_pictures(order.content)
    ids = {picture.sha256: _add_to_library(desk, order, picture) for picture in pictures}
    learnt = {**order.evidence, evidence.LIBRARY_IDS: evidence.written(ids)}
    return replace(order, evidence=learnt)


def _upload(desk: Desk, picture: Picture, most_bytes: int) -> Upload:
    name = clip(picture.alt, _NAME) or picture.sha256[:12]
    try:
        content = desk.media.get(picture.sha256)
    except NotFound as error:
        raise _unusable("picture_missing", f"图片“{name}”没有存入系统", "请重新上传") from error
    if len(content) > most_bytes:
        too_large = f"图片“{name}”超过 {most_bytes // 1024} KB"
        raise _unusable("picture_bytes", too_large, "请压缩后重新上传")
    return Upload(content, picture.media_type)


def _unusable(code: str, cause: str, next_step: str) -> ContentRejected:
    explanation = Explanation(cause, next_step, "编辑")
    return ContentRejected("a picture cannot be uploaded", code, explanation=explanation)


def _account(desk: Desk) -> AccountId:
    return desk.session.account
