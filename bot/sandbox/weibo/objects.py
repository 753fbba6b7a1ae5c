"""The JSON shapes of users, posts and comments, with the extra keys live answers carry."""

import html
from typing import Any

from bot.sandbox.weibo.counting import half_widths
from bot.sandbox.weibo.records import Comment, Status, User
from bot.sandbox.weibo.state import World
from bot.sandbox.weibo.times import created_at

_PICTURE_HOST = "https://wx1.sinaimg.cn"
_AVATARS = "https://tvax1.sinaimg.cn"
_WEB = '<a href="http://weibo.com" rel="nofollow">微博网页版</a>'
_TEN_THOUSAND = 10_000
_PROFILE_SINCE = 1_598_544_000


def user_json(world: World, user: User) -> dict[str, Any]:
    """A user's profile."""
    return _USER_CONSTANTS | {
        "id": user.uid,
        "idstr": str(user.uid),
        "screen_name": user.screen_name,
        "name": user.screen_name,
        "profile_image_url": f"{_AVATARS}/crop.0.0.50.50.50/{user.uid}.jpg",
        "profile_url": f"u/{user.uid}",
        "followers_count": _counter(world, user.followers),
        "friends_count": len(user.follows),
        "statuses_count": user.posts,
        "created_at": created_at(_PROFILE_SINCE),
        "verified": user.verified_type >= 0,
        "verified_type": user.verified_type,
        "verified_reason": user.verified_reason,
        "avatar_large": f"{_AVATARS}/crop.0.0.180.180.180/{user.uid}.jpg",
        "avatar_hd": f"{_AVATARS}/crop.0.0.1024.1024.1024/{user.uid}.jpg",
    }


def _counter(world: World, number: int) -> int | str:
    """A large number as newer answers may write it."""
    if not world.switches.followers_as_text or number < _TEN_THOUSAND:
        return number
    return f"{number / _TEN_THOUSAND:.1f}万"


def status_json(
    world: World, status: Status, *, trim_user: bool = False, listed: bool = False
) -> dict[str, Any]:
    """A post; ``listed`` texts are HTML-escaped where the switch says so."""
    author = world.users[status.uid]
    return (
        _STATUS_CONSTANTS
        | _numbers(status.id)
        | _counters(world, status)
        | _picture_keys(status.pictures)
        | {
            "created_at": created_at(status.created_at),
            "text": _listed(world, status.text) if listed else status.text,
            "textLength": half_widths(status.submitted),
            "source": status.source,
            "user": author.uid if trim_user else user_json(world, author),
            "isLongText": bool(status.long_text),
            "visible": {"type": status.visible, "list_id": 0},
            "url_objects": [_url_object(world, short, long, status) for short, long in status.urls],
        }
        | ({"state": 1} if status.hidden else {})
    )


def comment_json(world: World, comment: Comment, *, listed: bool = False) -> dict[str, Any]:
    """A comment with its post, and with the comment it answers."""
    answered = world.comments.get(comment.reply_to)
    status = world.statuses[comment.status_id]
    body = _bare_comment(world, comment, listed=listed) | {
        "status": status_json(world, status, listed=listed),
    }
    if answered is not None:
        body["reply_comment"] = _bare_comment(world, answered, listed=listed)
        body["reply_original_text"] = answered.text
    return body


def picture_urls(pic_id: str) -> dict[str, str]:
    """The addresses of a picture in its three sizes."""
    return {
        "thumbnail_pic": f"{_PICTURE_HOST}/thumbnail/{pic_id}.jpg",
        "bmiddle_pic": f"{_PICTURE_HOST}/bmiddle/{pic_id}.jpg",
        "original_pic": f"{_PICTURE_HOST}/large/{pic_id}.jpg",
    }


def comments_shown(world: World, status_id: int) -> list[Comment]:
    """The comments of a post that everyone sees, newest first."""
    return [
        comment
        for comment in reversed(world.comments_under(status_id))
        if comment.approved and not comment.deleted
    ]


def _bare_comment(world: World, comment: Comment, *, listed: bool) -> dict[str, Any]:
    body = (
        _COMMENT_CONSTANTS
        | _numbers(comment.id)
        | {
            "created_at": created_at(comment.created_at),
            "rootid": _root(world, comment),
            "text": _listed(world, comment.text) if listed else comment.text,
        }
    )
    author = world.users[comment.uid]
    if not author.deleted:
        body["user"] = user_json(world, author)
    elif world.switches.deleted_author == "stub":
        body["user"] = {"id": author.uid, "idstr": str(author.uid), "screen_name": "", "name": ""}
    return body


def _root(world: World, comment: Comment) -> int:
    while comment.reply_to in world.comments:
        comment = world.comments[comment.reply_to]
    return comment.id


def _listed(world: World, text: str) -> str:
    return html.escape(text, quote=True) if world.switches.escape_lists else text


def _numbers(an_id: int) -> dict[str, Any]:
    return {"id": an_id, "idstr": str(an_id), "mid": str(an_id)}


def _counters(world: World, status: Status) -> dict[str, Any]:
    waiting = sum(
        1
        for comment in world.comments_under(status.id)
        if not comment.approved and not comment.deleted
    )
    return {
        "reposts_count": status.reposts,
        "comments_count": len(comments_shown(world, status.id)),
        "attitudes_count": status.attitudes,
        "pending_approval_count": waiting,
    }


def _picture_keys(pictures: tuple[str, ...]) -> dict[str, Any]:
    thumbnails = [{"thumbnail_pic": picture_urls(pic)["thumbnail_pic"]} for pic in pictures]
    first = picture_urls(pictures[0]) if pictures else {}
    return {
        "pic_urls": thumbnails,
        "pic_ids": list(pictures),
        "pic_num": len(pictures),
        **first,
    }


def _url_object(world: World, short: str, long: str, status: Status) -> dict[str, Any]:
    return {
        "url_ori": short if world.switches.url_ori == "short" else long,
        "object_id": status.article_id,
        "info": {"url_short": short, "url_long": long, "type": 0, "result": True},
        "object": {},
    }


_USER_CONSTANTS: dict[str, Any] = {
    "class": 1,
    "province": "99",
    "city": "1",
    "location": "示例省 示例市",
    "description": "",
    "url": "",
    "domain": "",
    "weihao": "",
    "gender": "n",
    "favourites_count": 0,
    "following": False,
    "allow_all_act_msg": True,
    "geo_enabled": False,
    "remark": "",
    "allow_all_comment": True,
    "follow_me": False,
    "online_status": 0,
    "bi_followers_count": 0,
    "lang": "zh-cn",
    "star": 0,
    "mbtype": 0,
    "mbrank": 0,
    "block_word": 0,
}
_STATUS_CONSTANTS: dict[str, Any] = {
    "source_type": 1,
    "source_allowclick": 0,
    "favorited": False,
    "truncated": False,
    "in_reply_to_status_id": "",
    "in_reply_to_user_id": "",
    "in_reply_to_screen_name": "",
    "geo": None,
    "annotations": [],
    "mlevel": 0,
    "comment_manage_info": {"comment_permission_type": -1, "approval_comment_type": 0},
    "can_edit": False,
    "rid": "0_0_0_0_0_0",
    "userType": 0,
    "positive_recom_flag": 0,
    "is_show_bulletin": 2,
}
_COMMENT_CONSTANTS: dict[str, Any] = {
    "floor_number": 1,
    "source": _WEB,
    "source_type": 1,
    "source_allowclick": 0,
    "like_count": 0,
    "liked": False,
    "disable_reply": 0,
    "reply_count": 0,
    "url_objects": [],
    "analysis_extra": "",
}
