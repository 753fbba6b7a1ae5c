"""What somebody writes in the form on our own pages."""

from dataclasses import dataclass

from bot.domain.cases.names import CaseClass
from bot.domain.errors import InvalidInput, Problem

SHORTEST_LETTER, LONGEST_LETTER = 5, 3000
LETTER_CLASSES = (
    CaseClass.QUESTION,
    CaseClass.HELP,
    CaseClass.COMPLAINT,
    CaseClass.SUGGESTION,
    CaseClass.CORRECTION,
)
"""What can be asked in a form. An application for disclosure is not among them: it needs writing,
identity and contact (条例 29)."""


@dataclass(frozen=True)
class Letter:
    """One matter, as its writer classed it."""

    case_class: CaseClass
    text: str


def letter_of(case_class: str, text: str) -> Letter:
    """A letter out of what was filled in.

    Raises:
        InvalidInput: naming every fault.
    """
    problems = []
    length = len(text.strip())
    if case_class not in {known.value for known in LETTER_CLASSES}:
        problems.append(Problem("case_class", "请选择要办的事"))
    if length < SHORTEST_LETTER:
        problems.append(Problem("text", f"请写明内容，至少 {SHORTEST_LETTER} 个字"))
    if length > LONGEST_LETTER:
        more = length - LONGEST_LETTER
        problems.append(Problem("text", f"最多 {LONGEST_LETTER} 个字，请删去 {more} 个字"))
    if problems:
        raise InvalidInput(problems)
    return Letter(CaseClass(case_class), text)
