"""Chinese lettering for drawn pictures: fonts, and lines broken where a typesetter would."""

import re
from functools import lru_cache
from math import inf

import pylopdf_fonts_zh_cn
from PIL import ImageFont

_NOT_FIRST = frozenset("，。、；：？！）》」』】〕”’·…—%％℃,.;:?!)]}")
_NOT_LAST = frozenset("（《「『【〔“‘([{#￥$")
_TOKEN = re.compile(r"[0-9A-Za-z〇%.．\-]+|.", re.DOTALL)
_GOOD_BEFORE = ("关于", "《", "“", "支持", "推进", "加强", "促进", "进一步", "政策解读")
_GOOD_AFTER = (
    "、",
    "，",
    "》",
    "”",
    "：",
    "）",
    " ",
    "　",
    "关于",
    "印发",
    "转发",
    "的",
    "和",
    "及",
)
_WORDS = (
    "国务院 办公厅 人民政府 人民银行 通知 通报 意见 办法 规定 决定 批复 方案 条例 规划 细则 公告 "
    "若干 措施 发展 改革 管理 工作 有关 问题 政策 解读 指导 实施 经济 社会 中国 全国 金融 服务 "
    "风险 建设 开发 示范 高新 技术 企业 创新 健康 卫生 教育 医疗 养老 保障 监督 行政 事业 产业 农业"
)
"""Words that titles are full of; no line ends inside one. Two neighbours are looked up in it."""


@lru_cache(maxsize=32)
def serif(size: int) -> ImageFont.FreeTypeFont:
    """Noto Serif SC in `size` pixels."""
    return ImageFont.truetype(pylopdf_fonts_zh_cn.serif_path(), size)


@lru_cache(maxsize=32)
def sans(size: int) -> ImageFont.FreeTypeFont:
    """Noto Sans SC in `size` pixels."""
    return ImageFont.truetype(pylopdf_fonts_zh_cn.sans_path(), size)


def broken_lines(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """`text` on the fewest lines of `width` pixels, of even length, none begun by a comma."""
    tokens = _TOKEN.findall(" ".join(text.split()))
    widths = [font.getlength(token) for token in tokens]
    fewest = max(1, -(-int(sum(widths)) // width))
    ideal = min(width, sum(widths) / fewest * 1.02)
    return [line.strip() for line in _best_lines(tokens, widths, width, ideal)]


def _best_lines(tokens: list[str], widths: list[float], width: int, ideal: float) -> list[str]:
    """The division of least cost: uneven lines and bad breaks both cost."""
    best: list[tuple[float, int]] = [(0.0, 0)] + [(inf, 0)] * len(tokens)
    for end in range(1, len(tokens) + 1):
        length = 0.0
        for start in range(end - 1, -1, -1):
            length += widths[start]
            if length > width and start < end - 1:
                break
            cost = best[start][0] + ((length - ideal) / ideal) ** 2 + 0.15
            cost += _break_cost(tokens, end) if end < len(tokens) else 0
            if cost < best[end][0]:
                best[end] = (cost, start)
    lines: list[str] = []
    end = len(tokens)
    while end:
        start = best[end][1]
        lines.append("".join(tokens[start:end]))
        end = start
    return lines[::-1]


def _break_cost(tokens: list[str], at: int) -> float:
    """How bad it is to break before token `at`."""
    before, after = "".join(tokens[max(0, at - 4) : at]), "".join(tokens[at : at + 4])
    if after[0] in _NOT_FIRST or before[-1] in _NOT_LAST:
        return 50.0
    if before[-1] + after[0] in _WORDS:
        return 0.6
    if before.endswith(_GOOD_AFTER) or after.startswith(_GOOD_BEFORE):
        return 0.0
    return 0.2
