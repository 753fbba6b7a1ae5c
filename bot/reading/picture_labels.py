"""What a caption says besides: who made the picture, and that a machine made it."""

import re
from dataclasses import replace

from bot.domain.releases.document import Document, Image

_CREDIT = re.compile(
    r"(?:^|[（(\s，。；|｜])\s*(?:图片来源|图源|来源|摄影|供图|制图)\s*[：:/|｜]\s*"
    r"([^（）()，。；|｜]{2,40}?)\s*[）)]?$"
)
_MADE_BY_MACHINE = re.compile(
    r"(?:AI|ＡＩ|人工智能)(?:辅助)?(?:生成|合成|制作|绘制|作图)|(?:生成|合成)式人工智能",
    re.IGNORECASE,
)


def with_labels(document: Document) -> Document:
    """`document` with the credit of every picture in its own place, and its AI label kept."""
    return Document(tuple(_labelled(b) if isinstance(b, Image) else b for b in document.blocks))


def all_labelled(document: Document) -> Document:
    """As `with_labels`, where the source says that all its pictures are made with AI."""
    return Document(
        tuple(
            replace(block, ai_generated=True) if isinstance(block, Image) else block
            for block in with_labels(document).blocks
        )
    )


def _labelled(image: Image) -> Image:
    said = f"{image.caption} {image.alt}"
    is_generated = image.ai_generated or _MADE_BY_MACHINE.search(said) is not None
    credit = _CREDIT.search(image.caption)
    if credit is None or image.credit:
        return replace(image, ai_generated=is_generated)
    caption = image.caption[: credit.start()].rstrip(" （(，。；|｜")
    return replace(image, caption=caption, credit=credit[1], ai_generated=is_generated)
