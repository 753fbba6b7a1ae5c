"""Whether the release day went well, as read back from the platforms, not from our tables."""

import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from bot.demo.cast import CAST, Member
from bot.demo.crowd import Reaction
from bot.domain.accounts.account import PlatformName
from bot.domain.posts.post import PostState
from bot.domain.replies.reply import Channel
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
    sandbox: RunningSandbox, reactions: Sequence[Reaction], replies: Sequence[ReplyRow]
) -> list[Check]:
    """Everything the platforms saw followers do is logged once, doubles counted, answered where
    a rule fits."""
    said, logged = _said(sandbox), _logged(replies)
    missing = [text for _, text in (said - logged).elements()]
    extra = [text for _, text in (logged - said).elements()]
    doubled = [r for r in reactions if _deliveries(r) > 1]
    counted = {row.text: row.times_received for row in replies}
    uncounted = [r.words for r in doubled if counted.get(r.words) != _deliveries(r)]
    odd = any(not row.is_known_type for row in replies)
    return [
        Check(
            f"平台上的 {said.total()} 条留言、评论和提及都登记一次，一条不多",
            bool(said) and not missing and not extra,
            "、".join(missing + extra),
        ),
        Check("平台重复推送的只登记一次", not uncounted, "、".join(uncounted)),
        _judge_rules(reactions, replies),
        Check("不认识的消息类型原样保存", odd),
    ]


def _said(sandbox: RunningSandbox) -> Counter[tuple[str, str]]:
    """What followers wrote, as the platforms have it."""
    wechat, weibo = sandbox.wechat.state(), sandbox.weibo.state()
    said: Counter[tuple[str, str]] = Counter()
    for account in wechat["accounts"].values():
        said.update((PlatformName.WECHAT.value, text) for text in _wechat_texts(account))
    for account in weibo["accounts"].values():
        written = [*account["comments"], *account["mentions"]]
        said.update((PlatformName.WEIBO.value, item["text"]) for item in written)
    return said


def _wechat_texts(account: Any) -> Iterator[str]:
    for follower in account["followers"].values():
        for line in follower["conversation"]:
            if line["is_from_follower"] and line["type"] == "text":
                yield _content(line["content"])
    for publication in account["published"]:
        for article in publication["articles"]:
            yield from (comment["content"] for comment in article["comments"])


def _content(content: Any) -> str:
    return str(content["Content"]) if isinstance(content, dict) else str(content)


def _logged(replies: Sequence[ReplyRow]) -> Counter[tuple[str, str]]:
    """What we have, of the kinds that carry a follower's own words."""
    worded = [r for r in replies if r.type_name == "text" or r.channel not in _PUSHED]
    return Counter((row.platform, row.text) for row in worded)


_PUSHED = frozenset({Channel.WECHAT_MESSAGE, Channel.WECHAT_EVENT})


def _deliveries(reaction: Reaction) -> int:
    return int(reaction.arguments.get("deliveries", 1))


def _judge_rules(reactions: Sequence[Reaction], replies: Sequence[ReplyRow]) -> Check:
    given = {row.text: row.answered_by_rule for row in replies if row.type_name == "text"}
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
