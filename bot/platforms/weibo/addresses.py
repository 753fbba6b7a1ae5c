"""Public addresses of posts and articles, and what a Weibo id says about its time."""

from datetime import datetime, timedelta

from bot.domain.accounts.account import Account

PUBLIC_BASE = "https://weibo.com"
_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ID_EPOCH_SECONDS = 515_483_463
_ID_TIME_BITS = 22


def base62(mid: str) -> str:
    """The short form of a post's mid: from the right, 7 decimals become 4 base-62 digits."""
    groups: list[str] = []
    rest = mid
    while rest:
        rest, group = rest[:-7], rest[-7:]
        word = _base62_number(int(group))
        groups.append(word.rjust(4, "0") if rest else word)
    return "".join(reversed(groups))


def post_address(account: Account, uid: str, mid: str) -> str:
    """Where the public reads the post; under the account option `public_base` if that is set."""
    return f"{public_base(account)}/{uid}/{base62(mid)}"


def article_address(account: Account, url: str) -> str:
    """The article's address as the platform gave it, moved under `public_base` if that is set."""
    return url.replace(PUBLIC_BASE, public_base(account), 1)


def public_base(account: Account) -> str:
    """The scheme and host of public addresses, without a closing slash."""
    return account.options.get("public_base", "").rstrip("/") or PUBLIC_BASE


def id_at(moment: datetime) -> int:
    """The smallest id that could have been given at `moment`.

    Ids grow with time: `(id >> 22) + 515483463` is the Unix second of creation.
    """
    return max(0, int(moment.timestamp()) - _ID_EPOCH_SECONDS) << _ID_TIME_BITS


def id_earlier(an_id: int, by: timedelta) -> int:
    """An id `by` older than `an_id`, never negative."""
    return max(0, an_id - (int(by.total_seconds()) << _ID_TIME_BITS))


def _base62_number(number: int) -> str:
    word = ""
    while number:
        number, rest = divmod(number, 62)
        word = _ALPHABET[rest] + word
    return word or "0"
