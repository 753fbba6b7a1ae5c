"""Weibo's way of writing a moment, read without the machine's locale."""

from datetime import UTC, datetime

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}


def moment_of(text: str) -> datetime:
    """UTC of e.g. `Tue May 31 17:46:55 +0800 2011`.

    Raises:
        ValueError: it is written in another way.
    """
    parts = text.split()
    if len(parts) != 6 or parts[1] not in _MONTHS:
        raise ValueError(f"not a Weibo moment: {text!r}")
    _, month, day, clock, zone, year = parts
    iso = f"{int(year):04}-{_MONTHS[month]:02}-{int(day):02}T{clock}{zone}"
    return datetime.fromisoformat(iso).astimezone(UTC)
