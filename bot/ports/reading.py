"""Readers: from a file, a request body or a feed to releases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from bot.domain.releases.document import Document
from bot.domain.releases.release import Finding, Interpretation, ReleaseReading
from bot.domain.releases.source import Source


@dataclass(frozen=True)
class FeedReading:
    """What a feed held, with the validators to send next time."""

    readings: tuple[ReleaseReading, ...]
    refusals: tuple[str, ...]
    etag: str = ""
    last_modified: str = ""
    not_modified: bool = False


class InputForm(StrEnum):
    """What somebody hands in by hand: a file, HTML from the clipboard, or plain text."""

    FILE = "file"
    PASTE = "paste"
    TEXT = "text"


@dataclass(frozen=True)
class RawInput:
    """What was handed in, as it came; `name` is the file's own."""

    form: InputForm
    content: bytes = field(repr=False)
    name: str = ""


@dataclass(frozen=True)
class Recognised:
    """What an input says of itself, nothing judged yet: `fields` in the words of the JSON shape,
    the text, and what was noticed while reading."""

    fields: Mapping[str, str]
    body: Document
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class InterpretationReading:
    """An interpretation that was handed in, and what was noticed."""

    interpretation: Interpretation
    findings: tuple[Finding, ...]


class ReleaseReader(Protocol):
    """Turns what offices hand in into releases. Never drops text silently."""

    def read_json(self, payload: object, *, default_key: str = "") -> ReleaseReading:
        """A release from decoded JSON.

        Raises:
            InvalidInput: with every problem found.
        """
        ...

    def read_file(self, path: Path) -> ReleaseReading:
        """A release from a .json, .md, .html, .txt or .docx file; pictures inside it are kept.

        Raises:
            InvalidInput: with every problem found.
        """
        ...

    def read_feed(self, source: Source) -> FeedReading:
        """The releases a feed lists now, with a conditional request.

        Raises:
            FetchError: the feed could not be fetched.
            InvalidInput: it is not a feed.
        """
        ...

    def read_folder(self, source: Source) -> FeedReading:
        """The releases in a watched folder; files still being written are left for next time.

        `etag` is a digest of the listing: the same listing again is `not_modified`.

        Raises:
            InvalidInput: the folder is not there.
        """
        ...

    def recognise(self, raw: RawInput) -> Recognised:
        """What an input holds, for a person to look at and to correct; pictures are kept.

        Raises:
            InvalidInput: it cannot be read, or holds no text.
        """
        ...

    def read_input(self, raw: RawInput, fields: Mapping[str, object]) -> ReleaseReading:
        """The text of `raw` as a release with these fields, judged as every other release is.

        Raises:
            InvalidInput: with every problem found.
        """
        ...

    def read_interpretation(
        self, raw: RawInput, fields: Mapping[str, object]
    ) -> InterpretationReading:
        """The text of `raw` as an interpretation with these fields.

        Raises:
            InvalidInput: with every problem found.
        """
        ...
