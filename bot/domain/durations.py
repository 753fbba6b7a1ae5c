"""Lengths of time as staff say them."""

MINUTE, HOUR, DAY = 60, 3600, 86_400


def span(seconds: float) -> str:
    """A length of time in its two largest units; from an hour on to the nearest minute, since due
    times carry seconds that no page shows."""
    whole = max(0, int(seconds))
    if whole >= HOUR:
        whole = (whole + MINUTE // 2) // MINUTE * MINUTE
    if whole < MINUTE:
        return f"{whole} 秒"
    if whole < HOUR:
        return f"{whole // MINUTE} 分 {whole % MINUTE} 秒" if whole % MINUTE else minutes(whole)
    if whole < DAY:
        rest = whole % HOUR // MINUTE
        return f"{whole // HOUR} 小时" + (f" {rest} 分" if rest else "")
    hours = whole % DAY // HOUR
    return f"{whole // DAY} 天" + (f" {hours} 小时" if hours else "")


def minutes(seconds: int) -> str:
    """Whole minutes."""
    return f"{seconds // MINUTE} 分钟"
