"""检查规则: every rule that a post is held against, and the list of slips."""

import re
from dataclasses import dataclass

from starlette.responses import Response

from bot.console.answering import page
from bot.console.visit import Visit
from bot.domain.posts.checks.checking import RULES
from bot.domain.posts.checks.wordlist import SPELLINGS

_LOOKING_ROUND = re.compile(r"\(\?<?[!=][^)]*\)")
_PATTERN = re.compile(r"[\\\[(]")


@dataclass(frozen=True)
class _SlipRow:
    shown: str
    right: str


def show_checks(visit: Visit) -> Response:
    """The rules with their basis and version; slips as words, patterns left out."""
    plain = ((_LOOKING_ROUND.sub("", slip.pattern), slip.right) for slip in SPELLINGS)
    rows = [_SlipRow(shown, right) for shown, right in plain if not _PATTERN.search(shown)]
    return page(visit, "checks.html.j2", rules=RULES, spellings=rows)
