"""Replace the rules by which messages are answered at once."""

from collections.abc import Sequence

from bot.domain.errors import InvalidInput, Problem
from bot.domain.permissions import Actor, Permission
from bot.domain.replies.answering import AnswerRule, Match
from bot.ports.storage import Storage

WORDLESS = frozenset({Match.ANY_MESSAGE})


def set_answer_rules(rules: Sequence[AnswerRule], *, actor: Actor, storage: Storage) -> None:
    """Store `rules` in their order instead of those there are; callbacks know them in seconds.

    Raises:
        NotAllowed: the actor may not manage accounts.
        InvalidInput: a rule has no answer, or no words to recognise a message by.
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
    if not rule.words and rule.match not in WORDLESS:
        problems.append(Problem(rule.name, "请填写用来识别留言的词"))
    return problems
