"""All web doors as one ASGI application: callbacks, API, public pages, console."""

import threading
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from functools import partial

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route

from bot.api.app import create_app as create_api
from bot.api.tools import ApiTools
from bot.bootstrap import TEMPLATES, House, build_house
from bot.callbacks.answering import Answering
from bot.callbacks.app import callbacks_first, opened
from bot.callbacks.app import create_app as create_callbacks
from bot.callbacks.directory import Directory
from bot.callbacks.door import CallbackDesk
from bot.callbacks.grouping import GroupWriter
from bot.config import load_settings
from bot.console.app import create_app as create_console
from bot.console.tools import ConsoleTools
from bot.domain.cases.rules import DeadlineRule
from bot.domain.replies.answer import UNDO_SECONDS
from bot.jobs.names import Queue
from bot.observability import configure_logging
from bot.ports.overview import WorkFigures
from bot.public.asked import asked_routes
from bot.public.attachments import attachment_route
from bot.public.design import design_routes
from bot.public.feeds import feed_routes
from bot.public.figures import CallbackCollector, LifeCollector, WorkCollector
from bot.public.health import health_routes
from bot.public.looking_up import looking_up_routes
from bot.public.mailbox import Mailbox
from bot.public.media import media_route
from bot.public.pages import Pages
from bot.public.rating import rating_routes
from bot.public.release import release_routes
from bot.public.released import address_of_search, released_routes
from bot.public.reply_system import reply_system_route
from bot.public.seals import Seals
from bot.public.service import service_routes
from bot.public.writing import writing_routes
from bot.regulations.answer_templates import answer_templates
from bot.regulations.reply_system import reply_systems
from bot.usecases.cases.look_up_receipt import ReceiptDesk
from bot.usecases.cases.take_letter import take_letter
from bot.usecases.notices.keep_watch import Watch
from bot.usecases.publishing.readiness import OVERDUE_SECONDS, database_health, readiness
from bot.usecases.releases.attach_file import MEGABYTE
from bot.vault.keys import Purpose, derive_all

WATCH_SECONDS = 15.0


def create_app() -> Starlette:
    """What `tongbu web` serves; settings come from the environment."""
    configure_logging()
    return compose(build_house(load_settings()))


def create_callbacks_app() -> Starlette:
    """The callbacks alone, for a process of their own."""
    configure_logging()
    house = build_house(load_settings())

    def ready() -> Mapping[str, str]:
        return {"database": database_health(house.callback_storage)}

    desk = callback_desk(house)
    counted = [CallbackCollector(desk.outcomes)]
    return create_callbacks(desk, more=health_routes(ready, collectors=counted))


def callback_desk(house: House) -> CallbackDesk:
    """The callbacks' own tools: their database handle gives up waiting sooner."""
    return CallbackDesk(
        directory=Directory(house.callback_storage, house.vault, house.platforms.channels),
        answering=Answering(
            house.callback_storage.searching(),
            ReceiptDesk(house.callback_storage.receipts(), house.clock),
            more_url=lambda words: house.settings.public_url + address_of_search(words),
        ),
        writer=GroupWriter(house.callback_storage),
        clock=house.clock,
        ids=house.ids,
    )


def compose(house: House) -> Starlette:
    """The doors of one house; callbacks come first since their followers wait."""
    desk = callback_desk(house)

    @asynccontextmanager
    async def living(_app: Starlette) -> AsyncIterator[None]:
        with opened(desk), watching(Watch(house.notices, house.clock)):
            yield
        house.close()

    routes = [
        *_api_routes(house),
        *_public_routes(house, desk),
        Mount("/", create_console(_console_tools(house))),
    ]
    return Starlette(routes=routes, middleware=[callbacks_first(desk)], lifespan=living)


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """Look out from a thread of the web process for as long as it serves: a worker that is dead
    cannot say so."""
    ends = threading.Event()

    def rounds() -> None:
        while not ends.wait(WATCH_SECONDS):
            watch.once()

    thread = threading.Thread(target=rounds, name="watch", daemon=True)
    thread.start()
    yield
    ends.set()
    thread.join(WATCH_SECONDS)


