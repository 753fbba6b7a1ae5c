"""What people do in the middle of a day: stop everything, hold a post, correct the release."""

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.errors import IllegalMove
from bot.domain.permissions import SYSTEM
from bot.ports.storage import Storage
from bot.usecases.accounts.stop import stop_publishing
from bot.usecases.posts.hold_post import hold_post
from bot.usecases.posts.hold_posts import hold_posts_of_release
from tests import factories as make
from tests.integration.publishing.town import EDITOR
from tests.proof.faults import Fault

if TYPE_CHECKING:
    from tests.proof.day import Day

REASON = "领导要求暂停"
CORRECTED = "政策有了新版本"


def interfere(day: "Day", fault: Fault) -> None:
    """A person does it; what is on its way already may refuse to be held."""
    if fault is Fault.STOPPED_BY_PERSON:
        stop_publishing(None, actor=SYSTEM, storage=day.database)
    elif fault is Fault.HELD_BY_PERSON:
        for post in filter(None, map(day.post, day.parties)):
            with suppress(IllegalMove):
                hold_post(post, reason=REASON, actor=EDITOR, storage=day.database)
    elif day.morning is not None:
        day.morning.correct()
    else:
        _correct(day.database)


def _correct(storage: Storage) -> None:
    with storage.begin() as uow:
        release = uow.releases.get(make.release().id)
        body = make.content(body=make.document("更正后的正文。"))
        version = release.version + 1
        corrected = replace(release, version=version, content=body, content_hash=body.hash)
        uow.releases.add(corrected)
        hold_posts_of_release(uow, release.id, CORRECTED)
        uow.commit()
