"""Statistics: the endpoints that are kept up, for verified accounts, a day later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from bot.sandbox.clock import BEIJING
from bot.sandbox.wechat.accounts import Early
from bot.sandbox.wechat.calls import ApiCall
from bot.sandbox.wechat.errors import Refusal
from bot.sandbox.wechat.ledger import Deeds
from bot.sandbox.wechat.publishing import article_url
from bot.sandbox.wechat.state import Account, Publication, World

KEPT_SINCE = date(2025, 11, 1)
TITLES_SINCE = date(2026, 3, 3)
COUNTED_DAYS = 30
DAYS_AT_ONCE = {
    "getusersummary": 7,
    "getusercumulate": 7,
    "getarticleread": 1,
    "getarticleshare": 1,
    "getbizsummary": 30,
    "getarticletotaldetail": 1,
}
EVERYWHERE = "全部"
FROM_THE_MESSAGE = "公众号消息"
BIZ_COUNTS = ("read_user", "share_user", "zaikan_user", "like_user", "collection_user")


def user_summary(world: World, call: ApiCall) -> dict[str, Any]:
    """getusersummary: a row for each day on which somebody came or left."""
    ledger = call.account.ledger
    return {
        "list": [
            {
                "ref_date": day.isoformat(),
                "user_source": 0,
                "new_user": ledger.came[day],
                "cancel_user": ledger.left[day],
            }
            for day in _days(world, call)
            if ledger.came[day] or ledger.left[day]
        ]
    }


def user_cumulate(world: World, call: ApiCall) -> dict[str, Any]:
    """getusercumulate: how many follow at the end of each day."""
    now = sum(1 for one in call.account.followers.values() if one.is_subscribed)
    return {
        "list": [
            {
                "ref_date": day.isoformat(),
                "user_source": 0,
                "cumulate_user": now - call.account.ledger.net_since(day),
            }
            for day in _days(world, call)
        ]
    }


def article_read(world: World, call: ApiCall) -> dict[str, Any]:
    """getarticleread: what was read on a day, whatever its age."""
    rows = []
    for day, msgid, deeds in _on_each_day(world, call):
        if deeds.counts["read_user"] >= world.switches.datacube_least_readers:
            detail = {"read_user": deeds.counts["read_user"], "read_user_source": _split(deeds)}
            rows.append({"ref_date": day.isoformat(), "msgid": msgid, "detail": detail})
    return _listed(world, rows)


def article_share(world: World, call: ApiCall) -> dict[str, Any]:
    """getarticleshare: what was shared on a day."""
    rows = [
        {
            "ref_date": day.isoformat(),
            "msgid": msgid,
            "detail": {"share_user": deeds.counts["share_user"]},
        }
        for day, msgid, deeds in _on_each_day(world, call)
        if deeds.counts["share_user"]
    ]
    return _listed(world, rows)


def biz_summary(world: World, call: ApiCall) -> dict[str, Any]:
    """getbizsummary: all articles of an account together, by day."""
    rows = []
    for day in _article_days(world, call):
        figures = _account_day(call.account, day)
        inner = {"detail": figures} if world.switches.biz_summary_nested else figures
        rows.append({"ref_date": day.isoformat(), **inner})
    return _listed(world, rows)


def article_total_detail(world: World, call: ApiCall) -> dict[str, Any]:
    """getarticletotaldetail: the articles published on a day, to the end of each day since."""
    rows = [
        _article(world, call.account, publication, place)
        for day in _article_days(world, call)
        for publication in call.account.publications.values()
        if _day_of(publication.published_at) == day
        for place in range(1, len(publication.articles) + 1)
    ]
    least = world.switches.datacube_least_readers
    seen = [row for row in rows if row["detail_list"] and _last_readers(row) >= least]
    return _listed(world, seen)


def _days(world: World, call: ApiCall) -> list[date]:
    """The days asked for that are ready.

    Raises:
        Refusal: 48001 not verified, 61500 no dates, 61501 too many or too late, 61503 too early.
    """
    if not call.account.spec.verified:
        raise Refusal(48001)
    first, last = _date(call, "begin_date"), _date(call, "end_date")
    now = world.stage.clock.beijing()
    yesterday = now.date() - timedelta(days=1)
    at_most = DAYS_AT_ONCE[call.path.rpartition("/")[2]]
    if not first <= last <= yesterday or (last - first).days >= at_most:
        raise Refusal(61501)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    if last == yesterday and now.hour + now.minute / 60 < world.switches.datacube_ready_hour:
        if world.switches.datacube_early is Early.REFUSE:
            raise Refusal(61503)
        days.remove(yesterday)
    return days


def _article_days(world: World, call: ApiCall) -> list[date]:
    return [day for day in _days(world, call) if day >= KEPT_SINCE]


def _date(call: ApiCall, name: str) -> date:
    try:
        return datetime.strptime(call.text(name, 61500), "%Y-%m-%d").replace(tzinfo=BEIJING).date()
    except ValueError:
        raise Refusal(61500) from None


def _day_of(unix_seconds: float) -> date:
    return datetime.fromtimestamp(unix_seconds, BEIJING).date()


def _listed(world: World, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"list": rows, "is_delay": world.switches.datacube_delayed}


def _on_each_day(world: World, call: ApiCall) -> Iterator[tuple[date, str, Deeds]]:
    for day in _article_days(world, call):
        for (number, place), by_day in sorted(call.account.ledger.articles.items()):
            if day in by_day:
                yield day, f"{number}_{place}", by_day[day]


def _account_day(account: Account, day: date) -> dict[str, Any]:
    total = Deeds()
    for article in account.ledger.articles:
        total.add(account.ledger.of(article, day, day))
    published = [
        publication
        for publication in account.publications.values()
        if _day_of(publication.published_at) == day
    ]
    return {
        **{name: total.counts[name] for name in BIZ_COUNTS},
        "read_user_source": _split(total),
        "comment_count": sum(
            _comments(publication, place, day, day)
            for publication in account.publications.values()
            for place in range(1, len(publication.articles) + 1)
        ),
        "redirect_ori_page_user": total.counts["redirect_ori_page_user"],
        "send_page_count": sum(len(publication.articles) for publication in published),
    }


def _article(
    world: World, account: Account, publication: Publication, place: int
) -> dict[str, Any]:
    published_on = _day_of(publication.published_at)
    yesterday = world.stage.clock.beijing().date() - timedelta(days=1)
    days = min(COUNTED_DAYS, (yesterday - published_on).days + 1)
    row: dict[str, Any] = {
        "ref_date": published_on.isoformat(),
        "msgid": f"{publication.msg_data_id}_{place}",
        "publish_type": 0 if publication.is_pushed else 1,
        "detail_list": [
            _detail(world, account, publication, place, published_on + timedelta(days=number))
            for number in range(days)
        ],
    }
    if published_on >= TITLES_SINCE:
        row["title"] = publication.articles[place - 1]["title"]
        row["content_url"] = article_url(world, publication.links[place - 1])
    return row


def _detail(
    world: World, account: Account, publication: Publication, place: int, day: date
) -> dict[str, Any]:
    """Everything from publication to the end of `day`."""
    published_on = _day_of(publication.published_at)
    deeds = account.ledger.of((publication.msg_data_id, place), published_on, day)
    counts, readers = deeds.counts, max(1, deeds.counts["read_user"])
    reached = sum(1 for one in account.followers.values() if one.is_subscribed)
    opened = deeds.sources[FROM_THE_MESSAGE] if publication.is_pushed else 0
    minutes = counts["seconds"] / readers / (1 if world.switches.activetime_in_seconds else 60)
    return {
        "stat_date": day.isoformat(),
        "read_user": counts["read_user"],
        "read_user_source": _split(deeds),
        "share_user": counts["share_user"],
        "zaikan_user": counts["zaikan_user"],
        "like_user": counts["like_user"],
        "comment_count": _comments(publication, place, published_on, day),
        "collection_user": counts["collection_user"],
        "praise_money": 0,
        "read_subscribe_user": counts["read_subscribe_user"],
        "read_delivery_rate": round(opened / max(1, reached), 4),
        "read_finish_rate": round(counts["finished"] / readers, 4),
        "read_avg_activetime": round(minutes, 4),
        "read_jump_position": [],
    }


def _split(deeds: Deeds) -> list[dict[str, Any]]:
    everywhere = {"user_count": deeds.counts["read_user"], "scene_desc": EVERYWHERE}
    parts = [
        {"user_count": number, "scene_desc": name} for name, number in sorted(deeds.sources.items())
    ]
    return [everywhere, *parts]


def _comments(publication: Publication, place: int, first: date, last: date) -> int:
    written = publication.comments[place - 1].comments.values()
    return sum(1 for one in written if first <= _day_of(one.created_at) <= last)


def _last_readers(row: dict[str, Any]) -> int:
    return int(row["detail_list"][-1]["read_user"])
