"""Asking about asking: what is left of a quota, and whether our callback is reached."""

from dataclasses import dataclass

from bot.platforms.wechat.client.answers import reading
from bot.platforms.wechat.client.endpoints import CALLBACK_CHECK, QUOTA_GET, Endpoint
from bot.platforms.wechat.client.session import Session


@dataclass(frozen=True)
class Quota:
    """What is left of an endpoint's calls today, and how many a day has."""

    remain: int
    daily_limit: int


def get_quota(session: Session, endpoint: Endpoint) -> Quota:
    """The platform's own count of an endpoint.

    Raises:
        TargetGone: the platform keeps no count of it for this account (76021, 76022).
    """
    said = session.call(QUOTA_GET, {"cgi_path": endpoint.path})
    with reading(QUOTA_GET.path):
        quota = said["quota"]
        return Quota(int(quota["remain"]), int(quota["daily_limit"]))


def callback_answers(session: Session) -> bool:
    """Whether the platform resolves our callback's name and loses not every packet to it.

    Raises:
        Misconfigured: the platform's console has no callback address.
    """
    said = session.call(CALLBACK_CHECK, {"action": "all", "check_operator": "DEFAULT"})
    with reading(CALLBACK_CHECK.path):
        lost = [str(ping["package_loss"]) for ping in said.get("ping", [])]
        return bool(said.get("dns")) and any(one != "100%" for one in lost)
