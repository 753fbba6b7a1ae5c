"""What may be a password and what is guessed too soon."""

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.passwords import require_good_password

ABOUT = ("wangfang", "王芳")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("短密码", "至少 10 位"),
        ("x" * 129, "最多 128 位"),
        ("ababababab", "重复"),
        ("1234567890", "太容易猜到"),
        ("abc123456789", "太容易猜到"),
        ("password12345", "太容易猜到"),
        ("Passw0rd2026", "太容易猜到"),
        ("woaini1314520", "太容易猜到"),
        ("qwertyuiop12", "太容易猜到"),
        ("wangfang123456", "太容易猜到"),
        ("admin888888", "太容易猜到"),
    ],
)
def test_what_guessing_begins_with_is_refused(password: str, said: str) -> None:
    """Each with what to choose instead."""
    with pytest.raises(InvalidInput, match=said):
        require_good_password(password, about=ABOUT)


@pytest.mark.parametrize(
    "password",
    ["correct horse 电池", "云岭的茶叶很香啊真的香", "kV7-pq2x-Zt9m", "admin 的茶杯在窗台上"],
)
def test_words_that_have_nothing_to_do_with_each_other_are_fine(password: str) -> None:
    """No rule about capitals and signs."""
    require_good_password(password, about=ABOUT)
