"""Invented policy documents in Markdown, of a wanted length."""

from itertools import cycle

SENTENCES = (
    "为进一步优化营商环境，方便企业和群众办事，根据上级有关要求，结合本市实际，制定本办法。",
    "各镇街、各部门要把政策落实情况纳入年度重点工作，明确责任分工和完成时限，定期通报进展。",
    "符合条件的申请人可通过市政务服务网在线提交材料，也可到就近的便民服务中心窗口办理。",
    "受理部门应当自收到申请之日起五个工作日内作出决定；材料不全的，应当一次性告知需要补正的内容。",
    "补贴资金实行专款专用，任何单位和个人不得截留、挤占或者挪用，审计部门依法进行监督检查。",
)
LONG, SHORT = 3, 1
"""Sentences a paragraph: about 120 and about 40 characters."""
_SENTENCES_A_SECTION = 15
_HEADINGS = "一二三四五六七八九十"
_TABLE = (
    "| 类别 | 标准 | 办理时限 |\n| --- | --- | --- |\n"
    "| 首次创业 | 5000 元 | 5 个工作日 |\n| 吸纳就业 | 每人 1000 元 | 10 个工作日 |"
)
_LIST = "- 身份证明\n- 营业执照副本\n- 社会保险缴费记录"


def policy(characters: int, *, sentences: int = LONG) -> str:
    """A document of about so many characters: sections, paragraphs, bold words, lists, a table."""
    endless = cycle(SENTENCES)
    parts: list[str] = []
    section = 0
    while sum(map(len, parts)) < characters:
        parts.append(f"## {_HEADINGS[section % 10]}、有关事项")
        parts += [
            "".join(next(endless) for _ in range(sentences))
            for _ in range(_SENTENCES_A_SECTION // sentences)
        ]
        parts.append(f"**办理要求。**{next(endless)}")
        if section % 3 == 0:
            parts.append(_TABLE if section % 2 == 0 else _LIST)
        section += 1
    return "\n\n".join(parts)
