"""Bring what waits in the outbox to its channels."""

import structlog

from bot.domain.errors import CredentialExpired, PlatformError, RateLimited
from bot.domain.notices.channel import Notice, NoticeChannel, NoticeState, tried
from bot.ports.vault import SecretUnreadable
from bot.usecases.notices.tools import NoticeTools

LEASE_SECONDS = 60.0
CHUNK = 50

log = structlog.get_logger()


def send_due(tools: NoticeTools) -> int:
    """Send everything due, as far as each channel's minute allows; returns how many arrived.

    Each notice is taken and its outcome written in transactions of its own; a channel that fails
    keeps no other. Whoever dies in between leaves its notice to be tried again a minute later.
    """
    with tools.storage.begin() as uow:
        taken = uow.notices.take_due(limit=CHUNK, seconds=LEASE_SECONDS)
        channels = {channel.id: channel for channel in uow.notices.channels()}
        uow.commit()
    return sum(_send(notice, channels[notice.channel], tools) for notice in taken)


def _send(notice: Notice, channel: NoticeChannel, tools: NoticeTools) -> bool:
    error = failure_of_sending(notice, channel, tools)
    until = error.until if isinstance(error, RateLimited) else None
    with tools.storage.begin() as uow:
        after = tried(notice, error, now=uow.now(), until=until)
        uow.notices.save(after)
        uow.commit()
    if error is not None:
        log.warning("notice not sent", notice=notice.id, channel=channel.id, error=after.error)
    return after.state is NoticeState.SENT


def failure_of_sending(
    notice: Notice, channel: NoticeChannel, tools: NoticeTools
) -> PlatformError | None:
    """Send one notice now; None when it arrived."""
    with tools.storage.begin() as uow:
        sealed = uow.notices.sealed_secrets(channel.id)
    try:
        tools.senders[channel.kind].send(channel, tools.vault.open(sealed), notice)
    except PlatformError as error:
        return error
    except SecretUnreadable as error:
        return CredentialExpired(str(error), code="sealed")
    return None
