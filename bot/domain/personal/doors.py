"""Where somebody lives: the part of an address that leads to one door.

Streets, compounds and villages stay: what people write about concerns them, and thousands live
there. House numbers stay too, unless somebody says that they live there.
"""

import re
from collections.abc import Iterator

from bot.domain.personal.found import Found, PersonalKind

_N = r"[\dA-Za-z〇零一二三四五六七八九十百]{1,5}"
_GAP = r"[ \-]{0,2}"
_BUILDING = rf"{_N}{_GAP}(?:号楼|[栋幢座#]|号院)"
_ROOM = rf"\d{{2,5}}(?:[-—]\d{{1,4}})?{_GAP}(?:号房|[室房号户])?(?![\d月层栋幢年米万元])"
_IN_HOUSE = re.compile(
    rf"(?:(?<!\d)\d{{1,5}}号{_GAP})?"
    rf"(?:{_BUILDING}{_GAP}(?:第?{_N}{_GAP}单元{_GAP})?(?:{_N}{_GAP}[楼层]{_GAP})?{_ROOM}"
    rf"|第?{_N}{_GAP}单元{_GAP}(?:{_N}{_GAP}[楼层]{_GAP})?{_ROOM}"
    rf"|(?<![\d-])\d{{1,3}}[-—]\d{{1,2}}[-—]\d{{3,4}}(?:室|号)?(?![\d-]))"
)
_HOUSE = re.compile(
    r"(?P<cue>住在?|家住|住址|地址|家在|户籍|户口|门牌)(?P<way>[^。；;!?！？\n]{0,24}?)"
    r"(?P<door>(?<![\d月])\d{1,5}号(?!楼|线|令|文|公|院)(?:附\d{1,3}号)?)"
)
_OF_VILLAGE = re.compile(r"(?:(?<!\d)\d{1,3}组|(?<=[组队村寨]))\d{1,4}号(?!线|文|公)")


def doors_in(text: str) -> Iterator[Found]:
    """Everything of this kind in narrow text."""
    for pattern in (_IN_HOUSE, _OF_VILLAGE):
        yield from (Found(PersonalKind.ADDRESS, *m.span()) for m in pattern.finditer(text))
    for match in _HOUSE.finditer(text):
        yield Found(PersonalKind.ADDRESS, *match.span("door"))
