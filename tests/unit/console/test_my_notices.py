"""我的通知: one's own, read and unread, and how one wishes to be told outside."""

from datetime import time

from bot.domain.accounts.account import QuietHours
from bot.domain.notices.channel import ChannelKind, NoticeChannel
from bot.domain.notices.personal import PersonalKind, PersonalNotice, Wishes
from bot.domain.people import Role
from tests import factories as make
from tests.unit.console.desk import Desk, send


def tell(desk: Desk, number: int, login: str = "li") -> None:
    """A notice that nobody has read."""
    with desk.storage.begin() as uow:
        uow.personal.put(
            PersonalNotice(
                f"pnt_{number}",
                login,
                f"{number}:0",
                PersonalKind.POST_RETURNED,
                f"云岭发布《第<{number}>号》，王建国退回",
                "/posts/pst_1",
                make.after(number),
            )
        )
        uow.commit()


def unread(desk: Desk, login: str) -> int:
    """How many."""
    with desk.storage.look() as uow:
        return uow.personal.unread(login)


def test_the_bell_counts_and_reading_is_ones_own(busy: Desk) -> None:
    """What it is about leads to its page; nobody reads another's, or marks them."""
    li, wang = busy.signed_in("li", Role.WRITER), busy.signed_in("wang", Role.WRITER)
    tell(busy, 1)
    tell(busy, 2)
    tell(busy, 3, "wang")

    page = li.get("/my/notices").text
    send(wang, "/my/notices/pnt_1/read")
    send(li, "/my/notices/pnt_1/read")
    once = li.get("/").text
    send(li, "/my/notices/read")

    assert "我的通知，2 条未读" in page
    assert 'href="/posts/pst_1">您的稿件被退回修改' in page
    assert "第&lt;1&gt;号" in page
    assert "第&lt;3&gt;号" not in page
    assert "我的通知，1 条未读" in once
    assert (unread(busy, "li"), unread(busy, "wang")) == (0, 1)


def test_wishes_are_chosen_on_ones_own_page(busy: Desk) -> None:
    """A refusal keeps what was written; whom nobody can be told through is not offered."""
    with busy.storage.begin() as uow:
        uow.notices.add_channel(NoticeChannel("nch_1", "单位邮箱", ChannelKind.EMAIL), "{}")
        off = NoticeChannel("nch_2", "旧群", ChannelKind.WECOM, enabled=False)
        uow.notices.add_channel(off, "{}")
        uow.commit()
    li = busy.signed_in("li", Role.WRITER)
    form = {
        "kind-post.failed": "1",
        "channel": "nch_1",
        "address": "没有邮箱",
        "quiet_start": "21:00",
        "quiet_end": "07:30",
    }

    asked = li.get("/my/notices/wishes").text
    refused = send(li, "/my/notices/wishes", **form)
    kept = send(li, "/my/notices/wishes", **form | {"address": "li@example.gov.cn"})

    assert "单位邮箱" in asked
    assert "旧群" not in asked
    assert refused.status_code == 422
    assert "请填写您的邮箱" in refused.text
    assert 'value="没有邮箱"' in refused.text
    assert kept.headers["location"] == "/my/notices/wishes?done=wishes"
    with busy.storage.look() as uow:
        assert uow.personal.wishes(["li"])["li"] == Wishes(
            "li",
            frozenset({PersonalKind.POST_FAILED}),
            "nch_1",
            "li@example.gov.cn",
            QuietHours(time(21), time(7, 30)),
        )
