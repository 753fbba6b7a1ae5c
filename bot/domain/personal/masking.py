"""Masking: a text for everybody else's eyes, with what belongs to one person taken out."""

from collections.abc import Sequence

from bot.domain.personal.doors import doors_in
from bot.domain.personal.found import Found, PersonalKind, narrow
from bot.domain.personal.names import names_in
from bot.domain.personal.numbers import numbers_in

_SHOWN = {
    PersonalKind.PHONE: "〔电话〕",
    PersonalKind.ID_NUMBER: "〔身份证号〕",
    PersonalKind.BANK_CARD: "〔银行账号〕",
    PersonalKind.PLATE: "〔车牌号〕",
    PersonalKind.ADDRESS: "〔门牌号〕",
    PersonalKind.EMAIL: "〔邮箱〕",
    PersonalKind.CHAT_ID: "〔聊天账号〕",
}


def find_personal(text: str) -> Sequence[Found]:
    """Personal data in `text`, in its order; nothing overlaps. It is a guess: names without any
    sign around them are not found, and a word may be taken for a name."""
    read = narrow(text)
    chosen: list[Found] = []
    for found in (*numbers_in(read), *doors_in(read), *names_in(read)):
        if all(found.end <= other.start or other.end <= found.start for other in chosen):
            chosen.append(found)
    return sorted(chosen, key=lambda found: found.start)


def mask(text: str) -> str:
    """`text` with a word in place of each piece of personal data; of names the first sign stays."""
    parts, at = [], 0
    for found in find_personal(text):
        parts += [text[at : found.start], _shown(text, found)]
        at = found.end
    return "".join([*parts, text[at:]])


def mask_name(name: str) -> str:
    """The name of an account or a person: its first sign and stars."""
    return name[:1] + "**" if name else ""


def _shown(text: str, found: Found) -> str:
    if found.kind is PersonalKind.NAME:
        return text[found.start] + "某"
    return _SHOWN[found.kind]
