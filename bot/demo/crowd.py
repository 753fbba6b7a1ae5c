"""The followers and the editor of the demonstration, acting through the sandbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.demo.cast import CAST, of_platform
from bot.domain.accounts.account import Mode, PlatformName
from bot.sandbox.running import ControlClient, RunningSandbox

ARTICLE_COMMENTS = (
    "通知写得清楚，一图读懂转给社区的老人了。",
    "请问外地户籍、在本市住了十年的老人能申请吗？",
)


@dataclass(frozen=True)
class Reaction:
    """One thing a follower does, and which rule should answer it at once."""

    platform: PlatformName
    act: str
    arguments: dict[str, Any]
    answered_by: str | None

    @property
    def words(self) -> str:
        """What is said, or the kind of thing that is sent."""
        return str(self.arguments.get("text") or self.arguments.get("type") or self.act)


def reactions(material: Sequence[dict[str, Any]]) -> list[Reaction]:
    """The prepared reactions, addressed to one account of each platform."""
    addressed = {
        "{{wechat}}": of_platform(PlatformName.WECHAT)[0].id,
        "{{weibo}}": of_platform(PlatformName.WEIBO)[0].id,
    }
    return [
        Reaction(
            platform=PlatformName(item["platform"]),
            act=item["act"],
            arguments={k: addressed.get(str(v), v) for k, v in item["arguments"].items()},
            answered_by=item["expect"]["answered_by"],
        )
        for item in material
    ]


def possible(crowd: Sequence[Reaction], sandbox: RunningSandbox) -> list[Reaction]:
    """The reactions that can happen: nobody comments where a post was refused."""
    accounts = sandbox.weibo.state()["accounts"]
    return [
        reaction
        for reaction in crowd
        if reaction.act != "comment" or accounts[reaction.arguments["account"]]["posts"]
    ]


def react(reaction: Reaction, sandbox: RunningSandbox) -> None:
    """Let one follower act."""
    sandbox.controls[reaction.platform.value].act(reaction.act, **reaction.arguments)


def comment_on_articles(wechat: ControlClient) -> list[str]:
    """Two followers comment under the newest article of the pushed account, if there is one."""
    account = next(m.id for m in CAST if m.mode is Mode.MASS)
    published = wechat.state()["accounts"][account]["published"]
    if not published:
        return []
    article = published[-1]
    for number, text in enumerate(ARTICLE_COMMENTS, 1):
        wechat.act(
            "follower_comments",
            account=account,
            msg_data_id=int(article["msg_data_id"]),
            openid=f"demo-follower-{number:02d}",
            text=text,
        )
    return list(ARTICLE_COMMENTS)


def press_publish(wechat: ControlClient) -> bool:
    """The editor publishes the waiting draft in the platform's console, once there is one."""
    account = next(m.id for m in CAST if m.mode is Mode.DRAFT)
    drafts = wechat.state()["accounts"][account]["drafts"]
    if not drafts:
        return False
    wechat.act("editor_publishes", account=account, media_id=drafts[0]["media_id"], how="publish")
    return True
