"""From what is the matter to a group's screen: the outbox, the robots, the mail server."""

import email
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from email import policy

import httpx
import pytest

from bot.domain.errors import (
    CredentialExpired,
    Misconfigured,
    NotSent,
    PlatformError,
    PlatformUnavailable,
    RateLimited,
)
from bot.domain.notices.channel import ChannelKind, Notice, NoticeChannel, NoticeState
from bot.domain.notices.condition import Condition, ConditionKind
from bot.domain.notices.personal import PersonalKind
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.notices.senders import senders
from bot.ports.storage import StorageUnavailable
from bot.storage.database import Database
from bot.system import SortableIds, SystemClock
from bot.usecases.notices.channels import add_channel, switch_channel, try_channel
from bot.usecases.notices.keep_watch import Watch
from bot.usecases.notices.look_out import CONSOLE, look_out
from bot.usecases.notices.send_due import send_due
from bot.usecases.notices.tools import NoticeTools, Sighting
from bot.vault.secrets import FernetVault
from tests.fakes.vault import OpenVault
from tests.integration.notices.receiver import SECRET, Robots, mail_server, robots

OPERATOR = Actor("operator", is_operator=True)
HELD = Condition(ConditionKind.POST_HELD, "pst_1", "示例发布《关于优化办事时间的通知》：平台拒绝")
PATHS = {
    ChannelKind.WECOM: "/cgi-bin/webhook/send?key=invented",
    ChannelKind.DINGTALK: "/robot/send?access_token=invented",
    ChannelKind.FEISHU: "/open-apis/bot/v2/hook/invented",
}


@dataclass
class Post:
    """A duty room: what is the matter, and everything that tells of it."""

    tools: NoticeTools
    robots: Robots
    matters: list[Condition]

    def open_channel(self, kind: ChannelKind, **secrets: str) -> NoticeChannel:
        """A group that carries the editors' matters."""
        channel = NoticeChannel(f"nch_{kind}", kind.value, kind, frozenset({Role.EDITOR}))
        url = f"{self.robots.url}{PATHS[kind]}"
        add_channel(channel, {"url": url} | secrets, actor=OPERATOR, tools=self.tools)
        return channel

    def states(self, channel: NoticeChannel) -> list[NoticeState]:
        with self.tools.storage.begin() as uow:
            return [notice.state for notice in uow.notices.recent(channel=channel.id)]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def room(request: pytest.FixtureRequest) -> Iterator[Post]:
    """A duty room over each database."""
    url = request.getfixturevalue(f"{request.param}_url")
    database = Database(url, audit_key=b"key", vault=OpenVault())
    matters: list[Condition] = []
    with robots() as heard, httpx.Client(trust_env=False) as http:
        tools = NoticeTools(
            storage=database,
            vault=OpenVault(),
            ids=SortableIds(),
            senders=senders(http, SystemClock()),
            lookouts=(lambda: Sighting(tuple(matters)),),
            public_url="https://tongbu.example",
        )
        yield Post(tools, heard, matters)
    database.dispose()


@pytest.mark.parametrize("kind", list(PATHS))
def test_a_robot_gets_what_is_the_matter_once(room: Post, kind: ChannelKind) -> None:
    """Signed as its documentation says, in Chinese, with where to go; then quiet, then over."""
    channel = room.open_channel(kind, secret=SECRET)
    room.matters.append(HELD)

    for _ in range(3):
        look_out(room.tools)
        send_due(room.tools)
    room.matters.clear()
    look_out(room.tools)
    send_due(room.tools)

    assert room.robots.texts(kind.value) == [
        f"【提醒】稿件已停下，等待处理\n{HELD.words}\nhttps://tongbu.example/",
        f"【已恢复】稿件已停下，等待处理\n{HELD.words}\nhttps://tongbu.example/",
    ]
    assert room.states(channel) == [NoticeState.SENT] * 2


def test_many_processes_that_look_and_send_say_it_once(room: Post) -> None:
    """Every web process and every worker does both."""
    room.open_channel(ChannelKind.WECOM)
    room.matters.append(HELD)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: (look_out(room.tools), send_due(room.tools)), range(16)))
    send_due(room.tools)

    assert len(room.robots.heard) == 1


@pytest.mark.parametrize(
    ("kind", "secrets", "refusal", "error"),
    [
        (ChannelKind.DINGTALK, {"secret": "wrong"}, None, Misconfigured),
        (ChannelKind.FEISHU, {"secret": "wrong"}, None, Misconfigured),
        (ChannelKind.WECOM, {}, {"errcode": 45009, "errmsg": "freq"}, RateLimited),
        (ChannelKind.DINGTALK, {"secret": SECRET}, {"errcode": 130101}, RateLimited),
        (ChannelKind.FEISHU, {"secret": SECRET}, {"code": 11232}, RateLimited),
        (ChannelKind.WECOM, {"url": "http://127.0.0.1:9/"}, None, NotSent),
        (ChannelKind.WECOM, {"url": "nowhere"}, None, Misconfigured),
    ],
)
def test_what_a_robot_refuses_is_told_apart(
    room: Post,
    kind: ChannelKind,
    secrets: dict[str, str],
    refusal: dict[str, object] | None,
    error: type[PlatformError],
) -> None:
    """Never with the address or the words in the error."""
    room.open_channel(kind, **secrets)
    room.robots.refusal = refusal

    found = try_channel(kind.value, actor=OPERATOR, tools=room.tools)

    assert type(found) is error
    assert "invented" not in str(found)
    assert "通知已接通" not in str(found)


