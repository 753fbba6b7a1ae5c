"""The public pages of a town over a real database, and a passer-by with a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route

from bot.domain.cases.case import Case, CaseState
from bot.domain.cases.published import publication_of
from bot.domain.ids import CaseId
from bot.public.asked import asked_routes
from bot.public.attachments import attachment_route
from bot.public.design import design_routes
from bot.public.feeds import feed_routes
from bot.public.looking_up import looking_up_routes
from bot.public.mailbox import Mailbox
from bot.public.pages import Pages
from bot.public.rating import rating_routes
from bot.public.release import release_routes
from bot.public.released import released_routes
from bot.public.reply_system import reply_system_route
from bot.public.seals import Seals
from bot.public.service import service_routes
from bot.public.writing import writing_routes
from bot.regulations.case_rules import default_deadlines
from bot.regulations.reply_system import reply_systems
from bot.usecases.cases.look_up_receipt import ReceiptDesk
from bot.usecases.cases.take_letter import take_letter
from tests.factories import after, case
from tests.unit.console.browser import Browser
from tests.unit.console.desk import TEMPLATES, Desk

DAY = 86_400
ANSWER = "您好，补贴已于 11 月 20 日发放到账。"


class Street(Desk):
    """What a passer-by finds; cases are put there already answered."""

    seals = Seals((b"k" * 32,))

    def routes(self, pages: Pages) -> list[Route]:
        overview, shelf = self.storage.overview(), self.storage.answer_shelf()
        mailbox = Mailbox(partial(take_letter, tools=self.cases), self.seals, self.clock)
        where = {"public_url": "https://gov.test", "unit_name": "云岭市政务公开"}
        desk = ReceiptDesk(self.storage.receipts(), self.clock)
        return [
            pages.style_route(),
            *design_routes(pages),
            *released_routes(overview, pages),
            *feed_routes(overview, shelf, pages, **where),
            *asked_routes(shelf, pages),
            *looking_up_routes(desk, self.seals, pages),
            *rating_routes(self.storage, self.seals, pages),
            *writing_routes(mailbox, pages),
            *service_routes(self.storage.service_figures(), self.clock, self.cases.calendar, pages),
            *release_routes(self.storage, self.seals, pages, self.clock, is_https=False),
            attachment_route(self.storage, self.media, pages),
            reply_system_route(reply_systems(), default_deadlines, self.clock, pages),
        ]

    @property
    def app_of_pages(self) -> Starlette:
        """All public pages."""
        return Starlette(routes=self.routes(Pages(TEMPLATES, unit_name="云岭市政务公开")))

    def passer_by(self) -> Browser:
        return Browser(self.app_of_pages)

    def answered(self, number: int = 1, **changes: Any) -> Case:
        """A case that has its answer."""
        values = {
            "id": CaseId(f"case_{number}"),
            "number": f"20261123-{number:06}",
            "state": CaseState.ANSWERED,
            "answer_text": ANSWER,
            "answered_at": after(number * DAY),
        }
        made = case(**(values | changes))
        with self.storage.begin() as uow:
            uow.cases.add(made)
            uow.commit()
        return made

    def published(self, number: int = 1, **changes: Any) -> Case:
        """A case whose answer anybody may read."""
        made = self.answered(number, **changes)
        shown = publication_of(made, made.subject, by="wu", at=after(number * DAY + 60))
        with self.storage.begin() as uow:
            uow.published.put(shown)
            uow.commit()
        return made


@contextmanager
def street_on(url: str) -> Iterator[Street]:
    """A street, closed again at the end."""
    made = Street(url)
    try:
        yield made
    finally:
        made.storage.dispose()
