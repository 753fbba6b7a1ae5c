"""What a follower is told who asks for a case by number and check code."""

from datetime import datetime

from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.case import STATE_NAMES, Case, CaseState
from bot.domain.cases.names import CLASS_NAMES
from bot.domain.replies.reply import LONGEST_TEXT_BYTES, Answered
from bot.domain.replies.search_answers import RECEIPT_RULE
from bot.domain.text import clip_bytes

TOO_OFTEN = "查询次数过多，请 10 分钟后再试。编号和校验码在受理通知里，也可以直接留言询问。"


def case_answer(case: Case, *, department: str) -> Answered:
    """State, department and term; the answer itself where there is one. What the asker wrote is
    not repeated: a phone may be in other hands."""
    lines = [
        f"受理编号：{case.number}",
        f"类别：{CLASS_NAMES[case.case_class]}",
        f"状态：{STATE_NAMES[case.state]}",
    ]
    if department:
        lines.append(f"承办部门：{department}")
    lines += _times(case)
    if case.answered_at is not None and case.answer_text:
        lines.append(f"答复：{case.answer_text}")
    if case.tombstone is not None:
        lines.append(case.tombstone.words)
    return Answered(clip_bytes("\n".join(lines), LONGEST_TEXT_BYTES), RECEIPT_RULE)


def receipt_words(case: Case) -> str:
    """What the asker is written when their matter is taken up."""
    return (
        f"您的来信已受理，受理编号 {case.number}，校验码 {case.check_code}。\n"
        f"答复期限 {_day(case.deadline.due_at)}。回复“查 {case.number} {case.check_code}”"
        "可以查询办理进度，请勿把校验码告诉他人。"
    )


def told_later(case: Case) -> str:
    """What the asker is written who could not be reached when their matter was answered, and has
    written again since."""
    return f"{_your_letter(case)}已有答复：\n{case.answer_text}"


def told_where(case: Case) -> str:
    """The same in short, where the answer does not fit into one message."""
    look_up = f"查 {case.number} {case.check_code}"
    return f"{_your_letter(case)}已有答复。回复“{look_up}”可以查看，请勿把校验码告诉他人。"


def _your_letter(case: Case) -> str:
    return f"您{_day(case.received_at)}的来信（受理编号 {case.number}）"


def too_often() -> Answered:
    """Somebody tries codes."""
    return Answered(TOO_OFTEN, RECEIPT_RULE)


def _times(case: Case) -> list[str]:
    received = f"受理时间：{_day(case.received_at)}"
    if case.answered_at is not None:
        return [received, f"答复时间：{_day(case.answered_at)}"]
    if case.state in {CaseState.MERGED, CaseState.WITHDRAWN}:
        return [received]
    provisional = "（暂定）" if case.is_provisional else ""
    return [received, f"答复期限：{_day(case.deadline.due_at)}{provisional}"]


def _day(moment: datetime) -> str:
    local = moment.astimezone(BEIJING)
    return f"{local.year}年{local.month}月{local.day}日"
