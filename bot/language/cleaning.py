"""Takes typing debris out of text, counts what it took, and repairs only proven mojibake."""

import re
from collections import Counter
from dataclasses import dataclass, field

_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x9f]")
_WIDE_SPACE = re.compile("[\u00a0\u2002\u2003\u2007\u2009\u200a\u202f]")
_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SUSPECT = re.compile("[\u00c2-\u00f4][\u0080-\u00ff\u0152-\u2122]{1,3}")
_DAMAGED = re.compile("\ufffd|锟斤拷|烫烫烫|屯屯屯")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ANY_DEBRIS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xff\u2000-\u200f\u2028-\u202f\u2060\ud800-\udfff\ufeff\ufffd锟烫屯]"
)
"""Everything the rules below may find; most texts have none of it."""

_CJK = re.compile("[\u3400-\u9fff]")


@dataclass
class Cleaned:
    """The text, what was changed and how often, and how many places could not be repaired."""

    text: str
    changes: Counter[str] = field(default_factory=Counter)
    damaged: int = 0


def has_debris(text: str) -> bool:
    """Whether `clean` may change or count anything in `text`."""
    return _ANY_DEBRIS.search(text) is not None


def clean(text: str) -> Cleaned:
    """`text` without zero-width and control characters, its odd spaces and line ends made plain.

    Full-width digits and ideographic spaces stay. Mojibake is repaired only when the repair can
    be undone to the very same characters; other damage is counted in `damaged` and kept (half
    characters, which no file can hold, become U+FFFD).
    """
    changes: Counter[str] = Counter()
    if not has_debris(text):
        return Cleaned(text, changes)
    text = _repair(_SURROGATE.sub("\ufffd", text), changes)
    for name, pattern, replacement in (
        ("line_ends", _LINE_BREAK, "\n"),
        ("zero_width", _ZERO_WIDTH, ""),
        ("odd_spaces", _WIDE_SPACE, " "),
        ("control", _CONTROL, ""),
    ):
        text, count = pattern.subn(replacement, text)
        if count:
            changes[name] += count
    return Cleaned(text, changes, len(_DAMAGED.findall(text)))


def _repair(text: str, changes: Counter[str]) -> str:
    if not _SUSPECT.search(text):
        return text
    lines = [_repair_line(line) for line in text.split("\n")]
    repaired = sum(new != old for new, old in zip(lines, text.split("\n"), strict=True))
    if repaired:
        changes["mojibake"] += repaired
    return "\n".join(lines)


def _repair_line(line: str) -> str:
    """UTF-8 read as Latin-1 or Windows-1252, proven by the way back; else the line as it is."""
    if not _SUSPECT.search(line) or _CJK.search(line):
        return line
    from ftfy import fix_encoding  # loads its tables only for a suspect

    fixed: str = fix_encoding(line)
    if not _CJK.search(fixed) or "\ufffd" in fixed:
        return line
    return fixed if any(_reads_as(fixed, line, code) for code in ("latin-1", "cp1252")) else line


def _reads_as(fixed: str, line: str, encoding: str) -> bool:
    try:
        return line.encode(encoding) == fixed.encode()
    except UnicodeEncodeError:
        return _sloppy(line) == fixed.encode()


def _sloppy(line: str) -> bytes:
    """Windows-1252 with its five holes read as Latin-1, the way browsers decode it."""
    out = bytearray()
    for character in line:
        try:
            out += character.encode("cp1252")
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return b""
            out.append(ord(character))
    return bytes(out)
