"""What people do in the middle of a day: stop everything, hold a post, correct the release."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.errors import IllegalMove
from bot.domain.permissions import SYSTEM
from bot.ports.storage import Storage
from bot.usecases.accounts.stop import stop_publishing
from bot.usecases.posts.hold_post import hold_post
from bot.usecases.posts.hold_posts import hold_posts_of_release
from tests import factories as make
from tests.integration.publishing.town import EDITOR
from tests.proof.faults import Fault
from tests.proof.office import Party

REASON = "领导要求暂停"
CORRECTED = "政策有了新版本"


def interfere(storage: Storage, fault: Fault, parties: Sequence[Party]) -> None:
    """A person does it; what is on its way already may refuse to be held."""
    if fault is Fault.STOPPED_BY_PERSON:
        stop_publishing(None, actor=SYSTEM, storage=storage)
    elif fault is Fault.HELD_BY_PERSON:
        for party in parties:
            _hold(storage, party)
    else:
        _correct(storage)


def _hold(storage: Storage, party: Party) -> None:
    try:
        hold_post(party.post, reason=REASON, actor=EDITOR, storage=storage)
    except IllegalMove:
        return


def _correct(storage: Storage) -> None:
    with storage.begin() as uow:
        release = uow.releases.get(make.release().id)
        body = make.content(body=make.document("更正后的正文。"))
        version = release.version + 1
        corrected = replace(release, version=version, content=body, content_hash=body.hash)
        uow.releases.add(corrected)
        hold_posts_of_release(uow, release.id, CORRECTED)
        uow.commit()
