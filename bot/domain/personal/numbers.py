"""Numbers that belong to one person: phones, identity cards, bank cards, plates, accounts."""

import re
from collections.abc import Iterator

from bot.domain.personal.found import Found, PersonalKind

_ID_CUE = re.compile(r"身份证|证件号|身份号码|社保号")
_CARD_CUE = re.compile(r"卡号|银行卡|账号|帐号|账户|帐户|存折")
_PHONE_CUE = re.compile(r"电话|座机|手机|联系方式|号码|致电|来电")
_SERIAL_CUE = re.compile(r"受理|工单|流水|订单|项目|合同|发票|批次|设备|信用代码")
_CUE_SIGNS = 14
"""How far before a number the word may stand that says what it is."""

_MOBILE = re.compile(r"(?<![\d*])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d){8}(?!\d)")
_MOBILE_DIGITS = re.compile(r"(?:86)?1\d{10}")
_LANDLINE = re.compile(r"(?<!\d)(?:\(0\d{2,3}\)|0\d{2,3}[- ])[2-9]\d{6,7}(?:[-转]\d{1,6})?(?!\d)")
_LANDLINE_JOINED = re.compile(r"(?<!\d)0\d{2,3}[2-9]\d{6,7}(?!\d)")
_LOCAL = re.compile(r"(?<![\d.])[2-9]\d{6,7}(?![\d.元万亩米])")
_SPOKEN = re.compile(r"[一幺][三四五六七八九][〇零一二三四五六七八九幺]{9}")
_ID18 = re.compile(r"(?<!\d)[1-9]\d{5}(?:[- ]?\d){11}[- ]?[\dXx](?![\dXx])")
_ID15 = re.compile(r"(?<!\d)[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")
_BORN = re.compile(r"\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_CARD = re.compile(r"(?<![\d.])[2-9]\d{3}(?:[- ]?\d){11,15}(?![\d.])")
_ACCOUNT = re.compile(r"(?<!\d)\d{12,22}(?!\d)")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"[{_PROVINCES}][A-HJ-NP-Za-hj-np-z][·•.\- ]?"
    r"(?=[A-Za-z\d]{0,5}\d)(?:[A-HJ-NP-Za-hj-np-z\d]{5,6}|[A-HJ-NP-Za-hj-np-z\d]{4}[挂学警港澳])"
    r"(?![A-Za-z\d])"
)
_EMAIL = re.compile(r"[A-Za-z\d][\w.+-]*@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+", re.ASCII)
_CHAT = re.compile(
    r"(?:微信号?|微 ?信 ?号|薇信|[vV]信|weixin|wechat|\b[vw]x\b|加[vV微])"
    r"(?:号|号码|ID|id)?[是为]?\s*[:]?\s*(?P<id>[A-Za-z][\w-]{5,19}|[1-9]\d{4,10})(?!\w)",
    re.ASCII | re.IGNORECASE,
)
_QQ = re.compile(
    r"(?:QQ|扣扣)(?:号码?)?[是为]?\s*[:]?\s*(?P<id>[1-9]\d{4,10})(?!\d)", re.IGNORECASE
)

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_UNION_PAY = "62"
_CARD_LENGTHS = range(16, 20)
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def numbers_in(text: str) -> Iterator[Found]:
    """Everything of this kind in narrow text; stretches may overlap, the surer come first."""
    yield from _all(_EMAIL, text, PersonalKind.EMAIL)
    for pattern in (_CHAT, _QQ):
        yield from (
            Found(PersonalKind.CHAT_ID, *match.span("id")) for match in pattern.finditer(text)
        )
    for match in _ID18.finditer(text):
        if _is_id(match[0]) or _after(_ID_CUE, text, match.start()):
            yield Found(PersonalKind.ID_NUMBER, *match.span())
    yield from _cued(_ID15, text, PersonalKind.ID_NUMBER, _ID_CUE)
    for match in _CARD.finditer(text):
        if _is_card(_digits(match[0])) or _after(_CARD_CUE, text, match.start()):
            yield Found(PersonalKind.BANK_CARD, *match.span())
    yield from _all(_MOBILE, text, PersonalKind.PHONE)
    yield from _cued(_ACCOUNT, text, PersonalKind.BANK_CARD, _CARD_CUE)
    for pattern in (_LANDLINE, _LANDLINE_JOINED, _SPOKEN):
        yield from _all(pattern, text, PersonalKind.PHONE)
    yield from _cued(_LOCAL, text, PersonalKind.PHONE, _PHONE_CUE)
    yield from _all(_PLATE, text, PersonalKind.PLATE)


