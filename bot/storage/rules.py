"""Distribution rules and answer rules, in their order."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.domain.errors import NotFound
from bot.domain.ids import RuleId
from bot.domain.posts.rules import Rule
from bot.domain.replies.answering import AnswerRule
from bot.storage.encoding import decode, encode
from bot.storage.statements import insert_new
from bot.storage.tables import answer_rules
from bot.storage.tables import rules as rule_table


class SqlRules:
    """Keeps the promises of `ports.storage.Rules`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, rule: Rule) -> None:
        last = self._connection.scalar(select(func.max(rule_table.c.position)))
        values = {"id": rule.id, "position": (last or 0) + 1, "body": encode(Rule, rule)}
        insert_new(self._connection, rule_table, values, taken=f"规则 {rule.id} 已经存在")

    def save(self, rule: Rule) -> None:
        own = update(rule_table).where(rule_table.c.id == rule.id)
        if self._connection.execute(own.values(body=encode(Rule, rule))).rowcount == 0:
            raise NotFound("规则", rule.id)

    def get(self, rule: RuleId) -> Rule:
        body = self._connection.scalar(select(rule_table.c.body).where(rule_table.c.id == rule))
        if body is None:
            raise NotFound("规则", rule)
        return decode(Rule, body)

    def all(self) -> Sequence[Rule]:
        ordered = select(rule_table.c.body).order_by(rule_table.c.position, rule_table.c.id)
        return [decode(Rule, body) for body in self._connection.scalars(ordered)]

    def arrange(self, order: Sequence[RuleId]) -> None:
        for position, rule in enumerate(order, start=1):
            own = update(rule_table).where(rule_table.c.id == rule)
            self._connection.execute(own.values(position=position))

    def answer_rules(self) -> Sequence[AnswerRule]:
        ordered = select(answer_rules.c.body).order_by(answer_rules.c.position)
        return [decode(AnswerRule, body) for body in self._connection.scalars(ordered)]

    def replace_answer_rules(self, rules: Sequence[AnswerRule]) -> None:
        self._connection.execute(delete(answer_rules))
        rows = [
            {"position": position, "body": encode(AnswerRule, rule)}
            for position, rule in enumerate(rules, start=1)
        ]
        if rows:
            self._connection.execute(insert(answer_rules), rows)
