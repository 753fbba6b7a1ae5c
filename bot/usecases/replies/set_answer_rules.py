"""Replace the rules by which messages are answered at once."""

from collections.abc import Sequence

from bot.domain.errors import InvalidInput, Problem
from bot.domain.permissions import Actor, Permission
from bot.domain.replies.answering import AnswerRule, Match
from bot.domain.replies.reply import LONGEST_TEXT_BYTES
from bot.domain.text import is_web_address
from bot.ports.storage import Storage

WORDLESS = frozenset({Match.ANY_MESSAGE})


def set_answer_rules(rules: Sequence[AnswerRule], *, actor: Actor, storage: Storage) -> None:
    """Store `rules` in their order instead of those there are; callbacks know them in seconds.

    Raises:
        NotAllowed: the actor may not manage accounts.
        InvalidInput: a rule has no answer, one that the platform would not take, or no words to
            recognise a message by.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    problems = [problem for rule in rules for problem in _problems(rule)]
    if problems:
        raise InvalidInput(problems)
    with storage.begin() as uow:
        uow.rules.replace_answer_rules(rules)
        uow.audit.write(
            actor=actor.name,
            action="answer_rules.replaced",
            object_kind="answer_rules",
            object_id="all",
            details={"rules": str(len(rules))},
        )
        uow.commit()


def _problems(rule: AnswerRule) -> list[Problem]:
    problems = []
    if not rule.answer.strip():
        problems.append(Problem(rule.name, "请填写自动回复的内容"))
    if rule.card is None and len(rule.answer.encode()) > LONGEST_TEXT_BYTES:
        longest = f"最多 {LONGEST_TEXT_BYTES} 字节（约 680 个汉字）"
        problems.append(Problem(rule.name, f"自动回复的内容太长，{longest}，请缩短或改为图文"))
    for address in (rule.card.url, rule.card.picture_url) if rule.card else ():
        if address and not is_web_address(address):
            problems.append(Problem(rule.name, f"“{address}”不是网址，请以 https:// 开头"))
    if not rule.words and rule.match not in WORDLESS:
        problems.append(Problem(rule.name, "请填写用来识别留言的词"))
    return problems
