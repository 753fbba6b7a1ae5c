"""What followers can read of us, by the simulated platform's own books."""

from bot.domain.accounts.account import PlatformName
from tests.proof.platforms import Platform

FOLLOWER = "oEXAMPLEopenid00000000000001"
CITIZEN = 2_900_000_002
CLOSED = frozenset({"45015", "45047", "20301"})
"""What the platforms say of a letter that no act of the follower allows."""
_LETTERS = ("/cgi-bin/message/custom/send", "/2/messages/reply.json")


def letters(platform: Platform, account: str, words: str) -> int:
    """How often the follower got exactly these words from us."""
    world = platform.platform.world
    if platform.name is PlatformName.WECHAT:
        lines = world.accounts[account].followers[FOLLOWER].lines
        return sum(one.via == "custom" and one.content == {"content": words} for one in lines)
    talk = world.conversations[platform.uid(account), CITIZEN]
    return sum(one.channel == "active" and one.text == words for one in talk.lines)


def words_under_comments(platform: Platform, account: str, words: str) -> int:
    """How often these words of ours stand under comments."""
    world = platform.platform.world
    if platform.name is PlatformName.WECHAT:
        publications = world.accounts[account].numbered.values()
        comments = (c for p in publications for book in p.comments for c in book.comments.values())
        return sum(one.reply == words for one in comments)
    uid = platform.uid(account)
    own = (one for one in world.comments.values() if one.uid == uid and not one.deleted)
    return sum(one.text.endswith(words) for one in own)


def selected_comments(platform: Platform, account: str) -> list[str]:
    """The comments that all readers of a WeChat article see."""
    publications = platform.platform.world.accounts[account].numbered.values()
    comments = (c for p in publications for book in p.comments for c in book.comments.values())
    return [one.content for one in comments if one.is_elected]


def letters_outside_the_window(platform: Platform, account: str) -> int:
    """How often the platform had to refuse a letter that no act of a follower allowed."""
    calls = (one for path in _LETTERS for one in platform.stage.journal.calls(path, account))
    return sum(one.outcome.removeprefix("error ") in CLOSED for one in calls)
