"""`statuses/destroy`: taking one's own post away."""

from bot.domain.accounts.account import Mode
from bot.platforms.weibo.client.hosts import Host
from bot.platforms.weibo.client.objects import Status
from bot.platforms.weibo.client.session import Session

_PATH = "/2/statuses/destroy.json"
_COMMERCIAL_PATH = "/2/statuses/destroy/biz.json"


def delete_post(session: Session, post: str) -> Status:
    """Delete a post of the account's own, where its mode posts; harmless to repeat.

    Raises:
        TargetGone: it is not there (20101).
    """
    if session.access.account.mode is Mode.COMMERCIAL:
        host, path = Host.COMMERCIAL, _COMMERCIAL_PATH
    else:
        host, path = Host.API, _PATH
    return session.post(host, path, {"id": post}, Status.of, writes=False)
