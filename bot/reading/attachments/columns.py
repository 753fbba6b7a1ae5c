"""Rows of a table: each figure is read together with the heading over it, which says what it is."""

import re
from collections.abc import Iterable

_LONGEST_HEADING = 14
_OF_OFFICES = re.compile("单位|企业|公司|机构|注册|经营|办公|学校|项目|门店|场所")
"""Addresses under such a heading are no homes."""


class Columns:
    """The last words without figures in each column are taken for its heading."""

    def __init__(self) -> None:
        self._headings: dict[int, str] = {}

    def read(self, cells: Iterable[tuple[int, str]]) -> str:
        """What of a row is to be searched, by the places and words of its cells."""
        told = []
        for place, words in cells:
            if any(sign.isdigit() for sign in words):
                heading = self._headings.get(place, "")
                told.append(f"{heading}：{words}" if heading else words)
            elif len(words) <= _LONGEST_HEADING:
                self._headings[place] = "" if _OF_OFFICES.search(words) else words.strip()
            else:
                told.append(words)
        return "\n".join(told)
