"""Questions, answers and speakers of an interpretation, told apart by the labels it prints."""

import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto

from bot.domain.releases.document import Block, Document, Heading, Paragraph

_LONGEST_QUESTION = 200
_ASKS = re.compile(
    r"(?:问|提问|问题[\d一二三四五六七八九十]*|[QＱ]\d*|[^，。；：:]{0,16}记者(?:提?问)?)\s*[：:]"
)
_ANSWERS = re.compile(r"(?:答|回答|[AＡ]\d*)\s*[：:]")
_NUMBERED = re.compile(r"(?:\d{1,2}[.．、]|[（(]?[一二三四五六七八九十]{1,3}[）)、])")
_LABEL = re.compile(r"([^，。；：:！？“”《》\d]{2,24})[：:](?=.)")
_HOST = "主持人"


class Turn(Enum):
    """What a line is in a conversation."""

    QUESTION = auto()
    ANSWER = auto()
    SPEECH = auto()


@dataclass(frozen=True)
class Dialogue:
    """One document as a conversation; `speakers` are the labels that open its speeches."""

    speakers: frozenset[str] = frozenset()

    def turn_of(self, block: Heading | Paragraph) -> tuple[Turn, int] | None:
        """What `block` is, and how many characters its label takes; None for running text."""
        text = block.text
        if _is_question(block):
            return Turn.QUESTION, 0
        if label := _ANSWERS.match(text):
            return Turn.ANSWER, label.end()
        label = _LABEL.match(text) if self.speakers else None
        if label and label[1] in self.speakers:
            return Turn.SPEECH, label.end()
        return None


def dialogue_of(document: Document) -> Dialogue:
    """The conversation in `document`: a label counts as a speaker's when it opens two speeches."""
    found = Counter(label for block in document.blocks if (label := _speaker(block)))
    return Dialogue(frozenset(who for who, times in found.items() if times > 1 or who == _HOST))


def _speaker(block: Block) -> str:
    label = _LABEL.match(block.text) if isinstance(block, Paragraph) else None
    return label[1] if label else ""


def _is_question(block: Heading | Paragraph) -> bool:
    text = block.text.strip()
    if len(text) > _LONGEST_QUESTION or "\n" in text:
        return False
    if _ASKS.match(text):
        return True
    ends_asking = text.endswith(("？", "?"))
    return ends_asking and (isinstance(block, Heading) or bool(_NUMBERED.match(text)))
