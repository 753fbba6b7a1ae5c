"""Numbers as staff read them."""


def file_size(count: int) -> str:
    """“2.4 MB”, “310 KB”; nothing where it is not known."""
    if count >= 1_048_576:
        return f"{count / 1_048_576:.1f} MB"
    return f"{max(1, round(count / 1024))} KB" if count else ""


def grouped(number: int) -> str:
    """“12,345”."""
    return f"{number:,}"


def signed(number: int) -> str:
    """“+12”, “−3”, “0”: what came or went."""
    return f"+{number:,}" if number > 0 else f"−{-number:,}" if number else "0"


def percent(share: float) -> str:
    """“41%”, and one decimal below ten: “2.5%”."""
    value = share * 100
    return f"{value:.1f}%".replace(".0%", "%") if value < 10 else f"{value:.0f}%"
