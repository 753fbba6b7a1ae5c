"""发文字号: recognising and normalising the numbers of official documents."""

import re
from dataclasses import dataclass
from enum import StrEnum


class NumberKind(StrEnum):
    """How a document is numbered: 国发〔2018〕38号, 国令第707号, 公告2024年第143号."""

    DOCUMENT = "document"
    ORDER = "order"
    ANNOUNCEMENT = "announcement"


@dataclass(frozen=True)
class DocumentNumber:
    """A number in its official writing; `was_changed` says that it came in another."""

    text: str
    kind: NumberKind
    was_changed: bool = False


_OPEN, _CLOSE = r"[〔\[［(（【﹝〖]", r"[〕\]］)）】﹞〗]"
_HAN = r"\u4e00-\u9fff"
_BODIES = rf"[{_HAN}](?:[{_HAN}、·\s]*[{_HAN}])?"
STRICT = re.compile(rf"^[{_HAN}]{{1,16}}〔(?:19|20)\d{{2}}〕[1-9]\d{{0,4}}号$")
_LOOSE = re.compile(
    rf"^(?P<code>{_BODIES})\s*{_OPEN}\s*(?P<year>(?:19|20)\d{{2}})\s*年?\s*{_CLOSE}\s*"
    r"(?P<nth>第)?\s*0*(?P<no>[1-9]\d{0,4})\s*号$"
)
_ORDER = re.compile(
    rf"^(?P<code>{_BODIES}令)\s*第\s*(?P<no>[1-9]\d{{0,4}}|[一二三四五六七八九十百零〇]+)\s*号$"
)
_ANNOUNCEMENT = re.compile(
    rf"^(?P<code>{_BODIES})?\s*{_OPEN}?(?P<year>(?:19|20)\d{{2}})\s*年?{_CLOSE}?\s*第\s*"
    r"0*(?P<no>[1-9]\d{0,4})\s*号$"
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


def parse_document_number(text: str) -> DocumentNumber | None:
    """The number `text` is, normalised (〔〕, no 虚位, no blanks inside); None if it is none."""
    raw = text.strip()
    plain = raw.translate(_FULL_WIDTH)
    for reader in (_loose, _order, _announcement):
        found = reader(plain)
        if found is not None:
            normal, kind = found
            return DocumentNumber(normal, kind, normal != raw)
    return None


def _bodies(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip())


def _loose(text: str) -> tuple[str, NumberKind] | None:
    match = _LOOSE.match(text)
    if match is None:
        return None
    code = _bodies(match["code"])
    if code.endswith(("令", "公告", "通告")):
        nth = "第" if match["nth"] else ""
        kind = NumberKind.ORDER if code.endswith("令") else NumberKind.ANNOUNCEMENT
        return f"{code}〔{match['year']}〕{nth}{match['no']}号", kind
    return f"{code}〔{match['year']}〕{match['no']}号", NumberKind.DOCUMENT


def _order(text: str) -> tuple[str, NumberKind] | None:
    match = _ORDER.match(text)
    return (
        (f"{_bodies(match['code'])}第{match['no']}号", NumberKind.ORDER)
        if match is not None
        else None
    )


def _announcement(text: str) -> tuple[str, NumberKind] | None:
    match = _ANNOUNCEMENT.match(text)
    if match is None:
        return None
    code = _bodies(match["code"] or "")
    return f"{code}{match['year']}年第{match['no']}号", NumberKind.ANNOUNCEMENT
