"""Looks into the attachment on standard input, in a process of its own that may use little, and
writes what was found as JSON."""

import json
import os
import resource
import sys
from contextlib import suppress
from dataclasses import asdict

from bot.reading.attachments.gathering import MOST_SECONDS

LIMITS = {
    resource.RLIMIT_AS: 1536 * 1024 * 1024,
    resource.RLIMIT_CPU: int(MOST_SECONDS) + 20,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
}
_NICENESS = 10


def main() -> None:
    """Read, look, tell."""
    content = sys.stdin.buffer.read()
    give_up_rights()
    from bot.reading.attachments.inspector import inspect

    sys.stdout.write(json.dumps(asdict(inspect(content)), ensure_ascii=False))


def give_up_rights() -> None:
    """No more memory and time than a large list needs, no file is written."""
    for limit, most in LIMITS.items():
        with suppress(ValueError, OSError):  # some systems know a limit and take none of it
            resource.setrlimit(limit, (most, most))
    os.nice(_NICENESS)


if __name__ == "__main__":
    main()
