"""What a search for personal data tells: where something stands, and what it is."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_MAY_BE_WIDE = re.compile(r"[^\x00-\x7f\u4e00-\u9fff]")


class PersonalKind(StrEnum):
    """What a stretch of text gives away."""

    NAME = "name"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    BANK_CARD = "bank_card"
    PLATE = "plate"
    ADDRESS = "address"
    EMAIL = "email"
    CHAT_ID = "chat_id"


@dataclass(frozen=True)
class Found:
    """Something personal from `start` to before `end`."""

    kind: PersonalKind
    start: int
    end: int


def narrow(text: str) -> str:
    """`text` with full-width signs made narrow, sign by sign: every place stays where it was."""
    return _MAY_BE_WIDE.sub(_narrow, text)


def _narrow(sign: re.Match[str]) -> str:
    shown = unicodedata.normalize("NFKC", sign[0])
    return shown if len(shown) == 1 else sign[0]
