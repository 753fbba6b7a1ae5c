"""Weibo's three ways of saying no, read into one; bodies count, HTTP statuses hardly."""

from collections.abc import Mapping
from typing import Any

from bot.platforms.weibo.errors import Saying, error_table

ARTICLE_SUCCESS = "100000"


def refusal_in(body: Any, *, path: str, http_status: int) -> Saying | None:
    """The refusal in a JSON body, or None when it is a success.

    An error may come under HTTP 200, its code as text or number, and an OAuth error as a word only.
    """
    if not isinstance(body, dict):
        return None
    code, words = _code_and_words(body)
    if code is None:
        return None
    return Saying(code, words, path, http_status, _kept(body, http_status))


def _code_and_words(body: Mapping[str, Any]) -> tuple[str | None, str]:
    if body.get("error_code") or isinstance(body.get("error"), str):
        word = str(body.get("error", ""))
        code = str(body.get("error_code") or error_table().oauth_words.get(word, ""))
        return code, " ".join(part for part in (word, _description(body)) if part)
    if "msg" in body and "code" in body and str(body["code"]) != ARTICLE_SUCCESS:
        return str(body["code"]), str(body["msg"])
    if body.get("errcode"):
        return str(body["errcode"]), str(body.get("errmsg", ""))
    return None, ""


def _description(body: Mapping[str, Any]) -> str:
    return str(body.get("error_description") or "")


def _kept(body: Mapping[str, Any], http_status: int) -> dict[str, str]:
    """What is worth keeping of a refusal: the status, and ids of what exists all the same."""
    kept = {"http_status": str(http_status)}
    data = body.get("data")
    if isinstance(data, dict):
        ids = {"object_id": "article_id", "url": "article_url", "mid": "platform_post_id"}
        kept |= {ours: str(data[theirs]) for theirs, ours in ids.items() if data.get(theirs)}
    return kept
