"""Suggesting what a text is about, for a person to confirm."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Suggestion:
    """What a text may be, why, and how sure that is: among texts it was tried on, at least this
    share of suggestions as sure as this one was right."""

    label: str
    confidence: float
    because: tuple[str, ...] = ()


class SuggestLabel(Protocol):
    """Suggests a class, a topic or a department."""

    def __call__(self, text: str) -> Suggestion | None:
        """The likeliest label; None where it would be a mere guess."""
        ...
