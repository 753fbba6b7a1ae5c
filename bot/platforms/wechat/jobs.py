"""What an event says of a publish job or a mass send."""

from bot.domain.replies.reply import JobReport
from bot.platforms.wechat import evidence
from bot.platforms.wechat.errors import Section, table
from bot.platforms.wechat.pushes import Fields, many, text_of, within

PUBLISH_EVENTS = frozenset({"publishjobfinish", "freepublishjobfinish"})
MASS_EVENT = "masssendjobfinish"
_PUBLISHED = "0"
_SENT = "send success"


def job_in(event: str, fields: Fields) -> JobReport | None:
    """The report in a job event, or None for any other event.

    Some accounts get a publish job's report under the mass send's name: its content decides.
    """
    name = event.lower()
    about = within(fields, "PublishEventInfo")
    if about and name in PUBLISH_EVENTS | {MASS_EVENT}:
        return _publish_job(about)
    return _mass_job(fields) if name == MASS_EVENT else None


def _publish_job(about: Fields) -> JobReport:
    status, article = text_of(about, "publish_status"), text_of(about, "article_id")
    learnt = {"publish_status": status} | _reason(Section.PUBLISH_STATUS, status)
    if article:
        learnt |= {evidence.ARTICLE_ID: article, evidence.POST_ID: article}
    failed = [str(index) for index in many(about, "fail_idx")]
    if failed:
        learnt["failed_articles"] = ",".join(failed)
    items = many(within(about, "article_detail"), "item")
    return JobReport(
        job_ids={evidence.JOB_ID: evidence.publish_job(text_of(about, "publish_id"))},
        succeeded=status == _PUBLISHED,
        status=status,
        urls=_addresses(items, "article_url"),
        evidence=learnt,
    )


def _mass_job(fields: Fields) -> JobReport:
    status = text_of(fields, "Status")
    counts = ("TotalCount", "FilterCount", "SentCount", "ErrorCount")
    learnt = {name: text_of(fields, name) for name in counts if text_of(fields, name)}
    items = many(within(fields, "ArticleUrlResult", "ResultList"), "item")
    return JobReport(
        job_ids={evidence.JOB_ID: evidence.mass_job(text_of(fields, "MsgID"))},
        succeeded=status.lower() == _SENT,
        status=status,
        urls=_addresses(items, "ArticleUrl"),
        evidence={"mass_status": status} | learnt | _reason(Section.MASS_STATUS, status),
    )


def _addresses(items: list[object], name: str) -> tuple[str, ...]:
    addresses = (text_of(item, name) for item in items if isinstance(item, dict))
    return tuple(address for address in addresses if address)


def _reason(section: Section, status: str) -> dict[str, str]:
    """For a failed job: its cause, next step and who can take it, in Chinese."""
    row = table(section).get(status)
    if row is None:
        return {}
    said = row.explanation
    return {"cause": said.cause, "next_step": said.next_step, "who": said.who}
