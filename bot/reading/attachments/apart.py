"""Has an attachment looked into by a process of its own: what a file makes a reader do – eat
memory, never end, crash – ends there, and leaves the worker's threads alone."""

import os
import subprocess
import sys

from pydantic import TypeAdapter, ValidationError

from bot.domain.releases.inspection import Inspection
from bot.reading.attachments.gathering import MOST_SECONDS

LONGEST_SECONDS = MOST_SECONDS + 30
_KEPT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "SYSTEMROOT")
"""Of the surroundings: a file's reader has no use for the office's secrets."""
_FAILED = Inspection(unread=("检查时出错，没有能读取的内容，请人工查看",))
_TOO_LONG = Inspection(unread=("检查时间太长，没有查完，请人工查看",))


class InspectorApart:
    """Keeps the promise of `ports.inspecting.AttachmentInspector`."""

    def __init__(self, *, longest_seconds: float = LONGEST_SECONDS) -> None:
        self._longest_seconds = longest_seconds

    def inspect(self, content: bytes) -> Inspection:
        """What is found in the file, by a process that ends with it."""
        try:
            done = subprocess.run(
                [sys.executable, "-m", "bot.reading.attachments"],
                input=content,
                capture_output=True,
                timeout=self._longest_seconds,
                check=False,
                env={name: os.environ[name] for name in _KEPT if name in os.environ},
            )
        except subprocess.TimeoutExpired:
            return _TOO_LONG
        if done.returncode:
            return _FAILED
        try:
            return TypeAdapter(Inspection).validate_json(done.stdout)
        except ValidationError:
            return _FAILED
