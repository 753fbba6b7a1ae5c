"""Marks that forbid publication: 密级, internal papers, and notes that a text is not public."""

import re

from bot.reading.notes import Notes

_CLASSIFIED = re.compile(r"(?:绝密|机密|秘密)\s*★")
_LONE_CLASS = re.compile(r"^\s*(?:绝\s*密|机\s*密|秘\s*密)\s*(?:长期|\d+\s*(?:年|个月|天))?\s*$")
_INTERNAL = re.compile(
    r"^[（(【\[]?\s*(?:内部(?:资料|文件|参考|使用)|仅供内部|不得外传|不宜公开|注意保存)"
    r"[，,。、\s]*(?:注意保存|不得外传|请勿外传|注意保密)?\s*[）)】\]]?$"
)
_NOT_PUBLIC = re.compile(
    r"[（(]\s*(?:此件|本件|该件)?\s*(?:不予公开|不公开|不宜公开|依申请公开|删减后公开|删减后发布)\s*[）)]|"
    r"^\s*(?:此件|本件)\s*(?:不予公开|不公开|依申请公开)\s*[。]?\s*$|"
    r"公开(?:属性|方式|类别|选项)\s*[：:]\s*(?:不予公开|依申请公开|不公开)"
)
_URGENT = re.compile(r"^\s*(?:特\s*急|加\s*急|特提|平急)\s*$")
_COPY_NUMBER = re.compile(r"^\s*\d{6}\s*$")
HEAD_LINES = 6
"""版头 stands in the first lines (GB/T 9704-2012)."""


def check_secrecy(text: str, notes: Notes, *, place: str = "正文") -> None:
    """Note a fault for every mark that forbids publication; the text is never quoted.

    Discussing secrecy or disclosure (保密法, 政府信息公开条例) is no mark.
    """
    lines = text.split("\n")
    if _CLASSIFIED.search(text) or any(_LONE_CLASS.match(line) for line in lines):
        notes.fault(
            place,
            "带有密级标志，不得公开发布；请停止流转，交本单位保密审查人员处理，公开件应去除标志后重新提交",
        )
    if any(_INTERNAL.match(line.strip()) for line in lines if len(line) <= 30):
        notes.fault(place, "带有内部资料标志，不得公开发布；请先完成公开审查，再提交公开件")
    if any(_NOT_PUBLIC.search(line) for line in lines):
        notes.fault(
            place,
            "附注写明不予公开、删减后公开或依申请公开，不能发布；请核对公开属性，或提交可公开的版本",
        )
    _check_head(lines[:HEAD_LINES], notes, place)


def _check_head(lines: list[str], notes: Notes, place: str) -> None:
    if any(_URGENT.match(line) for line in lines):
        notes.find("urgency_mark", "正文开头带有紧急程度标志，公开发布前请确认是否应当去掉", place)
    if any(_COPY_NUMBER.match(line) for line in lines):
        notes.find("copy_number", "正文开头有六位数字，可能是涉密文件的份号，请核对", place)
