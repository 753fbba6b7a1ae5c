"""Channels by which staff are told: added, switched off and on, tried."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.errors import PlatformError
from bot.domain.notices.channel import Notice, NoticeChannel
from bot.domain.notices.condition import ConditionKind
from bot.domain.permissions import Actor, Permission
from bot.ports.storage import UnitOfWork
from bot.usecases.notices.send_due import failure_of_sending
from bot.usecases.notices.tools import NoticeTools


def add_channel(
    channel: NoticeChannel, secrets: Mapping[str, str], *, actor: Actor, tools: NoticeTools
) -> None:
    """Store a channel, its secrets sealed.

    Raises:
        NotAllowed.
        Conflict: its name is taken.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    with tools.storage.begin() as uow:
        uow.notices.add_channel(channel, tools.vault.seal(secrets))
        _audit(uow, actor, "notice_channel.added", channel)
        uow.commit()


def switch_channel(name: str, *, enabled: bool, actor: Actor, tools: NoticeTools) -> None:
    """Tell by this channel no more, or again.

    Raises:
        NotAllowed, NotFound.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    with tools.storage.begin() as uow:
        channel = replace(uow.notices.channel(name), enabled=enabled)
        uow.notices.save_channel(channel)
        done = "enabled" if enabled else "disabled"
        _audit(uow, actor, f"notice_channel.{done}", channel)
        uow.commit()


def try_channel(name: str, *, actor: Actor, tools: NoticeTools) -> PlatformError | None:
    """Send a notice that says it is a trial, now; None when it arrived, else why it did not.

    Raises:
        NotAllowed, NotFound.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    with tools.storage.begin() as uow:
        channel, now = uow.notices.channel(name), uow.now()
        _audit(uow, actor, "notice_channel.tried", channel)
        uow.commit()
    trial = Notice(
        id=tools.ids.new("ntc"),
        channel=channel.id,
        key="trial",
        kind=ConditionKind.POST_HELD,
        title="【测试】同步的通知已接通",
        text="收到这条消息，说明提醒可以送到这里。无需处理。",
        page=tools.public_url,
        created_at=now,
    )
    return failure_of_sending(trial, channel, tools)


def _audit(uow: UnitOfWork, actor: Actor, action: str, channel: NoticeChannel) -> None:
    uow.audit.write(
        actor=actor.name, action=action, object_kind="notice_channel", object_id=channel.id
    )
