"""Every kind of message and event comes through the door, in each of the console's modes."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.fakes.storage import FakeStorage
from tests.unit.callbacks.door import KEY, TOKEN, Door, Push, compatible, plain, sealed

SAMPLES = Path(__file__).parents[2] / "samples" / "wechat" / "pushes.toml"
WITH_KEY = {"token": TOKEN, "aes_key": KEY}
MODES = [
    pytest.param(plain, {"token": TOKEN}, id="plain"),
    pytest.param(compatible, {"token": TOKEN}, id="compatible, no key here"),
    pytest.param(compatible, WITH_KEY, id="compatible"),
    pytest.param(sealed, WITH_KEY, id="safe"),
]


def samples() -> dict[str, dict[str, str]]:
    return tomllib.loads(SAMPLES.read_text("utf-8"))


@pytest.mark.parametrize(("wrap", "secrets"), MODES)
def test_every_kind_is_taken_once_however_often_it_comes(
    wrap: Callable[[str], Push], secrets: Mapping[str, str]
) -> None:
    """Three deliveries make one row, whose raw text is what the platform sent; a kind nobody knows
    is kept and shown like any other, and marked."""
    known, unknown = samples()["known"], samples()["unknown"]
    door = Door(FakeStorage(), secrets=secrets)
    with door.opened() as platform:
        answers = {
            (name, platform.push(wrap(xml)).status_code)
            for name, xml in [*known.items(), *unknown.items()]
            for _ in range(3)
        }

    rows = door.rows()
    assert {status for _, status in answers} == {200}
    assert len(rows) == len(known) + len(unknown)
    assert sum(not row.is_known_type for row in rows) == len(unknown)
    assert all(row.text for row in rows)
    if wrap is not compatible or "aes_key" in secrets:
        assert {row.raw for row in rows} == {*known.values(), *unknown.values()}


@pytest.mark.parametrize(("wrap", "secrets"), MODES)
def test_equal_words_in_the_same_second_are_two_messages(
    wrap: Callable[[str], Push], secrets: Mapping[str, str]
) -> None:
    """A follower who says the same twice has said it twice: each has its own MsgId."""
    first = samples()["known"]["text"]
    second = first.replace("<MsgId>71", "<MsgId>72")
    door = Door(FakeStorage(), secrets=secrets)
    with door.opened() as platform:
        for xml in (first, second, first, second, second):
            platform.push(wrap(xml))

    assert len(door.rows()) == 2


def test_three_deliveries_at_once_are_one_message() -> None:
    """The platform does not wait for the first to end; all three get the same answer."""
    xml = samples()["known"]["text"]
    door = Door(FakeStorage())
    with door.opened() as platform:
        answers = platform.push_together([sealed(xml) for _ in range(3)])

    assert {answer.status_code for answer in answers} == {200}
    assert len(door.rows()) == 1
