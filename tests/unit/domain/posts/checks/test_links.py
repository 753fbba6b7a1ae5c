"""Links: whole or broken, inside or outside, and to which sites posts may lead."""

from dataclasses import replace

import pytest

from bot.domain.links import addresses_in, mended, why_broken
from bot.domain.posts.checks.links import Link, links_of
from bot.domain.posts.checks.source import Source
from tests import factories as make
from tests.unit.domain.posts.checks.posts import article, found, quotes, short, source

SITE = "https://www.yunling.example/7.html"


def on_account(**changes: object) -> Source:
    held = source()
    return replace(held, account=make.account(**changes))


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("https：//www.yunling.example/7.html", SITE),
        ("https:／／www.yunling.example/7.html", SITE),
        ("https:/www.yunling.example/7.html", SITE),
        ("https://www.yunling。example/7.html", SITE),
        ("https:// www.yunling.example/7.html", SITE),
    ],
)
def test_a_slip_of_the_hand_is_found_and_put_right(written: str, right: str) -> None:
    """With the place, the words as they stand, and what they should be."""
    (finding,) = found(short(f"详见 {written} 。"), "link_form")

    assert (finding.place, finding.quote, finding.repair) == ("text", written, right)


@pytest.mark.parametrize(
    "address",
    ["https://www", "https://-.example/a", "https://li:pw@www.yunling.example/", "https://a.b:0/"],
)
def test_what_nobody_can_be_sure_of_has_no_repair(address: str) -> None:
    """It is in the way all the same, or only inside the office's network."""
    if why_broken(address):
        assert found(short(f"见 {address}"), "link_form")[0].repair == ""
    else:
        assert found(short(f"见 {address}"), "link_inside", on_account(production=True))


@pytest.mark.parametrize(
    "text",
    [
        f"详见 {SITE}。",
        f"（{SITE}）",
        f"请登录{SITE}：一是查询",
        f"{SITE}。{SITE}",
        f"详见{SITE}。2026年起施行",
        "详见https://www.yunling.example。2026年起施行",
        "网址 www.yunling.example",
        "https 是一种协议：安全",
        "端口 https://www.yunling.example:8443/a?b=1#c",
    ],
)
def test_a_whole_address_is_no_finding_whatever_follows_it(text: str) -> None:
    """Chinese punctuation ends it."""
    assert quotes(short(text), "link_form") == []
    assert all(why_broken(one) == "" for one in addresses_in(text))


def test_every_link_of_a_post_is_known_with_its_place() -> None:
    """The short text, the body's anchors, the reading-on link, the digest."""
    content = replace(
        article(html=f'<p><a href="{SITE}?a=1&amp;b=2">原文</a></p>', source_url=SITE),
        text=f"见 {SITE}",
    )

    assert links_of(content) == (
        Link(SITE, "text"),
        Link(SITE, "articles.0.link"),
        Link(f"{SITE}?a=1&b=2", "articles.0.html"),
    )


def test_addresses_of_the_inner_network_are_told_of_real_accounts() -> None:
    """A sandbox stands on the machine itself."""
    content = short("见 http://10.1.2.3/a 和 http://oa/b")

    assert quotes(content, "link_inside", on_account(production=True)) == [
        "http://10.1.2.3/a",
        "http://oa/b",
    ]
    assert quotes(content, "link_inside") == []


def test_sites_are_held_against_the_list_where_there_is_one() -> None:
    """The office's own, the government's and the platforms' may always be linked."""
    content = short(
        "https://www.gov.cn/a https://sub.city.example/b https://mp.weixin.qq.com/s/c "
        f"{SITE} https://shop.example.com/d https://evil-gov.cn/e"
    )
    strict = on_account(options={"link_domains": "city.example"})

    assert quotes(content, "link_domain", strict) == [
        "https://shop.example.com/d",
        "https://evil-gov.cn/e",
    ]
    assert quotes(content, "link_domain") == []


def test_mending_leaves_a_whole_address_alone() -> None:
    """Nothing is changed that was right."""
    assert mended(SITE) == SITE
