"""Masking: a text for everybody else's eyes, with what belongs to one person taken out."""

from collections.abc import Iterable, Sequence

from bot.domain.personal.doors import doors_in
from bot.domain.personal.found import Found, PersonalKind, narrow
from bot.domain.personal.names import names_in
from bot.domain.personal.numbers import numbers_in

_ENDS = 2
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
    return _apart((*numbers_in(read), *doors_in(read), *names_in(read)))


def find_numbers_and_doors(text: str) -> Sequence[Found]:
    """As `find_personal`, names left aside: lists of names are often published on purpose."""
    read = narrow(text)
    return _apart((*numbers_in(read), *doors_in(read)))


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


def hide_most(words: str) -> str:
    """Something personal as an example, so that its place can be found: two signs at each end of
    a number, of an address all but the figures."""
    if any("\u4e00" <= sign <= "\u9fff" for sign in words[_ENDS:]):
        return "".join("*" if sign.isdigit() else sign for sign in words)
    return f"{words[:_ENDS]}{'*' * max(len(words) - 2 * _ENDS, 1)}{words[-_ENDS:]}"


def _apart(found: Iterable[Found]) -> Sequence[Found]:
    """In their order; of those that overlap the one that came first."""
    chosen: list[Found] = []
    for each in found:
        if all(each.end <= other.start or other.end <= each.start for other in chosen):
            chosen.append(each)
    return sorted(chosen, key=lambda each: each.start)


def _shown(text: str, found: Found) -> str:
    if found.kind is PersonalKind.NAME:
        return text[found.start] + "某"
    return _SHOWN[found.kind]
