"""Parts of packed office files, opened one at a time and read as far as the allowance lasts."""

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from bot.reading.attachments.gathering import Allowance, Metered, NotReadable

LARGEST_MEMBER = 100 * 1024 * 1024
_BEGINNING = 4096
_DECLARATIONS = tuple(
    word.encode(code)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for code in ("utf-8", "utf-16-le", "utf-16-be")
)
IS_LOCKED = 0x1


class Unsafe(Exception):
    """A part says what no office program writes."""


class Package:
    """A packed file and its parts by name."""

    def __init__(self, archive: zipfile.ZipFile, allowance: Allowance) -> None:
        self._archive = archive
        self._allowance = allowance
        self.names = archive.namelist()

    def matching(self, fits: Callable[[str], bool]) -> list[str]:
        """Names of the parts that fit, in the order in which people count them."""
        return sorted(filter(fits, self.names), key=lambda name: (len(name), name))

    def parts(self, start: str) -> list[str]:
        """Names of the XML parts that begin so."""
        return self.matching(lambda name: name.startswith(start) and name.endswith(".xml"))

    def events(self, name: str, *wanted: str, starts: bool = False) -> Iterator[tuple[str, Any]]:
        """The elements of an XML part by their whole names, each as it ends.

        Raises:
            Exhausted, Unsafe, KeyError, zipfile.BadZipFile, etree.XMLSyntaxError.
        """
        with self._archive.open(name) as opened:
            beginning = opened.read(_BEGINNING)
            if any(word in beginning for word in _DECLARATIONS):
                raise Unsafe(name)
            self._allowance.spend(len(beginning))
            rest = Metered(opened, self._allowance)
            yield from etree.iterparse(
                _Joined(beginning, rest),
                events=("start", "end") if starts else ("end",),
                tag=wanted or None,
                resolve_entities=False,
                no_network=True,
                remove_comments=True,
                remove_pis=True,
            )

    def content(self, name: str) -> bytes:
        """A whole part, for one that is a file itself.

        Raises:
            NotReadable: it is larger than an attachment may be.
            Exhausted, RuntimeError, zipfile.BadZipFile.
        """
        with self._archive.open(name) as opened:
            content = Metered(opened, self._allowance).read(LARGEST_MEMBER + 1)
        if len(content) > LARGEST_MEMBER:
            raise NotReadable("解压后过大")
        return content


class _Joined:
    """A beginning that was looked at, and the rest."""

    def __init__(self, beginning: bytes, rest: Metered) -> None:
        self._beginning = io.BytesIO(beginning)
        self._rest = rest

    def read(self, size: int) -> bytes:
        return self._beginning.read(size) or self._rest.read(size)


def forget(element: Any) -> None:
    """Drop what was read of a long part, before and within `element`."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
