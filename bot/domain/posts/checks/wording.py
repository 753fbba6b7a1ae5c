"""Wrong names, slips of the pen, and a tone that does not become an office."""

import re
from collections.abc import Callable, Iterator

from bot.domain.posts.checks.passages import WRITTEN_FOR_THE_POST, Part
from bot.domain.posts.checks.rule import ContentRule, Hit, Reading
from bot.domain.posts.checks.wordlist import (
    ADVERTS,
    BEGGING,
    CLICKBAIT,
    DATED,
    SPELLINGS,
    STATE_NAMES,
    Slip,
)
from bot.domain.posts.draft import Severity

_HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff])([,;:?!])(?=[\u4e00-\u9fff])")
_FULL_WIDTH = str.maketrans(",;:?!", "，；：？！")
_BRACKETS = re.compile(r"(?<=[\u4e00-\u9fff])[\[（(【﹝]((?:19|20)\d\d)[\]）)】﹞](?=第?\d{1,5}号)")


def _slips(slips: tuple[Slip, ...], *, may_repair: bool) -> Callable[[Reading], Iterator[Hit]]:
    patterns = tuple((slip, re.compile(slip.pattern)) for slip in slips)

    def look(reading: Reading) -> Iterator[Hit]:
        for passage in reading.passages:
            for slip, pattern in patterns:
                for found in pattern.finditer(passage.words):
                    right = found.expand(slip.right)
                    advice = f"应为“{right}”" if right else "请改用规范的称谓"
                    message = f"“{found[0]}”：{slip.why}，{advice}"
                    repair = right if may_repair else ""
                    yield Hit(message, passage.place, found[0], repair)

    return look


def _words(pattern: re.Pattern[str], told: str, *parts: Part) -> Callable[[Reading], Iterator[Hit]]:
    def look(reading: Reading) -> Iterator[Hit]:
        for passage in reading.passages:
            if parts and passage.part not in parts:
                continue
            for found in pattern.finditer(passage.words):
                yield Hit(told.format(found[0]), passage.place, found[0])

    return look


def _punctuation(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages:
        if passage.part not in WRITTEN_FOR_THE_POST:
            continue
        for found in _HALF_WIDTH.finditer(passage.words):
            around = passage.words[max(found.start() - 2, 0) : found.end() + 2]
            message = f"“{around}”中的标点应为全角“{found[0].translate(_FULL_WIDTH)}”"
            yield Hit(message, passage.place, around, around.translate(_FULL_WIDTH))


def _number_brackets(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages:
        if passage.part not in WRITTEN_FOR_THE_POST:
            continue
        for found in _BRACKETS.finditer(passage.words):
            message = f"发文字号的年份应使用六角括号：〔{found[1]}〕"
            yield Hit(message, passage.place, found[0], f"〔{found[1]}〕")


_STYLE = "党政机关公文格式（GB/T 9704—2012）、标点符号用法（GB/T 15834—2011）"

RULES = (
    ContentRule(
        "state_name",
        1,
        "国名、机关名称",
        "政务新媒体检查指标：不得出现严重表述错误",
        Severity.BLOCKING,
        _slips(STATE_NAMES, may_repair=False),
        grave=True,
    ),
    ContentRule(
        "misspelling",
        1,
        "错别字",
        "国家通用语言文字法第九条；政务新媒体检查指标",
        Severity.WARNING,
        _slips(SPELLINGS, may_repair=True),
    ),
    ContentRule(
        "dated_term",
        1,
        "不宜使用的称谓",
        "新闻信息报道中的禁用词和慎用词",
        Severity.WARNING,
        _slips(DATED, may_repair=False),
    ),
    ContentRule(
        "advert_word",
        1,
        "广告用语",
        "广告法第九条；政务新媒体检查指标：不得有商业广告",
        Severity.WARNING,
        _words(ADVERTS, "“{}”是广告用语，请改为平实的说法"),
    ),
    ContentRule(
        "begging",
        1,
        "索要点赞转发",
        "政务新媒体检查指标：不得强制要求群众点赞等弄虚作假",
        Severity.BLOCKING,
        _words(BEGGING, "“{}”：不得要求群众点赞、转发或以关注为办事条件，请删除"),
    ),
    ContentRule(
        "clickbait",
        1,
        "标题夸张",
        "不得做“标题党”",
        Severity.WARNING,
        _words(CLICKBAIT, "标题中的“{}”过于夸张，请改为平实的说法", Part.TITLE),
    ),
    ContentRule("half_width_sign", 1, "半角标点", _STYLE, Severity.WARNING, _punctuation),
    ContentRule("number_brackets", 1, "发文字号的括号", _STYLE, Severity.WARNING, _number_brackets),
)
