"""The headline article API: one call makes an article and the short post that carries it."""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from bot.sandbox.weibo.calls import Call, Caller, is_operator_address
from bot.sandbox.weibo.counting import HOST, length
from bot.sandbox.weibo.errors import ARTICLE_MESSAGES, ArticleRefusal, Refusal
from bot.sandbox.weibo.posting import NewPost, check_words, publish
from bot.sandbox.weibo.records import Article
from bot.sandbox.weibo.state import World
from bot.sandbox.weibo.twists import TwistKind

MAX_TITLE = 32
MAX_CONTENT = 90_000
MAX_TEXT = 1_900
_HOUR = 3600
_WITHOUT_EFFECT = (10001, 10008, 11001)
_ENCODED = re.compile(r"(?:[A-Za-z0-9_.~!*'()/-]|%[0-9A-Fa-f]{2})+")


@dataclass(frozen=True)
class _Wanted:
    title: str
    content: str
    cover: str
    summary: str
    text: str
    rip: str


def publish_article(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """Make the article and its companion post; ArticleRefusal in the API's own words.

    11002 leaves the article without post, 11003 leaves both but unbound.
    """
    wanted = _read(world, call)
    twist = world.twists.take(TwistKind.ARTICLE, caller.user.uid)
    code = twist.code if twist else 0
    if code in _WITHOUT_EFFECT:
        raise _refusal(code)
    if _too_many(world, caller.user.uid):
        raise _refusal(11001)
    article = _keep(world, caller.user.uid, wanted)
    if code == 11002:
        raise _refusal(11002)
    article = _carry(world, caller, article, wanted, bound=code != 11003)
    if not article.bound:
        raise _refusal(11003)
    return _success(article)


def page_address(number: str) -> str:
    """The address the API gives for an article."""
    return f"https://weibo.com/ttarticle/p/show?id={number}"


def decoded(content: str, rule: str) -> str:
    """The content, percent-decoded once more when it looks fully encoded (or as the rule says)."""
    if rule == "never":
        return content
    looks_encoded = "%" in content and _ENCODED.fullmatch(content) is not None
    return unquote(content) if rule == "always" or looks_encoded else content


def _read(world: World, call: Call) -> _Wanted:
    wanted = _Wanted(
        title=call.text("title").strip(),
        content=_allowed(world, decoded(call.text("content"), world.switches.article_decoding)),
        cover=call.text("cover"),
        summary=call.text("summary"),
        text=call.text("text").strip(),
        rip=call.text("rip"),
    )
    for name, is_valid in _checks(world, wanted).items():
        if not is_valid:
            raise ArticleRefusal(10008, f"param {name} invalid")
    return wanted


def _allowed(world: World, content: str) -> str:
    """The content without the tags that the switch takes out."""
    tags = "|".join(map(re.escape, world.switches.article_tags))
    return re.sub(rf"</?(?:{tags})\b[^>]*>", "", content) if tags else content


def _checks(world: World, wanted: _Wanted) -> dict[str, bool]:
    return {
        "title": 0 < len(wanted.title) <= MAX_TITLE and _is_clean(world, wanted.title),
        "content": 0 < len(wanted.content) <= MAX_CONTENT and _is_clean(world, wanted.content),
        "cover": _is_web_address(wanted.cover),
        "text": 0 < length(wanted.text, urls=world.switches.url_counting) <= MAX_TEXT,
        "rip": is_operator_address(wanted.rip, world.switches.rip_check),
    }


def _is_clean(world: World, text: str) -> bool:
    try:
        check_words(world, text)
    except Refusal:
        return False
    return True


def _is_web_address(url: str) -> bool:
    found = HOST.match(url)
    return found is not None and bool(found.group(1))


def _too_many(world: World, uid: int) -> bool:
    limit = world.switches.articles_per_hour
    since = world.now() - _HOUR
    made = sum(1 for one in world.articles.values() if one.uid == uid and one.created_at > since)
    return 0 < limit <= made


def _keep(world: World, uid: int, wanted: _Wanted) -> Article:
    number = f"230940{world.ids.next()}"
    article = Article(
        object_id=f"1022:{number}",
        uid=uid,
        title=wanted.title,
        content=wanted.content,
        cover=wanted.cover,
        summary=wanted.summary,
        created_at=world.now(),
    )
    world.articles[number] = article
    return article


def _carry(
    world: World, caller: Caller, article: Article, wanted: _Wanted, *, bound: bool
) -> Article:
    text = f"{wanted.text} {page_address(article.number)}" if bound else wanted.text
    post = NewPost(text, wanted.rip, article_id=article.object_id if bound else "")
    try:
        status_id = publish(world, caller, replace(post, is_long=length(text) > 140)).id
    except Refusal as refusal:
        # A companion post that appears late has been made; every other refusal leaves none.
        if refusal.code != 20032:
            raise _refusal(11002) from refusal
        status_id = world.newest_of(caller.user.uid).id
    article = replace(article, status_id=status_id, bound=bound)
    world.articles[article.number] = article
    return article


def _success(article: Article) -> dict[str, Any]:
    address = page_address(article.number)
    data = {"object_id": article.object_id, "url": address, "mid": str(article.status_id)}
    return {"code": "100000", "msg": "", "data": data}


def _refusal(code: int) -> ArticleRefusal:
    return ArticleRefusal(code, ARTICLE_MESSAGES[code])
