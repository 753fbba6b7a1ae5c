"""`statuses/share`: the one way an ordinary app may post."""

from bot.platforms.weibo.client.hosts import Host
from bot.platforms.weibo.client.objects import Status
from bot.platforms.weibo.client.session import Fields, Session, Upload


def share(session: Session, form: Fields, picture: Upload | None) -> Status:
    """Post `form` (status, rip), with at most one picture.

    The picture goes to the api host too: the historic upload host answers 10017.

    Raises:
        AlreadyDone: accepted, it appears in a minute or two (20032).
        OutcomeUnknown: it may have been posted.
    """
    return session.post(Host.API, "/2/statuses/share.json", form, Status.of, picture=picture)
