"""Places in a draft as staff say them: findings may name a field of ours."""

import re
from collections.abc import Mapping

_ARTICLE = re.compile(r"articles\.(\d+)(?:\.(\w+))?")
_PICTURE = re.compile(r"pictures\.(\d+)")
_FIELDS: Mapping[str, str] = {
    "articles": "文章",
    "title": "标题",
    "digest": "导语",
    "html": "正文",
    "cover": "封面",
    "author": "作者",
    "link": "链接",
    "text": "正文",
    "pictures": "配图",
}


def place_in_words(place: str) -> str:
    """“第 1 篇的封面”, “正文”; what is in Chinese already stays as it is."""
    picture = _PICTURE.search(place)
    of_picture = f"第 {int(picture[1]) + 1} 张图片" if picture else ""
    article = _ARTICLE.match(place)
    if article is None:
        return of_picture or _FIELDS.get(place, place)
    field = of_picture or _FIELDS.get(article[2] or "", "")
    number = f"第 {int(article[1]) + 1} 篇"
    return f"{number}的{field}" if field else number