def _console_tools(house: House) -> ConsoleTools:
    letters = replace(house.correspondence, undo_seconds=UNDO_SECONDS)
    return ConsoleTools(
        storage=house.storage,
        overview=house.storage.overview(),
        passwords=house.passwords,
        publishing=house.publishing,
        doubts=house.doubts,
        aftercare=house.aftercare,
        connecting=house.connecting,
        posts=house.posts,
        correspondence=letters,
        attachments=house.attachments,
        cases=replace(house.cases, correspondence=letters),
        quoting=house.quoting,
        answer_templates=answer_templates(house.settings.home),
        imports=house.imports,
        watching=house.watching,
        previewer=house.renderer,
        reader=house.reader,
        media=house.media,
        doorbell=house.doorbell,
        ids=house.ids,
        clock=house.clock,
        templates=TEMPLATES,
        unit_name=house.settings.unit_name,
        public_url=house.settings.public_url,
        is_https=house.settings.public_url.startswith("https://"),
        sign_on=house.sign_on,
        show_design=house.settings.show_design,
        largest_attachment=house.settings.largest_attachment_mb * MEGABYTE,
    )


def _public_routes(house: House, desk: CallbackDesk) -> list[Route]:
    overview = house.storage.overview()

    def ready() -> Mapping[str, str]:
        return readiness(
            storage=house.storage,
            overview=overview,
            heartbeats=house.heartbeats,
            queues=frozenset(queue.value for queue in Queue),
        )

    def followers() -> Mapping[str, str]:
        return {"database": database_health(house.callback_storage)}

    def staff() -> Mapping[str, str]:
        return {"database": database_health(house.storage)}

    def figures() -> WorkFigures:
        return overview.figures(overdue_seconds=OVERDUE_SECONDS)

    counted = [
        WorkCollector(figures),
        LifeCollector(house.heartbeats),
        CallbackCollector(desk.outcomes),
    ]
    doors = {"callbacks": followers, "console": staff, "api": staff, "public": staff}
    return [
        *health_routes(ready, collectors=counted, doors=doors),
        media_route(house.media),
        *_pages(house),
    ]


def _pages(house: House) -> list[Route]:
    """What anybody may read and send."""
    pages = Pages(TEMPLATES, unit_name=house.settings.unit_name)
    seals = Seals(derive_all(house.settings.secret_key, Purpose.LINKS))
    desk = ReceiptDesk(house.storage.receipts(), house.clock)
    overview, shelf = house.storage.overview(), house.storage.answer_shelf()
    mailbox = Mailbox(partial(take_letter, tools=house.cases), seals, house.clock)
    https = house.settings.public_url.startswith("https://")

    def deadlines() -> Sequence[DeadlineRule]:
        with house.storage.look() as uow:
            return house.cases.rules(uow).deadlines

    where = {"public_url": house.settings.public_url, "unit_name": house.settings.unit_name}
    return [
        pages.style_route(),
        *(design_routes(pages) if house.settings.show_design else ()),
        *feed_routes(overview, shelf, pages, **where),
        *released_routes(overview, pages),
        *asked_routes(shelf, pages),
        *looking_up_routes(desk, seals, pages),
        *rating_routes(house.storage, seals, pages),
        *writing_routes(mailbox, pages),
        *service_routes(house.storage.service_figures(), house.clock, house.cases.calendar, pages),
        *release_routes(house.storage, seals, pages, house.clock, is_https=https),
        attachment_route(house.storage, house.media, pages),
        reply_system_route(reply_systems(house.settings.home), deadlines, house.clock, pages),
    ]


def _api_routes(house: House) -> list[BaseRoute]:
    api = create_api(
        ApiTools(
            storage=house.storage,
            overview=house.storage.overview(),
            reader=house.reader,
            ids=house.ids,
            doorbell=house.doorbell,
            clock=house.clock,
            public_url=house.settings.public_url,
            media=house.media,
            largest_attachment=house.settings.largest_attachment_mb * MEGABYTE,
        )
    )
    return [Route("/api/{rest:path}", endpoint=api)]
