"""Looks into the attachment on standard input, in a process of its own that may use little, and
writes what was found as JSON."""

import json
import os
import resource
import sys
from dataclasses import asdict

from bot.reading.attachments.gathering import MOST_SECONDS

MOST_MEMORY = 1536 * 1024 * 1024
_NICENESS = 10


def main() -> None:
    """Read, look, tell."""
    content = sys.stdin.buffer.read()
    _give_up_rights()
    from bot.reading.attachments.inspector import inspect

    sys.stdout.write(json.dumps(asdict(inspect(content)), ensure_ascii=False))


def _give_up_rights() -> None:
    """No more memory and time than a large list needs, no file is written."""
    seconds = int(MOST_SECONDS) + 20
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(_NICENESS)


if __name__ == "__main__":
    main()
