"""What followers do to an account on its platform, and how it comes to us in quiet."""

from bot.domain.accounts.account import PlatformName
from bot.domain.errors import NotFound
from bot.domain.ids import ReplyId
from bot.domain.replies.reply import Reply
from bot.platforms.wechat.collector import WechatCollector
from bot.platforms.weibo.collector import WeiboCollector
from bot.usecases.replies.collect_replies import CollectingTools
from tests.proof.books import FOLLOWER
from tests.proof.database import CutLedger
from tests.proof.day import Day
from tests.proof.office import Party


def write(party: Party, words: str, *, times: int = 1, follower: str = FOLLOWER) -> None:
    """A follower writes, and the platform pushes it so many times."""
    platform = party.platform
    if platform.name is PlatformName.WECHAT:
        writing = {"openid": follower, "text": words, "deliveries": times}
        platform.act("follower_writes", account=party.name, **writing)
    else:
        platform.act("message", account=party.name, text=words, times=times)
    platform.settle()


def comment(party: Party, words: str, *, follower: str = FOLLOWER) -> None:
    """A reader comments on what the account has published."""
    platform = party.platform
    if platform.name is PlatformName.WECHAT:
        (number,) = platform.platform.world.accounts[party.name].numbered
        commenting = {"msg_data_id": number, "openid": follower, "text": words}
        platform.act("follower_comments", account=party.name, **commenting)
    else:
        platform.act("comment", account=party.name, text=words)


def collecting_tools(day: Day) -> CollectingTools:
    """Real collectors; what they do to the database or the network can be cut."""
    ledgers = day.database.tokens(), day.database.budgets()
    tokens, budgets = (CutLedger(one, day) for one in ledgers)
    http, clock = day.ground.http, day.clock
    return CollectingTools(
        day.tools,
        {
            PlatformName.WECHAT: WechatCollector(http, tokens, budgets, clock),  # type: ignore[arg-type]
            PlatformName.WEIBO: WeiboCollector(http, tokens, budgets, clock),  # type: ignore[arg-type]
        },
        day.ids,
    )


def stored(day: Day, words: str) -> Reply | None:
    """What a follower said, as we keep it."""
    with day.database.begin() as uow:
        for number in range(1, day.ids.used + 1):
            try:
                reply = uow.replies.get(ReplyId(f"rpy_{number:04d}"))
            except NotFound:
                continue
            if reply.incoming.text == words:
                return reply  # type: ignore[no-any-return]
    return None
