"""People's names, by surname and by what stands around them.

A name in a running text can only be guessed. It is taken for one where people introduce
themselves or others, next to a title, in lists of names, and as a signature.
"""

import re
from collections.abc import Iterator

from bot.domain.personal.found import Found, PersonalKind
from bot.domain.personal.surnames import DOUBLE, NO_NAMES, SINGLE

_DOUBLE = "|".join(DOUBLE)
_GIVEN = r"[\u4e00-\u9fa5]"
_NAME = rf"(?:(?:{_DOUBLE}){_GIVEN}{{1,2}}|[{SINGLE}]{_GIVEN}{{1,2}})"

_ENDS_BEFORE = frozenset(
    "住在是的家有等说于向到和与及也就因电手身男女今来去从被把将系我你他她它让要不没已曾以为同称打联诉"
    "反投给对跟还又都能会可个了着过这那此其该并但而或如若请望求敬呈致留写现原任因据由按以后前里内外做当"
    "叫问找看听办买卖租借欠付收领报考下出两各位本某"
)
"""Signs that hardly end a given name: a name of three that would end so is one of two."""

_PLACES = frozenset("村组镇乡县市区街路道岭山河桥湾店站场园城祥")

_KIN = (
    "父亲|母亲|爸爸|妈妈|儿子|女儿|丈夫|妻子|老公|老婆|爱人|哥哥|弟弟|姐姐|妹妹|爷爷|奶奶|公公|婆婆"
    "|岳父|岳母|孙子|孙女|小孩|孩子"
)
_SURE_CUES = (
    r"我叫|我名叫|名叫|叫做|我的名字是|本人(?:姓名)?(?:叫|是|系)|姓名(?:是|为)?"
    rf"|(?:{_KIN})(?:叫|名叫)"
)
_NOUNS = (
    "联系人|投诉人|举报人|反映人|申请人|当事人|户主|法人(?:代表)?|负责人|经办人|业主|村民|居民|患者|病人|学生"
    "|同学|老板|邻居|房东|租客|司机|车主|包工头|被告|原告|死者|受害人"
)
_TITLES = (
    "书记|主任|镇长|村长|乡长|县长|市长|区长|局长|所长|科长|处长|校长|院长|队长|组长|站长|经理|老师|医生|"
    "护士|会计|律师|警官|警察|法官|支书|先生|女士|同志|大爷|阿姨"
)
_BETWEEN = r"(?:[:：]|\s){0,3}"
_SURE = re.compile(rf"(?:(?:{_SURE_CUES}){_BETWEEN}|(?:{_NOUNS})[:：]\s*)(?P<name>{_NAME})")
_LIKELY = re.compile(
    rf"(?:我是|本人|我(?:的)?(?:{_KIN})|{_NOUNS}|{_TITLES}){_BETWEEN}(?P<name>{_NAME})"
)
_TITLED = re.compile(
    rf"(?:(?:(?<![\u4e00-\u9fa5])|(?<=[找向给跟由对被让是经的]))(?P<name>{_NAME})"
    rf"|(?P<long>[{SINGLE}]{_GIVEN}{{2}}))(?:{_TITLES}|的(?:{_KIN}))"
)
_SIGNED = re.compile(
    rf"(?:^|[\s。！!？?，,;；:：])(?:此致敬礼|谢谢|敬上|[—-]+)?\s*(?P<name>{_NAME})"
    rf"(?:\s*(?:敬上|呈上|拜上|{_TITLES}))?[\s,，。]*(?:(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日|[\d\s./年月日-]{{6,22}})?\s*$"
)
_LISTED = re.compile(rf"{_NAME}(?:、{_NAME})+(?=[等,，。;；（(]|$)")


def names_in(text: str) -> Iterator[Found]:
    """What looks like a name in narrow text, wherever it is said again too; stretches may
    overlap."""
    names = {text[found.start : found.end] for found in _told(text)}
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(name, text):
            yield Found(PersonalKind.NAME, *match.span())


def _told(text: str) -> Iterator[Found]:
    for pattern in (_SURE, _LIKELY, _TITLED, _SIGNED):
        for match in pattern.finditer(text):
            start, end = match.span("name" if match["name"] else "long")
            end = start + _length(text[start:end])
            if end > start and (pattern is not _LIKELY or _ends(text, end)):
                yield Found(PersonalKind.NAME, start, end)
    for match in _LISTED.finditer(text):
        yield from _each(text, match.start(), match.end())


def _ends(text: str, place: int) -> bool:
    """Whether a name may end here, by what follows."""
    after = text[place : place + 1]
    return not "\u4e00" <= after <= "\u9fa5" or after in _ENDS_BEFORE


def _each(text: str, start: int, end: int) -> Iterator[Found]:
    at = start
    for name in text[start:end].split("、"):
        if name[:2] not in NO_NAMES and name[-1] not in _PLACES:
            yield Found(PersonalKind.NAME, at, at + len(name))
        at += len(name) + 1


def _length(name: str) -> int:
    """How much of this is the name; 0 if it is a word of another kind."""
    given = 2 if name[:2] in DOUBLE else 1
    is_word = name[:2] in NO_NAMES or name[given:].startswith(tuple(_TITLES.split("|")))
    if is_word or name[given] in _ENDS_BEFORE:
        return 0
    while len(name) > given + 1 and name[-1] in _ENDS_BEFORE:
        name = name[:-1]
    return len(name)
