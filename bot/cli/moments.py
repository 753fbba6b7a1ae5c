"""Moments as people type them."""

from datetime import datetime

import typer


def moment(text: str) -> datetime:
    """2026-01-31T09:00; Beijing time unless it has an offset.

    Raises:
        BadParameter: it is no time.
    """
    from bot.language.dates import parse_datetime

    found = parse_datetime(text)
    if found is None:
        raise typer.BadParameter(f"{text!r} is not a time; write 2026-01-31T09:00")
    return found
