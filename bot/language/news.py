"""How much news a sentence tells: from when, for whom, how much, what was decided."""

import re

LEAST_NEWS = 0.55
"""Below this a sentence is background, and a short post is better without it."""

_IN_FORCE = re.compile(r"自.{0,14}起(?:正式)?(?:施行|执行|实施)|有效期|截止")
_AMOUNT = re.compile(
    r"\d[\d.,]*\s*(?:%|％|‰|[万亿]?(?:元|人|名|户|家|个|项|件|吨|公里)|个?工作日|天|日内|个月|年内|周?岁)"
    r"|[£$€¥]\d"
)
_DECIDED = re.compile(
    r"决定|取消|免征|免费|减免|减按|放假|补贴|补助|扣除|废止|停止|延长|设立|允许|禁止"
    r"|(?:提高|降低|调整|下调|上调)(?:到|至|为|.{0,6}标准)"
)
_BINDS = re.compile("应当|不得|可以")
_WHOM = re.compile(
    r"居民|职工|员工|企业|个人|纳税人|经营者|老年人|未成年人|学生|农民|群众|消费者|申请人|当事人|机构|单位|旅客|车主"
    r"|所有人|家庭"
)
_BACKGROUND = re.compile(
    r"为指导|贯彻(?:落实)?党|深入贯彻|全面贯彻|牢固树立|高度重视|重要(?:意义|地位|举措|途径|标志|基础|组成)|重中之重|领导"
    r"|之后|统筹协调|密切配合|取得了|收悉|请示|近年来|当前|目前|当时|没有.{2,20}就没有|不刻制印章|工作实际|按照.{0,12}精神|备查|近\d+年来|从其规定|另有规定|除外|无法|最终决定"
)
_ONLY_A_DATE = re.compile(r"^本.{2,12}自.{2,20}起(?:正式)?(?:施行|执行|实施)。")
_TO_ONE_READER = re.compile(r"你们|你省|您|贵")
_ARTICLE = re.compile(r"^第[一二三四五六七八九十百零〇]+条(?:之[一二三四五六七八九十]+)?[ \u3000]+")
_ITEM = re.compile(r"[（(]?\d{1,2}[）).．、]")
_FIRST_SENTENCES = 4


def news_in(sentence: str, place: int) -> float:
    """The more, the more a follower learns; `place` is the sentence's number in its text."""
    if _ONLY_A_DATE.match(_ARTICLE.sub("", sentence)):
        # The day stands among the facts already, where it is the day of this version.
        return 0.0
    told = 0.8 * bool(_IN_FORCE.search(sentence))
    told += 0.5 * min(len(_AMOUNT.findall(sentence)), 2)
    told += 0.35 * min(len(set(_DECIDED.findall(sentence))), 2)
    told += 0.2 * bool(_BINDS.search(sentence))
    told += 0.25 * bool(_WHOM.search(sentence))
    told += 0.3 * (place < _FIRST_SENTENCES)
    told -= 0.8 * len(_BACKGROUND.findall(sentence))
    return told - 2.0 * bool(_TO_ONE_READER.search(sentence))


def is_complete(sentence: str) -> bool:
    """Whether no quotation was left open, and it is not one item of a list."""
    return sentence.count("‘") <= sentence.count("’") and not _ITEM.match(sentence)


def without_article_number(sentence: str) -> str:
    """第五条 and the like say nothing outside their law."""
    return _ARTICLE.sub("", sentence)
