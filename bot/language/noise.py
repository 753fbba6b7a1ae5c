"""Texts that nobody has to answer: thanks, “1”, laughter, emoji, bare mentions. By a table that an
office keeps; where the table is in doubt, a text says something."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.domain.releases.searching import searchable

LONGEST = 80
"""Whoever writes more has something to say."""

_MENTION = re.compile(r"@([\w·-]{1,16})(?=[\s:：,，。.!！~～、@#\[])")
"""With its end in sight: of `@云岭发布停水` nobody knows where the name ends."""
_BRACKETED = re.compile(r"\[([^\[\]\s]{1,8})\]")
_WHOLE = re.compile(r"[0-9a-z]+")
_JOINERS = {"\u200d", "\ufe0f", "\ufe0e", "\u20e3"}
_FIRST_PICTURE = "\u2190"


@dataclass(frozen=True)
class NoiseTable:
    """The table, compared as searches compare: see `noise.toml` for what each part is."""

    thanks: frozenset[str]
    for_what: frozenset[str]
    phrases: frozenset[str]
    beside: frozenset[str]
    whole: frozenset[str]
    bracketed: frozenset[str]
    codes: frozenset[str]
    never: frozenset[str]
    outside_names: frozenset[str]


def is_noise(text: str, *, grave: Iterable[str] = (), table: NoiseTable | None = None) -> bool:
    """Whether the text consists wholly of what says nothing. A text with a question, a negation
    or one of the `grave` words never does, nor one without any sign."""
    table = table or shipped_table()
    read = searchable(text)
    if not read or len(read) > LONGEST:
        return False
    if any(word in read for word in table.never):
        return False
    if any(word and word in read for word in map(searchable, grave)):
        return False
    return all(_says_nothing(run, table) for run in _runs(text, table))


def _runs(text: str, table: NoiseTable) -> list[str]:
    """What is left of the text between marks, emoji and punctuation."""
    left = unicodedata.normalize("NFKC", text).casefold()
    left = _MENTION.sub(lambda found: _instead(found, not _is_name(found[1], table)), left)
    left = _BRACKETED.sub(lambda found: _instead(found, found[1] not in table.bracketed), left)
    for code in sorted(table.codes, key=len, reverse=True):
        left = left.replace(code, " ")
    return "".join(" " if _is_picture(sign) else sign for sign in left).split()


def _instead(found: re.Match[str], is_kept: bool) -> str:
    return found[0].replace("[", "［").replace("@", "＠") if is_kept else " "


def _is_name(name: str, table: NoiseTable) -> bool:
    return not any(sign in name for sign in table.outside_names)


def _is_picture(sign: str) -> bool:
    """Emoji, their joints, and punctuation."""
    if sign in _JOINERS or (sign >= _FIRST_PICTURE and unicodedata.category(sign) in {"So", "Sk"}):
        return True
    return unicodedata.category(sign)[0] in "PSZC" and sign not in "［＠"


def _says_nothing(run: str, table: NoiseTable) -> bool:
    """Whether a run is one of the whole ones, or divides into phrases and what may stand behind
    them. A place is reached with thanks before it, or without."""
    if run in table.whole or _WHOLE.fullmatch(run):
        return run in table.whole
    reached = {(0, False)}
    for at in range(len(run)):
        for end in range(at + 1, len(run) + 1):
            word = run[at:end]
            reached |= {
                (end, thanked or word in table.thanks)
                for begin, thanked in reached
                if begin == at and _may_stand(word, at, thanked, table)
            }
    return any(end == len(run) for end, _ in reached)


def _may_stand(word: str, at: int, thanked: bool, table: NoiseTable) -> bool:
    if word in table.thanks or word in table.phrases:
        return True
    return at > 0 and (word in table.beside or (thanked and word in table.for_what))


@cache
def shipped_table() -> NoiseTable:
    """The table that comes with Tongbu."""
    told = tomllib.loads((files("bot.language") / "noise.toml").read_text("utf-8"))
    read = {name: frozenset(map(searchable, words)) for name, words in told.items()}
    return NoiseTable(**read)
