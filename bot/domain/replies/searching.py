"""Searching replies: which text is compared, and under what a reply is filed."""

from bot.domain.releases.searching import FIELD_END, index_terms, searchable


def reply_text(text: str, sender_name: str) -> str:
    """What a search looks at of a reply, as it is compared: its words and who said them."""
    return f"{searchable(text)}{FIELD_END}{searchable(sender_name)}"


def filed_terms(text: str) -> frozenset[str]:
    """The terms of a `reply_text`: every two neighbours, and the last sign of each part."""
    return index_terms(text)


def asked_terms(needle: str) -> tuple[str, ...]:
    """Every two neighbours of `needle` (searchable, two signs at least): who has not all of them
    does not hold it. Of exactly two signs, who has them holds it."""
    return tuple(dict.fromkeys(needle[at : at + 2] for at in range(len(needle) - 1)))


def facet(name: str, value: str) -> str:
    """The term under which everything with `value` is filed, e.g. of one account. It begins with
    a sign that no search can hold."""
    return f"{FIELD_END}{name}{value}"
