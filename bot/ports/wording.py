"""Wording that rendering asks for: a shorter title, a digest in the document's own
sentences, the words of a line."""

from collections.abc import Iterable
from typing import Protocol


class ShortTitle(Protocol):
    """A title made to fit. `form` is `whole`, `shortened`, `cut` or `too_long`."""

    @property
    def text(self) -> str: ...

    @property
    def form(self) -> str: ...


class ShortenTitle(Protocol):
    """Shortens an official title by its own words."""

    def __call__(
        self,
        title: str,
        limit: int,
        *,
        issuing_bodies: Iterable[str] = (),
        may_cut: bool = False,
    ) -> ShortTitle:
        """`title` within `limit` code points, by leaving out `issuing_bodies` and the like.

        Only with `may_cut` may it be cut, at a word boundary, marked with “…”; otherwise a
        title that stays too long comes back as `too_long`.
        """
        ...


class MakeDigest(Protocol):
    """Takes whole sentences out of an approved text."""

    def __call__(self, text: str, limit: int, *, facts_first: bool = False) -> str:
        """At most `limit` code points of sentences copied from `text`; may be empty.

        With `facts_first` only of those that tell what changed, for whom, from when.
        """
        ...


class SplitWords(Protocol):
    """Tells where words end."""

    def __call__(self, text: str) -> list[str]:
        """The words of `text`, in order; joined they are `text` again."""
        ...

    def __hash__(self) -> int:
        """What was drawn with it is remembered with it."""
        ...
