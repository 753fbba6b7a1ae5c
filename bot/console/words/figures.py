"""Numbers as staff read them."""


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
