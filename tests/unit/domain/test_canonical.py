"""Equal content has equal hashes, also across versions of the program."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.canonical import canonical_json, content_json, digest


@dataclass(frozen=True)
class Before:
    title: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class After:
    """The same thing in a later version of the program."""

    title: str
    tags: tuple[str, ...] = ()
    credit: str = ""
    notes: dict[str, str] = field(default_factory=dict)


@given(st.text(), st.lists(st.text()).map(tuple))
def test_a_new_field_left_alone_changes_no_hash(title: str, tags: tuple[str, ...]) -> None:
    """Else an upgrade would void every approval and make a new version of every release."""
    assert digest(Before(title, tags)) == digest(After(title, tags))


def test_a_field_that_says_something_counts() -> None:
    """What is not as it was by itself is content; also an empty value where that is not the
    default."""
    plain = After("通知")

    assert len({digest(one) for one in (plain, After("通知", credit="新华社"), After(""))}) == 3


def test_what_is_told_is_whole() -> None:
    """Programs that read our JSON find every field; only hashes leave some out."""
    notice = After("通知", notes={"b": "2", "a": "1"})

    assert canonical_json(notice) == (
        '{"credit":"","notes":{"a":"1","b":"2"},"tags":[],"title":"通知"}'
    )
    assert content_json(notice) == '{"notes":{"a":"1","b":"2"},"title":"通知"}'
