"""The steps of the routes: build the form, send it, say what was learnt."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.accounts.account import Account
from bot.domain.errors import AlreadyDone, Misconfigured
from bot.domain.publishing.journal import Outcome
from bot.platforms.weibo import payload
from bot.platforms.weibo.addresses import article_address, post_address
from bot.platforms.weibo.client import articles, commercial, sharing
from bot.platforms.weibo.client.objects import Status
from bot.platforms.weibo.client.session import Session
from bot.ports.media import MediaStore
from bot.ports.platform import StepOrder, StepResult

SENT_AT = "sent_at"
"""Evidence key: when the accepted request left; a post without an id is looked for from here."""
PICTURE_IDS = "picture_ids"


@dataclass(frozen=True)
class Material:
    """Where pictures come from, and under which address the platform can fetch them."""

    media: MediaStore
    picture_url: payload.PictureUrl


def share(session: Session, order: StepOrder, material: Material) -> StepResult:
    """Post a short text, once."""
    form = payload.share_form(order.content, order.access.account)
    pictures = [payload.upload_of(one, material.media) for one in order.content.pictures[:1]]
    sent_at = session.link.clock.now().isoformat()
    try:
        status = sharing.share(session, form, pictures[0] if pictures else None)
    except AlreadyDone as accepted:
        return _accepted_late(accepted, sent_at)
    return StepResult(Outcome.DONE, post_evidence(order.access.account, status))


def upload_pictures(session: Session, order: StepOrder, material: Material) -> StepResult:
    """Upload the pictures of a commercial post; they are attached by the next step."""
    uploads = [payload.upload_of(one, material.media) for one in order.content.pictures]
    ids = [commercial.upload_picture(session, upload) for upload in uploads]
    return StepResult(Outcome.DONE, {PICTURE_IDS: ",".join(ids)})


def update(session: Session, order: StepOrder, material: Material) -> StepResult:  # noqa: ARG001
    """Post on the commercial host, once."""
    form = payload.update_form(order.content, order.access.account)
    pic_ids = [one for one in order.evidence.get(PICTURE_IDS, "").split(",") if one]
    if len(pic_ids) != len(order.content.pictures):
        raise Misconfigured("the pictures of this post were not uploaded before it")
    sent_at = session.link.clock.now().isoformat()
    try:
        status = commercial.update(session, form, pic_ids)
    except AlreadyDone as accepted:
        return _accepted_late(accepted, sent_at)
    return StepResult(Outcome.DONE, post_evidence(order.access.account, status))


def publish_article(session: Session, order: StepOrder, material: Material) -> StepResult:
    """Publish a headline article with its companion post, once."""
    account = order.access.account
    form = payload.article_form(order.content, account, material.picture_url)
    sent_at = session.link.clock.now().isoformat()
    try:
        published = articles.publish_article(session, form)
    except AlreadyDone as accepted:
        return _accepted_late(accepted, sent_at)
    uid = account.options.get("uid", "")
    evidence = {
        "article_id": published.article_id,
        "article_url": article_address(account, published.url),
        **_ids(account, uid, published.mid),
    }
    return StepResult(Outcome.DONE, with_article(evidence))


def post_evidence(account: Account, status: Status) -> dict[str, str]:
    """What a post proves: its id, its author, its moment and its public address."""
    uid = status.user.uid or account.options.get("uid", "")
    evidence = {**_ids(account, uid, status.id), "posted_at": status.created_at.isoformat()}
    if status.article_url:
        evidence["article_url"] = article_address(account, status.article_url)
    return with_article(evidence)


def with_article(evidence: Mapping[str, str]) -> dict[str, str]:
    """The evidence with the article's address before the post's among its `urls`."""
    addresses = (evidence.get("article_url", ""), *evidence.get("urls", "").split("\n"))
    urls = dict.fromkeys(url for url in addresses if url)
    return {**evidence, "urls": "\n".join(urls)}


def _ids(account: Account, uid: str, mid: str) -> dict[str, str]:
    address = {"urls": post_address(account, uid, mid)} if uid else {}
    return {"platform_post_id": mid, "uid": uid, **address}


def _accepted_late(accepted: AlreadyDone, sent_at: str) -> StepResult:
    """20032: it is posted and appears in a minute or two; `see_live` finds it."""
    return StepResult(Outcome.DONE, {"delayed": accepted.code, SENT_AT: sent_at})
