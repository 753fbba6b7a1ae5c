"""Render one post and hold it against the platform's limits; nothing is stored."""

from typing import Literal, cast

from bot.domain.accounts.account import Account
from bot.domain.posts.checks.checking import check
from bot.domain.posts.checks.source import Source
from bot.domain.posts.draft import Draft, Violation
from bot.domain.posts.edits import UNEDITED, Edits, with_fields
from bot.domain.posts.post import PostKind
from bot.domain.releases.related import NOTHING_BESIDE, Beside
from bot.domain.releases.release import Release
from bot.usecases.posts.tools import PostTools

NEEDS_PERSON = "needs_person"


def render_draft(
    release: Release,
    account: Account,
    *,
    kind: PostKind,
    template: str,
    tools: PostTools,
    beside: Beside = NOTHING_BESIDE,
) -> Draft:
    """Exactly what would be sent, with every violation: the platform's, those of the content
    rules, and what only a person can settle (a title that is still too long)."""
    draft, _ = draw_edited(
        release, account, UNEDITED, kind=kind, template=template, tools=tools, beside=beside
    )
    return draft


def draw_edited(
    release: Release,
    account: Account,
    edits: Edits,
    *,
    kind: PostKind,
    template: str,
    tools: PostTools,
    beside: Beside = NOTHING_BESIDE,
) -> tuple[Draft, Edits]:
    """The same with `edits` in it, and the edits as they stand beside what was drawn now. The
    rules hold it against the approved text, not against the edited one."""
    adapter = tools.adapters[account.platform]
    rendered = tools.renderer.render(
        release,
        account,
        kind=kind,
        template=template,
        limits=adapter.limits(account),
        may_cut_titles=tools.may_cut_titles,
        beside=beside,
        edits=edits,
    )
    content, kept = with_fields(rendered.content, edits)
    found = adapter.violations(rendered.content, account)
    # A title that is too long, a link that is missing: the platform's limits say it already.
    asked = tuple(
        Violation(NEEDS_PERSON, problem.message, problem.field)
        for problem in rendered.problems
        if not any(problem.field in violation.rule for violation in found)
    )
    if content != rendered.content:
        found = adapter.violations(content, account)
    draft = Draft(
        content=content,
        violations=(*asked, *found, *check(content, Source(release.content, account, beside))),
        notes=rendered.notes,
        form=cast(Literal["whole", "split", "excerpt"], rendered.form),
    )
    return draft, kept
