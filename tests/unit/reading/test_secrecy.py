"""Marks that forbid publication, and texts that only speak of secrecy."""

import pytest

from bot.reading.notes import Notes
from bot.reading.secrecy import check_secrecy


@pytest.mark.parametrize(
    "text",
    [
        "机密★10年\n关于某事的通知",
        "秘密 ★ 长期",
        "绝 密\n通知",
        "内部资料，注意保存\n通知",
        "（内部文件）",
        "正文。\n（此件不予公开）",
        "正文。\n（此件依申请公开）",
        "正文。\n此件不公开",
        "公开属性：依申请公开",
        "（此件删减后公开）",
    ],
)
def test_a_mark_is_refused_and_never_quoted(text: str) -> None:
    """The sentence says what to do without repeating a word of the text."""
    notes = Notes()

    check_secrecy(text + "\n代号梧桐", notes)

    assert len(notes.problems) == 1
    assert "梧桐" not in notes.problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        "（此件公开发布）",
        "（此件主动公开）",
        "涉及国家秘密、工作秘密的，依照保密法执行。",
        "国家秘密的密级分为绝密、机密、秘密三级。",
        "行政机关对不予公开的政府信息应当说明理由，可以依申请公开。",
        "行政复议机关应当把内部资料移交档案机构保存。",
    ],
)
def test_speaking_of_secrecy_is_no_mark(text: str) -> None:
    """The law on secrets itself can be published."""
    notes = Notes()

    check_secrecy(text, notes)

    assert notes.problems == []


def test_urgency_and_copy_numbers_in_the_head_are_findings() -> None:
    """They may be public, so a person is asked."""
    notes = Notes()

    check_secrecy("000123\n特急\n通知", notes)

    assert not notes.problems
    assert {finding.code for finding in notes.findings} == {"urgency_mark", "copy_number"}
