"""All kinds of channels, by name."""

from collections.abc import Mapping

import httpx

from bot.domain.notices.channel import ChannelKind
from bot.notices.email import Email
from bot.notices.robots import Dingtalk, Feishu, Wecom
from bot.ports.clock import Clock
from bot.ports.notices import NoticeSender


def senders(http: httpx.Client, clock: Clock) -> Mapping[ChannelKind, NoticeSender]:
    """What brings a notice through each kind of channel."""
    return {
        ChannelKind.WECOM: Wecom(http, clock),
        ChannelKind.DINGTALK: Dingtalk(http, clock),
        ChannelKind.FEISHU: Feishu(http, clock),
        ChannelKind.EMAIL: Email(clock),
    }
