"""Marks of secrecy and of papers that are not for the public. What is found is not repeated."""

import re
from collections.abc import Iterator

from bot.domain.posts.checks.rule import ContentRule, Hit, Reading
from bot.domain.posts.draft import Severity

_MARK = re.compile(
    r"(绝密|机密|秘密)\s*[★☆]|^\s*(绝密|机密|秘密)\s*$|[★☆]\s*(长期|\d+\s*(年|个月))", re.MULTILINE
)
_INTERNAL = re.compile(
    r"内部(资料|文件|材料)[，,\s（(]*(注意保存|不得外传|请勿外传|严禁外传)|仅供内部|内部参考"
    r"|此件不(予)?公开|不宜公开发布"
)


def _marked(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages:
        if _MARK.search(passage.words):
            message = "有密级标志（此处不复述）。请停止发布，并报告保密审查员"
            yield Hit(message, passage.place)


def _internal(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages:
        for found in _INTERNAL.finditer(passage.words):
            message = f"有“{found[0]}”字样，可能不属于公开内容，请核实公开属性"
            yield Hit(message, passage.place, found[0])


RULES = (
    ContentRule(
        "secrecy_mark",
        1,
        "密级标志",
        "保守国家秘密法第十四条、第三十五条：公开前须经保密审查",
        Severity.BLOCKING,
        _marked,
        grave=True,
    ),
    ContentRule(
        "internal_paper",
        1,
        "内部文件字样",
        "政府信息公开条例第十六条：内部事务信息可以不予公开",
        Severity.BLOCKING,
        _internal,
        grave=True,
    ),
)
