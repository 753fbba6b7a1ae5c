"""通知: what is told, where it leads, and who sees the channels."""

import pytest

from bot.console.app import PAGES
from bot.domain.notices.channel import ChannelKind, Notice, NoticeChannel, NoticeState
from bot.domain.notices.condition import MANNERS, ConditionKind
from bot.domain.people import Role
from bot.usecases.notices.look_out import CONSOLE
from tests import factories as make
from tests.unit.console.desk import Desk


def notice(channel: str, **changes: object) -> Notice:
    values: dict[str, object] = {
        "id": f"ntc_{channel}",
        "channel": channel,
        "key": "post.unknown 1",
        "kind": ConditionKind.POST_UNKNOWN,
        "title": "不能确定稿件是否发出",
        "text": "《关于<停水>的通知》在云岭发布",
        "page": "https://tongbu.yunling.example/doubts",
        "created_at": make.NOW,
        "state": NoticeState.SENT,
    }
    return Notice(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def told(busy: Desk) -> Desk:
    """Something was told here, and could not be told in a group."""
    group = NoticeChannel("nch_1", "值班群", ChannelKind.WECOM)
    failed = notice("nch_1", state=NoticeState.FAILED, error="NotSent")
    with busy.storage.begin() as uow:
        uow.notices.add_channel(group, "{}")
        uow.notices.put(notice(CONSOLE))
        uow.notices.put(failed)
        uow.commit()
    return busy


def test_everybody_reads_what_is_the_matter(told: Desk) -> None:
    """Escaped, with a way to where it is handled on this very site; no channels."""
    text = told.signed_in("li", Role.WRITER).get("/notices").text

    assert "不能确定稿件是否发出" in text
    assert "关于&lt;停水&gt;的通知" in text
    assert 'href="/doubts"' in text
    assert "值班群" not in text


def test_who_manages_accounts_sees_by_which_way_others_are_told(told: Desk) -> None:
    """And whether the last one arrived, in words."""
    text = told.signed_in("zhao", Role.ACCOUNT_ADMIN).get("/notices").text

    assert "值班群" in text
    assert "企业微信群机器人" in text
    assert "没有送达" in text
    assert "NotSent" not in text


def test_nothing_to_tell_is_said(busy: Desk) -> None:
    text = busy.signed_in("zhao", Role.ACCOUNT_ADMIN).get("/notices").text

    assert "没有通知" in text
    assert "还没有渠道" in text


@pytest.mark.parametrize("kind", list(ConditionKind), ids=str)
def test_every_notice_leads_to_a_page_there_is(kind: ConditionKind) -> None:
    """A link in a message at night must not end at “没有这个页面”."""
    assert MANNERS[kind].page in PAGES
