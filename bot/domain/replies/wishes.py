"""What a follower asks the account itself for: “查 关键词”, or “查 受理编号 校验码”."""

import re
import unicodedata
from dataclasses import dataclass

from bot.domain.releases.searching import searchable
from bot.domain.replies.reply import Incoming, ReplyKind

LONGEST_WORDS = 30
_ASKED = re.compile(r"(?>查询|查一下|查)(?P<gap>[\s：:，,]*)(?P<words>.+)", re.DOTALL)
_RECEIPT = re.compile(
    r"(?P<number>(?=[A-Z0-9-]*\d{4})[A-Z0-9-]{8,24})[\s,，]+(?P<code>[A-Z0-9]{4,8})"
)


@dataclass(frozen=True)
class SearchWish:
    """Words to search released documents for. `is_plain` says that they were set apart from “查”;
    otherwise the word may be the beginning of something else (查收, 查账)."""

    words: str
    is_plain: bool


@dataclass(frozen=True)
class ReceiptWish:
    """The number and the check code of something that was handed in."""

    number: str
    code: str


Wish = SearchWish | ReceiptWish


def wish_of(incoming: Incoming) -> Wish | None:
    """What a text message asks for, None when it asks for nothing of the kind."""
    if incoming.kind is not ReplyKind.MESSAGE or incoming.type_name.lower() != "text":
        return None
    asked = _ASKED.fullmatch(incoming.text.strip())
    if asked is None or len(asked["words"]) > LONGEST_WORDS:
        return None
    receipt = _RECEIPT.fullmatch(unicodedata.normalize("NFKC", asked["words"]).upper())
    if receipt is not None:
        return ReceiptWish(receipt["number"], receipt["code"])
    has_words = any(sign.isalnum() for sign in searchable(asked["words"]))
    return SearchWish(asked["words"], is_plain=bool(asked["gap"])) if has_words else None