def has_id_digit(number: str) -> bool:
    """Whether the last sign of 18 is the one that the others give (GB 11643)."""
    total = sum(int(sign) * weight for sign, weight in zip(number, _WEIGHTS, strict=False))
    return len(number) == 18 and number[17].upper() == "10X98765432"[total % 11]


def has_luhn_digit(number: str) -> bool:
    """Whether the last digit is the one that the others give (ISO/IEC 7812)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(digit // 10 + digit % 10 for digit in doubled) % 10 == 0


def has_credit_code_digit(number: str) -> bool:
    """Whether the last sign of 18 is the one that the others give in the code of an organisation
    (统一社会信用代码, GB 32100): many are digits only, and some of those look like a card."""
    places = [_CREDIT_SIGNS.find(sign) for sign in number.upper()]
    if len(places) != 18 or min(places) < 0:
        return False
    total = sum(place * pow(3, nth, 31) for nth, place in enumerate(places[:17]))
    return places[17] == -total % 31


def is_mobile(written: str) -> bool:
    """Whether a telephone number that was found belongs to a person's pocket: land lines and
    service numbers are published on purpose."""
    number = re.sub(r"\D", "", written)
    return _MOBILE_DIGITS.fullmatch(number) is not None or written.startswith(("一", "幺"))


def is_certain(found: Found, text: str) -> bool:
    """Whether a number is what it looks like, by its own check digit or by the words before it;
    others of that shape may be serial numbers, or the account of an office."""
    number = _digits(text[found.start : found.end])
    is_serial = _after(_SERIAL_CUE, text, found.start)
    match found.kind:
        case PersonalKind.ID_NUMBER:
            return (has_id_digit(number) and not is_serial) or _after(_ID_CUE, text, found.start)
        case PersonalKind.BANK_CARD:
            is_likely = number.startswith(_UNION_PAY) and not is_serial
            has_form = len(number) in _CARD_LENGTHS and _is_card(number)
            return has_form and (is_likely or _after(_CARD_CUE, text, found.start))
        case _:
            return True


def _is_card(number: str) -> bool:
    return has_luhn_digit(number) and not has_credit_code_digit(number)


def _is_id(written: str) -> bool:
    """A day of birth in it is enough where it stands in one piece: with a slip of the pen it is
    still somebody's number. In pieces it must check."""
    number = _digits(written)
    has_birthday = _BORN.match(number) is not None
    return has_birthday and (len(written) == len(number) or has_id_digit(number))


def _digits(written: str) -> str:
    return written.replace("-", "").replace(" ", "")


def _all(pattern: re.Pattern[str], text: str, kind: PersonalKind) -> Iterator[Found]:
    return (Found(kind, *match.span()) for match in pattern.finditer(text))


def _cued(
    pattern: re.Pattern[str], text: str, kind: PersonalKind, cue: re.Pattern[str]
) -> Iterator[Found]:
    matches = pattern.finditer(text)
    return (Found(kind, *m.span()) for m in matches if _after(cue, text, m.start()))


def _after(cue: re.Pattern[str], text: str, place: int) -> bool:
    return cue.search(text, max(place - _CUE_SIGNS, 0), place) is not None
