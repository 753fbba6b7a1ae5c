"""The console as an ASGI application, to be mounted at the root of the site."""

from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.console.doors import Handler, away, done, shown, uploaded
from bot.console.drawing import Drawing
from bot.console.pages import (
    account,
    account_settings,
    accounts,
    attachments,
    briefs,
    calendar,
    case,
    cases,
    checks,
    compliance,
    compose,
    coverage,
    demands,
    departments,
    deputies,
    design,
    doubts,
    duty,
    emergencies,
    failures,
    gallery,
    handover,
    health,
    import_profiles,
    imports,
    intake,
    ledger,
    moving,
    my_notices,
    new_case,
    notices,
    now,
    opinions,
    outages,
    password,
    people,
    posts,
    question,
    questions,
    quiet,
    recalls,
    releases,
    replies,
    retention,
    review,
    revisions,
    rules,
    settings,
    sign_in,
    sign_on,
    statistics,
    switching_off,
    threads,
    today,
    topics,
    watch_rules,
)
from bot.console.running import Console
from bot.console.security import SecurityHeaders
from bot.console.tally import Tallies
from bot.console.throttle import Throttle
from bot.console.tools import ConsoleTools
from bot.ports.storage import StorageUnavailable

PAGES: dict[str, Handler] = {
    "/": today.show_today,
    "/releases": releases.list_releases,
    "/releases/new": intake.show_start,
    "/releases/new/{input}": intake.show_read,
    "/releases/{release}/withdraw": recalls.ask_to_recall,
    "/recalls": recalls.list_recalls,
    "/recalls/{recall}": recalls.show_recall,
    "/releases/{release}": releases.show_release,
    "/releases/{release}/{tab}": releases.show_release,
    "/releases/{release}/attachments/{sha256}": attachments.take_attachment,
    "/calendar": calendar.show_calendar,
    "/calendar/{post}": moving.ask_to_move,
    "/checks": checks.show_checks,
    "/coverage": coverage.show_coverage,
    "/compliance": compliance.show_compliance,
    "/posts/{post}": posts.show_post,
    "/review": review.list_reviews,
    "/review/{post}": review.show_review,
    "/deputies": deputies.show_deputies,
    "/posts/{post}/preview": posts.show_preview,
    "/posts/{post}/now": now.ask_to_publish,
    "/posts/{post}/going": now.show_going,
    "/posts/{post}/compose": compose.show_compose,
    "/posts/{post}/revisions/{number}": revisions.show_revision,
    "/replies": replies.list_replies,
    "/replies/{reply}": threads.show_thread,
    "/imports": imports.show_imports,
    "/imports/{import}": imports.show_import,
    "/cases": cases.list_cases,
    "/cases/new": new_case.ask,
    "/cases/{case}": case.show_case,
    "/questions": questions.list_questions,
    "/questions/{question}": question.show_question,
    "/demands": demands.list_demands,
    "/demands/{demand}": demands.show_demand,
    "/topics": topics.show_topics,
    "/topics/records": opinions.list_records,
    "/topics/records/{case}": opinions.show_record,
    "/topics/media": opinions.list_media,
    "/topics/subjects": topics.list_subjects,
    "/topics/briefs": briefs.list_briefs,
    "/topics/briefs/{monday}": briefs.show_brief,
    "/topics/rules": watch_rules.show_rules,
    "/topics/alerts/{alert}": topics.show_alert,
    "/statistics": statistics.show_statistics,
    "/accounts": accounts.list_accounts,
    "/accounts/consent": account.ask_to_finish,
    "/accounts/new": account_settings.ask_for_account,
    "/accounts/health": health.show_health,
    "/accounts/{account}": account.show_account,
    "/accounts/{account}/edit": account_settings.ask_to_change,
    "/accounts/{account}/off": switching_off.ask_to_switch_off,
    "/accounts/{account}/templates": gallery.show_gallery,
    "/accounts/{account}/templates/{kind}/{template}": gallery.show_sample_frame,
    "/rules": rules.list_rules,
    "/rules/new": rules.ask_for_rule,
    "/rules/{rule}": rules.ask_for_rule,
    "/duty": duty.show_duty,
    "/stop": accounts.ask_to_stop,
    "/lift": accounts.ask_to_lift,
    "/quiet": quiet.show_quiet,
    "/failures": failures.show_failures,
    "/ledger": ledger.show_ledger,
    "/doubts": doubts.list_doubts,
    "/doubts/{post}": doubts.show_doubt,
    "/outages": outages.list_outages,
    "/notices": notices.show_notices,
    "/my/notices": my_notices.show_mine,
    "/my/notices/wishes": my_notices.show_wishes,
    "/emergency": emergencies.list_emergencies,
    "/emergency/{release}": emergencies.show_emergency,
    "/settings": settings.show_settings,
    "/retention": retention.show_retention,
    "/import-profiles": import_profiles.show_profiles,
    "/password": password.show_password,
    "/people": people.list_people,
    "/people/{login}": people.show_person,
    "/people/{login}/handover": handover.show_handover,
    "/departments": departments.show_departments,
}
FORMS: dict[str, Handler] = {
    "/releases/{release}/withdraw": recalls.recall,
    "/recalls/{recall}/try": recalls.try_again,
    "/recalls/{recall}/{post}/done": recalls.settle,
    "/releases/{release}/{verb}": releases.decide_release,
    "/releases/{release}/attachments/remove": attachments.detach,
    "/posts/{post}/now": now.publish,
    "/posts/{post}/undo": now.undo,
    "/posts/{post}/compose": compose.do_compose,
    "/posts/{post}/compose/preview": compose.show_written,
    "/posts/{post}/revisions/{number}/restore": revisions.restore,
    "/posts/{post}/{deed}": posts.do_deed,
    "/review/{post}/{deed}": review.do_deed,
    "/deputies": deputies.name,
    "/settings/type": settings.choose_type,
    "/password": password.change,
    "/password/sign-out": password.sign_out_elsewhere,
    "/people": people.add,
    "/people/{login}/handover": handover.do_hand_over,
    "/people/{login}/{deed}": people.do_deed,
    "/departments": departments.add,
    "/departments/{department}/end": departments.end,
    "/deputies/{deputy}/end": deputies.end,
    "/calendar/export": calendar.export_calendar,
    "/calendar/{post}": moving.move_post,
    "/compliance/export": compliance.export_compliance,
    "/coverage/export": coverage.export_coverage,
    "/failures/export": failures.export_failures,
    "/ledger/export": ledger.export,
    "/statistics/export": statistics.export_statistics,
    "/accounts/new": account_settings.enter,
    "/accounts/{account}/edit": account_settings.change,
    "/accounts/{account}/off": switching_off.switch,
    "/accounts/{account}/{deed}": account.do_deed,
    "/replies/export": replies.export_replies,
    "/replies/set-aside": replies.set_aside_some,
    "/replies/take-up": replies.take_up_some,
    "/cases/export": cases.export_cases,
    "/rules/new": rules.save_rule,
    "/rules/{rule}": rules.save_rule,
    "/replies/{reply}/open-case": threads.open_case,
    "/replies/{reply}/attachment": threads.fetch_along,
    "/replies/{reply}/{deed}": threads.do_deed,
    "/cases/new": new_case.take,
    "/cases/{case}/{deed}": case.do_deed,
    "/imports/{import}/take": imports.take,
    "/questions/{question}/{deed}": question.do_deed,
    "/demands/{demand}/{deed}": demands.do_deed,
    "/topics/alerts/{alert}/{deed}": topics.decide_alert,
    "/topics/records/{case}/{deed}": opinions.do_record,
    "/topics/media": opinions.take_media,
    "/my/notices/read": my_notices.read_all,
    "/my/notices/wishes": my_notices.wish,
    "/my/notices/{notice}/read": my_notices.read_one,
    "/topics/briefs/{monday}/export": briefs.export_brief,
    "/stop": accounts.stop,
    "/lift": accounts.lift,
    "/quiet": quiet.declare,
    "/retention": retention.set_rules,
    "/import-profiles": import_profiles.set_profiles,
    "/topics/rules": watch_rules.set_rules,
    "/quiet/{period}/end": quiet.end,
    "/doubts/{post}/{deed}": doubts.do_deed,
    "/outages/{outage}/settle": outages.settle,
    "/emergency/{release}/publish": emergencies.publish,
}

