"""Invented letters of invented followers: a seeded vocabulary, used as unevenly as real words."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from bot.domain.ids import AccountId, PostId, ReplyId
from bot.domain.replies.reply import Answered, Channel, Incoming, Reply, ReplyKind

SEED = 20261126
FIRST_SIGN, SIGNS, WORDS = 0x4E00, 1200, 6000
ACCOUNTS = tuple(AccountId(f"acc_{number}") for number in range(1, 9))
SMALL_ACCOUNT = ACCOUNTS[-1]
POST = PostId("pst_1")
RARE, COMMON_RANK = "罕见之词"[:2], 12
BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
BETWEEN = timedelta(seconds=50)
_STREAMS = (
    (Channel.WECHAT_MESSAGE, ReplyKind.MESSAGE, 60),
    (Channel.WECHAT_EVENT, ReplyKind.EVENT, 15),
    (Channel.WECHAT_COMMENT, ReplyKind.COMMENT, 12),
    (Channel.WEIBO_COMMENT, ReplyKind.COMMENT, 12),
    (Channel.WEIBO_MENTION, ReplyKind.MENTION, 1),
)


class Letters:
    """Letters by number; the same number always says the same."""

    def __init__(self) -> None:
        chance = random.Random(SEED)
        signs = [chr(FIRST_SIGN + sign) for sign in range(SIGNS)]
        lengths = chance.choices((1, 2, 2, 2, 3, 4), k=WORDS)
        self.words = ["".join(chance.choices(signs, k=length)) for length in lengths]
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(WORDS)))

    @property
    def common(self) -> str:
        """A word of two signs that many letters hold."""
        return next(word for word in self.words[COMMON_RANK:] if len(word) == 2)

    @property
    def phrase(self) -> str:
        """A longer one, of which each candidate has to be compared."""
        return next(word for word in self.words[COMMON_RANK:] if len(word) == 4)

    def between(self, first: int, last: int) -> Iterator[Reply]:
        """The letters from number `first` to before `last`, in the order of their arrival."""
        return (self._letter(number) for number in range(first, last))

    def _letter(self, number: int) -> Reply:
        chance = random.Random(f"{SEED}:{number}")
        channel, kind, _ = chance.choices(_STREAMS, [weight for *_, weight in _STREAMS])[0]
        count = min(int(chance.lognormvariate(2.2, 0.7)) + 1, 80)
        words = chance.choices(self.words, cum_weights=self._weights, k=count)
        if chance.random() < 2e-5 or number == 7:
            words.append(RARE)
        text = "" if kind is ReplyKind.EVENT else "".join(words)
        account = chance.choices(ACCOUNTS, (400, 200, 150, 100, 80, 50, 18, 2))[0]
        at = BEGIN + number * BETWEEN
        return Reply(
            id=ReplyId(f"rpy_{number:012}"),
            incoming=Incoming(
                account=account,
                channel=channel,
                kind=kind,
                key=str(number),
                sender=f"openid-{chance.randrange(200_000)}",
                text=text,
                said_at=at,
                raw=f"<xml><Content>{text}</Content></xml>",
            ),
            received_at=at,
            answered=Answered("您好", "问候") if chance.random() < 0.7 else None,
            post=POST if chance.random() < 0.001 else None,
        )
