"""The names under which WeChat's steps keep what they learnt, and how sets of ids are written."""

from collections.abc import Mapping

import orjson

PICTURE_URLS = "picture_urls"
LIBRARY_IDS = "library_media_ids"
DRAFT_ID = "draft_media_id"
DRAFT_ADDED_AT = "draft_added_at"
READ_BACK_AT = "read_back_at"
DRAFT_GONE_AT = "draft_gone_at"
DRAFT_DIFFERENCE = "draft_difference"
PUBLISH_ID = "publish_id"
ARTICLE_ID = "article_id"
MSG_ID = "msg_id"
MSG_DATA_ID = "msg_data_id"
ARTICLES = "articles"
SENT_SEEN_AT = "sent_seen_at"
JOB_ID = "job_id"
URLS = "urls"
PUBLIC_TITLES = "public_titles"
POST_ID = "platform_post_id"


def publish_job(publish_id: str) -> str:
    """The job id under which submit, events and the store know a publish job."""
    return f"publish:{publish_id}"


def mass_job(msg_id: str) -> str:
    """The job id under which send, events and the store know a mass send."""
    return f"mass:{msg_id}"


def written(ids: Mapping[str, str]) -> str:
    """A mapping as one evidence value."""
    return orjson.dumps(dict(ids), option=orjson.OPT_SORT_KEYS).decode()


def read(evidence: Mapping[str, str], name: str) -> dict[str, str]:
    """A mapping kept by `written`; empty when there is none."""
    text = evidence.get(name, "")
    return dict(orjson.loads(text)) if text else {}
