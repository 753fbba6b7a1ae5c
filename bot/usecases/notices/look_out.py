"""See what is the matter, and put into the outbox what is to be told of it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.notices.channel import Notice, NoticeChannel, NoticeState
from bot.domain.notices.condition import MANNERS
from bot.domain.notices.watching import Message, watch
from bot.ports.storage import UnitOfWork
from bot.usecases.notices.tell_people import tell_of_failures
from bot.usecases.notices.tools import NoticeTools

CONSOLE = "console"
"""The channel everybody reads who opens the console; it has no way out."""


def look_out(tools: NoticeTools) -> int:
    """Look at every part once; returns how many messages are new.

    What stands, what was told and what is to be sent are one commit: nothing is lost between, and
    however many processes look, a message is put into each channel once.

    Raises:
        StorageUnavailable: the database is away.
    """
    sightings = [lookout() for lookout in tools.lookouts]
    conditions = [condition for seen in sightings for condition in seen.conditions]
    unseen = frozenset(kind for seen in sightings for kind in seen.unseen)
    with tools.storage.begin() as uow:
        now = uow.now()
        watched = watch(conditions, uow.notices.claim_alerts(), now=now, unseen=unseen)
        uow.notices.replace_alerts(watched.alerts)
        tell_of_failures(uow, [one for one in watched.alerts if one.since == now], tools)
        channels = uow.notices.channels()
        for message in watched.messages:
            _put(uow, message, channels, tools)
        uow.commit()
    return len(watched.messages)


def _put(
    uow: UnitOfWork, message: Message, channels: Sequence[NoticeChannel], tools: NoticeTools
) -> None:
    shown = _notice(uow, message, CONSOLE, tools)
    uow.notices.put(replace(shown, state=NoticeState.SENT, next_at=None))
    for channel in channels:
        if channel.carries(message.kind):
            uow.notices.put(_notice(uow, message, channel.id, tools))


def _notice(uow: UnitOfWork, message: Message, channel: str, tools: NoticeTools) -> Notice:
    now = uow.now()
    return Notice(
        id=tools.ids.new("ntc"),
        channel=channel,
        key=message.key,
        kind=message.kind,
        title=message.title,
        text=message.text,
        page=f"{tools.public_url}{MANNERS[message.kind].page}",
        created_at=now,
        next_at=now,
    )
