"""The accepting steps, and asking the platform what became of the job."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.accounts.account import Mode
from bot.domain.errors import AlreadyDone, OutcomeUnknown, PlatformError, RateLimited, TargetGone
from bot.domain.publishing.journal import Outcome
from bot.platforms.wechat import evidence
from bot.platforms.wechat.client import mass, publishing
from bot.platforms.wechat.desk import Desk, message_of, moment
from bot.platforms.wechat.errors import Section, job_failure
from bot.platforms.wechat.looking import evidence_of, listed_as_ours
from bot.platforms.wechat.preparing import read_back
from bot.ports.platform import StepOrder, StepResult

PUBLISHED, IN_PROGRESS = "0", "1"
SENT, SENDING = "SEND_SUCCESS", "SENDING"
READ_BACK_HOLDS = timedelta(minutes=1)
"""A post is prepared minutes before its time; meanwhile somebody may open its draft."""


def submit(desk: Desk, order: StepOrder) -> StepResult:
    """Hand the draft in for publishing.

    Raises:
        ContentRejected: the draft was changed since it was read back; nothing was handed in.
        OutcomeUnknown: also when the draft is gone, for it may have been published already.
    """
    try:
        _read_back_again(desk, order)
        submitted = publishing.submit(desk.session, order.evidence[evidence.DRAFT_ID])
    except TargetGone as gone:
        raise _perhaps_out(gone) from gone
    learnt = {
        evidence.PUBLISH_ID: submitted.publish_id,
        evidence.JOB_ID: evidence.publish_job(submitted.publish_id),
    }
    return StepResult(Outcome.DONE, learnt | _comment_key(submitted.msg_data_id))


def send(desk: Desk, order: StepOrder) -> StepResult:
    """Push the draft, or a picture message's pictures, to the followers under the delivery's key.

    Raises:
        ContentRejected: the draft was changed since it was read back; nothing was sent.
        AlreadyDone: an earlier call with this key was accepted; its ids are the evidence.
        OutcomeUnknown: also when the draft is gone, for it may have been sent already.
    """
    options = order.access.account.options
    try:
        if not order.unsure:
            _read_back_again(desk, order)
        sent = mass.send_to_all(
            desk.session,
            message_of(order),
            key=order.key,
            tag_id=options.get("mass_tag_id", ""),
            ignore_reprint=options.get("send_ignore_reprint", "") == "1",
        )
    except TargetGone as gone:
        raise _perhaps_out(gone) from gone
    learnt = {
        evidence.MSG_ID: sent.msg_id,
        evidence.JOB_ID: evidence.mass_job(sent.msg_id),
    } | _comment_key(sent.msg_data_id)
    if sent.was_sent_before:
        raise AlreadyDone("mass send: this key was accepted before", "45065", evidence=learnt)
    return StepResult(Outcome.DONE, learnt)


def confirm(desk: Desk, order: StepOrder) -> StepResult:
    """What became of the job; PENDING while the platform works, or could not be asked.

    Raises:
        ContentRejected, NotPermitted, TargetGone: the job failed, or its result is gone.
    """
    if order.access.account.mode is Mode.MASS:
        return _confirm_mass(desk, order)
    publish_id = order.evidence.get(evidence.PUBLISH_ID, "")
    if not publish_id:
        return _confirm_found(desk, order)
    try:
        job = publishing.get_job(desk.session, publish_id)
    except RateLimited as spent:
        return _confirm_listed(desk, order, spent)
    if job.status == IN_PROGRESS:
        return StepResult(Outcome.PENDING)
    learnt = {"publish_status": job.status} | _article(job.article_id, job.urls)
    if job.status != PUBLISHED:
        failure = job_failure(Section.PUBLISH_STATUS, job.status, what=f"publish {publish_id}")
        learnt["failed_articles"] = ",".join(job.failed_articles)
        raise replace(failure, evidence=learnt)
    return StepResult(Outcome.DONE, learnt)


def _confirm_listed(desk: Desk, order: StepOrder, spent: RateLimited) -> StepResult:
    """Jobs may not be asked about for now; but what is listed as ours is out."""
    try:
        found = listed_as_ours(desk, order)
    except RateLimited:
        raise spent from None
    if found is None:
        return StepResult(Outcome.PENDING)
    return StepResult(Outcome.DONE, evidence_of(found))


def _confirm_found(desk: Desk, order: StepOrder) -> StepResult:
    """The submit was found by its effect, so there is no job to ask about, only the article."""
    found = publishing.get_published(desk.session, order.evidence[evidence.ARTICLE_ID])
    return StepResult(Outcome.DONE, _article(found.article_id, found.urls))


def _confirm_mass(desk: Desk, order: StepOrder) -> StepResult:
    msg_id = order.evidence[evidence.MSG_ID]
    status = mass.get_status(desk.session, msg_id)
    if status == SENDING:
        return StepResult(Outcome.PENDING)
    if status != SENT:
        raise job_failure(Section.MASS_STATUS, status, what=f"mass send {msg_id}")
    if evidence.URLS in order.evidence or evidence.SENT_SEEN_AT in order.evidence:
        return StepResult(Outcome.DONE, {"mass_status": status})
    # Only the event names the addresses; it gets one more poll's time to arrive.
    return StepResult(Outcome.PENDING, {evidence.SENT_SEEN_AT: desk.clock.now().isoformat()})


def _read_back_again(desk: Desk, order: StepOrder) -> None:
    read_at = moment(order.evidence, evidence.READ_BACK_AT)
    if read_at is None or desk.clock.now() - read_at > READ_BACK_HOLDS:
        read_back(desk, order)


def _perhaps_out(gone: PlatformError) -> OutcomeUnknown:
    words = "the draft is gone: it may be out already"
    return OutcomeUnknown(words, gone.code, gone.detail, gone.explanation, gone.evidence)


def _article(article_id: str, urls: tuple[str, ...]) -> dict[str, str]:
    learnt = {
        evidence.ARTICLE_ID: article_id,
        evidence.POST_ID: article_id,
        evidence.URLS: "\n".join(urls),
    }
    return {name: value for name, value in learnt.items() if value}


def _comment_key(msg_data_id: str) -> dict[str, str]:
    return {evidence.MSG_DATA_ID: msg_data_id} if msg_data_id else {}
