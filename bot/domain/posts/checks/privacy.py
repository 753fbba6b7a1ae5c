"""Personal data in a post: numbers that belong to one person, and the doors they live behind."""

from collections.abc import Iterator, Mapping

from bot.domain.personal.found import Found, PersonalKind
from bot.domain.personal.masking import find_personal
from bot.domain.personal.numbers import is_mobile
from bot.domain.posts.checks.passages import Passage
from bot.domain.posts.checks.rule import ContentRule, Hit, Reading
from bot.domain.posts.draft import Severity
from bot.domain.text import compact

_NUMBERS: Mapping[PersonalKind, str] = {
    PersonalKind.ID_NUMBER: "身份证号码",
    PersonalKind.BANK_CARD: "银行账号",
    PersonalKind.PHONE: "手机号码",
}
_DOORS: Mapping[PersonalKind, str] = {
    PersonalKind.ADDRESS: "住址门牌",
    PersonalKind.PLATE: "车牌号码",
}
_ENDS = 2
"""Characters of a number that a finding shows at its end, so that its place can be found."""


def _numbers(reading: Reading) -> Iterator[Hit]:
    for passage, found in _found(reading):
        words = passage.words[found.start : found.end]
        if found.kind in _NUMBERS and not _is_the_offices(words, found.kind, reading):
            hint = f"尾号 {words[-_ENDS:]}"
            message = f"有{_NUMBERS[found.kind]}（{hint}），请删去或遮盖后再发布"
            yield Hit(message, passage.place)


def _doors(reading: Reading) -> Iterator[Hit]:
    for passage, found in _found(reading):
        if found.kind in _DOORS:
            message = f"有{_DOORS[found.kind]}，若属于个人请只写到乡镇、街道"
            yield Hit(message, passage.place)


def _found(reading: Reading) -> Iterator[tuple[Passage, Found]]:
    for passage in reading.passages:
        for found in find_personal(passage.words):
            yield passage, found


def _is_the_offices(words: str, kind: PersonalKind, reading: Reading) -> bool:
    """A land line, a service number, or the telephone the office gave as its contact."""
    if kind is not PersonalKind.PHONE:
        return False
    contact = compact(reading.source.content.contact or "")
    return not is_mobile(words) or compact(words) in contact


_BASIS = "个人信息保护法第二十五条：未取得单独同意不得公开个人信息"

RULES = (
    ContentRule("personal_number", 1, "个人号码", _BASIS, Severity.BLOCKING, _numbers, grave=True),
    ContentRule("personal_door", 1, "个人住址、车牌", _BASIS, Severity.WARNING, _doors),
)
