"""answers.toml: automatic answers as an operator writes them down."""

from collections.abc import Mapping
from pathlib import Path

from bot.cli.refusing import Refused
from bot.cli.toml_tables import Fields, tables_of
from bot.domain.ids import AccountId
from bot.domain.replies.answering import AnswerRule, Match
from bot.domain.replies.reply import LinkCard

ARTICLE = ("title", "description", "url", "picture_url")
KNOWN = ("name", "match", "words", "answer", "accounts", "enabled", *ARTICLE)


def read_answer_file(path: Path, *, accounts: Mapping[str, AccountId]) -> tuple[AnswerRule, ...]:
    """Every answer of the file, in its order; `accounts` are the ids by name.

    Raises:
        Refused: naming every fault; nothing of the file can be used then.
    """
    faults: list[str] = []
    rules = [_rule(table, accounts) for table in tables_of(path, "answers", faults)]
    if faults:
        raise Refused(*faults)
    return tuple(rules)


def _rule(table: Fields, accounts: Mapping[str, AccountId]) -> AnswerRule:
    table.refuse_unknown(KNOWN)
    names = table.texts("accounts")
    for name in names:
        if name not in accounts:
            table.fault("accounts", f"there is no account {name!r}; see: tongbu account list")
    card = _card(table)
    return AnswerRule(
        name=table.required("name"),
        match=table.choice("match", Match, Match.CONTAINS) or Match.CONTAINS,
        words=table.texts("words"),
        answer=(table.text("answer") or card.words) if card else table.required("answer"),
        accounts=tuple(accounts[name] for name in names if name in accounts),
        enabled=table.flag("enabled", True),
        card=card,
    )


def _card(table: Fields) -> LinkCard | None:
    """The article, where a field of one is there; `answer` then is what it says in words."""
    if not any(table.has(field) for field in ARTICLE):
        return None
    return LinkCard(
        title=table.required("title"),
        description=table.text("description"),
        url=table.required("url"),
        picture_url=table.text("picture_url"),
    )
