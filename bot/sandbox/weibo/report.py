"""The whole state as JSON, for tests and for people who wonder."""

import dataclasses
from typing import Any

from bot.sandbox.weibo.reader import article_path, is_public, post_path
from bot.sandbox.weibo.records import Article, Comment, Conversation, Status
from bot.sandbox.weibo.state import World


def state_of(world: World) -> dict[str, Any]:
    """Accounts by name, each with its posts, articles, comments and conversations.

    Ids are strings; deleted, hidden and late things are there with their flags.
    """
    return {
        "accounts": {
            user.name: _account(world, user.uid) for user in world.users.values() if user.registered
        },
        "planned": [dataclasses.asdict(twist) for twist in world.twists.planned],
    }


def _account(world: World, uid: int) -> dict[str, Any]:
    posts = [status for status in world.statuses.values() if status.uid == uid]
    articles = [article for article in world.articles.values() if article.uid == uid]
    talks = [talk for talk in world.conversations.values() if talk.account == uid]
    return {
        "uid": str(uid),
        "posts": [_post(world, status) for status in posts],
        "articles": [_article(world, article) for article in articles],
        "comments": [_comment(one) for status in posts for one in world.comments_under(status.id)],
        "mentions": [
            {"id": str(status.id), "text": status.submitted}
            for status in world.statuses.values()
            if status.uid != uid and f"@{world.users[uid].screen_name}" in status.submitted
        ],
        "conversations": [_talk(talk) for talk in talks],
        "menu": world.users[uid].menu,
        "unread": dict(world.users[uid].unread),
    }


def _post(world: World, status: Status) -> dict[str, Any]:
    return dataclasses.asdict(status) | {
        "id": str(status.id),
        "is_public": is_public(world, status),
        "url": f"{world.public_base}{post_path(status)}",
    }


def _article(world: World, article: Article) -> dict[str, Any]:
    return dataclasses.asdict(article) | {
        "status_id": str(article.status_id or ""),
        "url": f"{world.public_base}{article_path(article)}",
    }


def _comment(comment: Comment) -> dict[str, Any]:
    return dataclasses.asdict(comment) | {
        "id": str(comment.id),
        "status_id": str(comment.status_id),
        "reply_to": str(comment.reply_to or ""),
    }


def _talk(talk: Conversation) -> dict[str, Any]:
    return {
        "citizen": str(talk.citizen),
        "window_until": talk.window_until,
        "replies_left": talk.replies_left,
        "lines": [dataclasses.asdict(line) for line in talk.lines],
    }
