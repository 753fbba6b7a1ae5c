"""What the public sees: posts and articles at the addresses they have on weibo.com."""

from bot.sandbox.platform import Entry, Feed
from bot.sandbox.weibo.ids import base62_of_mid, mid_of_base62
from bot.sandbox.weibo.records import Article, Status, User
from bot.sandbox.weibo.state import World

_TITLE_CHARACTERS = 30


def post_path(status: Status) -> str:
    """The public path of a post, which no API answer tells."""
    return f"/{status.uid}/{base62_of_mid(status.id)}"


def article_path(article: Article) -> str:
    """The public path of an article."""
    return f"/ttarticle/p/show?id={article.number}"


def picture_path(pic_id: str) -> str:
    """Where this server shows a picture, since sinaimg.cn has none of ours."""
    return f"/large/{pic_id}.jpg"


def public_post(world: World, uid: int, word: str) -> Status | None:
    """The post at a public path; None when there is none or the public may not see it."""
    try:
        status = world.statuses.get(mid_of_base62(word))
    except ValueError:
        return None
    return status if status and status.uid == uid and is_public(world, status) else None


def is_public(world: World, status: Status) -> bool:
    """Whether anybody can read the post now."""
    is_open = not (status.deleted or status.hidden or status.visible or status.testers_only)
    return is_open and status.visible_at <= world.now()


def expanded(status: Status) -> str:
    """The full text with the links it stands for."""
    text = status.long_text or status.text
    for short, long in status.urls:
        text = text.replace(short, long, 1)
    return text


def feeds(world: World) -> list[Feed]:
    """The public feed of every account of the scenario."""
    return [_feed(world, user) for user in world.users.values() if user.registered]


def _feed(world: World, user: User) -> Feed:
    shown = [status for status in world.posts_of(user.uid) if is_public(world, status)]
    posts = [_post_entry(status) for status in shown]
    articles = [
        _article_entry(article) for article in world.articles.values() if article.uid == user.uid
    ]
    entries = sorted([*posts, *articles], key=lambda entry: entry.at, reverse=True)
    return Feed(user.screen_name, tuple(entries))


def _post_entry(status: Status) -> Entry:
    text = expanded(status)
    return Entry(
        title=text[:_TITLE_CHARACTERS] or "微博",
        text=text,
        url=post_path(status),
        at=status.created_at,
        pictures=tuple(picture_path(pic_id) for pic_id in status.pictures),
    )


def _article_entry(article: Article) -> Entry:
    remark = "头条文章" if article.bound and article.status_id else "头条文章（未绑定微博）"
    return Entry(article.title, article.summary, article_path(article), article.created_at, remark)
