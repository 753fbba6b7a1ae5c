"""What a content rule is: an id, a version, a basis, and a look at a post."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.domain.posts.checks.facts import Fact, facts_in
from bot.domain.posts.checks.passages import Passage, passages_of
from bot.domain.posts.checks.source import Source
from bot.domain.posts.draft import DraftContent, Severity, Violation


@dataclass(frozen=True)
class Reading:
    """A post as its rules read it."""

    content: DraftContent
    source: Source

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Its words, part by part."""
        return passages_of(self.content)

    @cached_property
    def facts(self) -> tuple[tuple[Passage, Fact], ...]:
        """Every fact its words state, with where it stands."""
        return tuple(
            (passage, fact) for passage in self.passages for fact in facts_in(passage.words)
        )


@dataclass(frozen=True)
class Hit:
    """One place that breaks a rule."""

    message: str
    place: str = ""
    quote: str = ""
    repair: str = ""


@dataclass(frozen=True)
class ContentRule:
    """A rule; its version goes up when what it finds changes. `basis` is the text behind it.

    Who may let a finding stand is told by `grave`: a reviewer where it is grave, else the writer.
    """

    id: str
    version: int
    name: str
    basis: str
    severity: Severity
    look: Callable[[Reading], Iterator[Hit]]
    grave: bool = False

    def violations(self, reading: Reading) -> Iterator[Violation]:
        """What it finds in the post; the same words at the same place once."""
        for hit in dict.fromkeys(self.look(reading)):
            yield Violation(
                rule=self.id,
                message=hit.message,
                place=hit.place,
                severity=self.severity,
                quote=hit.quote,
                repair=hit.repair,
                version=self.version,
            )