def test_a_failing_channel_keeps_no_other_and_is_tried_again(room: Post) -> None:
    """Its notice stays in the outbox with what was wrong."""
    room.open_channel(ChannelKind.FEISHU, url="http://127.0.0.1:9/")
    group = room.open_channel(ChannelKind.WECOM)
    room.matters.append(HELD)
    look_out(room.tools)

    assert send_due(room.tools) == 1

    with room.tools.storage.begin() as uow:
        (waiting,) = uow.notices.recent(channel="nch_feishu")
    assert room.states(group) == [NoticeState.SENT]
    assert waiting.state is NoticeState.WAITING
    assert waiting.next_at is not None
    assert waiting.error == "NotSent"


def test_a_gateways_trouble_is_no_arrival(room: Post) -> None:
    """5xx: the robot did not take it."""
    room.open_channel(ChannelKind.WECOM)
    room.robots.status = 502

    found = try_channel("wecom", actor=OPERATOR, tools=room.tools)

    assert isinstance(found, PlatformUnavailable)


def test_a_channel_that_is_switched_off_is_silent(room: Post) -> None:
    """The console still shows what was the matter."""
    room.open_channel(ChannelKind.WECOM)
    switch_channel("wecom", enabled=False, actor=OPERATOR, tools=room.tools)
    room.matters.append(HELD)

    look_out(room.tools)
    send_due(room.tools)

    with room.tools.storage.begin() as uow:
        (shown,) = uow.notices.recent(channel=CONSOLE)
    assert room.robots.heard == []
    assert shown.text == HELD.words


def test_mail_arrives_in_chinese(room: Post) -> None:
    """Subject, sender, everybody it is for, an id of its own."""
    with mail_server() as box:
        _open_mailbox(room, box.port)
        room.matters.append(HELD)
        look_out(room.tools)
        send_due(room.tools)

    (raw,) = box.messages
    message = email.message_from_string(raw, policy=policy.default)
    body = message.get_body()
    assert message["Subject"] == "【提醒】稿件已停下，等待处理"
    assert message["To"] == "a@example.org, b@example.org"
    assert message["Message-ID"].endswith("@tongbu.example>")
    assert body is not None
    assert HELD.words in body.get_content()


def test_mail_for_one_person_goes_to_nobody_else(room: Post) -> None:
    """To their address in place of the channel's."""
    with mail_server() as box:
        _open_mailbox(room, box.port)
        with room.tools.storage.begin() as uow:
            (channel,) = uow.notices.channels()
            now = uow.now()
            mine = Notice(
                "ntc_1", channel.id, "li:1", PersonalKind.CASE_NEAR, "标题", "一件", "", now
            )
            uow.notices.put(replace(mine, next_at=now, to=("li@example.gov.cn",)))
            uow.commit()
        send_due(room.tools)

    (raw,) = box.messages
    assert email.message_from_string(raw, policy=policy.default)["To"] == "li@example.gov.cn"


@pytest.mark.parametrize("refuses", [True, False])
def test_mail_that_is_refused_or_finds_no_server_is_told_apart(room: Post, refuses: bool) -> None:
    """A wrong mailbox is ours to mend; a server that is away is not."""
    with mail_server(refuses=True) as box:
        _open_mailbox(room, box.port if refuses else 9)

        found = try_channel("email", actor=OPERATOR, tools=room.tools)

    assert type(found) is (Misconfigured if refuses else NotSent)


def test_a_dead_database_is_told_of_without_an_outbox(room: Post) -> None:
    """By what the watch remembers, once, and again when it is back."""
    channel = room.open_channel(ChannelKind.WECOM)
    with room.tools.storage.begin() as uow:
        kinds = frozenset({ConditionKind.DATABASE_AWAY})
        uow.notices.save_channel(replace(channel, kinds=kinds))
        uow.commit()
    storage = Mortal(room.tools.storage)
    watch = Watch(replace(room.tools, storage=storage), SystemClock())  # type: ignore[arg-type]
    watch.once()
    storage.is_dead = True
    watch.once()
    watch.once()
    storage.is_dead = False
    watch.once()

    began, ended = room.robots.texts("wecom")
    assert began.startswith("【提醒】数据库不可用")
    assert ended.startswith("【已恢复】数据库不可用")


def test_a_secret_under_another_key_is_an_error_like_others(room: Post) -> None:
    """It stands beside the notice, and stops nobody."""
    room.open_channel(ChannelKind.WECOM)
    strange = replace(room.tools, vault=FernetVault("another key" * 4))

    found = try_channel("wecom", actor=OPERATOR, tools=strange)

    assert isinstance(found, CredentialExpired)


class Mortal:
    """A storage that can be dead."""

    def __init__(self, storage: object) -> None:
        self._storage, self.is_dead = storage, False

    def begin(self) -> object:
        if self.is_dead:
            raise StorageUnavailable("connection refused")
        return self._storage.begin()  # type: ignore[attr-defined]


def _open_mailbox(room: Post, port: int) -> None:
    options = {
        "host": "127.0.0.1",
        "port": str(port),
        "security": "none",
        "sender": "同步 <notice@tongbu.example>",
        "to": "a@example.org, b@example.org",
    }
    channel = NoticeChannel(
        "nch_email", "email", ChannelKind.EMAIL, frozenset({Role.EDITOR}), options=options
    )
    add_channel(channel, {}, actor=OPERATOR, tools=room.tools)
