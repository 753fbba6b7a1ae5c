"""写稿: the approved text, what is made of it, and how readers will see it, beside each other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from starlette.responses import HTMLResponse, Response

from bot.console.answering import back_to, page, part
from bot.console.composing.desk import Desk, block_words
from bot.console.composing.sheet import Merged, Sheet, key_in, merged, sheet_in, sheet_of
from bot.console.composing.wording import marks_of, submit_words
from bot.console.refusals import Fault, faults_of, status_of
from bot.console.security import PREVIEW_POLICY
from bot.console.visit import Visit
from bot.domain.errors import (
    Conflict,
    EditedMeanwhile,
    InvalidInput,
    NotFound,
    Problem,
    Refusal,
)
from bot.domain.ids import PostId
from bot.domain.permissions import Permission
from bot.domain.posts.checks.source import Source
from bot.domain.posts.checks.tracing import traces_of
from bot.domain.posts.draft import Draft, Violation
from bot.domain.posts.edits import Edits, Field, fields_of
from bot.domain.posts.post import Post
from bot.ports.rendering import Sight
from bot.usecases.posts.edit_post import composed, edit_post
from bot.usecases.posts.justify_finding import justify_finding
from bot.usecases.posts.repair_finding import repair_finding
from bot.usecases.posts.review_post import submit_post
from bot.usecases.posts.revising import Manuscript, take_up
from bot.usecases.posts.take_back import can_be_taken_back

SAID = {
    "edited": "已保存为新一稿草稿；通过审核之前不会发出",
    "same": "内容没有变化，稿件保持原样",
    "repaired": "已改正并保存为新一稿草稿",
    "justified": "说明已记下，审核人会在检查结果里看到",
}
_STARTED = "稿件正在发布或者已经发出，不能再改；需要更正请到稿件页处理"


@dataclass(frozen=True)
class _Work:
    """A sheet of this visit beside the post as it is; `draft` is what it would become."""

    taken: Manuscript
    sheet: Sheet
    draft: Draft
    edits: Edits
    theirs: Mapping[str, str]

    @property
    def post(self) -> Post:
        return self.taken.post


def show_compose(visit: Visit) -> Response:
    """The post as it is, ready to be written on."""
    taken = _taken(visit)
    post = taken.post
    return _shown(visit, _Work(taken, _fresh(visit, taken), post.draft, post.edits, {}))


def do_compose(visit: Visit) -> Response:
    """What a button of the page asks for. What is written stays on the page, whatever happens."""
    taken = _taken(visit)
    sheet = sheet_in(visit.fields)
    name, _, argument = visit.fields.get("do", "look").partition(":")
    if name in _DOING:
        try:
            return _DOING[name](visit, taken, sheet, argument)
        except EditedMeanwhile as refusal:
            return _both(visit, sheet, refusal)
        except NotFound:
            raise
        except Refusal as refusal:
            return _again(visit, _as_stored(visit, taken, sheet), refusal)
    if name in _WRITING:
        sheet = _WRITING[name](taken, sheet, argument)
    try:
        work = _work(visit, taken, sheet)
    except InvalidInput as refusal:
        return _again(visit, sheet, refusal)
    if visit.is_partial:
        return part(visit, "parts/compose_checks.html.j2", **_context(visit, work))
    return _shown(visit, work, focus=argument if name == "open" else "")


def show_written(visit: Visit) -> Response:
    """The sheet as its readers would see it, for the sandboxed frame; nothing is stored."""
    taken = _taken(visit)
    try:
        work = _work(visit, taken, sheet_in(visit.fields))
    except InvalidInput as refusal:
        told = "".join(f"<p>{escape(fault.message)}</p>" for fault in faults_of(refusal))
        return _framed(f"<!doctype html><meta charset=utf-8><title>预览</title>{told}", status=422)
    sight = Sight(
        shown=visit.fields.get("shown", "all"),
        shade=visit.fields.get("shade", ""),
        marked=marks_of(work.draft),
        account=taken.account.name,
    )
    platform = taken.account.platform
    return _framed(visit.tools.preview_post(taken.post, work.draft.content, platform, sight))


def _framed(drawn: str, *, status: int = 200) -> Response:
    headers = {"content-security-policy": PREVIEW_POLICY}
    return HTMLResponse(drawn, status_code=status, headers=headers)


def _taken(visit: Visit) -> Manuscript:
    visit.actor.require(Permission.WRITE_POST)
    taken = take_up(PostId(visit.named("post")), visit.tools.posts)
    adapter = visit.tools.publishing.adapter(taken.account)
    with visit.tools.storage.look() as uow:
        deliveries = uow.deliveries.of_post(taken.post.id)
    if not can_be_taken_back(deliveries, adapter.route(taken.account)):
        raise Conflict(_STARTED)
    return taken


def _fresh(visit: Visit, taken: Manuscript) -> Sheet:
    limits = visit.tools.publishing.adapter(taken.account).limits(taken.account)
    return sheet_of(taken.post, with_covers=bool(limits.cover_bytes))


def _work(
    visit: Visit, taken: Manuscript, sheet: Sheet, theirs: Mapping[str, str] | None = None
) -> _Work:
    draft, edits = composed(taken, sheet.edits, visit.tools.posts)
    return _Work(taken, sheet, draft, edits, theirs or {})


def _shown(
    visit: Visit,
    work: _Work,
    *,
    status: int = 200,
    faults: Sequence[Fault] = (),
    focus: str = "",
    notice: str = "",
) -> Response:
    return page(
        visit,
        "compose.html.j2",
        status=status,
        said=SAID.get(visit.asked("done"), "") if visit.request.method == "GET" else "",
        notice=notice,
        focus=focus,
        shown=visit.fields.get("shown", "list" if work.draft.content.articles else "all"),
        shade=visit.fields.get("shade", "light"),
        **_context(visit, work) | {"faults": faults},
    )


def _context(visit: Visit, work: _Work) -> dict[str, object]:
    taken = work.taken
    limits = visit.tools.publishing.adapter(taken.account).limits(taken.account)
    desk = Desk(
        post=work.post,
        draft=work.draft,
        edits=work.edits,
        sheet=work.sheet,
        content=taken.release.content,
        limits=limits,
        actor=visit.actor,
        theirs=work.theirs,
    )
    findings = desk.findings()
    source = Source(taken.release.content, taken.account, taken.beside)
    return {
        "post": work.post,
        "account": taken.account,
        "release": taken.release,
        "desk": desk,
        "draft": work.draft,
        "findings": findings,
        "articles": desk.articles(findings),
        "blocks": desk.blocks(findings),
        "parts": list(desk.parts(findings)),
        "traces": traces_of(work.draft.content, source),
        "submit": submit_words(work.post, is_changed=desk.is_changed),
        "fields": visit.fields,
    }


def _as_stored(visit: Visit, taken: Manuscript, sheet: Sheet) -> Sheet:
    """What was refused may have been saved before: then the sheet begins with that, so that the
    fields in which nobody wrote follow their blocks."""
    now = _taken(visit)
    if now.post.revision == taken.post.revision or now.post.keeper != visit.actor.name:
        return sheet
    fresh = _fresh(visit, now)
    return replace(fresh, blocks={**sheet.blocks, **fresh.blocks})


def _again(visit: Visit, sheet: Sheet, refusal: Refusal) -> Response:
    """The page once more with what was written; what cannot be drawn is shown over the post as
    it is."""
    taken = _taken(visit)
    try:
        work = _work(visit, taken, sheet)
    except InvalidInput:
        work = _Work(taken, sheet, taken.post.draft, taken.post.edits, {})
    faults = [replace(fault, field=_anchor(fault)) for fault in faults_of(refusal)]
    return _shown(visit, work, status=status_of(refusal), faults=faults)


def _anchor(fault: Fault) -> str:
    return fault.field.replace("f.-1", "f-own").replace(".", "-")


def _both(visit: Visit, mine: Sheet, refusal: EditedMeanwhile) -> Response:
    """Two people saved: the page has one's own words, and the other's beside them."""
    taken = _taken(visit)
    theirs = _fresh(visit, taken)
    with visit.tools.storage.look() as uow:
        began_with = uow.revisions.with_hash(taken.post.id, mine.base)
        newest = uow.revisions.of_post(taken.post.id, limit=1)
    covers = any(kind is Field.COVER for _, kind in theirs.fields)
    base = None
    if began_with is not None:
        former = replace(taken.post, draft=began_with.draft, edits=began_with.edits)
        base = sheet_of(former, with_covers=covers)
    found: Merged = merged(mine, theirs, base)
    work = _work(visit, taken, found.sheet, found.theirs)
    who = newest[0].replaced_by if newest else ""
    return _shown(visit, work, status=status_of(refusal), faults=faults_of(refusal), notice=who)


def _save(visit: Visit, taken: Manuscript, sheet: Sheet, _argument: str) -> Response:
    saved = _saved(visit, taken, sheet)
    return back_to(_address(taken), done="same" if saved == taken.post else "edited")


def _submit(visit: Visit, taken: Manuscript, sheet: Sheet, _argument: str) -> Response:
    saved = _saved(visit, taken, sheet)
    submit_post(saved.id, actor=visit.actor, storage=visit.tools.storage)
    return back_to(f"/posts/{taken.post.id}", done="submit")


def _repair(visit: Visit, taken: Manuscript, sheet: Sheet, argument: str) -> Response:
    number, saved = _finding(visit, taken, sheet, argument)
    repair_finding(
        saved.id,
        number,
        content_hash=saved.content_hash,
        actor=visit.actor,
        tools=visit.tools.posts,
    )
    return back_to(_address(taken), done="repaired")


def _justify(visit: Visit, taken: Manuscript, sheet: Sheet, argument: str) -> Response:
    number, saved = _finding(visit, taken, sheet, argument)
    justify_finding(
        saved.id,
        number,
        reason=visit.fields.get(f"why.{argument}", "").strip(),
        content_hash=saved.content_hash,
        actor=visit.actor,
        storage=visit.tools.storage,
    )
    return back_to(_address(taken), done="justified")


def _finding(visit: Visit, taken: Manuscript, sheet: Sheet, argument: str) -> tuple[int, Post]:
    """The number of a finding of the sheet in the post, once the sheet is saved."""
    shown = _work(visit, taken, sheet).draft.violations
    if not argument.isdecimal() or int(argument) >= len(shown):
        raise NotFound("检查结果", argument)
    saved = _saved(visit, taken, sheet)
    wanted = _sameness(shown[int(argument)])
    found = [_sameness(each) for each in saved.draft.violations]
    if wanted not in found:
        raise InvalidInput([Problem("finding", "这一项已经不在，请看最新的检查结果")])
    return found.index(wanted), saved


def _sameness(violation: Violation) -> tuple[str, str, str, str]:
    return violation.rule, violation.place, violation.quote, violation.message


def _saved(visit: Visit, taken: Manuscript, sheet: Sheet) -> Post:
    return edit_post(
        taken.post.id,
        sheet.edits,
        content_hash=sheet.base,
        actor=visit.actor,
        tools=visit.tools.posts,
    )


def _address(taken: Manuscript) -> str:
    return f"/posts/{taken.post.id}/compose"


def _opened(taken: Manuscript, sheet: Sheet, argument: str) -> Sheet:
    key = key_in(argument)
    words = block_words(taken.release.content, key) if key else None
    if key is None or words is None or key in sheet.blocks:
        return sheet
    return sheet.with_block(key, words)


def _left_out(taken: Manuscript, sheet: Sheet, argument: str) -> Sheet:
    opened = _opened(taken, sheet, argument)
    key = key_in(argument)
    return opened.with_block(key, "") if key in opened.blocks and key else opened


def _closed(_taken: Manuscript, sheet: Sheet, argument: str) -> Sheet:
    key = key_in(argument)
    return sheet.without_block(key) if key else sheet


def _as_drawn(taken: Manuscript, sheet: Sheet, argument: str) -> Sheet:
    """A field says again what the template wrote."""
    now = fields_of(taken.post.draft.content)
    for place in sheet.fields:
        if f"{place[0]}.{place[1].value}" == argument:
            edit = taken.post.edits.field(*place)
            return sheet.with_field(place, edit.was if edit else now.get(place, ""))
    return sheet


_DOING: Mapping[str, Callable[[Visit, Manuscript, Sheet, str], Response]] = {
    "save": _save,
    "submit": _submit,
    "repair": _repair,
    "justify": _justify,
}
_WRITING: Mapping[str, Callable[[Manuscript, Sheet, str], Sheet]] = {
    "open": _opened,
    "leave": _left_out,
    "close": _closed,
    "undo": _as_drawn,
}
