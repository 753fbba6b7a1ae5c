"""Domain values to JSON text and back, by their type hints."""

from functools import cache, lru_cache
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


def decode_shared(kind: type[T], text: str) -> T:
    """As `decode`, remembering the last ones: every step of a delivery reads the same post and
    release again, whole texts each. Only for values that nobody can change."""
    hint: Any = kind
    decoded: T = _decoded(hint, text)
    return decoded


@lru_cache(maxsize=128)
def _decoded(kind: Any, text: str) -> Any:
    return decode(kind, text)
