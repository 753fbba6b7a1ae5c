"""The reader: one door for every form in which releases arrive."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.domain.errors import InvalidInput, Problem
from bot.domain.releases.release import ReleaseReading
from bot.domain.releases.source import Source
from bot.ports.fetching import Fetcher
from bot.ports.media import MediaStore
from bot.ports.reading import FeedReading, InterpretationReading, RawInput, Recognised
from bot.reading.feed import LARGEST_FEED, read_feed
from bot.reading.files import LARGEST_FILE, read_release_file
from bot.reading.folder import read_folder
from bot.reading.inputs import read_input, read_interpretation_input, recognise
from bot.reading.json_shape import read_release


class Reader:
    """Implements `bot.ports.reading.ReleaseReader`; sizes are in bytes, `now` is epoch seconds."""

    def __init__(
        self,
        fetcher: Fetcher,
        media: MediaStore,
        *,
        largest_file: int = LARGEST_FILE,
        largest_feed: int = LARGEST_FEED,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._now = now
        self._fetcher = fetcher
        self._media = media
        self._largest_file = largest_file
        self._largest_feed = largest_feed

    def read_json(self, payload: object, *, default_key: str = "") -> ReleaseReading:
        """A release from decoded JSON.

        Raises:
            InvalidInput: with every problem found.
        """
        if not isinstance(payload, Mapping):
            raise InvalidInput([Problem("请求内容", "应当是一个 JSON 对象，请按接口说明改正")])
        return read_release(payload, default_key=default_key)

    def read_file(self, path: Path) -> ReleaseReading:
        """A release from a .json, .md, .html, .txt or .docx file; its pictures are kept.

        Raises:
            InvalidInput: with every problem found.
        """
        return read_release_file(path, self._media.put, largest=self._largest_file)

    def read_feed(self, source: Source) -> FeedReading:
        """The releases a feed lists now, with a conditional request.

        Raises:
            FetchError: the feed could not be fetched.
            InvalidInput: it is not a feed.
        """
        return read_feed(source, self._fetcher, largest=self._largest_feed)

    def read_folder(self, source: Source) -> FeedReading:
        """The releases in a watched folder; files still being written are left for next time.

        Raises:
            InvalidInput: the folder is not there.
        """

        def read_file(path: Path) -> ReleaseReading:
            return read_release_file(
                path,
                self._media.put,
                largest=self._largest_file,
                default_issuing_body=source.default_issuing_body,
            )

        return read_folder(source, read_file, now=self._now())

    def recognise(self, raw: RawInput) -> Recognised:
        """What an input holds, for a person to look at and to correct; pictures are kept.

        Raises:
            InvalidInput: it cannot be read, or holds no text.
        """
        return recognise(raw, self._media.put)

    def read_input(self, raw: RawInput, fields: Mapping[str, object]) -> ReleaseReading:
        """The text of `raw` as a release with these fields, judged as every other release is.

        Raises:
            InvalidInput: with every problem found.
        """
        return read_input(raw, fields, self._media.put)

    def read_interpretation(
        self, raw: RawInput, fields: Mapping[str, object]
    ) -> InterpretationReading:
        """The text of `raw` as an interpretation with these fields.

        Raises:
            InvalidInput: with every problem found.
        """
        return read_interpretation_input(raw, fields, self._media.put)
