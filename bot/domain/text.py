"""Counting and comparing text the way platforms and people do."""

import hashlib
import re
import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_URL = re.compile(r"https?://[\x21-\x7e]+")


def weibo_length(text: str) -> int:
    """Length as Weibo counts it, rounded up: two half-width characters make one.

    URLs are counted as written, which is the safe side (the platform may shorten them first).
    Characters outside the Basic Multilingual Plane count two.
    """
    half_units = sum(_half_width_units(character) for character in text)
    return (half_units + 1) // 2


def _half_width_units(character: str) -> int:
    if ord(character) > 0xFFFF:
        return 4
    return 1 if ord(character) < 0x80 else 2


def compact(text: str) -> str:
    """Text for comparison: compatibility-normalised, without spaces and invisible characters."""
    normal = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    return "".join(normal.split())


_OPENING, _CLOSING = "《〈", "》〉"


def in_book_marks(title: str) -> str:
    """`title` in 《》, the marks inside it by their level as GB/T 15834 has them: 《〈办法〉解读》.
    One that stands in 《》 already stays as it is."""
    if _is_marked(title):
        return title
    depth, marked = 1, list[str]()
    for sign in title:
        depth -= sign in _CLOSING
        marks = _OPENING if sign in _OPENING else _CLOSING
        marked.append(marks[depth % 2] if sign in _OPENING + _CLOSING else sign)
        depth += sign in _OPENING
    return f"《{''.join(marked)}》"


def _is_marked(title: str) -> bool:
    if not (title.startswith("《") and title.endswith("》")):
        return False
    inside = title[1:-1]
    return all(inside[:at].count("《") >= inside[:at].count("》") for at in range(len(title) - 1))


def is_web_address(text: str) -> bool:
    """Whether `text` begins as an address that a phone may open."""
    return text.startswith(("https://", "http://"))


def without_urls(text: str) -> str:
    """Text with every http(s) URL taken out, for comparing what a platform rewrote."""
    return _URL.sub("", text)


def fingerprint(text: str) -> str:
    """A short stable digest of what a reader sees, blind to URLs, spaces and width."""
    return hashlib.sha256(compact(without_urls(text)).encode()).hexdigest()[:32]


def clip_bytes(text: str, limit: int, *, ending: str = "…") -> str:
    """`text` within `limit` bytes of UTF-8, the cut marked by `ending`; no sign is cut apart."""
    encoded = text.encode()
    if len(encoded) <= limit:
        return text
    return encoded[: limit - len(ending.encode())].decode(errors="ignore") + ending


def clip(text: str, limit: int, *, ending: str = "…") -> str:
    """`text` within `limit` code points, the cut marked by `ending`."""
    return text if len(text) <= limit else text[: limit - len(ending)] + ending
