"""The form of a 政策解读 by the words offices use for it."""

from bot.domain.releases.release import InterpretationKind
from bot.reading.notes import Notes

_WORDS: tuple[tuple[str, InterpretationKind], ...] = (
    ("一图读懂", InterpretationKind.INFOGRAPHIC),
    ("图解", InterpretationKind.INFOGRAPHIC),
    ("图表", InterpretationKind.INFOGRAPHIC),
    ("图文", InterpretationKind.INFOGRAPHIC),
    ("视频", InterpretationKind.VIDEO),
    ("音频", InterpretationKind.AUDIO),
    ("动漫", InterpretationKind.ANIMATION),
    ("动画", InterpretationKind.ANIMATION),
    ("H5", InterpretationKind.ANIMATION),
    ("新闻发布", InterpretationKind.PRESS_CONFERENCE),
    ("吹风会", InterpretationKind.BRIEFING),
    ("访谈", InterpretationKind.INTERVIEW),
    ("答记者问", InterpretationKind.QA),
    ("问答", InterpretationKind.QA),
    ("专家", InterpretationKind.EXPERT),
    ("负责人", InterpretationKind.OFFICIAL),
    ("领导", InterpretationKind.OFFICIAL),
    ("媒体", InterpretationKind.MEDIA),
    ("文字", InterpretationKind.TEXT),
    ("政策解读", InterpretationKind.TEXT),
    ("解读", InterpretationKind.TEXT),
)


def kind_named(name: str | None, title: str, notes: Notes) -> InterpretationKind:
    """The kind `name` means (our word or an office's), else what the title says, else text."""
    if name is not None:
        own = next((kind for kind in InterpretationKind if kind == name), None)
        found = own or _by_words(name)
        if found is not None and (found is not InterpretationKind.TEXT or own or "文字" in name):
            return found
    found = _by_words(title) or InterpretationKind.TEXT
    if name is None or _by_words(name) is None:
        said = f"“{name}”" if name else "没有注明"
        notes.find(
            "interpretation_kind",
            f"解读“{title[:30]}”的形式{said}，已按“{found.value}”处理",
            "interpretations",
        )
    return found


def _by_words(text: str) -> InterpretationKind | None:
    return next((kind for word, kind in _WORDS if word in text), None)