UPLOADS: dict[str, Handler] = {
    "/releases/new": intake.take_input,
    "/releases/new/{input}": intake.hand_in,
    "/releases/{release}/attachments": attachments.attach,
    "/imports": imports.upload,
}


def create_app(tools: ConsoleTools) -> Starlette:
    """The console with its static files. Nothing is opened or started."""
    drawing = Drawing(
        tools.templates, tools.clock, unit_name=tools.unit_name, picture_url=tools.picture_url
    )
    console = Console(tools, drawing, Throttle(tools.clock), Tallies(tools.clock))
    return Starlette(
        routes=_routes(console),
        middleware=[Middleware(SecurityHeaders, is_https=tools.is_https)],
        exception_handlers={
            404: partial(_not_found, console),
            StorageUnavailable: partial(away, console),
        },
    )


def _routes(console: Console) -> list[BaseRoute]:
    pages = dict(PAGES)
    if console.tools.show_design:
        pages["/design"] = design.show_design
    sign_out = partial(sign_in.do_sign_out, cookie=console.cookie)
    return [
        Mount("/static", GZipMiddleware(_LastingFiles(directory=console.drawing.static))),
        Route("/login", partial(sign_in.show_sign_in, console), methods=["GET"]),
        Route("/login", partial(sign_in.do_sign_in, console), methods=["POST"]),
        Route("/login/oidc", partial(sign_on.go, console), methods=["GET"]),
        Route("/login/oidc/return", partial(sign_on.come_back, console), methods=["GET"]),
        Route("/login/oidc/out", partial(sign_on.leave, console), methods=["GET"]),
        Route("/logout", done(console, sign_out), methods=["POST"]),
        *(Route(path, uploaded(console, act), methods=["POST"]) for path, act in UPLOADS.items()),
        *(Route(path, done(console, act), methods=["POST"]) for path, act in FORMS.items()),
        *(Route(path, shown(console, show), methods=["GET"]) for path, show in pages.items()),
    ]


async def _not_found(console: Console, _request: Request, _error: Exception) -> Response:
    drawn = console.drawing.draw(
        "plain.html.j2", {"title": "没有这个页面，可能已被移动或者网址有误"}
    )
    return HTMLResponse(drawn, status_code=404)


class _LastingFiles(StaticFiles):
    """Static files that browsers may keep for good: their addresses change with their content."""

    def file_response(self, *given: Any, **named: Any) -> Response:
        response = super().file_response(*given, **named)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response
