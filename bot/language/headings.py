"""公文 numbering: 第一章, 一、, （一）, 1., 第一条 – which level a line stands on."""

import re

_COUNT = "[一二三四五六七八九十百零〇]+"
_CHAPTER = re.compile(rf"^第\s*{_COUNT}\s*(编|章|节)(?:\s|\u3000|$)\s*")
_FIRST = re.compile(rf"^{_COUNT}、")
_SECOND = re.compile(rf"^[（(]{_COUNT}[）)]")
_ARTICLE = re.compile(rf"^第\s*{_COUNT}\s*条(?:之{_COUNT})?(?=\s|\u3000|$)")
_ITEM = re.compile(r"^(?:\d{1,3}[.．、](?!\d)|[（(]\d{1,3}[）)]|[①-⑳]|[-*•·]\s)")
_LABEL_ONLY = re.compile(rf"^第\s*{_COUNT}\s*(?:编|章|节|条)$")
_SENTENCE = re.compile("[。；：！？;:]")
_LEVELS = {"编": 1, "章": 2, "节": 3}
LONGEST_HEADING = 40


def numbering_level(line: str) -> int | None:
    """The heading level `line` has by its numbering and its shape; None for running text.

    第X编 1 · 第X章 and 一、 2 · 第X节 and （一） 3. A line with a sentence in it, or longer than
    40 characters, is running text even when numbered.
    """
    text = line.strip()
    chapter = _CHAPTER.match(text)
    if len(text) > LONGEST_HEADING or _SENTENCE.search(text):
        return None
    if chapter:
        return _LEVELS[chapter[1]]
    if _FIRST.match(text):
        return 2
    return 3 if _SECOND.match(text) else None


def opens_a_part(line: str) -> bool:
    """Whether `line` begins with any 公文 numbering, so that it never continues the line above."""
    text = line.strip()
    return any(p.match(text) for p in (_CHAPTER, _FIRST, _SECOND, _ARTICLE, _ITEM))


def is_bare_label(line: str) -> bool:
    """Whether `line` is only 第X章 or 第X条, its words on the next line."""
    return _LABEL_ONLY.match(line.strip()) is not None
