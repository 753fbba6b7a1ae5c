"""Links that readers cannot open, or that lead where the office's posts do not lead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from bot.domain.links import addresses_in, host_in, is_inside, is_of, mended, why_broken
from bot.domain.posts.checks.rule import ContentRule, Hit, Reading
from bot.domain.posts.checks.source import Source
from bot.domain.posts.draft import Article, DraftContent, Severity
from bot.domain.text import is_web_address

DOMAINS_OPTION = "link_domains"
"""The option of an account that lists, apart by blanks, to which sites its posts may lead."""

_ALWAYS = ("gov.cn", "政务.cn", "政务", "mp.weixin.qq.com", "weibo.com", "weibo.cn")
"""Sites of the government, and where our own posts stand on the platforms."""

_HREF = re.compile(r'href="([^"]*)"')


@dataclass(frozen=True)
class Link:
    """An address and where it stands in a post, as findings name places."""

    address: str
    place: str


def links_of(content: DraftContent) -> tuple[Link, ...]:
    """Every link a reader can follow or copy, once a place."""
    found = [Link(one, "text") for one in addresses_in(content.text)]
    for number, article in enumerate(content.articles):
        found += _of_article(article, f"articles.{number}")
    return tuple(dict.fromkeys(found))


def _of_article(article: Article, place: str) -> Iterator[Link]:
    if article.source_url:
        yield Link(article.source_url, f"{place}.link")
    for one in _HREF.findall(article.html):
        address = unescape(one)
        if is_web_address(address):
            yield Link(address, f"{place}.html")
    for field, words in (("digest", article.digest), ("text", article.text)):
        for address in addresses_in(words):
            yield Link(address, f"{place}.{field}")


def _whole(reading: Reading) -> Iterator[Hit]:
    """Addresses in words, where nobody has put them right yet."""
    for passage in reading.passages:
        for address in addresses_in(passage.words):
            why = why_broken(address)
            right = mended(address)
            if why:
                repair = "" if why_broken(right) else right
                advice = f"应为 {repair}" if repair else "请核对后重新填写"
                yield Hit(f"链接“{address}”{why}，{advice}", passage.place, address, repair)


def _outside(reading: Reading) -> Iterator[Hit]:
    """Accounts that are not in production may stand on the machine itself."""
    is_real = reading.source.account.production
    for link in links_of(reading.content) if is_real else ():
        if is_inside(host_in(link.address)):
            message = f"链接 {link.address} 是内部网络的地址，公众打不开，请换成公开的网址"
            yield Hit(message, link.place, link.address)


def _allowed(reading: Reading) -> Iterator[Hit]:
    domains = allowed_domains(reading.source)
    for link in links_of(reading.content) if domains else ():
        host = host_in(link.address)
        if host and not is_inside(host) and not is_of(host, domains):
            message = f"链接 {link.address} 的网站 {host} 不在允许的域名内，请换成政府网站的链接"
            yield Hit(message, link.place, link.address)


def allowed_domains(source: Source) -> frozenset[str]:
    """To which sites the account's posts may lead; none where nothing is laid down."""
    listed = source.account.options.get(DOMAINS_OPTION, "").lower().split()
    if not listed:
        return frozenset()
    own = (source.account.options.get("home_url", ""), source.content.source_url or "")
    return frozenset({*listed, *_ALWAYS, *filter(None, map(host_in, own))})


_BASIS = "政务新媒体检查指标：链接应能打开，不得链接到无关网站"

RULES = (
    ContentRule("link_form", 1, "链接写法", _BASIS, Severity.BLOCKING, _whole),
    ContentRule("link_inside", 1, "内部网络的链接", _BASIS, Severity.WARNING, _outside),
    ContentRule("link_domain", 1, "链接的网站", _BASIS, Severity.BLOCKING, _allowed),
)
