"""Looking: for an effect nobody confirmed, in the list of what is out, and as a reader would."""

import html
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.errors import NotSent, PlatformUnavailable, TargetGone
from bot.domain.publishing.journal import Outcome
from bot.domain.text import compact
from bot.platforms.transport import send
from bot.platforms.wechat import evidence
from bot.platforms.wechat.client import drafts, mass, publishing
from bot.platforms.wechat.client.hosts import readers_address
from bot.platforms.wechat.desk import Desk, moment
from bot.ports.platform import LookResult, StepOrder, StepResult

CLOCKS_DIFFER = timedelta(minutes=5)


def look_for_submit(desk: Desk, order: StepOrder) -> LookResult:
    """The published article with our titles and source links, if it is listed.

    Not finding it proves nothing: the job may still run, the draft may have been deleted.
    """
    found = listed_as_ours(desk, order)
    if found is not None:
        return LookResult(Outcome.FOUND, evidence_of(found))
    return LookResult(Outcome.UNCLEAR, {"draft": _draft_state(desk, order)})


def look_by_hand(desk: Desk, order: StepOrder) -> LookResult:
    """The published article with our source links, under our titles or others: a person may have
    published a draft of ours of which nothing is known any more."""
    found = listed_as_ours(desk, order) or listed_as_ours(desk, order, retitled=True)
    if found is not None:
        return LookResult(Outcome.FOUND, evidence_of(found))
    return LookResult(Outcome.UNCLEAR)


def look_for_send(desk: Desk, order: StepOrder) -> LookResult:
    """The mass job, if its id was ever learnt. Looking never sends, not even with the key."""
    msg_id = order.evidence.get(evidence.MSG_ID, "")
    if not msg_id:
        return LookResult(Outcome.UNCLEAR, {"draft": _draft_state(desk, order)})
    status = mass.get_status(desk.session, msg_id)
    learnt = {evidence.JOB_ID: evidence.mass_job(msg_id), "mass_status": status}
    return LookResult(Outcome.FOUND, learnt)


def see_live(desk: Desk, order: StepOrder) -> StepResult:
    """Every address answers as it would to a reader, and shows its article's title."""
    urls = [url for url in order.evidence.get(evidence.URLS, "").split("\n") if url]
    if not urls:
        return StepResult(Outcome.DONE, {"seen": "no address given by the platform"})
    if not show_our_titles(desk, order, urls):
        return StepResult(Outcome.PENDING)
    return StepResult(Outcome.DONE, {"seen": f"{len(urls)} addresses show their titles"})


def show_our_titles(desk: Desk, order: StepOrder, urls: Sequence[str]) -> bool:
    """Whether a reader who opens these addresses sees our articles there, in their order; under
    their new titles, where a person accepted that they were changed."""
    public = order.evidence.get(evidence.PUBLIC_TITLES, "").split("\n")
    approved = [article.title for article in order.content.articles]
    titles = [compact(title) for title in (public if any(public) else approved)]
    same = len(urls) == len(titles)
    return all(
        _shows(desk, readers_address(url), titles[n : n + 1] if same else titles)
        for n, url in enumerate(urls)
    )


def _shows(desk: Desk, url: str, titles: list[str]) -> bool:
    request = desk.http.build_request("GET", url)
    try:
        seconds = desk.deadline.remaining
        page = send(desk.http, request, deadline_seconds=seconds, writes=False)
    except (NotSent, PlatformUnavailable):
        return False
    text = compact(html.unescape(page.body.decode("utf-8", "replace")))
    return page.status == 200 and any(title in text for title in titles)


def listed_as_ours(
    desk: Desk, order: StepOrder, *, retitled: bool = False
) -> publishing.Published | None:
    """The published bundle with our titles and source links; `retitled`: with other titles."""
    titles = [compact(article.title) for article in order.content.articles]
    sources = [article.source_url for article in order.content.articles]
    if retitled and not all(sources):
        return None
    for entry in publishing.newest_published(desk.session, since=_since(order)):
        same_titles = [compact(title) for title in entry.titles] == titles
        if list(entry.source_urls) == sources and same_titles is not retitled:
            return entry
    return None


def _since(order: StepOrder) -> datetime:
    """Our article cannot be older than our draft."""
    added = moment(order.evidence, evidence.DRAFT_ADDED_AT)
    return (added or order.started_at) - CLOCKS_DIFFER


def _draft_state(desk: Desk, order: StepOrder) -> str:
    draft_id = order.evidence.get(evidence.DRAFT_ID)
    if draft_id is None:
        return "not known"
    try:
        drafts.get_draft(desk.session, draft_id)
    except TargetGone:
        return "gone from the draft box"
    return "still in the draft box"


def evidence_of(found: publishing.Published) -> dict[str, str]:
    """What the list says of a published bundle."""
    return {
        evidence.ARTICLE_ID: found.article_id,
        evidence.POST_ID: found.article_id,
        evidence.URLS: "\n".join(found.urls),
        evidence.PUBLIC_TITLES: "\n".join(found.titles),
        "found_in": "freepublish/batchget",
        "listed_at": found.updated_at.isoformat(),
    }
