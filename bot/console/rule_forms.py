"""What the pages of the office's rules read out of their forms."""

from collections.abc import Mapping

from bot.console.visit import Visit


def version_seen(visit: Visit) -> int:
    """The version of the rules that was on the page; one that is none was never seen."""
    given = visit.fields.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1


def is_confirmed(visit: Visit) -> bool:
    """Whether somebody has seen what the change does, and wants it."""
    return visit.fields.get("confirmed") == "1"


def number_in(given: Mapping[str, str], name: str, otherwise: int) -> int:
    """A whole number; `otherwise` where none is written."""
    text = given.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def lines_in(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    """What stands on lines of its own, or between commas, once each."""
    text = given.get(name, "").replace("，", "\n").replace("、", "\n").replace(",", "\n")
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def sent_again(visit: Visit) -> Mapping[str, str]:
    """What a preview sends once more when it is confirmed."""
    return {n: v for n, v in visit.fields.items() if n not in {"csrf", "version", "confirmed"}}
