"""The process that looks into a file: what happens in it stays in it."""

import os
import subprocess
import sys

import pytest

from bot.reading.attachments.apart import InspectorApart
from bot.reading.attachments.inspector import inspect
from tests.unit.reading.attachments.planting import list_of, people, xlsx


def test_a_process_of_its_own_finds_the_same() -> None:
    """The findings come back, not the text."""
    content = xlsx(list_of(people(3, seed=1)))

    assert InspectorApart().inspect(content) == inspect(content)


def test_one_that_does_not_end_is_ended() -> None:
    """And a person is asked to look."""
    inspection = InspectorApart(longest_seconds=0.001).inspect(b"words")

    assert inspection.unread == ("检查时间太长，没有查完，请人工查看",)


def test_one_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when a file makes a library crash."""
    monkeypatch.setattr("sys.executable", "/bin/false")

    inspection = InspectorApart().inspect(b"words")

    assert inspection.unread == ("检查时出错，没有能读取的内容，请人工查看",)


def test_it_may_use_little() -> None:
    """Memory, time, no file: whatever a stranger's bytes make of a library."""
    asked = (
        "import resource as r; from bot.reading.attachments.__main__ import *; give_up_rights();"
        "print(all(r.getrlimit(limit) == (most, most) for limit, most in LIMITS.items()))"
    )

    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)

    assert done.stdout == b"True\n"


def test_it_knows_no_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    """What it needs of the surroundings is named; the rest stays behind."""
    spy = f"{tmp_path}/spy"
    with open(spy, "w") as file:
        file.write('#!/bin/sh\ntest -z "$TONGBU_SECRET_KEY" && echo \'{"unread": ["none"]}\'\n')
    os.chmod(spy, 0o700)
    monkeypatch.setattr("sys.executable", spy)
    monkeypatch.setenv("TONGBU_SECRET_KEY", "k" * 32)

    assert InspectorApart().inspect(b"words").unread == ("none",)
