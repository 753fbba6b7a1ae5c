"""检查: the checklist of a release on its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.console.visit import Visit
from bot.console.words.states import Tone, Word
from bot.domain.accounts.budgets import BEIJING
from bot.domain.posts.post import PostState
from bot.domain.releases.attachment_checks import kept_files, kind_words, places
from bot.domain.releases.checklist import Checklist, Facts, check_release
from bot.domain.releases.inspection import MOST_SPOTS, Inspection, Inspections
from bot.domain.releases.release import Release
from bot.ports.overview import PostRow

PASSED = Word("通过", Tone.DONE)
FAILED = Word("没有通过", Tone.ATTENTION)
BLOCKING = Word("必须处理", Tone.DANGER)
_WAITING = Word("正在检查", Tone.MOVING)
_GRAVE = Word("有身份证号或银行账号", Tone.DANGER)
_LOOK = Word("请看“检查”", Tone.ATTENTION)
_CLEAN = Word("已检查", Tone.DONE)


@dataclass(frozen=True)
class PersonalLine:
    """Personal data of one kind in one part of an attachment, as the table shows it."""

    file: str
    kind: Word
    count: int
    where: str
    example: str


def checklist_of(
    visit: Visit, release: Release, posts: Sequence[PostRow], inspections: Inspections
) -> Checklist:
    """What the rules say of the release as it stands now."""
    tools = visit.tools
    reached = {post.account_id for post in posts if post.state != PostState.CANCELLED}
    live = [post.published_at for post in posts if post.published_at is not None]
    return check_release(
        Facts(
            release=release,
            channels={a.name: a.id in reached for a in tools.overview.accounts() if a.enabled},
            first_live_on=min(live).astimezone(BEIJING).date() if live else None,
            today=tools.clock.now().astimezone(BEIJING).date(),
            calendar=tools.work_calendar,
            inspections=inspections,
        )
    )


def file_words(release: Release, inspections: Inspections) -> Mapping[str, Word]:
    """What the inspection of each attachment came to, by its SHA-256."""
    files = (each.sha256 or "" for each in kept_files(release.content))
    return {sha256: _word(inspections.get(sha256)) for sha256 in files}


def personal_lines(release: Release, inspections: Inspections) -> Sequence[PersonalLine]:
    """All personal data that was found in the attachments, the gravest of each first."""
    return [
        PersonalLine(
            file=each.name,
            kind=Word(kind_words(data), Tone.DANGER if data.is_grave else Tone.ATTENTION),
            count=data.count,
            where="".join((data.part, places(data, most=MOST_SPOTS))),
            example=data.example,
        )
        for each in kept_files(release.content)
        if (inspection := inspections.get(each.sha256 or ""))
        for data in inspection.personal
    ]


def _word(inspection: Inspection | None) -> Word:
    if inspection is None:
        return _WAITING
    if inspection.grave:
        return _GRAVE
    return _LOOK if inspection != Inspection() else _CLEAN
