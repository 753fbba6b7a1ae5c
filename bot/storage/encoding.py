"""Domain values to JSON text and back, by their type hints."""

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def encode(kind: type[T], value: T) -> str:
    """JSON text of `value`.

    Raises:
        PydanticSerializationError: `value` does not fit its own type hints. Better now than
            when somebody wants to read it.
    """
    hint: Any = kind
    return _adapter(hint).dump_json(value, warnings="error").decode()


def decode(kind: type[T], text: str) -> T:
    """The value `encode` was given."""
    hint: Any = kind
    decoded: T = _adapter(hint).validate_json(text)
    return decoded
