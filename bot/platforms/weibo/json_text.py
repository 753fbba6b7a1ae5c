"""JSON as Weibo sends it, parsed into values that can be stored and hashed."""

import json
from typing import Any


def parsed(text: str) -> Any:
    """The value of `text`.

    Weibo may cut a text in the middle of an emoji; the half that is left cannot be written as
    UTF-8, so it becomes a question mark.

    Raises:
        ValueError: it is not JSON, nested absurdly deep, or holds NaN or Infinity.
    """
    try:
        value = json.loads(text, parse_constant=_refuse)
        if "\\ud" not in text.lower():
            return value
        return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")
