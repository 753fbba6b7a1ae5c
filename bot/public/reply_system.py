"""`/zhidu`: the office's written rules of replies, with the terms that are in force."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.names import CLASS_NAMES, ENTRY_NAMES
from bot.domain.cases.reply_system import ReplySystem, former, in_force
from bot.domain.cases.rules import DeadlineRule
from bot.ports.clock import Clock
from bot.public.pages import Pages

PATH = "/zhidu"


@dataclass(frozen=True)
class ShownTerm:
    """A term in words: of what, how long, and by what right."""

    what: str
    term: str
    basis: str


@dataclass(frozen=True)
class ShownChapter:
    """A chapter with its articles by their number."""

    heading: str
    articles: Sequence[tuple[int, str]]


def reply_system_route(
    systems: Sequence[ReplySystem],
    rules: Callable[[], Sequence[DeadlineRule]],
    clock: Clock,
    pages: Pages,
) -> Route:
    """The page; 404 before the first version is in force."""

    def show(_request: Request) -> Response:
        today = clock.now().astimezone(BEIJING).date()
        system = in_force(systems, today)
        if system is None:
            return pages.shared("missing.html.j2", {"here": PATH}, status=404)
        context = {
            "here": PATH,
            "system": system,
            "chapters": _numbered(system),
            "terms": [_shown(rule) for rule in rules() if not rule.accounts],
            "former": former(systems, today),
        }
        return pages.shared("reply_system.html.j2", context)

    return Route(PATH, pages.calm(show), methods=["GET"])


def _numbered(system: ReplySystem) -> Sequence[ShownChapter]:
    number = count(1)
    return [
        ShownChapter(one.heading, [(next(number), words) for words in one.articles])
        for one in system.chapters
    ]


def _shown(rule: DeadlineRule) -> ShownTerm:
    classes = "、".join(CLASS_NAMES[one] for one in rule.classes)
    entries = "、".join(ENTRY_NAMES[one] for one in rule.entries)
    what = classes or entries or "其他来件"
    where = f"（{entries}）" if classes and entries else ""
    urgency = {True: "，紧急", False: "，不紧急", None: ""}[rule.is_urgent]
    return ShownTerm(f"{what}{where}{urgency}", rule.term.in_words, rule.basis)
