"""Every page of the site with an address to open it at, found from the routes themselves."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route

from bot.domain.ids import PostId, ReleaseId, RuleId
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.domain.releases.document import Attachment
from bot.public.pages import Pages
from bot.public.rating import rating_address
from bot.usecases.releases.recall_release import recall_release
from bot.usecases.replies.import_replies import stage_import
from bot.usecases.topics.make_brief import BriefTools, make_brief_if_due
from tests import factories as make
from tests.unit.console.desk import TEMPLATES
from tests.unit.console.duty_town import on_duty
from tests.unit.console.test_imports import CSV
from tests.unit.console.town import settle
from tests.unit.console.town_cases import settle_cases
from tests.unit.console.town_questions import settle_questions
from tests.unit.console.town_topics import speak_of_gas
from tests.unit.public.street import Street

FILLED: Mapping[str, str] = {
    "account": "acc_1",
    "alert": "alr_1",
    "case": "case_4",
    "demand": "dem_1",
    "kind": "policy",
    "login": "wang",
    "post": "pst_2",
    "question": "qst_1",
    "release": "rel_1",
    "reply": "rpy_1",
    "sha256": "0" * 64,
    "tab": "posts",
    "template": "default",
}
"""What stands in a full town for a part of an address; a new kind of part needs its line here."""
ADDRESSES: Mapping[str, str] = {
    "/accounts/consent": "/accounts/consent?code=c&state=s",
    "/calendar/{post}": "/calendar/pst_4?at=2026-11-28T09:00",
    "/doubts/{post}": "/doubts/pst_9",
    "/emergency/{release}": "/emergency/rel_e",
    "/posts/{post}/compose": "/posts/pst_5/compose",
    "/review/{post}": "/review/pst_3",
    "/wenda/{case}": "/wenda/case_21",
}
"""Where the usual filling would open an empty or a missing page."""
MORE = (
    "/accounts/new?platform=wechat",
    "/releases/rel_2",
    "/releases/rel_1/checklist",
    "/releases/rel_1/history",
    "/releases/rel_1/versions",
    "/calendar?view=week",
    "/calendar?view=day",
    "/calendar/pst_4?at=2026-11-28T09:00&together=1",
    "/posts/pst_1",
    "/posts/pst_5",
    "/cases?view=late",
    "/cases/case_1",
    "/cases/case_2",
    "/cases/case_3?done=draft",
    "/questions/qst_1?q=补贴",
)
"""States of a page that look different from its first one."""


def _rating(street: Street) -> str:
    return rating_address(street.answered(22), street.seals)


def _import(street: Street) -> str:
    clerk = Actor("li", frozenset({Role.DESK}))
    looked = stage_import(CSV, "热线.csv", "hotline", actor=clerk, tools=street.tools.imports)
    return f"/imports/{looked.record.id}"


def _revision(street: Street) -> str:
    with street.storage.begin() as uow:
        uow.revisions.keep(uow.posts.get(PostId("pst_5")), replaced_by="li")
        uow.commit()
    return "/posts/pst_5/revisions/1"


def _recall(street: Street) -> str:
    approver = Actor("li", frozenset({Role.APPROVER}))
    done = recall_release(
        ReleaseId("rel_3"),
        reason="数字有误",
        actor=approver,
        tools=street.tools.aftercare,
        ids=street.tools.ids,
        doorbell=street.tools.doorbell,
    )
    return f"/recalls/{done.id}"


def _input(street: Street) -> str:
    return f"/releases/new/{street.media.put('停水通知'.encode())}?form=text"


def _rule(street: Street) -> str:
    with street.storage.begin() as uow:
        uow.rules.add(make.rule(id=RuleId("rule_1")))
        uow.commit()
    return "/rules/rule_1"


def _brief(street: Street) -> str:
    tools = BriefTools(street.storage, street.storage.overview(), street.storage.service_figures())
    brief = make_brief_if_due(tools)
    assert brief is not None
    return f"/topics/briefs/{brief.monday}"


def _attached(street: Street) -> str:
    """The hash of a file beside the released document."""
    sha256 = street.media.put(b"%PDF-1.7")
    with street.storage.begin() as uow:
        release = uow.releases.get(ReleaseId("rel_1"))
        file = Attachment("申请表.pdf", "", sha256, size=8)
        uow.releases.save(replace(release, content=replace(release.content, attachments=(file,))))
        uow.commit()
    return sha256


def _staff_file(street: Street) -> str:
    return f"/releases/rel_1/attachments/{_attached(street)}"


def _public_file(street: Street) -> str:
    return f"/gongkai/rel_1/fujian/{_attached(street)}"


_MADE: Mapping[str, Callable[[Street], str]] = {
    "/imports/{import}": _import,
    "/topics/briefs/{monday}": _brief,
    "/posts/{post}/revisions/{number}": _revision,
    "/rules/{rule}": _rule,
    "/pingjia/{token}": _rating,
    "/recalls/{recall}": _recall,
    "/releases/new/{input}": _input,
    "/releases/{release}/attachments/{sha256}": _staff_file,
    "/gongkai/{release}/fujian/{key}": _public_file,
}
"""What must be made first."""
_PART = re.compile(r"{(\w+)(?::\w+)?}")


class Unfilled(LookupError):
    """A page has a part in its address that nobody has said how to fill."""


def full_street(url: str) -> Street:
    """An office and its public pages, with something in every state."""
    street = Street(url)
    settle(street.storage)
    settle_cases(street.storage)
    settle_questions(street.storage)
    on_duty(street.storage)
    speak_of_gas(street.storage)
    street.published(21, subject="补" * 300)
    return street


def site_of(street: Street) -> Starlette:
    """The public pages before the console, as the site has them."""
    pages = Pages(TEMPLATES, unit_name="云岭市政务公开")
    return Starlette(routes=[*street.routes(pages), Mount("/", street.app)])


def patterns_of(routes: Iterable[BaseRoute], under: str = "") -> Iterator[str]:
    """The address patterns that answer a GET."""
    for route in routes:
        if isinstance(route, Mount):
            yield from patterns_of(route.routes or (), under + route.path)
        elif isinstance(route, Route) and "GET" in (route.methods or ()):
            yield under + route.path


def address_of(pattern: str, street: Street) -> str:
    """Where a full street shows the pattern.

    Raises:
        Unfilled: nothing above knows a part of it.
    """
    if pattern in ADDRESSES:
        return ADDRESSES[pattern]
    if pattern in _MADE:
        return _MADE[pattern](street)
    unknown = set(_PART.findall(pattern)) - FILLED.keys()
    if unknown:
        raise Unfilled(f"{pattern}: say in {__name__} what fills {unknown}")
    return _PART.sub(lambda part: FILLED[part[1]], pattern)


def address_book(street: Street) -> list[str]:
    """Every address pattern of the site, filled, and the states that look different."""
    patterns = patterns_of(site_of(street).routes)
    return [*(address_of(pattern, street) for pattern in patterns), *MORE]
