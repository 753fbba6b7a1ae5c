"""What a refusal looks like: codes, the platform's own words, HTTP status, and the envelopes."""

from typing import Any

MESSAGES = {
    10001: "system error!",
    10004: "Ip Limit, request ip is not contained in safety ip",
    10006: "source paramter(appkey) is missing",
    10008: "param error, see doc for more info.",
    10014: "Insufficient app permissions!",
    10016: "miss required parameter ({detail}), see doc for more info.",
    10017: "parameter ({detail})'s value invalid, see doc for more info.",
    10018: "request body length over limit!",
    10020: "request api not found!",
    10021: "HTTP METHOD is not supported for this request!",
    10022: "IP requests out of rate limit!",
    10023: "User requests out of rate limit!",
    10024: "User requests for ({detail}) out of rate limit!",
    20001: "ids is null!",
    20003: "user does not exists!",
    20005: "unsupported image type, only suport JPG, GIF, PNG!",
    20006: "image size too large!",
    20007: "does multipart has image?",
    20008: "content is null!",
    20009: "ids is too many!",
    20012: "text too long, please input text less than 140 characters!",
    20013: "text too long, please input text less than 300 characters!",
    20015: "account or ip or app is illegal, can not continue!",
    20016: "out of limit!",
    20017: "repeat content!",
    20018: "contain illegal website!",
    20019: "repeat content!",
    20020: "contain advertising!",
    20021: "content is illegal!",
    20022: "your ip's action is abnormal!",
    20031: "test and verify!",
    20032: "update success, while server slow now, please wait 1-2 minutes!",
    20049: "text too long!",
    20101: "target weibo does not exist!",
    20102: "not your own weibo!",
    20109: "weibo id is null!",
    20201: "target weibo comment does not exist!",
    20202: "illegal comment!",
    20203: "not your own comment!",
    20204: "comment id is null!",
    20301: "can't send direct message to user who is not your follower!",
    20508: "according to user privacy settings,you can not do this!",
    21319: "accessor was revoked",
    21321: "applications over the unaudited use restrictions!",
    21327: "expired_token",
    21332: "invalid_access_token",
    21335: "request uid's value must be the current user",
    21701: "manage remind error, need auth!",
    26401: "error message.",
    26402: "error message.",
}
"""Texts as seen in live answers where there is one, else as in the platform's error table."""

ARTICLE_MESSAGES = {
    10001: "system error",
    10008: "param invalid",
    11001: "sass check error",
    11002: "create statuses error",
    11003: "bind error",
}
"""The article API's own words."""
AUTH_CODES = frozenset({21319, 21327, 21332})
RATE_CODES = frozenset({10022, 10023, 10024, 20016})
_STATUS = {10014: 403, 10020: 404}


class Refusal(Exception):
    """The platform refuses a call with one of its codes; ``text`` replaces the usual words."""

    def __init__(self, code: int, detail: str = "", *, text: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.text = text or MESSAGES.get(code, "error!").format(detail=detail)


class OAuthRefusal(Exception):
    """A refusal in the words of OAuth; ``word`` is e.g. ``invalid_grant``."""

    def __init__(self, code: int, word: str, description: str = "") -> None:
        super().__init__(code, word, description)
        self.code = code
        self.word = word
        self.description = description


class ArticleRefusal(Exception):
    """A refusal of the article API, which has its own envelope under HTTP 200."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text


class SendAllRefusal(Exception):
    """A refusal of messages/sendall; its codes are not published, so ours are invented."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text


def rest_body(code: int, text: str, path: str) -> dict[str, Any]:
    """The envelope of the REST API."""
    return {"error": text, "error_code": code, "request": path}


def oauth_body(refusal: OAuthRefusal, path: str) -> dict[str, Any]:
    """The envelope of OAuth; a refusal without description has no such key."""
    body = rest_body(refusal.code, refusal.word, path) | {"error_uri": path}
    return body | ({"error_description": refusal.description} if refusal.description else {})


def article_body(code: int, text: str) -> dict[str, Any]:
    """The envelope of the article API when it refuses."""
    return {"code": str(code), "msg": text, "data": ""}


def send_all_body(refusal: SendAllRefusal) -> dict[str, Any]:
    """The envelope of messages/sendall, whose code is a string."""
    return {
        "request": "https://m.api.weibo.com/2/messages/sendall",
        "errcode": str(refusal.code),
        "errmsg": refusal.text,
    }


def http_status(code: int, *, auth: int, rate: int) -> int:
    """The HTTP status of a REST refusal; those of token and rate errors are not documented."""
    if code in AUTH_CODES:
        return auth
    if code in RATE_CODES:
        return rate
    return _STATUS.get(code, 400)
