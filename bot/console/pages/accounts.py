"""账号: a line an account, and the emergency stop of one or of all."""

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.domain.errors import InvalidInput, Problem, Refusal
from bot.domain.permissions import Permission
from bot.domain.publishing.quiet import QUIET_WORDS
from bot.ports.overview import PostRow
from bot.usecases.accounts.stop import lift_stop, stop_publishing

EVERYTHING = "*"
MOST_DUE = 50
DONE = {
    "stop": "已停发。已经提交给平台的稿件会走完，其余的都不再发出",
    "lift": "已解除停发，到时间的稿件会继续发布",
}


def list_accounts(visit: Visit) -> Response:
    """Every account with its health."""
    return page(
        visit,
        "accounts.html.j2",
        accounts=visit.tools.overview.accounts(),
        said=DONE.get(visit.asked("done"), ""),
    )


def ask_to_lift(visit: Visit) -> Response:
    """The page between the button and lifting: who stopped, why, and what will go out at once."""
    visit.actor.require(Permission.STOP)
    chosen = visit.asked("account") or EVERYTHING
    with visit.tools.storage.look() as uow:
        why = uow.stops.why_stopped()
        account = None if chosen == EVERYTHING else uow.accounts.by_name(chosen)
    due = [row for row in visit.tools.overview.upcoming(limit=MOST_DUE) if _is_due(visit, row)]
    mine = [row for row in due if account is None or row.account_id == account.id]
    by, reason = why or ("", account.stop_reason if account else "")
    return page(visit, "lift.html.j2", chosen=chosen, by=by, reason=reason, due=mine)


def ask_to_stop(visit: Visit) -> Response:
    """The page between the button and the deed: what will happen, and to which accounts."""
    visit.actor.require(Permission.STOP)
    return _asked(visit)


def stop(visit: Visit) -> Response:
    """Stop what was chosen; nothing chosen stops nothing."""
    chosen = visit.fields.get("account", "")
    try:
        if not chosen:
            raise InvalidInput([Problem("account", "请选择要停发的账号，或者“全部账号”")])
        stop_publishing(
            _name(chosen),
            actor=visit.actor,
            storage=visit.tools.storage,
            reason=visit.fields.get("reason", ""),
        )
    except InvalidInput as refusal:
        return _asked(visit, refusal)
    return back_to("/accounts", done="stop")


def lift(visit: Visit) -> Response:
    """Lift the stop of one account, or of everything."""
    chosen = visit.fields.get("account", EVERYTHING)
    lift_stop(
        _name(chosen),
        actor=visit.actor,
        storage=visit.tools.storage,
        reason=visit.fields.get("reason", ""),
    )
    return back_to("/accounts", done="lift")


def _asked(visit: Visit, refusal: Refusal | None = None) -> Response:
    return page(
        visit,
        "stop.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        accounts=visit.tools.overview.accounts(),
        chosen=visit.asked("account"),
    )


def _is_due(visit: Visit, row: PostRow) -> bool:
    """Whether only the stop keeps it."""
    if row.due_at is None or row.hold_reason.startswith(QUIET_WORDS):
        return False
    return row.due_at <= visit.tools.clock.now()


def _name(chosen: str) -> str | None:
    return None if chosen == EVERYTHING else chosen
