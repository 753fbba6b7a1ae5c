"""What one inspection has come upon so far, and how much it may still read."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO

from bot.domain.releases.inspection import Inspection, PersonalSearch

MOST_BYTES = 700 * 1024 * 1024
"""Unpacked, of everything in one attachment: a full list of 20 MB has some 300 million."""
MOST_SECONDS = 180.0
LONGEST_PIECE = 4000
MOST_SENTENCES = 20
_GAP = re.compile(r"\t|\u3000| {2,}")
"""Stands between words, never within a number."""
_OF_NUMBERS = frozenset("0123456789Xx -")


class Exhausted(Exception):
    """As much as may be read has been read; the message says what was not."""


class NotReadable(Exception):
    """A file is kept in a way nobody here can read; the message says why."""


@dataclass
class Allowance:
    """Bytes and time of one attachment, archives with all that is in them."""

    bytes_left: int = MOST_BYTES
    seconds: float = MOST_SECONDS
    began: float = field(default_factory=time.monotonic)

    def spend(self, count: int) -> None:
        """Take `count` bytes.

        Raises:
            Exhausted: there are none left, or the time is over.
        """
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise Exhausted("解压后过大，只检查了前面一部分，其余请人工查看")
        self.watch()

    def watch(self) -> None:
        """Look at the clock.

        Raises:
            Exhausted: the time is over.
        """
        if time.monotonic() - self.began > self.seconds:
            raise Exhausted("内容太多，只检查了前面一部分，其余请人工查看")


class Metered:
    """A file that is read as far as the allowance lasts."""

    def __init__(self, file: IO[bytes], allowance: Allowance) -> None:
        self._file = file
        self._allowance = allowance

    def read(self, size: int) -> bytes:
        """At most `size` bytes.

        Raises:
            Exhausted: the allowance is spent.
        """
        content = self._file.read(size)
        self._allowance.spend(len(content))
        return content


class Gathering:
    """Takes pieces of text from the readers of formats. Of an archive, `within` names the file."""

    def __init__(self, allowance: Allowance | None = None) -> None:
        self.allowance = allowance or Allowance()
        self._search = PersonalSearch()
        self._within = ""
        self._pieces = 0
        self._hidden: list[str] = []
        self._unread: list[str] = []

    @contextmanager
    def within(self, name: str) -> Iterator[None]:
        """What is taken meanwhile stands in this file of an archive."""
        before = self._within
        self._within = f"{before}{name} › "
        try:
            yield
        except Exhausted as over:
            raise Exhausted(f"{name} › {over}") from over
        finally:
            self._within = before

    @property
    def is_empty(self) -> bool:
        """Whether no text came."""
        return not self._pieces

    def take(self, part: str, spot: str, words: str) -> None:
        """Search a piece; it is not kept.

        Raises:
            Exhausted: the time is over.
        """
        if not words or words.isspace():
            return
        self._pieces += 1
        self.allowance.watch()
        for piece in _pieces(_GAP.sub("\n", words)):
            self._search.look(self._within + part, spot, piece)

    def hide(self, sentence: str) -> None:
        """Something is there without being seen."""
        _add(self._hidden, self._within + sentence)

    def leave(self, sentence: str) -> None:
        """Something could not be read."""
        _add(self._unread, self._within + sentence)

    def inspection(self) -> Inspection:
        """All of it."""
        return Inspection(self._search.found(), tuple(self._hidden), tuple(self._unread))


def _pieces(words: str) -> Iterator[str]:
    """Short enough to be searched quickly; cut between lines, else not within a number."""
    start = 0
    while len(words) - start > LONGEST_PIECE:
        end = start + LONGEST_PIECE
        line = words.rfind("\n", start + LONGEST_PIECE // 2, end)
        while line < 0 and end > start + LONGEST_PIECE // 2 and words[end - 1] in _OF_NUMBERS:
            end -= 1
        end = line if line >= 0 else end
        yield words[start:end]
        start = end
    yield words[start:]


def _add(sentences: list[str], sentence: str) -> None:
    if sentence not in sentences and len(sentences) < MOST_SENTENCES:
        sentences.append(sentence)
