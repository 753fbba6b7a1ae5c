"""People of a proof: they mend what is broken, look at the platform, and say what is true."""

from contextlib import suppress

from bot.domain.errors import IllegalMove
from bot.domain.ids import PostId
from bot.domain.permissions import SYSTEM
from bot.domain.publishing.delivery import DeliveryState
from bot.usecases.accounts.end_trouble import resume_account
from bot.usecases.accounts.stop import lift_stop
from bot.usecases.posts.hold_post import resume_post
from bot.usecases.publishing.resolve_delivery import adopt_delivery, retry_delivery
from tests.fakes.vault import OpenVault
from tests.integration.publishing.town import EDITOR
from tests.proof.day import Day
from tests.proof.guide import Process, acting
from tests.proof.office import Party

PERSON = "person"
URL = "https://public.example/post"


def people_mend(day: Day) -> None:
    """Everything works again, and people say so: what waited for that goes on by itself."""
    day.guide.is_resting = True
    day.affliction.deadly_requests = 0
    with acting(Process(PERSON)):
        lift_stop(None, actor=SYSTEM, storage=day.database)
        for party in day.parties:
            party.platform.stage.faults.clear()
            _mend_account(day, party)
            resume_account(party.account, actor=SYSTEM, storage=day.database)
            post = day.post(party)
            with suppress(IllegalMove):
                if post is not None:
                    resume_post(post, actor=EDITOR, storage=day.database)
    day.run()


def people_decide(day: Day) -> None:
    """Whatever is held is looked at and decided, until all has ended."""
    for _ in range(len(day.parties) + 1):
        for party in day.parties:
            delivery = day.delivery(party)
            if delivery is not None and delivery.state is DeliveryState.HELD:
                _decide(day, party, delivery.post)
        day.run()


def _mend_account(day: Day, party: Party) -> None:
    with day.database.begin() as uow:
        sealed = uow.accounts.sealed_secrets(party.account)
        secrets = OpenVault().open(sealed) | party.platform.restore(party.name)
        uow.accounts.save_secrets(party.account, OpenVault().seal(secrets))
        uow.commit()


def _decide(day: Day, party: Party, post: PostId) -> None:
    with acting(Process(PERSON, party.account)):
        if party.effects and not day.plan.ends_refused:
            adopt_delivery(post, URL, actor=EDITOR, tools=day.tools)
        elif not party.effects and not _is_superseded(day, post):
            retry_delivery(post, actor=EDITOR, tools=day.tools)


def _is_superseded(day: Day, post: PostId) -> bool:
    """Whether the release has a newer version than the post was made of."""
    with day.database.begin() as uow:
        made = uow.posts.get(post)
        return made.release_version < uow.releases.get(made.release).version
