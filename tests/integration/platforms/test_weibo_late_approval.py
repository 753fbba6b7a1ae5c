"""A comment approved late lies deeper under its post than one round of reading reaches."""

from bot.ports.platform import LivePost
from tests.integration.platforms.weibo_stage import Site, SystemClock, post


def test_a_late_approval_is_found_however_deep_it_lies(site: Site) -> None:
    """The platform counts one more than we know of: the first round reads the newest 400, the
    next one goes on where that stopped."""
    shared = site.perform("share", site.order(post()))
    mid = shared.evidence["platform_post_id"]
    late = site.weibo.act("comment", account="fabu", text="精选后才显示", pending=True)["comment"]
    for number in range(420):
        site.weibo.act("comment", account="fabu", text=f"第 {number} 条", citizen=2_900_000_100)
    live = LivePost("pst_1", {"platform_post_id": mid}, SystemClock().now())
    cursor = round_of(site, {}, live)[1]
    cursor = {name: value for name, value in cursor.items() if name != "counted_at"}

    site.weibo.act("approve_comment", comment=int(late))
    first, cursor = round_of(site, cursor | {"todo": f"under:{mid}"}, live)
    second, _ = round_of(site, cursor | {"todo": f"deeper:{mid}"}, live)

    assert f"comment:{late}" not in first
    assert f"comment:{late}" in second
    assert f"deep.{mid}" in cursor


def round_of(site: Site, cursor: dict[str, str], live: LivePost) -> tuple[set[str], dict[str, str]]:
    """The keys of what a round brings, and the cursor after it."""
    found, more = set[str](), True
    while more:
        page = site.collector.read(site.access(), "inbox", cursor, live=[live])
        found |= {one.key for one in page.incoming}
        cursor, more = dict(page.cursor), page.more
    return found, cursor
