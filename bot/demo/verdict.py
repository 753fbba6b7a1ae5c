"""Whether the release day went well, as read back from the platforms, not from our tables."""

import urllib.request
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from bot.demo.cast import CAST, Member
from bot.demo.crowd import Reaction
from bot.domain.accounts.account import PlatformName
from bot.domain.posts.post import PostState
from bot.ports.overview import PostRow, ReplyRow
from bot.sandbox.running import RunningSandbox


@dataclass(frozen=True)
class Check:
    """One claim and whether it is true."""

    claim: str
    holds: bool
    detail: str = ""


def judge_posts(sandbox: RunningSandbox, posts: Sequence[PostRow]) -> list[Check]:
    """Every account shows the post to its readers exactly once, at the address we recorded.

    A post that was refused before sending must not be on the platform at all.
    """
    states = {name: control.state() for name, control in sandbox.controls.items()}
    by_account = {post.account_id: post for post in posts}
    return [_judge_post(member, states, by_account.get(member.id)) for member in CAST]


def _judge_post(member: Member, states: dict[str, Any], post: PostRow | None) -> Check:
    shown = _public_posts(member, states[member.platform.value])
    if post is not None and post.state == PostState.DRAFT:
        return Check(f"{member.name}：超出平台限制，没有发出，等待修改", not shown)
    claim = f"{member.name}：读者看到且只看到一次"
    if post is None or not post.urls:
        return Check(claim, False, "没有稿件或没有链接")
    unreadable = [url for url in post.urls if not _is_readable(url)]
    if unreadable:
        return Check(claim, False, f"链接打不开：{unreadable[0]}")
    return Check(claim, len(shown) == 1, f"平台上共 {len(shown)} 篇")


def _public_posts(member: Member, state: Any) -> list[Any]:
    account = state["accounts"][member.id]
    if member.platform is PlatformName.WECHAT:
        return [p for p in account["published"] if not p["is_banned"]]
    return [p for p in account["posts"] if p["is_public"]]


def _is_readable(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except OSError:
        return False


def judge_replies(
    reactions: Sequence[Reaction], comments: Sequence[str], replies: Sequence[ReplyRow]
) -> list[Check]:
    """Everything the followers did is logged once, doubles counted, answered where a rule fits."""
    logged = Counter((row.platform, row.text) for row in replies if row.text)
    said = Counter((r.platform.value, r.words) for r in reactions if "text" in r.arguments)
    said.update((PlatformName.WECHAT.value, text) for text in comments)
    missing = [text for (platform, text), n in said.items() if logged[platform, text] != n]
    wordless = [r for r in reactions if "text" not in r.arguments]
    kinds = Counter(row.type_name for row in replies)
    lost = [r.words for r in wordless if kinds[_type_name(r)] < 1]
    doubled = [r for r in reactions if int(r.arguments.get("deliveries", 1)) > 1]
    counted = {row.text: row.times_received for row in replies}
    uncounted = [r.words for r in doubled if counted.get(r.words) != int(r.arguments["deliveries"])]
    return [
        Check(
            "每条留言、评论和提及都登记一次", not missing and not lost, "、".join(missing + lost)
        ),
        Check("平台重复推送的只登记一次", not uncounted, "、".join(uncounted)),
        _judge_rules(reactions, replies),
        Check(
            "不认识的消息类型原样保存",
            any(not row.is_known_type for row in replies),
        ),
    ]


def _type_name(reaction: Reaction) -> str:
    return str(reaction.arguments.get("type") or reaction.act.removeprefix("follower_").rstrip("s"))


def _judge_rules(reactions: Sequence[Reaction], replies: Sequence[ReplyRow]) -> Check:
    given = {row.text: row.answered_by_rule for row in replies if row.text}
    wrong = [
        r.words for r in reactions if "text" in r.arguments and given.get(r.words) != r.answered_by
    ]
    return Check("按规则自动回复，其余留给人工", not wrong, "、".join(wrong))


def judge_answers(sandbox: RunningSandbox, reactions: Sequence[Reaction]) -> Check:
    """Followers who should have been answered have our answer in their conversation."""
    wechat = sandbox.wechat.state()["accounts"]
    unanswered = [
        reaction.words
        for reaction in reactions
        if reaction.answered_by and not _was_answered(wechat, reaction)
    ]
    return Check("粉丝在微信里收到了自动回复", not unanswered, "、".join(unanswered))


def _was_answered(accounts: Any, reaction: Reaction) -> bool:
    account = accounts[reaction.arguments["account"]]
    lines = account["followers"][reaction.arguments["openid"]]["conversation"]
    return any(line["via"] == "passive" and not line["is_from_follower"] for line in lines)
