"""Statistics (datacube): the endpoints that are kept up; the older ones are not called.

Read in November 2026: developers.weixin.qq.com/doc/subscription/api/wedata/news and …/user.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from bot.domain.statistics.figures import Figures
from bot.platforms.wechat.client.answers import reading
from bot.platforms.wechat.client.endpoints import (
    ARTICLE_DETAILS,
    ARTICLE_READ,
    ARTICLE_SHARE,
    BIZ_SUMMARY,
    USER_CUMULATE,
    USER_SUMMARY,
    Endpoint,
)
from bot.platforms.wechat.client.session import Session

EVERYWHERE = "全部"
_NOTIFIED = "0"

Row = TypeVar("Row")


@dataclass(frozen=True)
class Told(Generic[Row]):
    """An answer's rows; delayed ones are not final."""

    rows: tuple[Row, ...]
    is_delayed: bool


@dataclass(frozen=True)
class ArticleDetails:
    """An article and its figures to the end of each day since it was published."""

    message: str
    position: int
    published_on: date
    title: str
    url: str
    was_pushed: bool | None
    days: tuple[tuple[date, Figures], ...]


@dataclass(frozen=True)
class ArticleOnDay:
    """What an article came to on one day."""

    message: str
    position: int
    day: date
    figures: Figures


@dataclass(frozen=True)
class AccountOnDay:
    """What all articles of the account came to on one day."""

    day: date
    figures: Figures
    source_visits: int | None
    articles: int | None


def followers(session: Session, first: date, last: date) -> Mapping[date, int]:
    """How many follow at the end of each day; at most 7 days."""
    found: dict[date, int] = {}
    said = _ask(session, USER_CUMULATE, first, last)
    with reading(USER_CUMULATE.path):
        for row in said["list"]:
            # Where a day has a row for each source, the largest is the whole.
            day = date.fromisoformat(row["ref_date"])
            found[day] = max(found.get(day, 0), int(row["cumulate_user"]))
    return found


def moves(session: Session, first: date, last: date) -> Mapping[date, tuple[int, int]]:
    """Who came and who left on each day with either, over all sources; at most 7 days."""
    found: dict[date, tuple[int, int]] = defaultdict(lambda: (0, 0))
    said = _ask(session, USER_SUMMARY, first, last)
    with reading(USER_SUMMARY.path):
        for row in said["list"]:
            day = date.fromisoformat(row["ref_date"])
            came, left = found[day]
            found[day] = came + int(row["new_user"]), left + int(row["cancel_user"])
    return found


def article_details(
    session: Session, published_on: date, *, seconds_a_unit: float
) -> Told[ArticleDetails]:
    """The articles published on a day. Figures of a day are sums since publication."""
    said = _ask(session, ARTICLE_DETAILS, published_on, published_on)
    with reading(ARTICLE_DETAILS.path):
        rows = tuple(_details(row, seconds_a_unit) for row in said["list"])
        return Told(rows, bool(said.get("is_delay")))


def read_on(session: Session, day: date) -> Told[ArticleOnDay]:
    """Every article that was read on a day, with its readers."""
    return _on_day(session, ARTICLE_READ, day)


def shared_on(session: Session, day: date) -> Told[ArticleOnDay]:
    """Every article that was shared on a day, with how many shared it."""
    return _on_day(session, ARTICLE_SHARE, day)


def account_days(session: Session, first: date, last: date) -> Told[AccountOnDay]:
    """The account's days; at most 30. One page nests the figures, another does not."""
    said = _ask(session, BIZ_SUMMARY, first, last)
    with reading(BIZ_SUMMARY.path):
        rows = []
        for row in said["list"]:
            told = row.get("detail", row)
            rows.append(
                AccountOnDay(
                    date.fromisoformat(row["ref_date"]),
                    _figures(told),
                    _number(told, "redirect_ori_page_user"),
                    _number(told, "send_page_count"),
                )
            )
        return Told(tuple(rows), bool(said.get("is_delay")))


def _ask(session: Session, endpoint: Endpoint, first: date, last: date) -> dict[str, Any]:
    return session.call(endpoint, {"begin_date": first.isoformat(), "end_date": last.isoformat()})


def _on_day(session: Session, endpoint: Endpoint, day: date) -> Told[ArticleOnDay]:
    said = _ask(session, endpoint, day, day)
    with reading(endpoint.path):
        rows = tuple(
            ArticleOnDay(
                *_named(row["msgid"]),
                date.fromisoformat(row["ref_date"]),
                _figures(row["detail"]),
            )
            for row in said["list"]
        )
        return Told(rows, bool(said.get("is_delay")))


def _details(row: dict[str, Any], seconds_a_unit: float) -> ArticleDetails:
    message, position = _named(row["msgid"])
    pushed = row.get("publish_type")
    return ArticleDetails(
        message=message,
        position=position,
        published_on=date.fromisoformat(row["ref_date"]),
        title=str(row.get("title") or ""),
        url=str(row.get("content_url") or ""),
        was_pushed=None if pushed is None else str(pushed) == _NOTIFIED,
        days=tuple(
            (date.fromisoformat(day["stat_date"]), _figures(day, seconds_a_unit))
            for day in row["detail_list"]
        ),
    )


def _named(msgid: str) -> tuple[str, int]:
    """The message and the article's place in it, from 1: “2247480002_1”."""
    message, _, position = str(msgid).partition("_")
    return message, int(position or 1)


def _figures(told: dict[str, Any], seconds_a_unit: float = 1.0) -> Figures:
    seconds = _rate(told, "read_avg_activetime")
    return Figures(
        readers=_number(told, "read_user"),
        shares=_number(told, "share_user"),
        likes=_number(told, "like_user"),
        recommends=_number(told, "zaikan_user"),
        comments=_number(told, "comment_count"),
        collections=_number(told, "collection_user"),
        new_followers=_number(told, "read_subscribe_user"),
        delivery_rate=_rate(told, "read_delivery_rate"),
        finish_rate=_rate(told, "read_finish_rate"),
        average_seconds=None if seconds is None else seconds * seconds_a_unit,
        sources={
            str(part["scene_desc"]): int(part["user_count"])
            for part in told.get("read_user_source") or ()
            if part["scene_desc"] != EVERYWHERE
        },
    )


def _number(told: dict[str, Any], name: str) -> int | None:
    return None if told.get(name) is None else int(told[name])


def _rate(told: dict[str, Any], name: str) -> float | None:
    return None if told.get(name) is None else float(told[name])
