"""What lets thousands of tests be over sooner and changes nothing of what they see."""

import os
import shutil
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

MEMORY = Path("/dev/shm")
ROOM_BYTES = 2_000_000_000


def keep_folders_in_memory() -> None:
    """Let the folders of tests be in memory where there is room: a commit waits for the disk, and
    no test cuts the power."""
    has_room = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    if has_room:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def keep_compiled_code() -> None:
    """Let the programs that tests start again and again be compiled once, as an operator's are."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


class CompiledTemplates(BytecodeCache):
    """Templates as they were compiled for the first test that drew with them, by their path and
    their text."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._compiled[bucket.key, bucket.checksum] = bucket.code

    def given_to(self, begin: Callable[..., None]) -> Callable[..., None]:
        """`Environment.__init__`, with these templates at hand."""

        @wraps(begin)
        def begin_with_these(environment: Any, *given: Any, **named: Any) -> None:
            named.setdefault("bytecode_cache", self)
            begin(environment, *given, **named)

        return begin_with_these
